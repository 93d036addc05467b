#include "tests/scenarios/proposal/small_proposal.h"

using namespace domino::scenarios;
using namespace domino::scenarios::test;

namespace {

ScoreRow row(const Proposal& proposal, const std::string& item) {
    return row_of(score(proposal), item);
}

Problems problems_of(const Proposal& proposal) {
    Pack pack(data_folder);
    Problems problems;
    score_proposal(proposal, find_cities(proposal), pack, std::nullopt, problems);
    return problems;
}

}  // namespace

TEST_CASE("both sheets score out of 185; what is open makes the total a range") {
    const ScoreCard fresh = score(load_example());
    CHECK(fresh.most == 185.0);
    CHECK(fresh.rows.size() == 12);
    const ScoreCard ongoing = score(load_example("danang-sakai"));
    CHECK(ongoing.most == 185.0);
    CHECK(ongoing.rows.size() == 14);
    for (const ScoreCard* card : {&fresh, &ongoing}) {
        double low = 0.0, high = 0.0;
        for (const ScoreRow& r : card->rows) {
            low += r.points.low;
            high += r.points.high;
            CHECK(r.points.low >= 0.0);
            CHECK(r.points.high <= r.most);
            CHECK_FALSE(r.reason.empty());
            CHECK_FALSE(r.source.empty());
        }
        CHECK(card->total() == PointRange{low, high});
        CHECK(low < high);
    }
    for (const std::string item :
         {"overall", "commitment", "infrastructure", "technology", "multiple_benefits"}) {
        CHECK(row_of(fresh, item).from == PointsFrom::open);
        CHECK(row_of(fresh, item).points == PointRange{0.0, row_of(fresh, item).most});
    }
    CHECK(row_of(ongoing, "past_achievement").points == PointRange{14.0, 14.0});
    CHECK(row_of(ongoing, "past_achievement").from == PointsFrom::judged);
}

TEST_CASE("tonnes and cost per tonne follow the stated figures") {
    Proposal p = load_example();
    p.technologies.clear();
    p.reduction = {};
    CHECK(row(p, "ghg").from == PointsFrom::open);
    CHECK(row(p, "cost").from == PointsFrom::open);
    p.reduction.tonnes_per_year = 4999.5;
    CHECK(row(p, "ghg").from == PointsFrom::undefined);
    CHECK(row(p, "ghg").points == PointRange{1.0, 2.0});
    p.reduction.tonnes_per_year = 5000.0;
    p.reduction.subsidy_jpy = 200e6;
    CHECK(row(p, "cost").from == PointsFrom::open);
    p.reduction.lifetime = LifetimeConvention::legal_durable_years;
    p.reduction.years = 10;
    CHECK(row(p, "ghg").points == PointRange{2.0, 2.0});
    CHECK(row(p, "cost").points == PointRange{5.0, 5.0});  // 200e6 / 50,000 = 4,000
    p.reduction.subsidy_jpy = 200.025e6;                   // 4,000.5
    CHECK(row(p, "cost").points == PointRange{4.0, 5.0});
    CHECK(row(p, "cost").from == PointsFrom::undefined);
    p.reduction.years = 5;
    CHECK(row(p, "cost").points == PointRange{0.0, 0.0});  // 8,001
}

TEST_CASE("units of the pack's technologies are turned into tonnes by hand-checked formulas") {
    Proposal p = load_example();
    p.reduction = {};
    p.reduction.lifetime = LifetimeConvention::technical_lifetime;
    PlannedTechnology chiller;
    chiller.technology = "chiller_high_eff";
    chiller.units = 1000.0;
    chiller.subsidy_jpy = 1e6;
    p.technologies = {chiller};
    Partnership cities = find_cities(p);
    Pack pack(data_folder);
    const auto estimate = estimate_reductions(p, cities, pack);
    const Rows margins_probe = [] {
        static Pack other(data_folder);
        static const auto table = other.read("electricity_factors", {"iso3", "operating_margin_gco2_kwh"});
        return Rows(table);
    }();
    double margin = 0.0;
    for (std::size_t i = 0; i < margins_probe.size(); ++i)
        if (margins_probe.text(i, "iso3") == "KHM")
            margin = margins_probe.required_number(i, "operating_margin_gco2_kwh");
    REQUIRE(margin > 0.0);
    // 187 kWh a kW and year, 20 years (technologies.csv).
    CHECK(*estimate.tonnes_per_year == Approx(1000.0 * 187.0 * margin / 1e6).epsilon(1e-12));
    CHECK(*estimate.cost_jpy_per_t[2] == Approx(1e6 / (*estimate.tonnes_per_year * 20.0)).epsilon(1e-12));
    CHECK(*estimate.cost_jpy_per_t[1] == Approx(1e6 / (*estimate.tonnes_per_year * 10.0)).epsilon(1e-12));
    CHECK_FALSE(estimate.cost_jpy_per_t[0]);
    p.reduction.lifetime = LifetimeConvention::legal_durable_years;
    const auto unknown = estimate_reductions(p, cities, pack);
    CHECK(unknown.cost_missing.find("legal_durable_years") != std::string::npos);
    p.technologies.front().technology = "solar_pv_commercial";
    cities.partner.ghi_kwh_m2_day = 5.0;
    const auto sunny = estimate_reductions(p, cities, pack);
    CHECK(*sunny.tonnes_per_year == Approx(1000.0 * 5.0 * 365.0 * 0.77 * margin / 1e6).epsilon(1e-12));
}

