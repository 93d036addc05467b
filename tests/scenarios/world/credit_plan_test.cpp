#include "scenarios/world/credit_plan.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "scenarios/world/programmes.h"
#include "tests/scenarios/small_pack.h"

namespace domino::scenarios {
namespace {

const std::filesystem::path data_dir = std::string(DOMINO_SOURCE_DIR) + "/data";

/// The plan of a world of Japan and Viet Nam on the pack of this repository.
sim::CreditAccounting plan_of(const Scenario& scenario) {
    Pack pack(data_dir);
    sim::World world;
    for (const char* iso3 : {"JPN", "VNM"}) {
        world.countries.emplace_back();
        world.countries.back().iso3 = iso3;
    }
    world.credits.active = true;
    std::vector<std::string> notes;
    fill_credit_accounting(pack, scenario, read_jcm_partners(pack), Parameters(pack, scenario), world, notes);
    return world.credit_accounting;
}

double running_t(const sim::CreditAccounting& plan, sim::Month month) {
    double sum = 0.0;
    for (const auto& project : plan.existing)
        sum += project.from <= month && month < project.to ? project.annual_reduction_t : 0.0;
    return sum;
}

}  // namespace

TEST_CASE("the existing portfolio is the one the guidebook states") {
    const sim::CreditAccounting plan = plan_of(Scenario{});
    REQUIRE(plan.active);
    CHECK(plan.buyer.value == 0);
    double all_t = 0.0, vietnam_t = 0.0;
    std::size_t listed = 0;
    for (const auto& project : plan.existing) {
        all_t += project.annual_reduction_t;
        CHECK(project.host.value != plan.buyer.value);
        CHECK(project.host.value < 2 + plan.outside_parties.size());
        CHECK(project.from >= sim::make_month(2013, 4));
        CHECK(project.from < project.to);
        if (project.host.value == 1) vietnam_t += project.annual_reduction_t;
        listed += project.id.rfind("JCM list", 0) == 0 ? 1 : 0;
    }
    CHECK(all_t == Approx(3.2e6).epsilon(1e-9));
    CHECK(vietnam_t > 0.05 * all_t);
    CHECK(listed > 20);
    // Selected to fiscal year 2024 with two years of lag: growing to 2027, all over by 2050.
    CHECK(running_t(plan, sim::make_month(2014, 1)) == 0.0);
    CHECK(running_t(plan, sim::make_month(2020, 1)) < running_t(plan, sim::make_month(2025, 1)));
    CHECK(running_t(plan, sim::make_month(2050, 1)) == 0.0);
    CHECK(plan.simulated_from == sim::make_month(2025, 1));
    // Indonesia is no country of this run.
    CHECK(std::find(plan.outside_parties.begin(), plan.outside_parties.end(), "IDN") !=
          plan.outside_parties.end());
    CHECK(std::find(plan.outside_parties.begin(), plan.outside_parties.end(), "VNM") ==
          plan.outside_parties.end());
}

TEST_CASE("Japan's goals of credits are 100 Mt by 2030 and 200 Mt by 2040") {
    const sim::CreditAccounting plan = plan_of(Scenario{});
    REQUIRE(plan.supply_goals.size() == 2);
    CHECK(plan.supply_goals[0].fiscal_year == 2030);
    CHECK(plan.supply_goals[0].level_mt == 100.0);
    CHECK(plan.supply_goals[1].fiscal_year == 2040);
    CHECK(plan.supply_goals[1].level_mt == 200.0);
    CHECK(plan.buyer_share == sim::uniform(0.5, 0.8));
}

TEST_CASE("keys of credits reach the plan") {
    const test::TemporaryFolder folder;
    const auto pack = test::write_small_pack(folder);
    const auto file = folder.write("s.toml", test::minimal_scenario + R"(
[credits]
method = "trajectory"
use = "target_year"
existing_portfolio = false
other_purposes_share = "20 %"
cancelled_share = "5 %"
shares_from_year = 2026
other_first_transfer = "use_or_cancellation"
)");
    const auto loaded = load_scenario(file, pack);
    std::string problems;
    for (const auto& problem : loaded.problems) problems += format(problem) + "\n";
    INFO(problems);
    REQUIRE(loaded.scenario);
    const sim::CreditAccounting plan = plan_of(*loaded.scenario);
    CHECK(plan.method == sim::AdjustmentMethod::trajectory);
    CHECK(plan.use == sim::CreditUse::target_year);
    CHECK(plan.existing.empty());
    CHECK(plan.simulated_from == sim::Month{sim::World{}.calendar.first});
    CHECK(plan.international_share == Approx(0.2));
    CHECK(plan.cancelled_share == Approx(0.05));
    CHECK(plan.shares_from_year == 2026);
    CHECK(plan.other_first_transfer == sim::FirstTransferRule::use_or_cancellation);

    const auto off = folder.write("off.toml", test::minimal_scenario + "\n[credits]\nenabled = false\n");
    CHECK_FALSE(plan_of(*load_scenario(off, pack).scenario).active);
}

}  // namespace domino::scenarios
