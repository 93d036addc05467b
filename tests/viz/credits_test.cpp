#include <catch2/catch.hpp>

#include <map>
#include <string>

#include "tests/support/small_results.h"
#include "tests/viz/small_context.h"
#include "tests/viz/small_pack.h"
#include "viz/credit_supply.h"
#include "viz/credits_csv.h"
#include "viz/pathways_csv.h"
#include "viz/targets_csv.h"

using namespace domino;
using namespace domino::test;

namespace {

using sim::CreditAccountKind;
using sim::CreditPurpose;
using sim::CreditVerb;

/// AAA buys, BBB hosts: member m is credited with 1,000 (m + 1) t of 2021, of which BBB keeps 400 (m + 1).
SmallRun run_with_credits() {
    SmallRun run = make_small_run();
    sim::CreditResults& credits = run.results.scenario.credits;
    const auto members = static_cast<std::size_t>(run.results.scenario.members);
    credits.parties = {"AAA", "BBB"};
    credits.buyer = {0};
    credits.years = run.results.scenario.years;
    credits.members = members;
    const auto flow = [&](CreditVerb verb, CreditPurpose purpose, sim::CreditAccount debit,
                          sim::CreditAccount credit, sim::Tonnes per_member) {
        credits.flows.push_back({2021, 2021, {1}, verb, purpose, debit, credit});
        for (std::size_t m = 0; m < members; ++m)
            credits.tonnes.push_back(per_member * static_cast<sim::Tonnes>(m + 1));
    };
    const sim::CreditAccount source{{1}, CreditAccountKind::source}, home{{1}, CreditAccountKind::holding};
    const sim::CreditAccount sent{{0}, CreditAccountKind::in_transit}, held{{0}, CreditAccountKind::holding};
    const sim::CreditAccount used{{0}, CreditAccountKind::used_for_ndc};
    flow(CreditVerb::issuance, CreditPurpose::unauthorised, home, source, 400);
    flow(CreditVerb::issuance, CreditPurpose::ndc, home, source, 600);
    flow(CreditVerb::first_transfer, CreditPurpose::ndc, sent, home, 600);
    flow(CreditVerb::acquisition, CreditPurpose::ndc, held, sent, 600);
    flow(CreditVerb::use, CreditPurpose::ndc, used, held, 600);
    credits.first_transferred.assign(2 * credits.years * members, 0);
    credits.used.assign(2 * credits.years * members, 0);
    credits.supply.assign(credits.years * members, 0);
    credits.monitored_t.assign(credits.years * members, 5e6);
    credits.uncredited_t.assign(credits.years * members, 2e6);
    for (std::size_t m = 0; m < members; ++m) {
        const auto tonnes = static_cast<sim::Tonnes>(600 * (m + 1));
        credits.first_transferred[credits.party_year(1, 1, m)] = tonnes;
        credits.used[credits.party_year(0, 1, m)] = tonnes;
        credits.supply[1 * members + m] = credits.supply[2 * members + m] = tonnes;
    }
    return run;
}

}  // namespace

TEST_CASE("credits.csv is a double-entry ledger whose means add up") {
    const SmallRun run = run_with_credits();
    const TemporaryFolder folder;
    viz::write_credits_csv(make_context(run, folder.path()), folder.path() / "credits.csv");
    const auto rows = read_csv(folder.path() / "credits.csv");
    REQUIRE(rows.size() == 1 + 5);
    const auto at = [&](std::size_t row, const char* name) { return rows[row][column_of(rows, name)]; };
    std::map<std::string, double> balance;
    double sum = 0.0;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        const double mean = std::stod(at(row, "t_co2e_mean"));
        balance[at(row, "debit_party") + ":" + at(row, "debit_account")] += mean;
        balance[at(row, "credit_party") + ":" + at(row, "credit_account")] -= mean;
        CHECK(at(row, "host") == "BBB");
        CHECK(at(row, "vintage") == "2021");
        CHECK(std::stod(at(row, "t_co2e_p05")) < std::stod(at(row, "t_co2e_p95")));
    }
    for (const auto& [account, tonnes] : balance) sum += tonnes;
    CHECK(sum == 0.0);
    CHECK(balance["BBB:source"] == -2500.0);  // members 1 to 4: 2.5 on average
    CHECK(balance["BBB:holding"] == 1000.0);
    CHECK(balance["AAA:in_transit"] == 0.0);
    CHECK(balance["AAA:used_for_ndc"] == 1500.0);
    CHECK(at(1, "verb") == "issuance");
    CHECK(at(1, "purpose") == "unauthorised");
}

