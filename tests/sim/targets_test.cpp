#include "sim/targets.h"

#include <catch2/catch.hpp>

namespace domino::sim {
namespace {

/// A run of one country with given national totals, Mt by calendar year from 2020, alike in every member but
/// for a factor. Fiscal totals differ from calendar ones by `fiscal_shift_mt`.
struct SmallRun {
    World world;
    RunResults results;

    explicit SmallRun(std::vector<double> totals_mt, std::vector<double> member_factor = {1.0},
                      double lulucf_mt = 0.0, double fiscal_shift_mt = 0.0) {
        Country country;
        country.iso3 = "AAA";
        country.base_year = 2020;
        country.fiscal_year_start_month = 4;
        world.countries.push_back(country);
        const std::size_t years = totals_mt.size();
        world.calendar.steps = static_cast<int>(years) * 12;
        results.calendar = world.calendar;
        results.members = static_cast<int>(member_factor.size());
        results.countries = 1;
        results.years = years;
        const std::size_t cells = years * member_factor.size();
        results.sector_t.assign(sector_count * cells, 0.0);
        results.remainder_t.assign(remainder_count * cells, 0.0);
        results.lulucf_t.assign(cells, lulucf_mt * 1e6);
        results.gdp_musd.assign(cells, 1000.0);
        results.fiscal_total_t.assign(cells, 0.0);
        for (std::size_t y = 0; y < years; ++y) {
            for (std::size_t m = 0; m < member_factor.size(); ++m) {
                const double total_t = totals_mt[y] * 1e6 * member_factor[m];
                results.sector_t[results.sector_at(0, Sector::transport_fuel, y, m)] = 0.75 * total_t;
                results.remainder_t[results.remainder_at(0, RemainderPart::agriculture, y, m)] =
                    0.25 * total_t;
                results.fiscal_total_t[results.country_year(0, y, m)] = total_t + fiscal_shift_mt * 1e6;
            }
        }
    }

    TargetResult assess_target(const Target& target) const { return assess(target, world, results); }
};

Target target_of(TargetType type, int year, std::optional<double> value = std::nullopt) {
    Target target;
    target.type = type;
    target.target_year = year;
    target.value_low = target.value_high = value;
    target.lulucf = LulucfTreatment::excluded;
    return target;
}

SmallRun falling(std::vector<double> factors = {1.0}) {
    return SmallRun({100.0, 90.0, 80.0, 70.0, 60.0, 50.0}, std::move(factors));
}

TEST_CASE("Japan's targets are 54, 40 and 27 per cent of its FY2013 base") {
    const double fy2013_mt = 1395.0;
    for (const auto& [year, value, left] :
         {std::tuple(2030, 0.46, 0.54), std::tuple(2035, 0.60, 0.40), std::tuple(2040, 0.73, 0.27)}) {
        auto target = target_of(TargetType::base_year, year, value);
        target.base_year = 2013;
        target.reference_level_mt = fy2013_mt;
        const auto level = target_level_mt(target, value, std::nullopt, std::nullopt, std::nullopt);
        REQUIRE(level);
        CHECK(*level == Approx(left * fy2013_mt).epsilon(1e-15));
    }
}

TEST_CASE("levels follow the formula of each type") {
    auto target = target_of(TargetType::bau, 2030);
    CHECK_FALSE(target_level_mt(target, 0.3, {}, {}, {}));
    CHECK(*target_level_mt(target, 0.3, {}, 200.0, {}) == Approx(140.0));
    target.reference_level_mt = 100.0;
    CHECK(*target_level_mt(target, 0.3, {}, 200.0, {}) == Approx(70.0));

    target.type = TargetType::absolute_reduction;
    CHECK(*target_level_mt(target, 30.0, {}, {}, {}) == Approx(70.0));

    target.type = TargetType::intensity;
    CHECK_FALSE(target_level_mt(target, 0.5, 400.0, {}, {}));
    target.reference_gdp_musd = 200.0;
    CHECK(*target_level_mt(target, 0.5, 400.0, {}, {}) == Approx(0.5 * (100.0 / 200.0) * 400.0));
    CHECK_FALSE(target_level_mt(target, 0.5, {}, {}, {}));

    target.type = TargetType::peak_minus;
    CHECK(*target_level_mt(target, 0.1, {}, {}, 90.0) == Approx(81.0));
    CHECK(*target_level_mt(target, 15.0, {}, {}, 90.0) == Approx(75.0));
    CHECK_FALSE(target_level_mt(target, 15.0, {}, {}, {}));

    for (const auto type : {TargetType::fixed_level, TargetType::trajectory, TargetType::budget}) {
        target.type = type;
        CHECK(*target_level_mt(target, 42.0, {}, {}, {}) == 42.0);
    }
    target.type = TargetType::unknown;
    CHECK_FALSE(target_level_mt(target, 0.1, 1.0, 1.0, 1.0));
    target.type = TargetType::sectoral;
    target.reference_level_mt = 75.0;
    CHECK(*target_level_mt(target, 0.2, {}, {}, {}) == Approx(60.0));
    target.reference_level_mt.reset();
    CHECK_FALSE(target_level_mt(target, 0.2, 1.0, 1.0, 1.0));
}

TEST_CASE("a base-year target is re-based to its own inventory") {
    auto target = target_of(TargetType::base_year, 2025, 0.4);
    target.base_year = 2013;
    target.reference_level_mt = 110.0;
    target.history_mt = {{2013, 100.0}};
    const auto result = falling().assess_target(target);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.ratio_year == 2013);
    CHECK(result.rebase_ratio == Approx(1.1));
    CHECK(result.level_high_mt == Approx(66.0));
    CHECK(result.emissions_mt.front() == Approx(55.0));
    CHECK(result.gap_mt.front() == Approx(-11.0));
    CHECK(result.probability == 1.0);
}

TEST_CASE("a base year without an inventory is not assessable, never met") {
    auto target = target_of(TargetType::base_year, 2025, 0.4);
    target.base_year = 1990;
    const auto result = falling().assess_target(target);
    CHECK(result.status == TargetStatus::not_assessable);
    CHECK(result.reason.find("1990") != std::string::npos);
    CHECK(result.probability == 0.0);

    target.base_year.reset();
    CHECK(falling().assess_target(target).status == TargetStatus::not_assessable);
}

TEST_CASE("without a filed base level the run's own inventory stands in, not re-based") {
    auto target = target_of(TargetType::base_year, 2025, 0.5);
    target.base_year = 2005;
    target.history_mt = {{2005, 120.0}};
    const auto result = falling().assess_target(target);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.rebase_ratio == 1.0);
    CHECK(result.level_high_mt == Approx(60.0));
}

