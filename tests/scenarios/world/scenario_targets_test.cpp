#include <catch2/catch.hpp>

#include "scenarios/built_world.h"
#include "tests/scenarios/world/literal_pack.h"

namespace domino::scenarios {
namespace {

using test::literal_scenario;
using test::LiteralPack;
using test::TemporaryFolder;

sim::Target only_target_of(const TargetEntry& entry) {
    auto scenario = literal_scenario();
    scenario.places.countries = {"VNM"};
    scenario.targets = {entry};
    const TemporaryFolder folder;
    const auto result = build_world(scenario, LiteralPack().write(folder));
    for (const auto& problem : result.problems) UNSCOPED_INFO(format(problem));
    REQUIRE(result.built);
    REQUIRE(result.built->targets.size() == 1);
    return result.built->targets.front();
}

TargetEntry entry_of(const std::string& type) {
    TargetEntry entry;
    entry.id = "own";
    entry.country = "VNM";
    entry.type = type;
    entry.target_year = 2030;
    return entry;
}

TEST_CASE("a scenario's target carries range, condition, land use and year basis into the run") {
    auto entry = entry_of("peak_minus");
    entry.reduction_mt = 1.0;
    entry.reduction_high_mt = 0.5;
    entry.conditionality = "conditional";
    entry.lulucf = "gross_net";
    entry.year_basis = "fiscal";
    entry.gases = "CO2;CH4";
    entry.coverage = "economy-wide";
    const auto target = only_target_of(entry);
    CHECK(target.type == sim::TargetType::peak_minus);
    CHECK(target.value_low == 1.0);
    CHECK(target.value_high == 0.5);
    CHECK(target.conditionality == sim::Conditionality::conditional);
    CHECK(target.lulucf == sim::LulucfTreatment::gross_net);
    CHECK(target.year_basis == sim::YearBasis::fiscal);
    CHECK(target.gases == "CO2;CH4");
    CHECK(target.coverage == "economy-wide");
}

TEST_CASE("trajectories, budgets and business as usual keep their levels") {
    auto entry = entry_of("trajectory");
    entry.period_start = 2025;
    entry.start_level_mt = 6.0;
    entry.level_mt = 4.0;
    auto target = only_target_of(entry);
    CHECK(target.period_start == 2025);
    CHECK(target.start_level_mt == 6.0);
    CHECK(target.level_high_mt == 4.0);
    entry = entry_of("bau");
    entry.value = 0.2;
    entry.bau = BauLevel::reference_run;
    target = only_target_of(entry);
    CHECK(target.bau == sim::BauLevel::reference_run);
    CHECK_FALSE(target.reference_level_mt);
    entry.bau = BauLevel::stated;
    entry.reference_level_mt = 9.0;
    CHECK(only_target_of(entry).reference_level_mt == 9.0);
}

TEST_CASE("a sectoral target has its sector's inventory as history") {
    auto entry = entry_of("sectoral");
    entry.sector = "electricity_heat";
    entry.value = 0.2;
    entry.base_year = 2019;
    auto target = only_target_of(entry);
    CHECK(target.sectors.size() == 4);
    REQUIRE(target.remainder_parts.size() == 1);
    CHECK(target.reference_level_mt == 1.3);
    CHECK(target.history_mt.back() == std::pair<int, double>(2022, 1.4));
    entry.sector = "transport";
    target = only_target_of(entry);
    CHECK(target.sectors == std::vector<sim::Sector>{sim::Sector::transport_fuel});
    CHECK(target.reference_level_mt == 0.4);
}

TEST_CASE("a base year with land use in it takes its level from the run") {
    auto entry = entry_of("base_year");
    entry.value = 0.2;
    entry.base_year = 2019;
    // 1 + 0.3 + 0.2 + 0.6 + 0.9 + 0.4 + 1.3 + 0.2 + 0.1 Mt.
    CHECK(only_target_of(entry).reference_level_mt.value() == Approx(5.0));
    entry.lulucf = "included";
    CHECK_FALSE(only_target_of(entry).reference_level_mt);
}

}  // namespace
}  // namespace domino::scenarios
