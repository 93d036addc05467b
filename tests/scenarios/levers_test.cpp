#include <catch2/catch.hpp>
#include <functional>
#include <numeric>
#include <set>

#include "scenarios/scenario_keys.h"
#include "tests/scenarios/partnership_world.h"

namespace domino::scenarios {
namespace {

using sim::make_month;
using sim::Month;
using sim::RunResults;

/// A number of a run that a lever is expected to move.
using Output = double (*)(const RunResults&);
enum class Direction { up, down };

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}
/// Months that places have been committed for.
double commitments(const RunResults& r) {
    double months = 0.0;
    for (const auto& event : r.events) months += r.calendar.steps - event.step;
    return months;
}
double capacity(const RunResults& r) {
    return sum(r.capacity_mean);
}
/// Song alone, the third place by id.
constexpr std::size_t song = 2;
double song_capacity(const RunResults& r) {
    const auto begin = r.capacity_mean.begin() + static_cast<std::ptrdiff_t>(song * r.years);
    return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(r.years), 0.0);
}
double song_commitments(const RunResults& r) {
    double months = 0.0;
    for (const auto& event : r.events)
        if (event.place == song) months += r.calendar.steps - event.step;
    return months;
}
double support_money(const RunResults& r) {
    return sum(r.spent_jpy);
}
double model_project_money(const RunResults& r) {
    return sum(r.credit_spent_jpy);
}
double lease_money(const RunResults& r) {
    return sum(r.lease_spent_jpy);
}
double scheme_money(const RunResults& r) {
    return sum(r.scheme_spent_jpy);
}
double started_t(const RunResults& r) {
    return sum(r.credit_units_t);
}
/// Units in use, added over years: [technology][country][year][member].
double stock_of(const RunResults& r, std::size_t technology) {
    const auto block =
        static_cast<std::ptrdiff_t>(r.countries * r.years * static_cast<std::size_t>(r.members));
    const auto begin = r.stock_units.begin() + static_cast<std::ptrdiff_t>(technology) * block;
    return std::accumulate(begin, begin + block, 0.0);
}
double solar(const RunResults& r) {
    return stock_of(r, 0);
}
double cars(const RunResults& r) {
    return stock_of(r, 1);
}
double biogas(const RunResults& r) {
    return stock_of(r, 2);
}

struct Lever {
    std::string key;  ///< dotted; of a list's entry without the entry's name
    std::function<void(Scenario&)> setup, move;
    Output output;
    Direction direction;
    Month first;  ///< nothing before this month may change
};

const Month run_start = make_month(2020, 1);
const Month scaled = make_month(2028, 4);
const Month later = make_month(2031, 4);

void nothing(Scenario&) {}

/// A programme that scales and has money for it.
void scaling(Scenario& s) {
    s.c3p.projects_per_year = 1;  // leaves cities for more
    s.c3p.scaled_from = scaled;
    s.c3p.projects_scale = 2.0;
    s.c3p.budget_scale = 2.0;
}
void tight(Scenario& s) {
    s.c3p.budget_jpy_per_year = 40e6;
}
void leases(Scenario& s) {
    s.eco_lease.enabled = OnOff::on;
    s.eco_lease.from = scaled;
    s.eco_lease.budget_jpy_per_year = 50e9;
    s.eco_lease.projects_per_year = 40.0;
    s.eco_lease.lease_years = 3;
}
void clean_cities(Scenario& s) {
    s.c2p2.enabled = OnOff::on;
    s.c2p2.from = make_month(2024, 4);
    s.c2p2.budget_jpy_per_year = 1e9;
}
void training(Scenario& s) {
    ExitEntry entry;
    entry.scheme = "clair_lgotp";
    entry.from = make_month(2025, 1);
    entry.budget_jpy_per_year = 1e9;
    s.exits = {entry};
}
void car_grant(Scenario& s) {
    PriceSchemeEntry entry;
    entry.id = "grant";
    entry.technology = "ev_car";
    entry.countries = {"VNM"};
    entry.from = scaled;
    entry.to = make_month(2033, 3);
    entry.share = 0.3;
    s.price_schemes = {entry};
}
void agreement(Scenario& s) {
    AgreementEntry entry;
    entry.japan = "Kita";
    entry.partner = "Song";
    entry.from = scaled;
    entry.project = true;
    s.c3p.expansion = ExpansionRule::none;
    s.collaboration.agreements = {entry};
}