TEST_CASE("gross-net targets count removals in the target year only") {
    auto target = target_of(TargetType::base_year, 2025, 0.5);
    target.base_year = 2013;
    target.reference_level_mt = 100.0;
    target.history_mt = {{2013, 100.0}};
    target.lulucf_history_mt = {{2013, -20.0}};
    const SmallRun run({100.0, 90.0, 80.0, 70.0, 60.0, 55.0}, {1.0}, -10.0);

    target.lulucf = LulucfTreatment::gross_net;
    const auto gross_net = run.assess_target(target);
    CHECK(gross_net.rebase_ratio == Approx(1.0));
    CHECK(gross_net.emissions_mt.front() == Approx(45.0));
    CHECK(gross_net.probability == 1.0);

    target.lulucf = LulucfTreatment::excluded;
    CHECK(run.assess_target(target).emissions_mt.front() == Approx(55.0));

    target.lulucf = LulucfTreatment::included;
    const auto included = run.assess_target(target);
    CHECK(included.rebase_ratio == Approx(100.0 / 80.0));
    CHECK(included.emissions_mt.front() == Approx(45.0 * 100.0 / 80.0));
}

TEST_CASE("fiscal-year targets use fiscal totals") {
    const SmallRun run({100.0, 90.0, 80.0, 70.0, 60.0, 50.0}, {1.0}, 0.0, 7.0);
    auto target = target_of(TargetType::fixed_level, 2024, 60.0);
    CHECK(run.assess_target(target).emissions_mt.front() == Approx(60.0));
    target.year_basis = YearBasis::fiscal;
    CHECK(run.assess_target(target).emissions_mt.front() == Approx(67.0));
    // The run ends in December 2025, so fiscal year 2025 (to March 2026) is not whole.
    target.target_year = 2025;
    const auto cut = run.assess_target(target);
    CHECK(cut.status == TargetStatus::not_assessable);
    CHECK(cut.reason.find("fiscal year 2025") != std::string::npos);
}

