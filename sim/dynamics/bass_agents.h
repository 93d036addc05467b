#pragma once

#include <cstdint>
#include <vector>

#include "sim/dynamics/hazard_spread.h"
#include "sim/dynamics/spread_member.h"

namespace domino::sim {

/// Bass (1969) by agents: everyone sees everyone, hazard p + q·(adopters/agents), frozen over each step. Each
/// agent adopts at the end of the first step at which the cumulative hazard, the same for all, reaches its
/// Exp(1) draw; never builds the agents² edges. `rates.scale` is not used. Returns how many have adopted
/// after 0, 1, … steps. Time O(agents·log agents + steps). Throws std::invalid_argument for rates that are
/// negative or not finite. Deterministic in the member.
std::vector<std::uint32_t> simulate_bass_agents(std::uint32_t agents, HazardRates rates, HazardClock clock,
                                                SpreadMember member);

}  // namespace domino::sim
