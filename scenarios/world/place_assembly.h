#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "geo/polygon.h"
#include "scenarios/problem.h"
#include "scenarios/world/pack_places.h"

namespace domino::scenarios {

/// A place the user brings. `admin1_id` is the unit of the pack that contains it; empty for a place in a
/// country of its own.
struct UserPlace {
    std::string id, name, iso3, admin1_id;
    geo::LonLat position;
    double population = 0.0;  ///< persons at the start of the run
    geo::Coupling coupling = geo::Coupling::connected;
    geo::MultiPolygon area;  ///< of its layer; empty for a point
};

/// What decides which places a world has.
struct CoverageRequest {
    std::vector<std::string> countries;                ///< ISO 3166-1 alpha-3, ascending
    double min_population = 100000.0;                  ///< cities at or above it become places
    std::set<std::string> keep;                        ///< place ids kept whatever their size
    std::map<std::string, double> country_population;  ///< persons at the start of the run
    std::vector<UserPlace> user_places;
};

/// Largest rest of a unit that stays one place; above it the rest is cut into equal parts.
inline constexpr double largest_rest_population = 2e6;

/// How far, relatively, the people of a country's places may lie from the country's.
inline constexpr double people_tolerance = 1e-9;

/// Covariates every place carries, first in PlaceTable::covariate_names.
enum class PackCovariate : std::size_t { elevation, ghi, night_lights };
inline constexpr std::size_t pack_covariate_count = 3;

struct AssembledPlaces {
    geo::PlaceTable table;                         ///< ordered by id
    std::map<std::string, std::string> authority;  ///< admin-1 id → id of the place that carries it
    std::vector<std::string> notes;
    double people_error = 0.0;  ///< largest relative error of a country's places against its people
    Problems problems;
};

/// Covers every country whole: cities at or above the cut and those of `keep`, the user's places, and one
/// place `<admin1_id>.rest` per unit for everybody else (or `.rest.1`, `.rest.2`, … of equal population when
/// the rest is above largest_rest_population; the first carries the authority).
///
/// A unit's people are its share of the country's at the start of the run. Where its cities exceed them the
/// cities are scaled down to them (flag "scaled_down") and the rest has 0 people but keeps the authority.
/// Duplicate gazetteer rows are dropped. Parts of a rest lie at towns of the unit: towns below the cut are
/// sorted along the longer side of their extent, cut into groups of equal population, and each part takes the
/// largest town of its group; without towns all parts lie at the unit's centre. The sum of a country's places
/// equals its population (1e-9 relative) or a problem says by how much it does not. Deterministic for any
/// order of rows.
AssembledPlaces assemble_places(const CoverageRequest& request, const AdminUnits& units,
                                const std::vector<GazetteerPlace>& gazetteer);

}  // namespace domino::scenarios
