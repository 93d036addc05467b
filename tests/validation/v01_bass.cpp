#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <utility>

#include "sim/adoption.h"
#include "sim/bass.h"
#include "sim/dynamics/bass_agents.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

namespace {

constexpr const char* bass = "Bass 1969";
constexpr BassModel model{0.03, 0.38};

constexpr std::array<std::pair<int, double>, 7> shares = {{{1, 0.0357581643},
                                                           {2, 0.0850562814},
                                                           {5, 0.3311986425},
                                                           {10, 0.8128032212},
                                                           {15, 0.9716096398},
                                                           {20, 0.9962594145},
                                                           {30, 0.9999377964}}};

/// A stock of potential 1 from nothing, through the kernel the simulator steps with.
double stepped_by_the_kernel(int years, int steps_per_year) {
    double stock = 0.0;
    for (int n = 0; n < years * steps_per_year; ++n) {
        stock += adoption_sales(stock, 1.0, AdoptionRates<double>{model.innovation, model.imitation},
                                1.0 / steps_per_year);
    }
    return stock;
}

}  // namespace

TEST_CASE("V1 Bass curve, closed form", "[validation]") {
    for (const auto& [year, expected] : shares) {
        record({.case_id = "V1",
                .what = "closed form, F(" + std::to_string(year) + ")",
                .expected = expected,
                .obtained = bass_share(model, year),
                .tolerance = 1e-8,
                .source = bass});
    }
    const double peak = bass_peak_time(model);
    record({.case_id = "V1",
            .what = "time of fastest adoption",
            .expected = 6.192619198,
            .obtained = peak,
            .tolerance = 1e-8,
            .source = bass});
    record({.case_id = "V1",
            .what = "F at that time",
            .expected = 0.460526316,
            .obtained = bass_share(model, peak),
            .tolerance = 1e-8,
            .source = bass});
    record({.case_id = "V1",
            .what = "f at that time",
            .expected = 0.110592105,
            .obtained = bass_adoption_rate(model, peak),
            .tolerance = 1e-8,
            .source = bass});
    record({.case_id = "V1",
            .what = "time to one half",
            .expected = 6.550188647,
            .obtained = bass_time_to(model, 0.5),
            .tolerance = 1e-8,
            .source = bass});
}

TEST_CASE("V1 the simulator's kernel is the continuous curve at any step", "[validation]") {
    for (const int steps_per_year : {1, 12, 24}) {
        for (const auto& [year, expected] : shares) {
            record({.case_id = "V1",
                    .what = "kernel, " + std::to_string(steps_per_year) + " steps a year, F(" +
                            std::to_string(year) + ")",
                    .expected = expected,
                    .obtained = stepped_by_the_kernel(year, steps_per_year),
                    .tolerance = 1e-8,
                    .source = bass});
        }
    }
}

TEST_CASE("V1 steps of other models, each against its own column", "[validation]") {
    record({.case_id = "V1",
            .what = "Euler steps of a year, F(10)",
            .expected = 0.7826425692,
            .obtained = bass_share_stepped(model, BassStep::euler, 1.0, 10),
            .tolerance = 1e-8,
            .source = "recursion"});
    record({.case_id = "V1",
            .what = "hazard steps of a year, F(10)",
            .expected = 0.7298365484,
            .obtained = bass_share_stepped(model, BassStep::hazard, 1.0, 10),
            .tolerance = 1e-8,
            .source = "recursion"});
    for (const auto& [step, name] :
         {std::pair(BassStep::euler, "Euler"), std::pair(BassStep::hazard, "hazard")}) {
        const double limit = bass_share(model, 10.0);
        const double coarse = bass_share_stepped(model, step, 1e-3, 10'000) - limit;
        const double fine = bass_share_stepped(model, step, 5e-4, 20'000) - limit;
        record({.case_id = "V1",
                .what = std::string(name) + " steps of 0.0005 years, F(10)",
                .expected = 0.8128032212,
                .obtained = fine + limit,
                .tolerance = 1e-4,
                .source = bass});
        record({.case_id = "V1",
                .what = std::string(name) + " error at Δt over error at Δt/2, first order",
                .expected = 2.0,
                .obtained = coarse / fine,
                .tolerance = 1e-3,
                .source = "numerical analysis"});
    }
}

TEST_CASE("V1 Bass by agents on a complete graph", "[validation]") {
    constexpr std::uint32_t agents = 10'000;
    constexpr std::uint32_t replicates = 400;
    const HazardClock clock = make_clock(1.0 / 1000.0, 10.0);
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint32_t member = 0; member < replicates; ++member) {
        const auto adopted = simulate_bass_agents(
            agents, {.spontaneous_per_year = model.innovation, .contagion_per_year = model.imitation}, clock,
            {.seed = 1, .member = member});
        const double share = static_cast<double>(adopted.back()) / agents;
        sum += share;
        squares += share * share;
    }
    const double mean = sum / replicates;
    record({.case_id = "V1",
            .what = "10,000 agents who see each other, steps of 0.001 years, mean F(10)",
            .expected = 0.8128032212,
            .obtained = mean,
            .tolerance = 0.002,
            .kind = ToleranceKind::standard_errors,
            .standard_error = std::sqrt((squares / replicates - mean * mean) / replicates),
            .source = bass});
}
