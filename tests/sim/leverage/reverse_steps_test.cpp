#include <array>
#include <catch2/catch.hpp>
#include <functional>
#include <numeric>
#include <vector>

#include "sim/leverage/adoption_reverse.h"
#include "sim/leverage/avoided_emissions.h"
#include "sim/leverage/expected_commitment.h"
#include "sim/leverage/exposure_reverse.h"

namespace domino::sim {
namespace {

/// Central difference of fourth order (Richardson).
double slope(const std::function<double(double)>& f, double at) {
    const auto central = [&](double h) { return (f(at + h) - f(at - h)) / (2.0 * h); };
    const double h = 1e-3 * (at != 0.0 ? std::abs(at) : 1.0);
    return (4.0 * central(h / 2.0) - central(h)) / 3.0;
}

Approx near(double value) {
    return Approx(value).epsilon(1e-8).margin(1e-12);
}

}  // namespace

TEST_CASE("Reverse of a step of adoption, alone") {
    const AdoptionGiven given =
        GENERATE(AdoptionGiven{20.0, 100.0, 0.01, 0.3, 0.05}, AdoptionGiven{0.5, 1.0, 0.2, 3.0, 0.1},
                 AdoptionGiven{2.0, 8.0, 0.05, 0.0, 0.0},
                 // P_e below 0, the pull above it.
                 AdoptionGiven{30.0, 100.0, 0.001, 0.4, 0.2});
    const double years = 1.0 / 12.0, seed_weight = 0.4;
    const auto sales = [&](AdoptionGiven g) {
        return adoption_step<double>(g.stock, g.potential, {g.innovation, g.imitation}, years, g.projects,
                                     seed_weight)
            .sales;
    };
    const AdoptionGiven by = adoption_step_reverse(given, years, seed_weight, 3.0);
    const auto check = [&](double AdoptionGiven::*part) {
        const auto f = [&](double value) {
            AdoptionGiven moved = given;
            moved.*part = value;
            return 3.0 * sales(moved);
        };
        if (given.*part == 0.0) return;  // one-sided there
        CHECK(by.*part == near(slope(f, given.*part)));
    };
    check(&AdoptionGiven::stock);
    check(&AdoptionGiven::potential);
    check(&AdoptionGiven::innovation);
    check(&AdoptionGiven::imitation);
    check(&AdoptionGiven::projects);
}

TEST_CASE("Nothing sold, nothing to trace back") {
    for (const AdoptionGiven& given :
         {AdoptionGiven{5.0, 5.0, 0.1, 0.3, 0.0}, AdoptionGiven{0.0, 0.0, 0.1, 0.3, 0.0},
          AdoptionGiven{0.0, 5.0, 0.0, 0.3, 0.0}}) {
        const AdoptionGiven by = adoption_step_reverse(given, 0.1, 0.5, 1.0);
        CHECK(by.stock == 0.0);
        CHECK(by.potential == 0.0);
        CHECK(by.innovation == 0.0);
    }
}

TEST_CASE("Reverse of retirement, alone") {
    const int count = GENERATE(1, 2, 4);
    const std::vector<double> ages = {3.0, 2.0, 1.5, 0.7};
    const std::vector<double> weight = {0.3, -0.2, 0.9, 1.4};
    const auto sum = [&](std::vector<double> at) {
        const double retired = retire(at.data(), count, 0.21);
        return 0.8 * retired + std::inner_product(at.begin(), at.begin() + count, weight.begin(), 0.0);
    };
    std::vector<double> by = weight;
    retire_reverse(by.data(), count, 0.21, 0.8);
    for (std::size_t j = 0; j < static_cast<std::size_t>(count); ++j) {
        const auto f = [&](double value) {
            std::vector<double> moved = ages;
            moved[j] = value;
            return sum(moved);
        };
        CHECK(by[j] == near(slope(f, ages[j])));
    }
}

TEST_CASE("Reverse of commitment and coercion, alone") {
    const double committed = 0.3, hazard = 0.7;
    const ByCommitment by = expected_commitment_reverse(committed, portable::exp(-hazard), 2.0);
    CHECK(by.committed ==
          near(slope([&](double c) { return 2.0 * expected_commitment(c, portable::exp(-hazard)); },
                     committed)));
    CHECK(by.hazard ==
          near(slope([&](double h) { return 2.0 * expected_commitment(committed, portable::exp(-h)); },
                     hazard)));
    CHECK(expected_coercion_slope(0.4, 0.2) ==
          near(slope([](double fresh) { return expected_coercion(0.4, fresh); }, 0.2)));
    // One neighbour that has committed for certain leaves 1 − c of the chance to stay as one is.
    CHECK(portable::exp(-expected_coercion(0.4, 1.0)) == near(0.6));
}

TEST_CASE("Reverse of capacity, alone") {
    const CapacityRates rates{0.02, 0.15, 0.3, 0.05};
    const double years = 0.5;
    const auto next = [&](double capacity, double committed, double support) {
        return 1.7 * step_capacity(capacity, capacity_relaxation(rates, committed, support, years));
    };
    const double remaining = capacity_relaxation(rates, 0.4, 0.6, years).remaining;
    const ByCapacity by = step_capacity_reverse(rates, 0.35, 0.4, 0.6, remaining, years, 1.7);
    CHECK(by.capacity == near(slope([&](double k) { return next(k, 0.4, 0.6); }, 0.35)));
    CHECK(by.committed == near(slope([&](double c) { return next(0.35, c, 0.6); }, 0.4)));
    CHECK(by.support == near(slope([&](double s) { return next(0.35, 0.4, s); }, 0.6)));
}

TEST_CASE("Reverse of avoided emissions, alone, two technologies in series and one that saves it all") {
    const CountryEffects effects{{{0, Sector::buildings_fuel, 0.5}, {1, Sector::buildings_fuel, 1.0}},
                                 {{1, Sector::electricity_residential, 300.0}}};
    SectorTonnes before{};
    before[index(Sector::buildings_fuel)] = 1000.0;
    const double second = GENERATE(2.0, 5.0);  // of 5: nothing of the sector is left
    std::array<double, 2> added = {3.0, second}, units = {10.0, 5.0};
    const auto avoided = [&] {
        return avoided_emissions(
            effects, before, 5e-4, [&](std::size_t k) { return added[k]; },
            [&](std::size_t k) { return units[k]; });
    };
    CHECK(avoided() == near(1000.0 * (1.0 - (1.0 - 0.5 * 0.3) * (1.0 - second / 5.0)) + second * 0.15));
    std::array<double, 2> by_added{}, by_units{};
    avoided_emissions_reverse(
        effects, before, 5e-4, [&](std::size_t k) { return added[k]; },
        [&](std::size_t k) { return units[k]; }, 1.0,
        [&](std::size_t k, double of_added, double of_units) {
            by_added[k] += of_added;
            by_units[k] += of_units;
        });
    for (std::size_t k = 0; k < 2; ++k) {
        const auto moved = [&](std::array<double, 2>& row) {
            return [&, k](double value) {
                const double was = row[k];
                row[k] = value;
                const double sum = avoided();
                row[k] = was;
                return sum;
            };
        };
        CHECK(by_added[k] == near(slope(moved(added), added[k])));
        CHECK(by_units[k] == near(slope(moved(units), units[k])));
    }
}

}  // namespace domino::sim
