#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/world/pack_countries.h"
#include "scenarios/world/pack_places.h"

namespace domino::scenarios {

/// Whether a name is looked for in Japan or abroad.
enum class NameScope : std::uint8_t { japan, elsewhere, anywhere };

/// Finds what a planner calls a place: a place id, an admin-1 id, or a name.
class PlaceNames {
 public:
    PlaceNames(const AdminUnits& units, const std::vector<GazetteerPlace>& gazetteer);

    /// What a name stands for: a gazetteer place or, where `unit` is set, an admin-1 unit.
    struct Match {
        std::string id;
        bool unit = false;
        std::string iso3 = {};
    };

    /// Ids first, then names in Latin or own script, letter case ignored; cities before regions, and among
    /// namesakes the one ten times as large as every other. Empty when there is none or several; @p hint then
    /// says which were meant or lie near.
    std::optional<Match> find(const std::string& text, NameScope scope, std::string& hint) const;

 private:
    struct Named {
        std::string id, iso3, name;
        double population = 0.0;
        bool unit = false;
    };

    const AdminUnits& units_;
    const std::vector<GazetteerPlace>& gazetteer_;
    std::multimap<std::string, Named> by_name_;
};

}  // namespace domino::scenarios
