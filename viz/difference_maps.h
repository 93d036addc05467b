#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viz/comparison.h"
#include "viz/map_frame.h"

namespace domino::viz {

/// What each place emits in a in one year (counted from the first) less what it does in b, mean over members,
/// t CO2e. Both keep every member of the places.
std::vector<double> differences_of(const sim::RunResults& a, const sim::RunResults& b, std::size_t year);

/// difference_emissions_co2e_A_B.tif, one for each pair: mean over members of what a emits less what b emits
/// in each cell, t CO2e a year, a band a year, with a style beside it whose colours turn at 0. Both scenarios
/// are spread in the same way, so cells add up to the differences of places in differences.csv, which is
/// checked to 1e-6 of their absolute sum. Returns the names of the files. Deterministic. Throws
/// geo::ProblemError when a file cannot be written, sim::IdentityBroken when a map does not add up, and
/// std::invalid_argument where places are not compared.
std::vector<std::string> write_difference_maps(const Comparison& comparison, const MapFrame& frame,
                                               const std::filesystem::path& dir);

}  // namespace domino::viz
