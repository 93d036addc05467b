#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "sim/adoption.h"
#include "sim/ensemble.h"
#include "sim/stock_turnover.h"
#include "tests/sim/literal_world.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

namespace {

constexpr const char* weibull = "Weibull 1951";
constexpr const char* erlang = "Erlang distribution";
constexpr int stages = 4;
constexpr double lifetime = 15.0;
constexpr double rate = stages / lifetime / 12.0;  ///< nΔt/L, monthly

double sum_of(const ErlangStages<double>& ages) {
    double sum = 0.0;
    for (const double units : ages) sum += units;
    return sum;
}

}  // namespace

TEST_CASE("V15 Weibull lifetimes", "[validation]") {
    const WeibullLifetime life{3.0, 15.0};
    record({.case_id = "V15",
            .what = "Weibull k = 3, L = 15: mean",
            .expected = 13.3946926735,
            .obtained = weibull_mean_years(life),
            .tolerance = 1e-9,
            .source = weibull});
    record({.case_id = "V15",
            .what = "Weibull k = 3, L = 15: median",
            .expected = 13.2749556675,
            .obtained = weibull_median_years(life),
            .tolerance = 1e-9,
            .source = weibull});
    record({.case_id = "V15",
            .what = "Weibull k = 3, L = 15: S(10)",
            .expected = 0.7435670792,
            .obtained = weibull_survival(life, 10.0),
            .tolerance = 1e-9,
            .source = weibull});
    CohortStock stock(life);
    double largest = 0.0;
    for (int year = 0; year < 100; ++year) {
        const double before = stock.units();
        const double retired = stock.step(1.0);
        largest = std::max(largest, std::abs(stock.units() - (before + 1.0 - retired)) / stock.units());
    }
    record({.case_id = "V15",
            .what = "Weibull cohorts, steady stock at one sale a year",
            .expected = 13.8946902044,
            .obtained = stock.units(),
            .tolerance = 1e-9,
            .source = weibull});
    record({.case_id = "V15",
            .what = "years in which the cohorts' stock is not before + sales − retired",
            .expected = 0.0,
            .obtained = largest <= 1e-12 ? 0.0 : 1.0,
            .source = "identity to 1e-12"});
}

TEST_CASE("V15 stages of age as the simulator steps them", "[validation]") {
    record({.case_id = "V15",
            .what = "four stages, L = 15: S(10), continuous",
            .expected = 0.7214269442,
            .obtained = erlang_survival(stages, lifetime, 10.0),
            .tolerance = 1e-9,
            .source = erlang});
    ErlangStages<double> cohort{1.0};
    double mean_years = 0.0;
    for (int month = 1; month <= 24'000; ++month) {
        mean_years += month / 12.0 * retire(cohort.data(), stages, rate);
        if (month != 120) continue;
        record({.case_id = "V15",
                .what = "four stages, L = 15: S(10), monthly steps",
                .expected = 0.7222645055,
                .obtained = sum_of(cohort),
                .tolerance = 1e-9,
                .source = erlang});
    }
    record({.case_id = "V15",
            .what = "four stages: mean lifetime, monthly steps",
            .expected = 15.0,
            .obtained = mean_years,
            .tolerance = 1e-9,
            .source = erlang});
    // Halving the step halves the distance to continuous time.
    const auto survivors = [](int parts) {
        ErlangStages<double> units{1.0};
        for (int n = 0; n < 120 * parts; ++n) retire(units.data(), stages, rate / parts);
        return sum_of(units) - erlang_survival(stages, lifetime, 10.0);
    };
    record({.case_id = "V15",
            .what = "error of S(10) at Δt over error at Δt/2, first order",
            .expected = 2.0,
            .obtained = survivors(16) / survivors(32),
            .tolerance = 1e-3,
            .source = "numerical analysis"});
}

TEST_CASE("V15 steady stock of stages, from nothing and from the starting ages", "[validation]") {
    ErlangStages<double> grown{};
    for (int month = 0; month < 24'000; ++month) {
        retire(grown.data(), stages, rate);
        grown[0] += 1.0 / 12.0;
    }
    record({.case_id = "V15",
            .what = "four stages: steady stock at one sale a year",
            .expected = 15.0,
            .obtained = sum_of(grown),
            .tolerance = 1e-9,
            .source = "Little's law"});
    ErlangStages<double> ages = starting_ages(stages, lifetime, 0.0);
    const ErlangStages<double> start = ages;
    for (int month = 0; month < 120; ++month) ages[0] += retire(ages.data(), stages, rate);
    double moved = 0.0;
    for (std::size_t j = 0; j < ages.size(); ++j) moved = std::max(moved, std::abs(ages[j] - start[j]));
    record({.case_id = "V15",
            .what = "starting ages after ten years of replacing what retires, largest change",
            .expected = 0.0,
            .obtained = moved,
            .tolerance = 1e-12,
            .kind = ToleranceKind::absolute,
            .source = "steady state"});
}

TEST_CASE("V15 every month's stock in a run adds up", "[validation]") {
    domino::sim::test::LiteralWorld world(5);
    world.add_technology("car", 0.02, 0.4);
    world->technologies[0].lifetime_years = 12.0;
    world->technologies[0].countries[0].initial_share = 0.1;
    EnsembleOptions options;
    options.members = 4;
    options.threads = 1;
    const RunResults run = run_ensemble(*world, nullptr, options).scenario;
    double broken = 1.0;
    for (const IdentityCheck& check : run.identities) {
        if (check.name.rfind("stock = ", 0) == 0) broken = check.largest_relative_error <= 1e-5 ? 0.0 : 1.0;
    }
    CHECK(run.stock_units[run.stock_at(0, 0, 20, 0)] > run.stock_units[run.stock_at(0, 0, 0, 0)]);
    record({.case_id = "V15",
            .what = "runs in which stock is not before + sales − retired",
            .expected = 0.0,
            .obtained = broken,
            .source = "identity to 1e-5 in the single precision of the ensemble"});
}

TEST_CASE("V15 every month's stock of the step in double adds up", "[validation]") {
    ErlangStages<double> ages = starting_ages(4, 12.0, 0.05);
    for (double& a : ages) a *= 0.1;
    double stock = 0.1;
    double largest = 0.0;
    for (int month = 0; month < 255; ++month) {
        const double retired = retire(ages.data(), 4, 4.0 / 12.0 / 12.0);
        const double sold = adoption_sales(stock - retired, 1.0, {0.02, 0.4}, 1.0 / 12.0);
        ages[0] += sold;
        double sum = 0.0;
        for (const double a : ages) sum += a;
        largest = std::max(largest, std::abs(sum - (stock + sold - retired)) / sum);
        stock = sum;
    }
    CHECK(stock > 0.5);
    record({.case_id = "V15",
            .what = "months in which the step's stock is not before + sales − retired",
            .expected = 0.0,
            .obtained = largest <= 1e-12 ? 0.0 : 1.0,
            .source = "identity to 1e-12"});
}