TEST_CASE("balances of all countries add up to emissions once credits are used") {
    const SmallRun run = run_with_credits();
    const TemporaryFolder folder;
    const viz::RunContext context = make_context(run, folder.path());
    viz::write_pathways_csv(context, viz::build_national_series(run.built, run.results.scenario),
                            viz::summarize_places(run.built, run.results.scenario),
                            folder.path() / "pathways.csv");
    const auto rows = read_csv(folder.path() / "pathways.csv");
    const auto mean = [&](const std::string& region, const std::string& variable) {
        for (const auto& row : rows) {
            if (row[1] == "more-pairs" && row[2] == region && row[3] == variable)
                return std::stod(row[column_of(rows, "2021")]);
        }
        FAIL("no row of " << region << " " << variable);
        return 0.0;
    };
    const std::string balance = "Emissions Balance|Kyoto Gases", emissions = "Emissions|Kyoto Gases";
    const std::string buyer = run.built.country_names[0], host = run.built.country_names[1];
    CHECK(mean("All countries", balance) == Approx(mean("All countries", emissions)).epsilon(1e-8));
    CHECK(mean(buyer, balance) == Approx(mean(buyer, emissions) - 0.0015).epsilon(1e-8));
    CHECK(mean(host, balance) == Approx(mean(host, emissions) + 0.0015).epsilon(1e-8));
    CHECK(mean(buyer, "Credits|Acquired|Cumulative") == Approx(0.0015));
    CHECK(mean(host, "Credits|First Transferred") == Approx(0.0015));
    CHECK(mean(buyer, "Credits|Used") == Approx(0.0015));
    CHECK(mean("All countries", "Credit Projects|Monitored Reduction") == 5.0);
    CHECK(mean("All countries", "Credit Projects|Monitored Reduction|Not Credited") == 2.0);
}

TEST_CASE("a goal of credits to be acquired is a row of targets.csv") {
    SmallRun run = run_with_credits();
    run.built.world.credit_accounting.supply_goals = {{"near", 2022, 0.0015, "a page"},
                                                      {"far", 2040, 100.0, "a page"}};
    const viz::SupplyResult near =
        viz::assess_supply(run.results.scenario, run.built.world.credit_accounting.supply_goals[0]);
    REQUIRE(near.supply_mt.size() == 4);
    CHECK(near.probability == 0.5);  // 0.6, 1.2, 1.8 and 2.4 kt
    const TemporaryFolder folder;
    const viz::RunContext context = make_context(run, folder.path());
    viz::write_targets_csv(context, viz::assess_targets(context), folder.path() / "targets.csv");
    const auto rows = read_csv(folder.path() / "targets.csv");
    const auto cell = [&](const std::string& id, const char* name) {
        for (const auto& row : rows) {
            if (row[0] == id) return row[column_of(rows, name)];
        }
        FAIL("no row " << id);
        return std::string();
    };
    CHECK(cell("near", "type") == "credit_supply");
    CHECK(cell("near", "status") == "assessed");
    CHECK(cell("near", "probability") == "0.5");
    CHECK(std::stod(cell("near", "supply_mt_co2e_mean")) == Approx(0.0015));
    CHECK(cell("near", "emissions_mt_co2e_mean").empty());
    CHECK(cell("far", "status") == "not_assessable");
    CHECK(cell("far", "probability").empty());
    CHECK(cell("far", "supply_mt_co2e_mean").empty());
}
