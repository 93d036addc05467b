#include "sim/dynamics/bass_agents.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/random.h"

namespace domino::sim {

std::vector<std::uint32_t> simulate_bass_agents(std::uint32_t agents, HazardRates rates, HazardClock clock,
                                                SpreadMember member) {
    constexpr std::uint32_t wait_draw = sub_of("wait of a Bass agent");
    for (const double rate : {rates.spontaneous_per_year, rates.contagion_per_year})
        if (!std::isfinite(rate) || rate < 0.0)
            throw std::invalid_argument(
                fmt::format("a rate of {} a year; a rate is finite and not negative", rate));
    std::vector<double> draws(agents);
    for (std::uint32_t i = 0; i < agents; ++i)
        draws[i] = standard_exponential({member.seed, Process::dynamics, wait_draw, member.member, 0, i});
    std::sort(draws.begin(), draws.end());
    std::vector<std::uint32_t> adopters = {0};
    adopters.reserve(clock.steps + std::size_t{1});
    double cumulative = 0.0;
    std::uint32_t adopted = 0;
    for (std::uint32_t step = 0; step < clock.steps; ++step) {
        const double share = agents > 0 ? static_cast<double>(adopted) / agents : 0.0;
        cumulative += (rates.spontaneous_per_year + rates.contagion_per_year * share) * clock.step_years;
        while (adopted < agents && draws[adopted] <= cumulative) ++adopted;
        adopters.push_back(adopted);
    }
    return adopters;
}

}  // namespace domino::sim
