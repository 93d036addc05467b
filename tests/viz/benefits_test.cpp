#include "viz/benefits.h"

#include <catch2/catch.hpp>

#include "tests/viz/small_context.h"
#include "viz/served_goals.h"

namespace domino {
namespace {

using scenarios::Beneficiary;
using scenarios::BenefitMeasure;
using test::make_small_run;
using test::place_index;

/// The small run with one benefit of the given measure, on which the first technology bears.
viz::DeliveredBenefit deliver(test::SmallRun& run, BenefitMeasure measure) {
    run.built.benefits = {{"b", Beneficiary::partner_city, "Label", measure, {0}, "guidebook"}};
    auto all = viz::deliver_benefits(run.built, run.results.scenario);
    REQUIRE(all.size() == 1);
    return all.front();
}

constexpr std::size_t bland = 1;

std::vector<double> of_member(const viz::DeliveredBenefit& benefit, std::size_t member) {
    std::vector<double> years;
    for (std::size_t y = 0; y < benefit.years; ++y) years.push_back(benefit.at(bland, y, member));
    return years;
}

using Years = std::vector<double>;

TEST_CASE("partner cities are the far ends of agreements and projects") {
    const auto run = make_small_run();
    std::vector<std::uint32_t> expected;
    for (const char* id : {"b1", "b2"}) expected.push_back(static_cast<std::uint32_t>(place_index(run, id)));
    CHECK(viz::partner_places(run.built) == expected);
}

TEST_CASE("stages count from the year a member reaches them, only at partner cities") {
    auto run = make_small_run();
    const auto committed = deliver(run, BenefitMeasure::committed_places);
    CHECK(committed.unit == "places");
    CHECK(of_member(committed, 0) == Years{0, 0, 0});
    // Member 1: b1 in step 14, b2 in step 20; b3 in step 30 is no partner. Member 3: b1 in step 15.
    CHECK(of_member(committed, 1) == Years{0, 2, 2});
    CHECK(of_member(committed, 3) == Years{0, 1, 1});
    CHECK(committed.all_countries(1) == Years{0, 2, 2, 1});
    CHECK(of_member(deliver(run, BenefitMeasure::enabled_places), 1) == Years{0, 0, 0});
    auto& r = run.results.scenario;
    r.stage_step[r.stage_at(sim::Stage::implementing, place_index(run, "b2"), 2)] = 24;
    CHECK(of_member(deliver(run, BenefitMeasure::implementing_places), 2) == Years{0, 0, 1});
}

TEST_CASE("ties count while they live, projects while they are funded and carry the activity out") {
    auto run = make_small_run();
    CHECK(of_member(deliver(run, BenefitMeasure::tied_places), 0) == Years{0, 2, 2});
    CHECK(deliver(run, BenefitMeasure::tied_places).kind == viz::SeriesKind::mean_only);
    CHECK(of_member(deliver(run, BenefitMeasure::supported_places), 0) == Years{0, 1, 1});
    CHECK(of_member(deliver(run, BenefitMeasure::studied_places), 0) == Years{0, 1, 1});
    CHECK(of_member(deliver(run, BenefitMeasure::trained_places), 0) == Years{0, 1, 1});
    run.built.world.support.front().channels.feasibility = 0.0;
    CHECK(of_member(deliver(run, BenefitMeasure::studied_places), 0) == Years{0, 0, 0});
    CHECK(of_member(deliver(run, BenefitMeasure::trained_places), 0) == Years{0, 1, 1});
    run.built.world.programmes.front().budget_jpy = {5e8, 0.0, 5e8, 5e8};
    CHECK(of_member(deliver(run, BenefitMeasure::supported_places), 0) == Years{0, 0, 1});
}

TEST_CASE("use counts as grown above the share at the end of the first year") {
    auto run = make_small_run();
    auto& r = run.results.scenario;
    const std::size_t b1 = place_index(run, "b1");
    CHECK(of_member(deliver(run, BenefitMeasure::adopting_places), 0) == Years{0, 0, 0});
    r.adoption_mean[(0 * r.places + b1) * r.years + 1] = 0.25 + 0.049;
    r.adoption_mean[(0 * r.places + b1) * r.years + 2] = 0.25 + 0.051;
    // The second technology does not bear on the benefit, whatever it does.
    r.adoption_mean[(1 * r.places + b1) * r.years + 1] = 1.0;
    CHECK(of_member(deliver(run, BenefitMeasure::adopting_places), 0) == Years{0, 0, 1});
}

TEST_CASE("equipment adds up what credit projects installed, credits are those issued for the year") {
    auto run = make_small_run();
    run.built.world.technologies[0].countries[bland].jcm_t_per_unit_year = 2000.0;
    const auto equipment = deliver(run, BenefitMeasure::supported_equipment);
    CHECK(equipment.unit == "Mt CO2-equiv/yr");
    CHECK(of_member(equipment, 0) == Years{0.02, 0.04, 0.06});
    auto& credits = run.results.scenario.credits;
    const sim::CreditParty host{bland};
    credits.flows = {
        {2021, 2021, host, sim::CreditVerb::issuance, sim::CreditPurpose::ndc, {}, {}},
        {2022, 2021, host, sim::CreditVerb::first_transfer, sim::CreditPurpose::ndc, {}, {}},
        {2022, 2022, sim::CreditParty{2}, sim::CreditVerb::issuance, sim::CreditPurpose::ndc, {}, {}}};
    credits.tonnes = {1000000, 2000000, 0, 0, 9, 9, 9, 9, 7, 7, 7, 7};
    const auto credited = deliver(run, BenefitMeasure::credited_reduction);
    CHECK(of_member(credited, 0) == Years{0, 1, 0});
    CHECK(of_member(credited, 1) == Years{0, 2, 0});
}

TEST_CASE("where places are kept as distributions, every benefit has the same mean and stages no members") {
    auto run = make_small_run();
    auto summed = run;
    auto& r = summed.results.scenario;
    r.distributions.emplace(r.places, r.calendar);
    r.distributions->add(r.emissions_t, r.stage_step, static_cast<std::size_t>(r.members));
    r.emissions_t.clear();
    r.stage_step.clear();
    for (std::size_t n = 0; n < scenarios::benefit_measure_ids.size(); ++n) {
        const auto measure = static_cast<BenefitMeasure>(n);
        CAPTURE(scenarios::benefit_measure_ids[n]);
        const auto every = deliver(run, measure), average = deliver(summed, measure);
        for (std::size_t y = 0; y < every.years; ++y) {
            double mean = 0.0;
            for (std::size_t m = 0; m < every.members; ++m)
                mean += every.at(bland, y, m) / static_cast<double>(every.members);
            CHECK(average.at(bland, y, 0) == Approx(mean).margin(1e-15));
        }
        const bool stage = measure == BenefitMeasure::implementing_places ||
                           measure == BenefitMeasure::enabled_places ||
                           measure == BenefitMeasure::committed_places;
        CHECK(average.kind == (stage ? viz::SeriesKind::mean_only : every.kind));
    }
    CHECK(of_member(deliver(summed, BenefitMeasure::committed_places), 0) == Years{0, 1.25, 1.25});
}

TEST_CASE("series carry beneficiary and label, for all and for countries with partners alone") {
    const auto run = make_small_run();
    const auto series = viz::build_benefit_series(run.built, run.results.scenario);
    REQUIRE(series.size() == 4);
    CHECK(series[0].variable == "Benefit|Partner City|Networks");
    CHECK(series[0].region == viz::all_countries_region);
    CHECK(series[1].variable == "Benefit|Local Company|Leading Technologies");
    CHECK(series[2].region == "Bland");
    CHECK(series[2].years[1].mean == 2.0);
}

TEST_CASE("goals: people whose demand the added units serve") {
    auto run = make_small_run();
    auto& car = run.built.world.technologies[0].countries[bland];
    car.units_per_head = 0.5;
    car.initial_share = 0.004;  // of 350,000 people: 700 vehicles; 1,000 stand in the results
    const auto goals = viz::serve_goals(run.built, run.results.scenario);
    REQUIRE(goals.size() == 2);
    CHECK(goals[0].goal == 3);
    CHECK(goals[0].at(bland, 2, 0) == Approx(300.0 / 0.5));
    CHECK(goals[1].at(bland, 2, 0) == Approx(300.0 / 0.5));
    CHECK(goals[0].at(0, 2, 0) == 0.0);
}

TEST_CASE("goals: the technology that serves most people counts, and nobody is served who is not there") {
    auto run = make_small_run();
    run.built.technology_goals = {{3}, {3}};
    sim::RunResults& results = run.results.scenario;
    for (auto& technology : run.built.world.technologies) {
        technology.countries[bland].units_per_head = 0.5;
        technology.countries[bland].initial_share = 0.0;
    }
    const auto stand = [&](std::size_t technology, double units) {
        for (std::size_t m = 0; m < static_cast<std::size_t>(results.members); ++m)
            results.stock_units[results.stock_at(technology, bland, 2, 0) + m] = units;
    };
    stand(0, 1000.0);
    stand(1, 1500.0);
    CHECK(viz::serve_goals(run.built, results).at(0).at(bland, 2, 0) == Approx(1500.0 / 0.5));
    stand(0, 1e9);
    double people = 0.0;
    for (const sim::PlaceInputs& place : run.built.world.places)
        if (place.country == bland) people += place.population;
    const std::vector<double>& factor = run.built.world.countries[bland].population_factor;
    CHECK(viz::serve_goals(run.built, results).at(0).at(bland, 2, 0) ==
          Approx(people * factor[2] / factor[0]));  // the run begins with a whole year
}

}  // namespace
}  // namespace domino
