#pragma once

#include <span>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "sim/results.h"
#include "viz/place_summary.h"
#include "viz/quantiles.h"

namespace domino::viz {

/// Whether a series varies between members.
enum class SeriesKind : unsigned char { mean_only, summary };

/// One time series of the IAMC table: a region, a variable of viz/codelist/, its unit, a value a year.
struct PathwaySeries {
    std::string region;
    std::string variable;
    std::string unit;
    SeriesKind kind = SeriesKind::summary;
    std::vector<Summary> years;
    std::vector<double> members = {};  ///< [year][member], where they are kept
};

/// Whether a series keeps the members it sums up.
enum class MemberValues : unsigned char { drop, keep };

/// Countries that make a region of their own.
struct CountrySet {
    std::string region;
    std::vector<std::size_t> countries;
};

/// Name of the region that holds every country of the scenario.
inline constexpr std::string_view all_countries_region = "All countries";

/// National series (and of all countries together): `Emissions|Kyoto Gases` in Mt CO2-equiv/yr without land
/// use, with children whose means add up to it, among them `|Unallocated`, the national remainder; land use,
/// GDP, population, electricity, commitment, technology stocks; money of all countries together. What is told
/// of all countries is told of @p sets too, money apart.
std::vector<PathwaySeries> build_national_series(const scenarios::BuiltWorld& built,
                                                 const sim::RunResults& results,
                                                 MemberValues keep = MemberValues::drop,
                                                 std::span<const CountrySet> sets = {});

/// A place that gets rows of its own, and the name of its region (`Japan|Yokohama`).
struct SubnationalRegion {
    std::size_t place = 0;
    std::string region;
};

/// The places named in pathways.csv: both ends of every agreement and project on record (not those the
/// expansion rule invents) and the ten most populous cities of each country, in the order of the table; every
/// other place is in places.csv. Names that occur twice get their admin-1 unit, then their id, in brackets.
std::vector<SubnationalRegion> choose_subnational_regions(const scenarios::BuiltWorld& built);

/// Emissions, population, commitment and capacity of the chosen places.
std::vector<PathwaySeries> build_subnational_series(const scenarios::BuiltWorld& built,
                                                    const sim::RunResults& results,
                                                    const PlaceSummary& summary);

}  // namespace domino::viz
