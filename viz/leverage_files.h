#pragma once

#include <filesystem>
#include <string>

#include "scenarios/built_world.h"
#include "sim/leverage/leverage_ensemble.h"
#include "viz/map_frame.h"

namespace domino::viz {

/// Leverage of a scenario, ready to be written.
struct MeasuredLeverage {
    std::string scenario;  ///< its name
    const scenarios::BuiltWorld& built;
    const sim::LeverageTable& table;
    const sim::LeverageOptions& options;
};

/// As it stands in column `lever`.
std::string_view lever_id(sim::Lever lever);
/// Whether a lever is pulled technology by technology.
bool is_of_technology(sim::Lever lever);
/// As it stands in column `unit`.
std::string lever_unit(const sim::World& world, const sim::LeverAt& at);

/// leverage.csv: a row a place, lever and technology (docs/leverage.md).
void write_leverage_csv(const MeasuredLeverage& leverage, const std::filesystem::path& path);

/// leverage_support.tif: what a year of support at a place brings, on average over members, spread over its
/// cells, with a style. Throws as write_signed_map.
void write_leverage_map(const MeasuredLeverage& leverage, const MapFrame& frame,
                        const std::filesystem::path& path);

/// The strongest places for support, and the best technologies a yen, for a person to read.
std::string leverage_text(const MeasuredLeverage& leverage);
/// The same rows as JSON.
std::string leverage_json(const MeasuredLeverage& leverage);

}  // namespace domino::viz
