#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/world/pack.h"
#include "scenarios/world/pack_countries.h"
#include "scenarios/world/pack_places.h"
#include "scenarios/world/place_names.h"

namespace domino::scenarios {

/// Finds the places a scenario names among those of its countries, and says why the others are not there. The
/// places of all countries are read when the first name is not found.
class NamedPlaces {
 public:
    /// @p wanted are the scenario's countries, ascending, whose places @p gazetteer has; @p units are of all
    /// countries. All arguments but @p wanted outlive this.
    NamedPlaces(Pack& pack, const CountryRecords& countries, const AdminUnits& units,
                const std::vector<GazetteerPlace>& gazetteer, const std::vector<std::string>& wanted);
    ~NamedPlaces();

    /// What is wrong with a name, and what would be right.
    struct Fault {
        std::string what, fix;
    };

    /// As PlaceNames::find; @p fault is set where nothing is returned, and tells places of other countries
    /// and of the wrong side of @p scope from names nobody bears. Throws geo::ProblemError for a damaged
    /// pack.
    std::optional<PlaceNames::Match> find(const std::string& text, NameScope scope, Fault& fault) const;

    /// "\"Da Nang\" is in Viet Nam", where that is all that is known by the text and is out of @p scope.
    std::optional<std::string> out_of_scope(const std::string& text, NameScope scope) const;

 private:
    struct Everywhere;

    /// What a text stands for in the whole pack, without those a tenth as large as the largest.
    std::vector<PlaceNames::Named> likely_bearers(const std::string& text) const;
    bool is_known(const std::string& text, NameScope scope) const;
    std::string country_name(const std::string& iso3) const;
    std::string place_is_in(const std::string& text, const PlaceNames::Named& place) const;
    Fault not_among_countries(const std::string& text, NameScope scope,
                              const std::vector<PlaceNames::Named>& places) const;

    Pack& pack_;
    const CountryRecords& countries_;
    const AdminUnits& units_;
    AdminUnits own_units_;
    PlaceNames own_;
    mutable std::unique_ptr<Everywhere> everywhere_;
};

}  // namespace domino::scenarios
