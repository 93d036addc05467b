#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/leverage/leverage.h"
#include "sim/world.h"

namespace domino::sim {

enum class Lever : std::uint8_t { support, commitment_hazard, units, price_share };

/// A lever at a place.
struct LeverAt {
    Lever lever = Lever::support;
    std::uint32_t place = 0;
    std::uint16_t technology = 0;  ///< of units and price shares
};

struct LeverageOptions {
    int members = 16;
    std::uint64_t seed = 1;
    int threads = 0;  ///< 0: all cores
    /// Calendar years in which levers are pulled: the derivative is with respect to one year of it, on
    /// average of these years. First to last, within the run.
    int pulled_from = 0, pulled_to = 0;
    CountedAbatement counted;
    /// What a project costs a year, real JPY, or 0 where it is not known.
    double support_cost_jpy = 0.0;
    std::function<void(int done, int total)> progress;  ///< one call at a time
    const std::atomic<bool>* cancelled = nullptr;
};

/// Over members.
struct LeverageSpread {
    double mean = 0.0, p05 = 0.0, p95 = 0.0;
};

struct LeverageRow {
    LeverAt at;
    /// t CO2e for a year of support, for a year of a hazard higher by 1/yr, for a unit bought, for a year in
    /// which the price is paid in full (at the rate of the first per cent).
    LeverageSpread derivative;
    /// t CO2e for a million JPY more; nothing where no cost is known or nothing is bought. Of a price share:
    /// for what is paid on the sales there are without it.
    bool priced = false;
    LeverageSpread tonnes_per_million_jpy;
};

struct LeverageTable {
    std::vector<LeverageRow> rows;  ///< by place, then lever, then technology
    LeverageSpread abated_t;        ///< what counts
    int members = 0;
};

/// Leverage over the members of a scenario, each at its own draws, with its reference (trend of commitments,
/// learning) where there is one. Deterministic; the same bits for any threads. Throws std::invalid_argument
/// where the years lie outside the run, and Cancelled.
LeverageTable measure_member_leverage(const World& scenario, const World* reference,
                                      const LeverageOptions& options);

/// The same of several sums of tonnes in place of LeverageOptions::counted, in their order, from one pass
/// forwards a member.
std::vector<LeverageTable> measure_member_leverages(const World& scenario, const World* reference,
                                                    const LeverageOptions& options,
                                                    std::span<const CountedAbatement> counted);

}  // namespace domino::sim