const Month expanded = make_month(2026, 4);
void expanding(Scenario& s) {
    s.c3p.expansion = ExpansionRule::none;
    s.strategy.rule = StrategyRule::largest;
    s.strategy.from = expanded;
    s.strategy.budget_jpy_per_year = 40e6;
}
void listing(Scenario& s) {
    expanding(s);
    s.strategy.rule = StrategyRule::list;
    StrategyProjectEntry entry;
    entry.partner = "Song";
    entry.japan = "Minami";
    entry.from = scaled;
    s.strategy.projects = {entry};
}

/// Money enough for every project and an agreement of each.
void agreeing(Scenario& s) {
    expanding(s);
    s.strategy.budget_jpy_per_year = 100e6;
    s.strategy.agreement_cost_jpy_per_year = 1e6;
}
void agreed(Scenario& s) {
    agreeing(s);
    s.strategy.agreements = StrategyAgreements::with_projects;
}
void listing_with_cost(Scenario& s) {
    listing(s);
    s.strategy.agreement_cost_jpy_per_year = 1e6;
}

std::vector<Lever> strategy_levers() {
    using enum Direction;
    const auto plan = [](auto change) { return [change](Scenario& s) { change(s.strategy); }; };
    const auto project = [](auto change) {
        return [change](Scenario& s) { change(s.strategy.projects.front()); };
    };
    const Month second_phase = make_month(2029, 4);
    return {
        {"strategy.rule", expanding, plan([](auto& p) { p.rule = StrategyRule::none; }), support_money, down,
         expanded},
        {"strategy.from", expanding, plan([](auto& p) { p.from = later; }), support_money, down, expanded},
        {"strategy.to", expanding, plan([](auto& p) { p.to = make_month(2030, 3); }), support_money, down,
         second_phase},
        {"strategy.budget", expanding, plan([](auto& p) { p.budget_jpy_per_year = 20e6; }), support_money,
         down, expanded},
        {"strategy.most_concurrent", expanding, plan([](auto& p) { p.most_concurrent = 1; }), support_money,
         down, expanded},
        {"strategy.phases", expanding, plan([](auto& p) { p.phases = 1; }), support_money, down,
         second_phase},
        {"strategy.technologies", expanding, plan([](auto& p) { p.technologies = {"biogas_digestion"}; }),
         solar, down, expanded},
        {"strategy.agreements", agreeing,
         plan([](auto& p) { p.agreements = StrategyAgreements::with_projects; }), support_money, up,
         expanded},
        {"strategy.agreement_cost", agreed, plan([](auto& p) { p.agreement_cost_jpy_per_year = 3e6; }),
         support_money, up, expanded},
        {"strategy.projects.agreements", listing_with_cost,
         project([](auto& p) { p.agreements = StrategyAgreements::with_projects; }), support_money, up,
         scaled},
        {"strategy.projects.partner", listing, project([](auto& p) { p.partner = "Cua"; }), song_capacity,
         down, scaled},
        {"strategy.projects.japan", listing, project([](auto& p) { p.japan = "Kawa"; }), song_commitments,
         down, scaled},
        {"strategy.projects.from", listing, project([](auto& p) { p.from = make_month(2030, 4); }), capacity,
         down, scaled},
        {"strategy.projects.phases", listing, project([](auto& p) { p.phases = 1; }), capacity, down, later},
        {"strategy.projects.technologies", listing,
         project([](auto& p) { p.technologies = {"biogas_digestion"}; }), solar, down, scaled},
    };
}

