#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "sim/dynamics/si_epidemic.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

TEST_CASE("V2 SI, logistic mean field", "[validation]") {
    const SiCurve curve{.contact_rate = 0.5, .initial_share = 0.01};
    for (const auto& [time, expected] :
         {std::pair(5, 0.1095720516), std::pair(10, 0.5998596018), std::pair(15, 0.9480871536)}) {
        record({.case_id = "V2",
                .what = "b = 0.5, i0 = 0.01, i(" + std::to_string(time) + ")",
                .expected = expected,
                .obtained = curve.share_at(time),
                .tolerance = 1e-8,
                .source = "logistic equation"});
    }
    record({.case_id = "V2",
            .what = "b = 0.5, i0 = 0.01, time to one half",
            .expected = 9.1902397003,
            .obtained = curve.time_to(0.5),
            .tolerance = 1e-8,
            .source = "logistic equation"});
}

TEST_CASE("V2 SI by chance on a complete graph", "[validation]") {
    record({.case_id = "V2",
            .what = "10 nodes, one seed, expected time to all, sum",
            .expected = 7129.0 / 12600.0,
            .obtained = expected_complete_si_time(10, 1, 1.0),
            .tolerance = 1e-12,
            .source = "pure birth process"});
    constexpr std::uint32_t replicates = 200'000;
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint32_t member = 0; member < replicates; ++member) {
        const double time = simulate_complete_si(10, 1, 1.0, {1, member}).back();
        sum += time;
        squares += time * time;
    }
    const double mean = sum / replicates;
    record({.case_id = "V2",
            .what = "10 nodes, one seed, time to all, 200,000 Gillespie runs",
            .expected = 7129.0 / 12600.0,
            .obtained = mean,
            .kind = ToleranceKind::standard_errors,
            .standard_error = std::sqrt((squares / replicates - mean * mean) / replicates),
            .source = "pure birth process"});
}
