#include "sim/group_targets.h"

#include <catch2/catch.hpp>

using namespace domino::sim;

namespace {

/// Two places, two members, 2020 to 2031, emissions written out: place 0 emits 10 Mt, place 1 emits 6 Mt; in
/// the second member all emissions of 2030 are 4 Mt each.
RunResults written_out() {
    RunResults r;
    r.calendar.first = make_month(2020, 1);
    r.calendar.steps = 144;
    r.members = 2;
    r.places = 2;
    r.years = 12;
    r.emissions_t.assign(r.places * r.years * 2, 0.0F);
    for (std::size_t y = 0; y < r.years; ++y) {
        for (std::size_t m = 0; m < 2; ++m) {
            const bool low = m == 1 && y == 10;
            r.emissions_t[r.place_year(0, y, m)] = low ? 4e6F : 10e6F;
            r.emissions_t[r.place_year(1, y, m)] = low ? 4e6F : 6e6F;
        }
    }
    return r;
}

PlaceGroup both(int base_year) {
    PlaceGroup group;
    group.id = "race";
    group.places = {0, 1};
    group.base_year = base_year;
    group.targets = {{2030, 0.5, "halve", "x"}, {2050, 1.0, "net zero", "x"}};
    return group;
}

}  // namespace

TEST_CASE("a group is held against half of its base year's emissions") {
    const RunResults r = written_out();
    const auto result = assess_group(both(2020), both(2020).targets[0], r);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.level_high_mt == Approx(8.0));
    CHECK(result.emissions_mt == std::vector<double>{16.0, 8.0});
    CHECK(result.gap_mt == std::vector<double>{8.0, 0.0});
    CHECK(result.probability == 0.5);
}

TEST_CASE("a base year before the run is reached through the factors of its places") {
    PlaceGroup group = both(2019);
    group.base_factor = {1.1, 1.5};  // 11 Mt and 9 Mt
    const auto result = assess_group(group, group.targets[0], written_out());
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.level_high_mt == Approx(10.0));
    CHECK(result.probability == 0.5);
    group.base_factor.clear();
    const auto unknown = assess_group(group, group.targets[0], written_out());
    CHECK(unknown.status == TargetStatus::not_assessable);
    CHECK(unknown.reason.find("2019") != std::string::npos);
}

TEST_CASE("net zero beyond the run and a group without members are not assessable, never met") {
    const PlaceGroup group = both(2020);
    const auto later = assess_group(group, group.targets[1], written_out());
    CHECK(later.status == TargetStatus::not_assessable);
    CHECK(later.probability == 0.0);
    CHECK(later.reason.find("2050") != std::string::npos);
    PlaceGroup empty = group;
    empty.places.clear();
    CHECK(assess_group(empty, group.targets[0], written_out()).status == TargetStatus::not_assessable);
}

TEST_CASE("the implied level runs straight from the base year through each target") {
    const PlaceGroup group = both(2020);
    CHECK_FALSE(group_level_mt(group, 16e6, 2019));
    CHECK(*group_level_mt(group, 16e6, 2020) == Approx(16.0));
    CHECK(*group_level_mt(group, 16e6, 2025) == Approx(12.0));
    CHECK(*group_level_mt(group, 16e6, 2030) == Approx(8.0));
    CHECK(*group_level_mt(group, 16e6, 2040) == Approx(4.0));
    CHECK(*group_level_mt(group, 16e6, 2050) == Approx(0.0));
    CHECK_FALSE(group_level_mt(group, 16e6, 2051));
}