std::vector<Lever> c3p_levers() {
    using enum Direction;
    const auto c3p = [](auto change) { return [change](Scenario& s) { change(s.c3p); }; };
    return {
        {"c3p.enabled", nothing, c3p([](auto& c) { c.enabled = OnOff::off; }), commitments, down, run_start},
        {"c3p.projects_per_year", nothing, c3p([](auto& c) { c.projects_per_year = 5; }), capacity, up,
         run_start},
        {"c3p.scaled_from", scaling, c3p([](auto& c) { c.scaled_from = later; }), support_money, down,
         scaled},
        {"c3p.projects_scale", scaling, c3p([](auto& c) { c.projects_scale = 1.0; }), support_money, down,
         scaled},
        {"c3p.cost_per_project", tight, c3p([](auto& c) { c.cost_jpy_per_project_year = 50e6; }), capacity,
         down, run_start},
        {"c3p.survey_per_project", tight, c3p([](auto& c) { c.survey_jpy_per_project_year = 30e6; }),
         capacity, down, run_start},
        {"c3p.budget", nothing, c3p([](auto& c) { c.budget_jpy_per_year = 20e6; }), capacity, down,
         run_start},
        {"c3p.budget_scale",
         [](Scenario& s) {
             scaling(s);
             tight(s);
         },
         c3p([](auto& c) { c.budget_scale = 0.0; }), support_money, down, scaled},
        {"c3p.phase", nothing, c3p([](auto& c) { c.phase_years = 1; }), support_money, down, run_start},
        {"c3p.max_phases", nothing, c3p([](auto& c) { c.max_phases = 1; }), support_money, down, run_start},
        {"c3p.expansion", nothing, c3p([](auto& c) { c.expansion = ExpansionRule::none; }), support_money,
         down, run_start},
        {"c3p.feasibility", nothing, c3p([](auto& c) { c.feasibility = 0.0; }), started_t, down, run_start},
        {"c3p.policy_dialogue", nothing, c3p([](auto& c) { c.policy_dialogue = 0.0; }), commitments, down,
         run_start},
        {"c3p.capacity_building", nothing, c3p([](auto& c) { c.capacity_building = 0.0; }), capacity, down,
         run_start},
        {"c3p.visits", nothing, c3p([](auto& c) { c.visits_per_year = 0.0; }), commitments, down, run_start},
        {"c3p.workshops", nothing, c3p([](auto& c) { c.workshops_per_year = 0.0; }), commitments, down,
         run_start},
        {"c3p.report_sessions", nothing, c3p([](auto& c) { c.report_sessions_per_year = 0.0; }), commitments,
         down, run_start},
        {"c3p.contact_intensity", nothing, c3p([](auto& c) { c.contact_intensity = 0.1; }), commitments, down,
         run_start},
    };
}

std::vector<Lever> credit_levers() {
    using enum Direction;
    const auto jcm = [](auto change) { return [change](Scenario& s) { change(s.jcm); }; };
    const auto lease = [](auto change) { return [change](Scenario& s) { change(s.eco_lease); }; };
    return {
        {"jcm.enabled", nothing, jcm([](auto& j) { j.enabled = OnOff::off; }), started_t, down, run_start},
        {"jcm.budget", nothing, jcm([](auto& j) { j.budget_jpy_per_year = 0.5e9; }), started_t, down,
         run_start},
        {"jcm.subsidy_ceiling", nothing, jcm([](auto& j) { j.subsidy_ceiling = 0.02; }), model_project_money,
         down, run_start},
        {"jcm.subsidy_cap", nothing, jcm([](auto& j) { j.subsidy_cap_jpy_per_t = 500.0; }),
         model_project_money, down, run_start},
        {"jcm.projects_per_year", nothing, jcm([](auto& j) { j.projects_per_year = 60.0; }), started_t, up,
         run_start},
        {"jcm.start_lag", nothing, jcm([](auto& j) { j.start_lag_months = 60; }), solar, down, run_start},
        {"jcm.sectors", nothing, jcm([](auto& j) { j.sectors = {"Waste treatment and disposal"}; }), solar,
         down, run_start},
        {"eco_lease.enabled", leases, lease([](auto& l) { l.enabled = OnOff::off; }), started_t, down,
         scaled},
        {"eco_lease.from", leases, lease([](auto& l) { l.from = later; }), started_t, down, scaled},
        {"eco_lease.budget", leases, lease([](auto& l) { l.budget_jpy_per_year = 0.05e9; }), lease_money,
         down, scaled},
        {"eco_lease.subsidy_share", leases, lease([](auto& l) { l.subsidy_share = 0.1; }), lease_money, down,
         scaled},
        {"eco_lease.projects_per_year", leases, lease([](auto& l) { l.projects_per_year = 80.0; }),
         lease_money, up, scaled},
        {"eco_lease.lease", leases, lease([](auto& l) { l.lease_years = 10; }), lease_money, down, scaled},
        {"eco_lease.start_lag", leases, lease([](auto& l) { l.start_lag_months = 60; }), solar, down, scaled},
    };
}