TEST_CASE("a range has a lenient and a strict level") {
    auto target = target_of(TargetType::fixed_level, 2025);
    target.value_low = 48.0;
    target.value_high = 52.0;
    const auto result = falling({0.9, 1.0, 1.1}).assess_target(target);
    CHECK(result.level_low_mt == 48.0);
    CHECK(result.level_high_mt == 52.0);
    CHECK(result.probability == Approx(2.0 / 3.0));
    CHECK(result.probability_low == Approx(1.0 / 3.0));

    auto reduction = target_of(TargetType::base_year, 2025);
    reduction.reference_level_mt = 100.0;
    reduction.base_year = 2013;
    reduction.value_low = 0.45;
    reduction.value_high = 0.55;
    const auto range = falling().assess_target(reduction);
    CHECK(range.level_low_mt == Approx(45.0));
    CHECK(range.level_high_mt == Approx(55.0));
}

TEST_CASE("business as usual is stated or not assessable") {
    auto target = target_of(TargetType::bau, 2025, 0.5);
    CHECK(falling().assess_target(target).status == TargetStatus::not_assessable);
    target.reference_level_mt = 100.0;
    const auto result = falling().assess_target(target);
    CHECK(result.level_high_mt == Approx(50.0));
    CHECK(result.probability == 1.0);
    target.reference_level_mt.reset();
    target.level_low_mt = target.level_high_mt = 49.0;
    const auto stated = falling().assess_target(target);
    CHECK(stated.level_high_mt == 49.0);
    CHECK(stated.probability == 0.0);
}

TEST_CASE("an intensity target moves with each member's GDP") {
    auto run = falling({1.0, 1.0});
    run.results.gdp_musd[run.results.country_year(0, 5, 1)] = 2000.0;
    auto target = target_of(TargetType::intensity, 2025, 0.45);
    target.base_year = 2005;
    target.history_mt = {{2005, 80.0}};
    CHECK(run.assess_target(target).status == TargetStatus::not_assessable);
    target.reference_gdp_musd = 1000.0;
    const auto result = run.assess_target(target);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.gap_mt[0] == Approx(50.0 - 44.0));
    CHECK(result.gap_mt[1] == Approx(50.0 - 88.0));
    CHECK(result.probability == Approx(0.5));
    CHECK(result.level_high_mt == Approx(66.0));
}

TEST_CASE("a budget sums its years, observed ones before the run included") {
    auto target = target_of(TargetType::budget, 2021, 285.0);
    target.period_start = 2019;
    CHECK(falling().assess_target(target).status == TargetStatus::not_assessable);
    target.history_mt = {{2019, 95.0}};
    const auto result = falling().assess_target(target);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.emissions_mt.front() == Approx(95.0 + 100.0 + 90.0));
    CHECK(result.probability == 1.0);
    target.period_start.reset();
    CHECK(falling().assess_target(target).status == TargetStatus::not_assessable);
}

TEST_CASE("a peak is the largest of history and run to date") {
    auto target = target_of(TargetType::peak_minus, 2025, 40.0);
    CHECK(falling().assess_target(target).level_high_mt == Approx(60.0));
    target.history_mt = {{2015, 130.0}};
    CHECK(falling().assess_target(target).level_high_mt == Approx(90.0));
    target.value_low = target.value_high = 0.2;
    CHECK(falling().assess_target(target).level_high_mt == Approx(104.0));
}

TEST_CASE("targets of a sector, of a year not reached or without a number are not assessable") {
    CHECK(falling().assess_target(target_of(TargetType::sectoral, 2025, 0.3)).status ==
          TargetStatus::not_assessable);
    CHECK(falling().assess_target(target_of(TargetType::unknown, 2025)).status ==
          TargetStatus::not_assessable);
    CHECK(falling().assess_target(target_of(TargetType::fixed_level, 2025)).status ==
          TargetStatus::not_assessable);
    const auto late = falling().assess_target(target_of(TargetType::fixed_level, 2030, 1000.0));
    CHECK(late.status == TargetStatus::not_assessable);
    CHECK(late.reason.find("2030") != std::string::npos);
}

