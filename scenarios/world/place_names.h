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

/// Whether a country lies where a name is looked for.
bool in_scope(const std::string& iso3, NameScope scope);

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

    struct Named {
        std::string id, iso3, name;
        double population = 0.0;
        bool unit = false;
    };

    /// What a text may stand for, largest first: what has it as its id, else all that bears it as a name.
    std::vector<Named> bearers(const std::string& text) const;

    /// The largest of those whose name is spelt most like @p text; none where no name is near it.
    std::optional<Named> nearest(const std::string& text, NameScope scope) const;

 private:
    std::optional<Named> find_id(const std::string& text) const;

    const AdminUnits& units_;
    const std::vector<GazetteerPlace>& gazetteer_;
    std::multimap<std::string, Named> by_name_;
};

}  // namespace domino::scenarios