std::vector<Lever> partner_city_levers() {
    using enum Direction;
    const auto c2p2 = [](auto change) { return [change](Scenario& s) { change(s.c2p2); }; };
    const auto exit = [](auto change) { return [change](Scenario& s) { change(s.exits.front()); }; };
    const Month clean = make_month(2024, 4);
    const Month ends = make_month(2025, 1);
    return {
        {"c2p2.enabled", clean_cities, c2p2([](auto& c) { c.enabled = OnOff::off; }), biogas, down, clean},
        {"c2p2.from", clean_cities, c2p2([](auto& c) { c.from = make_month(2032, 4); }), biogas, down, clean},
        {"c2p2.budget", clean_cities, c2p2([](auto& c) { c.budget_jpy_per_year = 20e6; }), biogas, down,
         clean},
        {"c2p2.cost_per_place", clean_cities, c2p2([](auto& c) { c.cost_jpy_per_place_year = 900e6; }),
         biogas, down, clean},
        {"c2p2.policy_dialogue", clean_cities, c2p2([](auto& c) { c.policy_dialogue = 0.0; }), commitments,
         down, clean},
        {"c2p2.capacity_building", clean_cities, c2p2([](auto& c) { c.capacity_building = 0.0; }), biogas,
         down, clean},
        {"exits.scheme", training, exit([](auto& e) { e.scheme = "meti_fs"; }), started_t, up, ends},
        {"exits.from", training, exit([](auto& e) { e.from = make_month(2033, 1); }), capacity, down, ends},
        {"exits.share", training, exit([](auto& e) { e.share = 0.3; }), capacity, down, ends},
        {"exits.duration", training, exit([](auto& e) { e.years = 1; }), capacity, down, ends},
        {"exits.budget", training, exit([](auto& e) { e.budget_jpy_per_year = 20e6; }), capacity, down, ends},
        {"exits.cost_per_project", training, exit([](auto& e) { e.cost_jpy_per_project_year = 800e6; }),
         capacity, down, ends},
    };
}

std::vector<Lever> entry_levers() {
    using enum Direction;
    const auto scheme = [](auto change) {
        return [change](Scenario& s) { change(s.price_schemes.front()); };
    };
    const auto tie = [](auto change) {
        return [change](Scenario& s) { change(s.collaboration.agreements.front()); };
    };
    return {
        {"price_schemes.technology", car_grant, scheme([](auto& p) { p.technology = "biogas_digestion"; }),
         cars, down, scaled},
        {"price_schemes.countries", car_grant, scheme([](auto& p) {
             p.countries = {"JPN", "VNM"};
         }),
         scheme_money, up, scaled},
        {"price_schemes.from", car_grant, scheme([](auto& p) { p.from = later; }), cars, down, scaled},
        {"price_schemes.to", car_grant, scheme([](auto& p) { p.to.reset(); }), cars, up, make_month(2033, 4)},
        {"price_schemes.share", car_grant, scheme([](auto& p) { p.share = 0.6; }), cars, up, scaled},
        {"price_schemes.budget", car_grant, scheme([](auto& p) { p.budget_jpy_per_year = 1e6; }),
         scheme_money, down, scaled},
        {"collaboration.agreements.japan", agreement, tie([](auto& a) { a.japan = "Kawa"; }), commitments,
         down, scaled},
        {"collaboration.agreements.partner", agreement, tie([](auto& a) { a.partner = "Ha Thanh"; }),
         capacity, down, scaled},
        {"collaboration.agreements.from", agreement, tie([](auto& a) { a.from = later; }), capacity, down,
         scaled},
        {"collaboration.agreements.to", agreement, tie([](auto& a) { a.to = make_month(2029, 3); }), capacity,
         down, make_month(2029, 4)},
        {"collaboration.agreements.kind", agreement, tie([](auto& a) { a.project = false; }), capacity, down,
         scaled},
    };
}

std::vector<Lever> all_levers() {
    std::vector<Lever> levers;
    for (const auto& part :
         {c3p_levers(), strategy_levers(), credit_levers(), partner_city_levers(), entry_levers()})
        levers.insert(levers.end(), part.begin(), part.end());
    return levers;
}

/// Tables and lists whose keys are levers of policy and money; each key has a row above.
const std::set<std::string> policy = {"c3p",   "strategy",      "strategy.projects",
                                      "jcm",   "eco_lease",     "c2p2",
                                      "exits", "price_schemes", "collaboration.agreements"};
/// What is no such lever, or has a table of levers of its own (credits: the ledger's tests; systems of places
/// and contacts: systems_test).
const std::set<std::string> elsewhere = {"",
                                         "run",
                                         "places",
                                         "places.layers",
                                         "places.covariates",
                                         "proximity",
                                         "hierarchy",
                                         "network",
                                         "collaboration",
                                         "layers",
                                         "model",
                                         "output",
                                         "targets",
                                         "emissions",
                                         "credits",
                                         "contacts",
                                         "contact_events",
                                         "commitment",
                                         "withdrawals",
                                         "leading_areas",
                                         "futurecity",
                                         "subnational"};
/// Names and kinds of entries change nothing; declaring an agency's projects lifts a refusal.
const std::set<std::string> no_levers = {"price_schemes.id", "exits.agency_projects",
                                         "collaboration.agreements.archetype"};

