#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/extent.h"

namespace domino::viz {

/// A picture of a map of finished results.
struct ResultsMapRequest {
    std::filesystem::path results;  ///< folder a run wrote
    std::string variable;           ///< file name of a map without ".tif"
    std::optional<int> year;        ///< the last one without it
    std::filesystem::path output;   ///< .png; for animations .gif, or a folder for a frame a year
    bool animate = false;           ///< every year
    int width = 1600;               ///< pixels
    std::optional<geo::LonLatExtent> extent;
    std::filesystem::path data_dir;  ///< the pack, for the land around
};

/// Draws it with title, unit, source, land and the boundaries of the scenario's countries, in the colours of
/// the map's own style. Returns the files written. Throws geo::ProblemError for results, variables or years
/// that are not there, WriteError when a file cannot be written.
std::vector<std::filesystem::path> draw_results_map(const ResultsMapRequest& request);

/// Maps a folder of results holds, by name.
std::vector<std::string> list_maps(const std::filesystem::path& results);

}  // namespace domino::viz
