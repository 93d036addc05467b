#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "sim/statistics/sensitivity.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

namespace {

void compare(const std::string& what, double expected, double obtained, const char* source) {
    record({.case_id = "V12",
            .what = what,
            .expected = expected,
            .obtained = obtained,
            .tolerance = 0.01,
            .kind = ToleranceKind::absolute,
            .source = source});
}

}  // namespace

TEST_CASE("V12 Ishigami function", "[validation]") {
    const SensitivityIndices s =
        sensitivity_indices([](std::span<const double> u) { return ishigami(u); },
                            {.inputs = 3, .base_sample = 1U << 14U, .pairs = PairIndices::yes});
    const char* source = "Ishigami & Homma 1990";
    compare("Ishigami, mean", 3.5, s.mean, source);
    record({.case_id = "V12",
            .what = "Ishigami, variance",
            .expected = 13.8445879407,
            .obtained = s.variance,
            .tolerance = 0.001,
            .source = source});
    const std::array<double, 3> first = {0.3139051911, 0.4424111448, 0.0};
    const std::array<double, 3> total = {0.5575888552, 0.4424111448, 0.2436836641};
    for (std::size_t i = 0; i < 3; ++i) {
        compare("Ishigami, S" + std::to_string(i + 1), first[i], s.first[i], source);
        compare("Ishigami, ST" + std::to_string(i + 1), total[i], s.total[i], source);
    }
    compare("Ishigami, S12", 0.0, s.pair[1], source);
    compare("Ishigami, S13", 0.2436836641, s.pair[2], source);
    compare("Ishigami, S23", 0.0, s.pair[5], source);
}

TEST_CASE("V12 Sobol's G function", "[validation]") {
    const std::vector<double> a = {0, 1, 4.5, 9, 99, 99, 99, 99};
    const SensitivityIndices s = sensitivity_indices([&](std::span<const double> u) { return sobol_g(u, a); },
                                                     {.inputs = 8, .base_sample = 1U << 14U});
    const std::array<double, 4> first = {0.7161921689, 0.1790480422, 0.0236757742, 0.0071619217};
    const std::array<double, 2> total = {0.7871441267, 0.2421981928};
    const char* source = "Sobol 1993; Saltelli et al. 2010";
    for (std::size_t i = 0; i < first.size(); ++i) {
        compare("G function, S" + std::to_string(i + 1), first[i], s.first[i], source);
    }
    for (std::size_t i = 0; i < total.size(); ++i) {
        compare("G function, ST" + std::to_string(i + 1), total[i], s.total[i], source);
    }
}
