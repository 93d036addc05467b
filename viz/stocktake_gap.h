#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "sim/results.h"

namespace domino::viz {

/// A run's emissions against the level that the global stocktake calls consistent with 1.5 °C.
struct StocktakeGap {
    scenarios::StocktakeLevel benchmark;
    std::string reason;  ///< why not assessable; empty where it is
    double level_mt = 0.0;
    double probability = 0.0;          ///< share of members at or below the level
    std::vector<double> emissions_mt;  ///< [member], all countries of the run together
    std::vector<double> gap_mt;        ///< [member], emissions − level
};

/// The gaps of all benchmark years. The stocktake gives a reduction of the world's emissions and shares it
/// out to nobody: by convention it is applied to the countries of the run as a group, without land use on
/// either side. `level = (1 − reduction) · Σ inventory of the base year`. Not assessable where the run does
/// not reach the year or the inventory of a country lacks the base year; never "met" then. Mt CO2e.
std::vector<StocktakeGap> assess_stocktake(const scenarios::BuiltWorld& built,
                                           const sim::RunResults& results);

}  // namespace domino::viz
