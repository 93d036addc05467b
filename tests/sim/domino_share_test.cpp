#include "sim/domino_share.h"

#include <catch2/catch.hpp>

using namespace domino::sim;

TEST_CASE("the domino share is the difference of sums over the sum with coupling") {
    const PairedOutcome outcome{{10, 20, 30, 40}, {8, 18, 24, 40}};
    const DominoShare share = domino_share(outcome, 1);
    REQUIRE(share.stated);
    CHECK(share.share == Approx(0.1).epsilon(1e-14));
    CHECK(share.p05 >= 0.0);
    CHECK(share.p05 <= share.share);
    CHECK(share.p95 >= share.share);
    CHECK(share.p95 <= 0.2 + 1e-12);  // no member's own share is larger
}

TEST_CASE("resampling is paired: a constant share has no interval") {
    const PairedOutcome outcome{{10, 200, 3000}, {9, 180, 2700}};
    const DominoShare share = domino_share(outcome, 5);
    CHECK(share.p05 == Approx(0.1));
    CHECK(share.p95 == Approx(0.1));
}

TEST_CASE("the share follows its seed and nothing else") {
    const PairedOutcome outcome{{5, 1, 9, 2, 7}, {4, 1, 5, 0, 7}};
    CHECK(domino_share(outcome, 3).p05 == domino_share(outcome, 3).p05);
    CHECK(domino_share(outcome, 3).p95 == domino_share(outcome, 3).p95);
    CHECK(domino_share(outcome, 3).share == domino_share(outcome, 4).share);
}

TEST_CASE("no share is stated where the total may be zero") {
    const DominoShare share = domino_share({{-5, 6, -7, 8}, {1, 1, 1, 1}}, 1);
    CHECK_FALSE(share.stated);
    CHECK_FALSE(share.reason.empty());
    CHECK_FALSE(domino_share({{0, 0}, {0, 0}}, 1).stated);
    CHECK_THROWS_AS(domino_share({{1, 2}, {1}}, 1), std::invalid_argument);
    CHECK_THROWS_AS(domino_share({{}, {}}, 1), std::invalid_argument);
}

namespace {

/// One country, one place, two years, two members numbered 8 and 9.
RunResults make_results(double tonnes_first_member) {
    RunResults r;
    r.calendar = Calendar{make_month(2020, 1), 24};
    r.members = 2;
    r.places = r.countries = 1;
    r.years = 2;
    r.sector_t.assign(sector_count * 4, 0.0);
    r.remainder_t.assign(remainder_count * 4, 10.0);
    r.sector_t[r.sector_at(0, Sector::waste, 0, 0)] = tonnes_first_member;
    r.sector_t[r.sector_at(0, Sector::waste, 1, 0)] = tonnes_first_member;
    return r;
}

}  // namespace

TEST_CASE("commitments taken as given count on neither side") {
    RunResults on = make_results(0.0);
    on.events = {{8, 0, 0, Cause::observed}, {9, 0, 0, Cause::observed}, {9, 0, 13, Cause::spontaneous}};
    const UncoupledTotals off{{1, 1, 1, 2}, {}};  // [year][member]
    const PairedOutcome first = paired_commitments(on, off, 0, 8);
    CHECK(first.on == std::vector<double>{0, 0});
    CHECK(first.off == std::vector<double>{0, 0});
    const PairedOutcome second = paired_commitments(on, off, 1, 8);
    CHECK(second.on == std::vector<double>{0, 1});
    CHECK(second.off == std::vector<double>{0, 1});
}

TEST_CASE("tonnes avoided are summed over countries and the years asked for") {
    EnsembleResults results;
    results.scenario = make_results(100.0);
    CHECK_THROWS_AS(paired_avoided_t(results, 0, 1), std::invalid_argument);
    results.reference = make_results(130.0);
    results.scenario_uncoupled.emissions_t = {150, 50, 150, 50};
    results.reference_uncoupled = UncoupledTotals{{}, {170, 50, 171, 50}};
    CHECK(paired_avoided_t(results, 0, 1).on == std::vector<double>{60, 0});
    CHECK(paired_avoided_t(results, 0, 1).off == std::vector<double>{41, 0});
    CHECK(paired_avoided_t(results, 1, 1).on == std::vector<double>{30, 0});
    CHECK(paired_avoided_t(results, 1, 1).off == std::vector<double>{21, 0});
}
