#include <array>
#include <catch2/catch.hpp>

#include "geo/portable_math.h"
#include "sim/random.h"
#include "sim/statistics/crps.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

namespace {

constexpr const char* gneiting = "Gneiting & Raftery 2007";

/// Mean score of the forecast N(0, 1) when it is right: y weighted by the normal density, by the trapezoid
/// rule, which converges faster than any power for such an integrand.
double expected_score() {
    constexpr double step = 1.0 / 64.0;
    double sum = 0.0;
    double weights = 0.0;
    for (int n = -640; n <= 640; ++n) {
        const double y = n * step;
        const double weight = domino::portable::exp(-0.5 * y * y);
        sum += weight * crps_normal(0.0, 1.0, y);
        weights += weight;
    }
    return sum / weights;
}

}  // namespace

TEST_CASE("V13 continuous ranked probability score", "[validation]") {
    for (const auto& [y, expected] :
         {std::pair(0.0, 0.2336949773), std::pair(1.0, 0.6024413576), std::pair(2.0, 1.4527918217)}) {
        record({.case_id = "V13",
                .what = "N(0, 1), y = " + std::to_string(static_cast<int>(y)),
                .expected = expected,
                .obtained = crps_normal(0.0, 1.0, y),
                .tolerance = 1e-9,
                .source = gneiting});
    }
    record({.case_id = "V13",
            .what = "N(0, 2²), y = 1",
            .expected = 0.6628070625,
            .obtained = crps_normal(0.0, 2.0, 1.0),
            .tolerance = 1e-9,
            .source = gneiting});
    record({.case_id = "V13",
            .what = "mean score of N(0, 1) when it is right, 1/√π",
            .expected = 0.5641895835,
            .obtained = expected_score(),
            .tolerance = 1e-9,
            .source = gneiting});
    const std::array<double, 3> ensemble = {1.0, 2.0, 4.0};
    record({.case_id = "V13",
            .what = "ensemble {1, 2, 4}, y = 3, standard",
            .expected = 2.0 / 3.0,
            .obtained = crps_ensemble(ensemble, 3.0),
            .tolerance = 1e-9,
            .source = gneiting});
    record({.case_id = "V13",
            .what = "ensemble {1, 2, 4}, y = 3, fair",
            .expected = 1.0 / 3.0,
            .obtained = crps_fair(ensemble, 3.0),
            .tolerance = 1e-9,
            .source = "Ferro 2014"});
}

TEST_CASE("V13 a fair score does not punish small ensembles", "[validation]") {
    // Ensembles of 3 from N(0, 1), verified by one more draw: their mean fair score is that of N(0, 1)
    // itself.
    constexpr std::uint32_t replicates = 200'000;
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint32_t n = 0; n < replicates; ++n) {
        std::array<double, 4> z{};
        for (std::uint32_t i = 0; i < 4; ++i) {
            z[i] = standard_normal({13, Process::statistics, sub_of("fair_score"), n, 0, 0, i});
        }
        const double score = crps_fair(std::span<const double>(z).first(3), z[3]);
        sum += score;
        squares += score * score;
    }
    const double mean = sum / replicates;
    record({.case_id = "V13",
            .what = "fair score of ensembles of 3 from the truth",
            .expected = 0.5641895835,
            .obtained = mean,
            .kind = ToleranceKind::standard_errors,
            .standard_error = std::sqrt((squares / replicates - mean * mean) / replicates),
            .source = "Ferro 2014"});
}