TEST_CASE("certificates: only the highest counts, and without its copy it is not yet earned") {
    Proposal p = load_example();
    CHECK(row(p, "work_life").points == PointRange{3.0, 3.0});
    CHECK(row(p, "environmental_management").points == PointRange{5.0, 5.0});
    p.documents.submitted[7] = p.documents.submitted[8] = OnOff::off;
    CHECK(row(p, "work_life").points == PointRange{0.0, 3.0});
    CHECK(row(p, "environmental_management").points == PointRange{0.0, 5.0});
    p.certificates.environmental.clear();
    p.certificates.work_life.clear();
    CHECK(row(p, "work_life").points == PointRange{0.0, 0.0});
    CHECK(row(p, "environmental_management").points == PointRange{0.0, 0.0});
    p.certificates.environmental_lapsed = OnOff::on;
    CHECK(row(p, "environmental_management").from == PointsFrom::open);
    p.set_at.erase("certificates.work_life");
    CHECK(row(p, "work_life").points == PointRange{0.0, 5.0});
}

TEST_CASE("targets add up; what is not stated stays open") {
    Proposal p = load_example();
    CHECK(row(p, "targets").points == PointRange{10.0, 10.0});
    p.targets.decokatsu_declaration = OnOff::on;
    CHECK(row(p, "targets").points == PointRange{15.0, 15.0});
    p.targets.decokatsu_supporters_club.reset();
    CHECK(row(p, "targets").points == PointRange{10.0, 15.0});
    p.targets.reduction_target.clear();
    CHECK(row(p, "targets").points == PointRange{5.0, 15.0});
}

TEST_CASE("exactly one other project of the engineer is undefined, and a person may settle it") {
    Proposal p = load_example();
    CHECK(row(p, "engineer_load").points == PointRange{4.0, 4.0});
    p.engineer.other_projects = 1.0;
    CHECK(row(p, "engineer_load").from == PointsFrom::undefined);
    CHECK(row(p, "engineer_load").points == PointRange{4.0, 5.0});
    p.judged = {{"engineer_load", "N", "", 5.0, {}}};
    CHECK(row(p, "engineer_load").points == PointRange{5.0, 5.0});
    CHECK(row(p, "engineer_load").reason == "judged by N");
    p.judged.front().points = 3.0;
    REQUIRE(problems_of(p).size() == 1);
    CHECK(problems_of(p).front().fix == "give 4 to 5");
    p.engineer.other_projects = 2.0;
    REQUIRE(problems_of(p).size() == 1);
    CHECK(problems_of(p).front().what == "judged: engineer_load follows from the facts");
}

TEST_CASE("past collaboration counts projects on record and declared ones, never one twice") {
    Proposal p = load_example("danang-sakai");
    CHECK(row(p, "past_collaboration").points == PointRange{5.0, 5.0});  // danang-sakai-project, from 2025
    PastProject declared{
        "Earlier study", domino::sim::make_month(2023, 4), domino::sim::make_month(2024, 3), "", {}};
    p.past_projects = {declared};
    CHECK(row(p, "past_collaboration").points == PointRange{10.0, 10.0});
    p.past_projects.front().to = domino::sim::make_month(2025, 3);  // overlaps the one on record
    CHECK(row(p, "past_collaboration").points == PointRange{5.0, 10.0});
    CHECK(row(p, "past_collaboration").from == PointsFrom::undefined);
    p.past_projects.front().pair_id = "danang-sakai-project";
    CHECK(row(p, "past_collaboration").points == PointRange{5.0, 5.0});
    p.past_projects.front() = declared;
    p.past_projects.front().from = domino::sim::make_month(2021, 4);
    p.past_projects.front().to = domino::sim::make_month(2023, 3);  // ends the month before the three years
    CHECK(row(p, "past_collaboration").points == PointRange{5.0, 5.0});
    p.past_projects.front().to = domino::sim::make_month(2023, 4);
    CHECK(row(p, "past_collaboration").points == PointRange{10.0, 10.0});
}
