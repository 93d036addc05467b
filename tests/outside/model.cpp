// Each piece a researcher would take from the model, used once. Prints what it found; exit code 1 where a
// number is not what it must be.
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "geo/radiation.h"
#include "sim/adoption.h"
#include "sim/credits/credit_ledger.h"
#include "sim/credits/credit_report.h"
#include "sim/dynamics/exact_spread.h"
#include "sim/ensemble.h"
#include "sim/learning_curve.h"
#include "sim/targets.h"

using namespace domino;

namespace {

bool all_good = true;

void expect(const std::string& what, double expected, double obtained, double tolerance) {
    const bool good = std::abs(obtained - expected) <= tolerance * std::abs(expected);
    std::printf("%s %s: %.10g\n", good ? "ok" : "NOT OK", what.c_str(), obtained);
    all_good = all_good && good;
}

void adopt() {
    double stock = 0.0;
    for (int month = 0; month < 120; ++month) {
        stock += sim::adoption_sales(stock, 1.0, sim::AdoptionRates<double>{0.03, 0.38}, 1.0 / 12.0);
    }
    expect("Bass after ten years", 0.8128032212, stock, 1e-8);
    expect("cost after ten times as many", 0.4765098749, sim::learned_cost(sim::learning_exponent(0.2), 10.0),
           1e-9);
}

void travel() {
    const std::array<double, 3> people = {100.0, 50.0, 50.0};
    const std::array<double, 3> at = {0.0, 1.0, 3.0};
    const auto shares =
        geo::radiation_shares(people, [&](std::size_t i, std::size_t j) { return std::abs(at[i] - at[j]); });
    expect("trips from the first to the third city", 1.0 / 6.0, shares[2], 1e-12);
}

void spread() {
    using sim::NodeId;
    const sim::IndependentCascade diamond(sim::Digraph({{NodeId{0}, NodeId{1}, 0.5},
                                                        {NodeId{0}, NodeId{2}, 0.5},
                                                        {NodeId{1}, NodeId{3}, 0.5},
                                                        {NodeId{2}, NodeId{3}, 0.5}}));
    const std::array<NodeId, 1> seeds = {NodeId{0}};
    expect("cascade on a diamond", 2.4375, sim::compute_exact_spread(diamond, seeds).expected_spread, 1e-12);
}

void promise() {
    sim::Target japan;
    japan.type = sim::TargetType::base_year;
    japan.reference_level_mt = 1000.0;
    expect("46 % below the base year", 540.0, sim::target_level_mt(japan, 0.46, {}, {}, {}).value_or(0.0),
           1e-12);
}

void trade() {
    sim::CreditLedger ledger;
    const sim::CreditParty host = ledger.add_party("Indonesia");
    const sim::CreditParty buyer = ledger.add_party("Japan");
    const sim::CreditProjectId project = ledger.add_project(host, "boiler");
    ledger.record_monitoring(project, 2026, 100);
    const auto issued = ledger.issue(project, 2026, 100, sim::CreditPurpose::ndc, 2026);
    const sim::CreditUnits units = ledger.all_units(issued.block);
    ledger.first_transfer(units, buyer, 2026);
    ledger.acquire(units, buyer, 2026);
    expect("credits used", 1.0, ledger.use(units, buyer, 2026) ? 1.0 : 0.0, 0.0);
    expect("credits used again", 0.0, ledger.use(units, buyer, 2026) ? 1.0 : 0.0, 0.0);
    expect("tonnes the ledger is out by", 0.0, static_cast<double>(sim::reconcile(ledger).largest()), 0.0);
}

/// Three places in a row, the first of them committed, the others drawn along by it alone.
sim::World small_world() {
    sim::World world;
    world.calendar.steps = 120;
    world.uncertainty = sim::Uncertainty::medians_only;
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    sim::Country country;
    country.iso3 = "AAA";
    country.base_year = world.calendar.first.year();
    country.population_factor.assign(years, 1.0);
    country.gdp_musd.assign(years, 1000.0);
    country.gdp_log_growth.assign(years, 0.0);
    country.emission_factor_g_per_kwh.assign(years, 500.0);
    for (auto& sector : country.sectors) sector.observed_factor.assign(years, 1.0);
    for (auto& part : country.remainder) part.observed_factor.assign(years, 1.0);
    country.lulucf.observed_factor.assign(years, 1.0);
    country.commitment.log_hazard_forecast = sim::fixed(-2.0);
    world.countries.push_back(country);
    world.admin1_keys.push_back(geo::place_key("AAA-1"));
    for (const char* id : {"a", "b", "c"}) {
        sim::PlaceInputs place;
        place.key = geo::place_key(id);
        place.population = 100000.0;
        world.places.push_back(place);
    }
    world.places[0].committed_since = sim::make_month(2019, 1);
    sim::Multiplex graph(3);
    const std::vector<geo::Edge> edges = {{0, 1, 1.0}, {1, 2, 1.0}};
    graph.add_layer("row", sim::LayerKind::user, edges);
    world.layers = graph.freeze();
    world.couplings.resize(1);
    world.couplings[0].gamma_early = world.couplings[0].gamma_late = sim::fixed(5.0);
    return world;
}

void run() {
    sim::EnsembleOptions options;
    options.members = 200;
    const sim::EnsembleResults results = sim::run_ensemble(small_world(), nullptr, options);
    const sim::RunResults& scenario = results.scenario;
    std::size_t coupled = 0, uncoupled = 0, broken = 0;
    for (std::size_t m = 0; m < 200; ++m) {
        for (std::size_t place = 0; place < 3; ++place) {
            coupled +=
                scenario.stage_step[scenario.stage_at(sim::Stage::committed, place, m)] != sim::never_step;
        }
        uncoupled += results.scenario_uncoupled.commitments[(scenario.years - 1) * 200 + m];
    }
    for (const auto& check : scenario.identities) broken += check.holds() ? 0 : 1;
    expect("identities that do not hold", 0.0, static_cast<double>(broken), 0.0);
    expect("more commit with ties than without", 1.0, coupled > uncoupled + 50 ? 1.0 : 0.0, 0.0);
}

}  // namespace

int main() {
    adopt();
    travel();
    spread();
    promise();
    trade();
    run();
    return all_good ? 0 : 1;
}
