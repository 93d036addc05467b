#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "viz/map_frame.h"

namespace domino::viz {

/// A map of totals of places that may be negative, a band a year or one alone.
struct SignedMap {
    struct Band {
        std::string year;
        std::string description;
        std::function<std::vector<double>()> places;  ///< by place
    };

    std::map<std::string, std::string> metadata;  ///< of the file
    std::string unit;                             ///< of the bands
    int first_year = 0;
    std::vector<Band> bands;
};

/// Spreads the totals over the cells of their places and writes a Cloud-Optimised GeoTIFF with a style beside
/// it whose colours turn at 0. Cells add up to the places, which is checked to map_tolerance of their
/// absolute sum. Throws geo::ProblemError when a file cannot be written, sim::IdentityBroken when a band does
/// not add up.
void write_signed_map(const SignedMap& map, const MapFrame& frame, const std::filesystem::path& path);

}  // namespace domino::viz
