#pragma once

#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/world/commitment_data.h"
#include "scenarios/world/pack_countries.h"
#include "scenarios/world/technology_assembly.h"

namespace domino::scenarios {

/// What a run's past is held against, within its years: emissions of the inventory (given), electric cars
/// (the last year is given, p and q are conditioned on it), solar generation as an index, 1 in 2020 (2024 is
/// given likewise), and the share of Japan's prefectures and cities that had declared (given where the trend
/// is solved for it).
std::vector<Observation> gather_observations(const CountryRecords& countries, const ElectricCarStock& cars,
                                             const std::vector<DeclarationCount>& counts,
                                             const sim::World& world);

}  // namespace domino::scenarios
