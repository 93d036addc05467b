#pragma once

#include <cstddef>
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

/// What runs gain over the one without, member by member on the same draws, counted to the end of a year.
/// The gap is the sum of what emissions exceed levels by (the lenient end of a range) over countries and
/// target years up to the last that counts; where a country has several targets for a year, the unconditional
/// one is taken, else the first as listed. Business as usual is that of the run without. Deterministic.
class GainMeter {
 public:
    /// The world, targets and run must outlive it; targets are looked at for Aim::gap alone. Throws
    /// std::invalid_argument where @p until is no whole calendar year of the run.
    GainMeter(Aim aim, int until, const World& world, const std::vector<Target>& targets,
              const RunResults& without);

    /// 0 in every member where the two runs are the same. Throws std::invalid_argument for other members.
    MemberValues gain(const RunResults& results) const;

    /// Target years and countries that Aim::gap counts.
    std::size_t targets() const { return counted_.size(); }

 private:
    /// What the aim makes smaller, or, for commitments, larger.
    MemberValues measure(const RunResults& results) const;
    MemberValues gap_mt(const RunResults& results) const;

    Aim aim_;
    std::size_t last_;  ///< year of the run, counted from its first
    const World& world_;
    const RunResults& without_;
    std::vector<const Target*> counted_;  ///< one a country and year
    MemberValues measured_without_;
};

}  // namespace domino::sim
