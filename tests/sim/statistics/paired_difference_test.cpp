#include "sim/statistics/paired_difference.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

using namespace domino::sim;

using Values = std::vector<double>;

TEST_CASE("identical outcomes differ by exactly nothing, and neither is better") {
    const Values values = {0.1, 1e300, -7.0, 0.0};
    PairedComparer comparer;
    for (const Better better : {Better::lower, Better::higher}) {
        const PairedDifference d = comparer.compare(values, values, better);
        CHECK(d.mean == 0.0);
        CHECK(d.p05 == 0.0);
        CHECK(d.p95 == 0.0);
        CHECK(d.a_better == 0.5);
        CHECK(std::isnan(d.variance_reduction));
    }
}

TEST_CASE("a difference has a mean, an interval, and a chance that the first is better") {
    const Values a = {1, 2, 3, 4, 5}, b = {2, 2, 1, 8, 9};  // differences −1 0 2 −4 −4
    PairedComparer comparer;
    const PairedDifference d = comparer.compare(a, b, Better::lower);
    CHECK(d.mean == Approx(-1.4));
    CHECK(d.p05 == Approx(-4.0));
    CHECK(d.p95 == Approx(1.6));  // 4·0.95 = 3.8: 0 + 0.8·2
    CHECK(d.a_better == Approx(0.7));
    CHECK(comparer.compare(a, b, Better::higher).a_better == Approx(0.3));
    const PairedDifference turned = comparer.compare(b, a, Better::lower);
    CHECK(turned.mean == -d.mean);
    CHECK(turned.a_better == Approx(0.3));
}

TEST_CASE("pairing takes out what both sides share") {
    // b = a − 1 ± 0.1: Var a = 1250/3·…, Var(a − b) = 4·0.01/3.
    const Values a = {0, 10, 20, 30}, b = {-1.1, 9.1, 18.9, 29.1};
    const PairedDifference d = PairedComparer().compare(a, b, Better::lower);
    const double var_a = 500.0 / 3.0;
    double mean_b = 56.0 / 4.0, var_b = 0.0;
    for (const double v : b) var_b += (v - mean_b) * (v - mean_b) / 3.0;
    CHECK(d.variance_reduction == Approx((var_a + var_b) / (0.04 / 3.0)));
}

TEST_CASE("regret is the loss against the best in hindsight") {
    const std::vector<Values> outcomes = {{1, 5, 3}, {2, 4, 3}, {9, 9, 9}};
    const auto lower = find_regrets(outcomes, Better::lower);
    CHECK(lower[0].mean == Approx(1.0 / 3.0));
    CHECK(lower[1].mean == Approx(1.0 / 3.0));
    CHECK(lower[2].mean == Approx((8.0 + 5.0 + 6.0) / 3.0));
    CHECK(lower[0].best == Approx(0.5));  // alone in the first member, tied in the third
    CHECK(lower[1].best == Approx(0.5));
    CHECK(lower[2].best == 0.0);
    const auto higher = find_regrets(outcomes, Better::higher);
    CHECK(higher[2].mean == 0.0);
    CHECK(higher[2].best == Approx(1.0));
    const auto alone = find_regrets(std::vector<Values>{{3, 4}}, Better::lower);
    CHECK(alone[0].mean == 0.0);
    CHECK(alone[0].best == 1.0);
}

TEST_CASE("a ratio of sums is stated where what it divides by is not nothing") {
    const PairedRatio fixed = find_ratio(Values{2, 4, 6}, Values{1, 2, 3}, 7);
    REQUIRE(fixed.stated);
    CHECK(fixed.ratio == Approx(2.0));
    CHECK(fixed.p05 == Approx(2.0));
    CHECK(fixed.p95 == Approx(2.0));
    const PairedRatio wide = find_ratio(Values{1, 2, 9}, Values{1, 1, 1}, 7);
    CHECK(wide.ratio == Approx(4.0));
    CHECK(wide.p05 < 4.0);
    CHECK(wide.p95 > 4.0);
    CHECK_FALSE(find_ratio(Values{1, 2}, Values{0, 0}, 7).stated);
    CHECK_FALSE(find_ratio(Values{1, 2, 3}, Values{-1, 1, 0}, 7).stated);
}

TEST_CASE("sides that do not pair are refused") {
    CHECK_THROWS_AS(PairedComparer().compare(Values{1}, Values{1, 2}, Better::lower), std::invalid_argument);
    CHECK_THROWS_AS(PairedComparer().compare(Values{}, Values{}, Better::lower), std::invalid_argument);
    CHECK_THROWS_AS(find_ratio(Values{1}, Values{}, 1), std::invalid_argument);
    CHECK_THROWS_AS(find_regrets(std::vector<Values>{{1}, {1, 2}}, Better::lower), std::invalid_argument);
}
