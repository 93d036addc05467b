#pragma once

#include <cstdint>
#include <vector>

#include "sim/results.h"
#include "sim/selection/selection_problem.h"
#include "sim/targets.h"
#include "sim/world.h"

namespace domino::sim {

/// What is to become as large as possible.
enum class Aim : std::uint8_t {
    abatement,    ///< t CO2e less emitted, all countries, from the start of the run on
    gap,          ///< Mt CO2e by which emissions exceed targets less
    commitments,  ///< places that have committed
};

/// An aim, counted to the end of a year.
struct Worth {
    Aim aim = Aim::abatement;
    int until = 0;  ///< a calendar year of the run
    const World* world = nullptr;
    const std::vector<Target>* targets = nullptr;  ///< of Aim::gap
    const RunResults* without = nullptr;           ///< the run that gains are measured from
};

/// What a run gains over the one without, member by member on the same draws; 0 where the two are the same.
/// The gap is the sum of what emissions exceed levels by (the lenient end of a range) over countries and
/// target years up to the last that counts; where a country has several targets for a year, the unconditional
/// one is taken, else the first as listed. Business as usual is that of the run without. Throws
/// std::invalid_argument where the year lies outside the run.
MemberValues measure_gain(const Worth& worth, const RunResults& results);

/// Target years and countries that Aim::gap counts on the run without.
std::size_t counted_targets(const Worth& worth);

}  // namespace domino::sim
