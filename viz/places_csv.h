#pragma once

#include <filesystem>
#include <string_view>

#include "viz/place_summary.h"
#include "viz/write_results.h"

namespace domino::viz {

/// "city" or "rest_of_region".
std::string_view kind_id(geo::PlaceKind kind);

/// One row per place and calendar year: place_id, name, country (the region name of pathways.csv), admin1
/// (ISO 3166-2 where it exists), kind, lon, lat, year, population, emissions_t_co2e_mean/p05/p50/p95 (t CO2e
/// a year, scope 1 + location-based scope 2, AR5 GWP-100), committed_probability (share of members, by the
/// end of the year), capacity_mean (0 … 1), adoption_<technology>_mean (stock/potential). Means add up over
/// places, quantiles do not. Throws WriteError.
void write_places_csv(const RunContext& context, const PlaceSummary& summary,
                      const std::filesystem::path& path);

}  // namespace domino::viz
