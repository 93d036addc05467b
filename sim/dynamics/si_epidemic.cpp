#include "sim/dynamics/si_epidemic.h"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "geo/portable_math.h"
#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t event_wait = sub_of("wait for an infection");

void check_population(std::uint32_t nodes, std::uint32_t infected, double rate) {
    if (infected < 1 || infected > nodes)
        throw std::invalid_argument(
            fmt::format("{} infected of {}; take at least one, and no more than there are", infected, nodes));
    if (!(rate > 0.0) || !std::isfinite(rate))
        throw std::invalid_argument(fmt::format("a rate of {} a pair; take a positive one", rate));
}

double event_rate(std::uint32_t nodes, std::uint32_t infected, double rate) {
    return rate * static_cast<double>(infected) * static_cast<double>(nodes - infected);
}

}  // namespace

double SiCurve::share_at(double time) const {
    const double odds_against = (1.0 / initial_share - 1.0) * portable::exp(-contact_rate * time);
    return 1.0 / (1.0 + odds_against);
}

double SiCurve::time_to(double share) const {
    if (!(share > 0.0 && share < 1.0))
        throw std::invalid_argument(fmt::format("a share of {}; take one between 0 and 1", share));
    return portable::log((1.0 / initial_share - 1.0) / (1.0 / share - 1.0)) / contact_rate;
}

std::vector<double> simulate_complete_si(std::uint32_t nodes, std::uint32_t infected, double rate,
                                         SpreadMember member) {
    check_population(nodes, infected, rate);
    std::vector<double> times;
    times.reserve(nodes - infected);
    double time = 0.0;
    for (std::uint32_t k = infected; k < nodes; ++k) {
        const double wait =
            standard_exponential({member.seed, Process::dynamics, event_wait, member.member, 0, k});
        time += wait / event_rate(nodes, k, rate);
        times.push_back(time);
    }
    return times;
}

double expected_complete_si_time(std::uint32_t nodes, std::uint32_t infected, double rate) {
    check_population(nodes, infected, rate);
    double time = 0.0;
    for (std::uint32_t k = infected; k < nodes; ++k) time += 1.0 / event_rate(nodes, k, rate);
    return time;
}

double percolation_fraction(double offspring) {
    if (!(offspring >= 0.0))
        throw std::invalid_argument(fmt::format("a mean of {} reached; take 0 or more", offspring));
    if (offspring <= 1.0) return 0.0;
    // 1 − exp(−R·S) − S is positive below the solution and negative above it, and R − 1 > 0 at 0+.
    double low = 0.0;
    double high = 1.0;
    while (true) {
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) return middle;
        (portable::decayed(offspring * middle) > middle ? low : high) = middle;
        if (high - low <= 1e-15 * high) return 0.5 * (low + high);
    }
}

double mean_small_outbreak(double offspring) {
    if (!(offspring >= 0.0 && offspring < 1.0))
        throw std::invalid_argument(
            fmt::format("a mean of {} reached; outbreaks are small only from 0 to below 1", offspring));
    return 1.0 / (1.0 - offspring);
}

}  // namespace domino::sim
