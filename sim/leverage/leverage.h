#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/ensemble_threads.h"
#include "sim/leverage/field_constants.h"
#include "sim/leverage/lever_field.h"
#include "sim/reference_trace.h"

namespace domino::sim {

/// Which tonnes count: those avoided in the calendar years [first, last], by all places or by one.
struct CountedAbatement {
    int first = 0;
    int last = 9999;
    std::optional<std::uint32_t> place = {};  ///< alone; all places where empty
};

/// What the mean field of a member comes to, and what each lever would add to it.
struct Leverage {
    /// Tonnes CO2e that count, of those that technologies added since each country's base year take off
    /// emissions.
    double abated_t = 0.0;
    /// Derivatives of that sum with respect to every lever, place and touched year in which it is pulled: t
    /// CO2e per (1/yr) of hazard, per unit intensity of support, per unit bought, per unit share of the
    /// price.
    LeverField derivative;
    std::vector<double> share_cost_jpy;  ///< MeanFieldReverse::share_cost_jpy
    std::vector<double> relative_cost;   ///< c/c_ref, [technology][touched year]
    ReferenceTrace trace;                ///< for the scenario that has this one as its reference
};

/// One pass of the mean field forwards, which keeps the state at the start of each year, and one backwards,
/// which runs each year once more before it turns it round (checkpointing, Griewank and Walther 2008).
/// Without a reference the run is its own: levers change costs by what they add to it. Time is a small
/// multiple of a forward pass however many levers there are. Deterministic; the same bits for any threads.
Leverage measure_leverage(const MeanFieldInput& input, const CountedAbatement& counted,
                          const Threads* threads = nullptr);

/// The same of several sums of tonnes, in their order: the mean field goes forwards once for all, and each
/// year is turned round for each of them.
std::vector<Leverage> measure_leverages(const MeanFieldInput& input,
                                        std::span<const CountedAbatement> counted,
                                        const Threads* threads = nullptr);

}  // namespace domino::sim
