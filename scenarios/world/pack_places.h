#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/lonlat.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {

/// An admin-1 unit of the pack.
struct AdminUnit {
    std::string id, iso3, name, name_local;
    double population_2020 = 0.0;  ///< persons; units of a country add up to the country
    geo::LonLat centre;            ///< population-weighted, on land
    std::string note;              ///< how its population was estimated, where it was
};

/// A populated place of the gazetteer.
struct GazetteerPlace {
    std::string id, name, name_ascii, name_local, iso3, admin1_id;
    geo::LonLat position;
    double population = 0.0;  ///< persons, no fixed census year
    bool duplicate = false;   ///< another row is the same place
    std::optional<double> elevation_m, ghi_kwh_m2_day, night_lights;
};

/// Units by id.
using AdminUnits = std::map<std::string, AdminUnit>;

/// Reads admin1.csv. Throws geo::ProblemError for a damaged table, a repeated id or a negative population.
AdminUnits read_admin_units(Pack& pack);

/// Reads places.csv(.gz), only rows of the countries of @p wanted_iso3 (ascending), ordered by id; repeated
/// ids and negative populations throw geo::ProblemError.
std::vector<GazetteerPlace> read_gazetteer(Pack& pack, const std::vector<std::string>& wanted_iso3);

}  // namespace domino::scenarios