TEST_CASE("a sectoral target counts its sectors and their own history") {
    auto target = target_of(TargetType::sectoral, 2025, 0.3);
    target.base_year = 2020;
    target.sectors = {Sector::transport_fuel};
    // Three quarters of 100 Mt in 2020 and of 50 Mt in 2025.
    target.history_mt = {{2020, 75.0}};
    auto result = falling().assess_target(target);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.level_high_mt == Approx(0.7 * 75.0));
    CHECK(result.emissions_mt.front() == Approx(37.5));
    CHECK(result.probability == 1.0);
    target.sectors.clear();
    target.remainder_parts = {RemainderPart::agriculture};
    target.value_low = target.value_high = std::nullopt;
    target.level_low_mt = target.level_high_mt = 10.0;
    result = falling().assess_target(target);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.gap_mt.front() == Approx(12.5 - 10.0));
    CHECK(result.probability == 0.0);
    target.year_basis = YearBasis::fiscal;
    CHECK(falling().assess_target(target).reason.find("calendar year") != std::string::npos);
    target.year_basis = YearBasis::calendar;
    target.level_low_mt = target.level_high_mt = std::nullopt;
    target.value_low = target.value_high = 0.3;
    target.history_mt.clear();
    CHECK(falling().assess_target(target).status == TargetStatus::not_assessable);
}

TEST_CASE("business as usual may be the reference run, member by member") {
    const SmallRun reference({100.0, 100.0, 100.0, 100.0, 100.0, 100.0}, {1.0, 2.0});
    // The scenario ends at 50 and 150 Mt; its references at 100 and 200.
    const SmallRun run({100.0, 90.0, 80.0, 70.0, 60.0, 50.0}, {1.0, 3.0});
    auto target = target_of(TargetType::bau, 2025, 0.3);
    target.bau = BauLevel::reference_run;
    CHECK(run.assess_target(target).reason.find("reference run") != std::string::npos);
    auto result = assess(target, run.world, run.results, &reference.results);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.gap_mt.at(0) == Approx(50.0 - 70.0));
    CHECK(result.gap_mt.at(1) == Approx(150.0 - 140.0));
    CHECK(result.probability == 0.5);
    CHECK(result.level_high_mt == Approx(105.0));
    target.type = TargetType::absolute_reduction;
    target.value_low = target.value_high = 60.0;
    result = assess(target, run.world, run.results, &reference.results);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.gap_mt.at(0) == Approx(50.0 - 40.0));
    CHECK(result.gap_mt.at(1) == Approx(150.0 - 140.0));
    CHECK(run.assess_target(target).status == TargetStatus::not_assessable);
}

TEST_CASE("a trajectory is met where every year lies at or below its line") {
    auto target = target_of(TargetType::trajectory, 2025);
    target.period_start = 2021;
    target.start_level_mt = 92.0;
    target.level_low_mt = 48.0;
    target.level_high_mt = 52.0;
    // The lenient line: 92, 82, 72, 62, 52 against 90, 80, 70, 60, 50; the strict one ends at 48.
    const auto result = falling().assess_target(target);
    REQUIRE(result.status == TargetStatus::assessed);
    CHECK(result.probability == 1.0);
    CHECK(result.probability_low == 0.0);
    CHECK(result.cumulative_gap_mt == Approx(0.0).margin(1e-9));
    CHECK(result.gap_mt.front() == Approx(-2.0));
    // One year above the line is enough to miss it: 95 against 92 in 2021.
    const auto hump = SmallRun({100.0, 95.0, 80.0, 70.0, 60.0, 50.0}).assess_target(target);
    CHECK(hump.probability == 0.0);
    CHECK(hump.cumulative_gap_mt == Approx(3.0));
    target.period_start.reset();
    CHECK(falling().assess_target(target).status == TargetStatus::not_assessable);
}

TEST_CASE("a bare level of CO2 alone cannot be held against all gases") {
    auto target = target_of(TargetType::fixed_level, 2025, 60.0);
    CHECK(falling().assess_target(target).status == TargetStatus::assessed);
    target.gases = "CO2";
    CHECK(falling().assess_target(target).reason.find("CO2 alone") != std::string::npos);
}

TEST_CASE("the cumulative gap is the excess over the straight line to the level") {
    const SmallRun flat({100.0, 100.0, 100.0});
    auto target = target_of(TargetType::fixed_level, 2022, 80.0);
    // Line from 100 in 2020: 90 in 2021, 80 in 2022.
    CHECK(flat.assess_target(target).cumulative_gap_mt == Approx(10.0 + 20.0));
    CHECK(SmallRun({100.0, 80.0, 70.0}).assess_target(target).cumulative_gap_mt == 0.0);
}

}  // namespace
}  // namespace domino::sim