struct Run {
    BuiltWorld built;
    RunResults results;
};

class Runner {
 public:
    Runner() : pack_(test::partnership_pack().write(folder_)) {}

    Run run(const Scenario& scenario) const {
        auto built = build_world(scenario, pack_);
        for (const auto& problem : built.problems) INFO(problem.what);
        REQUIRE(built.built);
        sim::EnsembleOptions options;
        options.members = scenario.run.members;
        options.threads = 1;
        auto results = sim::run_ensemble(built.built->world, nullptr, options);
        return {std::move(*built.built), std::move(results.scenario)};
    }

 private:
    test::TemporaryFolder folder_;
    std::filesystem::path pack_;
};

/// Whether two runs are the same, bit by bit, in every year that ends before a month, and every commitment.
void check_same_before(Month first, const RunResults& a, const RunResults& b) {
    const auto years = static_cast<std::size_t>(std::max(0, first.year() - a.calendar.first_year()));
    const auto members = static_cast<std::size_t>(a.members);
    for (std::size_t place = 0; place < a.places; ++place) {
        for (std::size_t cell = 0; cell < years * members; ++cell) {
            const std::size_t at = place * a.years * members + cell;
            REQUIRE(a.emissions_t[at] == b.emissions_t[at]);
        }
        for (std::size_t year = 0; year < years; ++year)
            REQUIRE(a.capacity_mean[place * a.years + year] == b.capacity_mean[place * a.years + year]);
    }
    for (std::size_t k = 0; k < a.technologies; ++k) {
        for (std::size_t cell = 0; cell < a.countries * a.years * members; ++cell) {
            if (cell / members % a.years >= years) continue;
            const std::size_t at = k * a.countries * a.years * members + cell;
            REQUIRE(a.stock_units[at] == b.stock_units[at]);
        }
    }
    const auto early = [first](const RunResults& r) {
        std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint16_t>> events;
        for (const auto& e : r.events) {
            if (r.calendar.month(e.step) < first) events.emplace(e.member, e.place, e.step);
        }
        return events;
    };
    REQUIRE(early(a) == early(b));
}

TEST_CASE("every policy lever moves a result in its direction and nothing before its start", "[levers]") {
    const Runner runner;
    for (const Lever& lever : all_levers()) {
        INFO(lever.key);
        Scenario before = test::partnership_scenario();
        lever.setup(before);
        Scenario after = before;
        lever.move(after);
        const Run a = runner.run(before);
        const Run b = runner.run(after);
        const double was = lever.output(a.results), is = lever.output(b.results);
        INFO("was " << was << ", is " << is);
        if (lever.direction == Direction::up)
            CHECK(is > was);
        else
            CHECK(is < was);
        check_same_before(lever.first, a.results, b.results);
    }
}

TEST_CASE("a lever's row moves its own key alone, and every key of the policy tables has a row", "[levers]") {
    std::set<std::string> rows;
    for (const Lever& lever : all_levers()) {
        INFO(lever.key);
        CHECK(rows.insert(lever.key).second);
        Scenario before = test::partnership_scenario();
        lever.setup(before);
        Scenario after = before;
        lever.move(after);
        std::set<std::string> moved;
        for (const auto& key : scenario_keys())
            if (key.get(before) != key.get(after)) moved.insert(dotted(key));
        for_each_entry_list([&](const auto& list) {
            const auto &x = list.read(before), &y = list.read(after);
            REQUIRE(x.size() == y.size());
            for (std::size_t n = 0; n < x.size(); ++n)
                for (const auto& key : list.keys)
                    if (key.get(x[n]) != key.get(y[n]))
                        moved.insert(std::string(list.path) + "." + std::string(key.key));
        });
        CHECK(moved == std::set<std::string>{lever.key});
    }
    const auto expect_row = [&](const std::string& path, const std::string& key) {
        const std::string table = path.starts_with("output.") ? "output" : path;
        INFO("key " << key << " of table " << table);
        CHECK(policy.contains(table) + elsewhere.contains(table) == 1);
        if (policy.contains(table) && !no_levers.contains(key)) CHECK(rows.contains(key));
    };
    for (const auto& key : scenario_keys()) expect_row(std::string(key.table), dotted(key));
    for_each_entry_list([&](const auto& list) {
        for (const auto& key : list.keys)
            expect_row(std::string(list.path), std::string(list.path) + "." + std::string(key.key));
    });
}

}  // namespace
}  // namespace domino::scenarios
