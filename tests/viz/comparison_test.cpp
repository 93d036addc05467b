#include "viz/comparison.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "tests/support/packed_page.h"
#include "tests/support/small_results.h"
#include "tests/viz/small_pack.h"
#include "viz/comparison_files.h"
#include "viz/comparison_map.h"
#include "viz/comparison_maps_data.h"
#include "viz/comparison_page.h"
#include "viz/comparison_table.h"
#include "viz/difference_maps.h"
#include "viz/number_text.h"

using namespace domino;
using namespace domino::test;
using namespace domino::viz;

namespace {

/// A small run's scenario against its reference.
struct SmallComparison {
    SmallRun run = make_small_run();
    sim::EnsembleOptions options;
    Comparison comparison;

    SmallComparison() : options(make_options(run)), comparison(make(run, options)) {}

    static sim::EnsembleOptions make_options(const SmallRun& run) {
        sim::EnsembleOptions options;
        options.members = run.results.scenario.members;
        options.seed = 7;
        return options;
    }
    static Comparison make(const SmallRun& run, const sim::EnsembleOptions& options) {
        return Comparison(
            {{"more", run.scenario, run.built, run.results.scenario, &*run.results.reference},
             {"less", run.reference, run.reference_built, *run.results.reference, &*run.results.reference}},
            options);
    }
};

struct Row {
    std::string metric, region, place;
    int year = 0;
    std::optional<sim::Better> better;
    sim::PairedDifference difference;
};

std::vector<Row> rows_of(const Comparison& comparison) {
    std::vector<Row> rows;
    comparison.visit_differences(comparison.pairs().at(0),
                                 [&](const ComparedQuantity& what, const sim::PairedDifference& d) {
                                     rows.push_back({std::string(what.metric), std::string(what.region),
                                                     std::string(what.place_id), what.year, what.better, d});
                                 });
    return rows;
}

const Row& row_of(const std::vector<Row>& rows, const std::string& metric, const std::string& region,
                  int year, const std::string& place = {}) {
    for (const Row& row : rows)
        if (row.metric == metric && row.region == region && row.year == year && row.place == place)
            return row;
    FAIL("no row " << metric << " " << region << " " << place << " " << year);
    return rows.front();
}

}  // namespace

TEST_CASE("differences of countries are those of their totals, member by member") {
    const SmallComparison small;
    const auto rows = rows_of(small.comparison);
    const sim::RunResults& a = small.run.results.scenario;
    const sim::RunResults& b = *small.run.results.reference;
    const auto members = static_cast<std::size_t>(a.members);
    for (std::size_t country = 0; country < 2; ++country) {
        double mean = 0.0, together = 0.0;
        for (std::size_t m = 0; m < members; ++m)
            mean += (a.national_total_t(country, 1, m) - b.national_total_t(country, 1, m)) /
                    static_cast<double>(members) / 1e6;
        for (std::size_t year = 0; year <= 1; ++year)
            for (std::size_t m = 0; m < members; ++m)
                together += (a.national_total_t(country, year, m) - b.national_total_t(country, year, m)) /
                            static_cast<double>(members) / 1e6;
        const std::string& name = small.run.built.country_names[country];
        const Row& row = row_of(rows, "Emissions|Kyoto Gases", name, 2021);
        CHECK(row.difference.mean == Approx(mean).margin(1e-15));
        CHECK(row.better == sim::Better::lower);
        CHECK(row_of(rows, "Cumulative Emissions|Kyoto Gases", name, 2021).difference.mean ==
              Approx(together).margin(1e-15));
    }
    CHECK_FALSE(row_of(rows, "GDP|PPP", "All countries", 2021).better);
}

TEST_CASE(
    "side by side, each scenario is held against the one that others name, and nobody gains on itself") {
    SmallRun run = make_small_run();
    run.scenario.file = "/tmp/more.toml";
    run.reference.file = "/tmp/less.toml";
    run.scenario.reference = "/tmp/x/../less.toml";
    scenarios::StrategyProject project;
    project.from = sim::make_month(2026, 4);
    project.to = sim::make_month(2029, 4);
    project.cost_jpy_per_year = 20e6;
    run.built.strategy.projects = {project, project};
    run.built.strategy.projects[1].tie = scenarios::StrategyTie::agreement;
    run.built.strategy.projects[1].cost_jpy_per_year = 1e6;
    const auto& results = run.results;
    const Comparison comparison({{"less", run.reference, run.reference_built, *results.reference, nullptr},
                                 {"more", run.scenario, run.built, results.scenario, &*results.reference}},
                                SmallComparison::make_options(run));
    const ComparisonTable table = tabulate(comparison);
    REQUIRE(table.base == 0);
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0].emissions_mt.mean == 0.0);
    CHECK(table.rows[1].projects == 1);
    CHECK(table.rows[1].agreements == 1);
    CHECK(table.rows[1].planned_million_jpy == Approx(63.0));
    const PairSummary pair = summarize(comparison, {1, 0});
    CHECK(table.rows[1].emissions_mt.mean == pair.emissions_mt.mean);
    CHECK(table.rows[1].emissions_mt.a_better == pair.emissions_mt.a_better);
    CHECK(table.rows[0].regret.best + table.rows[1].regret.best == Approx(1.0));
    const auto json = table_json(table);
    CHECK(json.at("base") == "less");
    CHECK(json.at("scenarios").at(1).at("avoided_mt_co2e").at("mean") == -pair.emissions_mt.mean);
    CHECK_THAT(table_html(table), Catch::Contains("1 projects, 1 agreements, 63 million JPY"));
    // Without a scenario that others name, the last stands for it.
    run.scenario.reference.reset();
    CHECK(tabulate(comparison).base == 1);
}

TEST_CASE(
    "countries are grouped by income where groups are known, else by GDP a head, and nobody is guessed") {
    SmallRun run = make_small_run();
    scenarios::BuiltWorld& built = run.built;
    REQUIRE(built.world.countries.size() == 2);
    // Two countries without groups are too few for thirds.
    CHECK(find_equity_groups(built).basis == EquityBasis::none);
    CHECK(describe_equity(find_equity_groups(built), built).empty());

    const scenarios::IncomeGroup rich{1, "High income: OECD"}, poor{5, "Low income"};
    built.income_groups = {rich, poor};
    EquityGroups groups = find_equity_groups(built);
    REQUIRE(groups.basis == EquityBasis::income_groups);
    REQUIRE(groups.sets.size() == 2);
    CHECK(groups.sets[0].region == "Income group|Low income");
    CHECK(groups.sets[0].countries == std::vector<std::size_t>{1});
    CHECK(groups.labels[1] == "High income: OECD");
    double people = 0.0;
    for (const auto& place : built.world.places) people += place.country == 1 ? place.population : 0.0;
    CHECK(groups.people[0] == people);

    built.income_groups = {{}, poor};
    groups = find_equity_groups(built);
    REQUIRE(groups.sets.size() == 2);
    CHECK(groups.sets[1].region == "Income group|Unknown");
    CHECK(groups.sets[1].countries == std::vector<std::size_t>{0});
    CHECK_THAT(describe_equity(groups, built),
               Catch::Contains("No group is known of " + built.country_names[0] + "."));

    // No group of any: thirds, of those whose GDP is known.
    built.income_groups = {{}, {}};
    while (built.world.countries.size() < 4) {
        built.world.countries.push_back(built.world.countries[0]);
        built.country_names.push_back("another");
        built.income_groups.push_back({});
        sim::PlaceInputs place = built.world.places[0];
        place.country = static_cast<std::uint16_t>(built.world.countries.size() - 1);
        built.world.places.push_back(place);
    }
    for (std::size_t c = 0; c < 4; ++c) {
        double people_of_c = 0.0;
        for (const auto& place : built.world.places)
            people_of_c += place.country == c ? place.population : 0.0;
        built.world.countries[c].gdp_musd.assign(
            built.world.countries[c].gdp_musd.size(),
            people_of_c * (c == 2 ? 0.0 : 10.0 - static_cast<double>(c)));
    }
    groups = find_equity_groups(built);
    REQUIRE(groups.basis == EquityBasis::gdp_thirds);
    REQUIRE(groups.sets.size() == 3);
    CHECK(groups.sets[0].countries == std::vector<std::size_t>{3});
    CHECK(groups.sets[2].countries == std::vector<std::size_t>{0});
    CHECK_THAT(describe_equity(groups, built), Catch::Contains("thirds by GDP"));
}

TEST_CASE("what each income group avoids adds up to all, and the table tells of them") {
    SmallRun run = make_small_run();
    run.built.income_groups = {{2, "High income: nonOECD"}, {4, "Lower middle income"}};
    const Comparison comparison(
        {{"more", run.scenario, run.built, run.results.scenario, &*run.results.reference},
         {"less", run.reference, run.reference_built, *run.results.reference, &*run.results.reference}},
        SmallComparison::make_options(run));
    const PairSummary pair = summarize(comparison, comparison.pairs().at(0));
    REQUIRE(pair.incomes.size() == 2);
    CHECK(pair.incomes[0].name == "Income group|Lower middle income");
    CHECK(pair.incomes[0].difference.mean != 0.0);
    CHECK(pair.incomes[0].difference.mean + pair.incomes[1].difference.mean ==
          Approx(pair.emissions_mt.mean).epsilon(1e-12));
    const ComparisonTable table = tabulate(comparison);
    CHECK(table.rows[0].incomes_mt.at(0) == pair.incomes[0].difference.mean);
    CHECK_THAT(table_html(table), Catch::Contains("<th>Lower middle income<br><span>1 country, "));
    CHECK_THAT(table_html(table), Catch::Contains("Natural Earth"));
    CHECK_THAT(comparison_text(comparison), Catch::Contains("Natural Earth"));
    CHECK(table_json(table).at("scenarios").at(0).at("avoided_mt_co2e_by_income").at(1).at("name") ==
          "Income group|High income: nonOECD");
}

TEST_CASE("the page's maps hold the paired difference of each place and year, over land") {
    const TemporaryFolder pack;
    write_small_pack(pack.path());
    SmallRun run = make_small_run();
    scenarios::StrategyProject project;
    project.place = 4;
    project.from = sim::make_month(2021, 4);
    project.to = sim::make_month(2022, 4);
    run.built.strategy.projects = {project};
    const Comparison comparison(
        {{"more", run.scenario, run.built, run.results.scenario, &*run.results.reference},
         {"less", run.reference, run.reference_built, *run.results.reference, &*run.results.reference}},
        SmallComparison::make_options(run));
    const auto data = comparison_maps_data(comparison, 1, pack.path());
    REQUIRE_FALSE(data.is_null());
    CHECK(data.at("base") == "less");
    CHECK(data.at("left_out") == 0);
    CHECK(data.at("land").at("objects").at("countries").at("geometries").size() > 0);
    const auto& places = run.built.places.places;
    const auto lon = unpack<float>(data, "places.lon", data.at("places").at("lon"));
    REQUIRE(lon.size() == places.size());
    REQUIRE(data.at("scenarios").size() == 1);
    const auto& one = data.at("scenarios").at(0);
    const auto scale = unpack<float>(data, "0.scale", one.at("scale"));
    const auto mean = unpack<std::int16_t>(data, "0.mean", one.at("mean"));
    const auto p05 = unpack<std::int16_t>(data, "0.p05", one.at("p05"));
    const auto p95 = unpack<std::int16_t>(data, "0.p95", one.at("p95"));
    const auto less = unpack<std::uint8_t>(data, "0.less", one.at("less"));
    const auto rows = rows_of(comparison);
    const std::size_t years = run.results.scenario.years;
    std::size_t differing = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        CHECK(lon[i] == Approx(places[i].position.lon_deg));
        for (std::size_t y = 0; y < years; ++y) {
            const Row& row = row_of(rows, "Emissions|Kyoto Gases",
                                    run.built.country_names[run.built.world.places[i].country],
                                    2020 + static_cast<int>(y), places[i].id);
            const std::size_t cell = i * years + y;
            const double step = static_cast<double>(scale[i]);
            CHECK(mean[cell] * step == Approx(row.difference.mean).margin(step));
            CHECK(p05[cell] * step == Approx(row.difference.p05).margin(step));
            CHECK(p95[cell] * step == Approx(row.difference.p95).margin(step));
            CHECK(less[cell] / 200.0 == Approx(row.difference.a_better).margin(0.003));
            differing += mean[cell] != 0 ? 1 : 0;
        }
    }
    CHECK(differing > 0);
    REQUIRE(one.at("plan").size() == 1);
    CHECK(one.at("plan").at(0).at("place") == 4);
    CHECK(one.at("plan").at(0).at("from") == 2021.25);

    const std::string page = comparison_page(comparison, pack.path());
    CHECK_THAT(page, Catch::Contains("Content-Security-Policy"));
    CHECK_THAT(page, Catch::Contains("id=\"maps-without-script\""));
    // Of runs that are the same there is nothing to draw.
    const Comparison equal({{"a", run.scenario, run.built, run.results.scenario, nullptr},
                            {"b", run.scenario, run.built, run.results.scenario, nullptr}},
                           SmallComparison::make_options(run));
    CHECK(comparison_maps_data(equal, 1, pack.path()).is_null());
    CHECK(comparison_page(equal, pack.path()).find("id=\"maps\"") == std::string::npos);
}

TEST_CASE("maps of the page have a circle for each place that differs, and none where nothing does") {
    const SmallComparison small;
    const std::string maps = comparison_maps(small.comparison, 1);
    const sim::RunResults& a = small.run.results.scenario;
    const sim::RunResults& b = *small.run.results.reference;
    std::size_t differing = 0;
    for (std::size_t place = 0; place < a.places; ++place) {
        double t = 0.0;
        for (std::size_t year = 0; year < a.years; ++year) t += differences_of(a, b, year)[place];
        if (t == 0.0) continue;
        ++differing;
        const std::string& name = small.run.built.places.places[place].name;
        CHECK_THAT(maps,
                   Catch::Contains(fmt::format("<title>{}: {:+.4g} kt</title>", markup(name), t / 1e3)));
    }
    std::size_t circles = 0;
    for (std::size_t at = maps.find("<circle"); at != std::string::npos; at = maps.find("<circle", at + 1))
        ++circles;
    CHECK(differing > 0);
    CHECK(circles == differing);
    const SmallRun same = make_small_run();
    const Comparison equal({{"a", same.reference, same.reference_built, *same.results.reference, nullptr},
                            {"b", same.reference, same.reference_built, *same.results.reference, nullptr}},
                           SmallComparison::make_options(same));
    CHECK(comparison_maps(equal, 1).empty());
}

TEST_CASE("means of differences add up: places of a country and its countries") {
    const SmallComparison small;
    const auto rows = rows_of(small.comparison);
    double countries = 0.0, places = 0.0;
    for (const Row& row : rows) {
        if (row.year != 2022 || row.metric != "Emissions|Kyoto Gases") continue;
        if (!row.place.empty()) places += row.difference.mean / 1e6;
        if (row.place.empty() && (row.region == "Aland" || row.region == "Bland"))
            countries += row.difference.mean;
    }
    const double all = row_of(rows, "Emissions|Kyoto Gases", "All countries", 2022).difference.mean;
    CHECK(countries == Approx(all).margin(1e-12));
    CHECK(places == Approx(all).epsilon(1e-6).margin(1e-9));  // remainders are the same
    CHECK(all != 0.0);
}

TEST_CASE("a place's commitment differs by the members in which it commits") {
    const SmallComparison small;
    const auto rows = rows_of(small.comparison);
    const sim::RunResults& a = small.run.results.scenario;
    const sim::RunResults& b = *small.run.results.reference;
    const auto committed = [](const sim::RunResults& r, std::size_t place, std::size_t m) {
        return r.stage_step[r.stage_at(sim::Stage::committed, place, m)] < 36 ? 1.0 : 0.0;
    };
    for (std::size_t place = 0; place < a.places; ++place) {
        double mean = 0.0, better = 0.0;
        for (std::size_t m = 0; m < 4; ++m) {
            const double d = committed(a, place, m) - committed(b, place, m);
            mean += d / 4.0;
            better += (d > 0.0 ? 1.0 : d == 0.0 ? 0.5 : 0.0) / 4.0;
        }
        const std::string region = small.run.built.country_names[small.run.built.world.places[place].country];
        const Row& row =
            row_of(rows, "Commitment|Probability", region, 2022, small.run.built.places.places[place].id);
        CHECK(row.difference.mean == mean);
        CHECK(row.difference.a_better == better);
    }
}

TEST_CASE("a scenario compared with itself differs by exactly nothing") {
    const SmallRun run = make_small_run();
    const auto options = SmallComparison::make_options(run);
    const ComparedRun one{"a", run.scenario, run.built, run.results.scenario, nullptr};
    ComparedRun two = one;
    two.name = "b";
    const Comparison comparison({one, two}, options);
    for (const Row& row : rows_of(comparison)) {
        REQUIRE(row.difference.mean == 0.0);
        REQUIRE(row.difference.p05 == 0.0);
        REQUIRE(row.difference.p95 == 0.0);
        REQUIRE(row.difference.a_better == 0.5);
    }
    CHECK(comparison.count_changed_places({0, 1}) == 0);
    CHECK_FALSE(comparison.tonnes_per_million({0, 1}).stated);
    CHECK_THAT(comparison_text(comparison), Catch::Contains("exactly the same in every member"));
    for (const RegretRow& row : summarize_regret(comparison)) {
        CHECK(row.regrets.at(0).mean == 0.0);
        CHECK(row.regrets.at(0).best == Approx(0.5));
    }
    CHECK_THROWS_AS(Comparison({one}, options), std::invalid_argument);
}

TEST_CASE("every pair is compared, the first less the second") {
    const SmallRun run = make_small_run();
    const auto options = SmallComparison::make_options(run);
    const ComparedRun more{"more", run.scenario, run.built, run.results.scenario, nullptr};
    const ComparedRun less{"less", run.reference, run.reference_built, *run.results.reference, nullptr};
    ComparedRun again = less;
    again.name = "again";
    const Comparison three({more, less, again}, options);
    REQUIRE(three.pairs().size() == 3);
    const PairSummary first = summarize(three, three.pairs()[0]), last = summarize(three, three.pairs()[2]);
    CHECK(first.a == "more");
    CHECK(first.b == "less");
    CHECK(last.emissions_mt.mean == 0.0);
    const Comparison turned({less, more}, options);
    CHECK(summarize(turned, {0, 1}).emissions_mt.mean == -first.emissions_mt.mean);
    CHECK(first.changed_places > 0);
    double by_country = 0.0;
    for (const PairSummary::Part& country : first.countries) by_country += country.difference.mean;
    CHECK(first.countries.size() == 2);
    CHECK(by_country == Approx(first.emissions_mt.mean));
    // Benefits whose measure is what the two runs differ in are told, by their name in pathways.csv.
    for (const PairSummary::Part& benefit : first.benefits) CHECK(benefit.name.starts_with("Benefit|"));
    CHECK_FALSE(first.benefits.empty());
}

TEST_CASE("where places are kept as distributions, stages have a mean and no interval, and places no rows") {
    SmallRun run = make_small_run();
    for (sim::RunResults* r : {&run.results.scenario, &*run.results.reference}) {
        r->distributions.emplace(r->places, r->calendar);
        r->distributions->add(r->emissions_t, r->stage_step, static_cast<std::size_t>(r->members));
        r->emissions_t.clear();
        r->stage_step.clear();
    }
    const auto options = SmallComparison::make_options(run);
    const Comparison comparison(
        {{"more", run.scenario, run.built, run.results.scenario, nullptr},
         {"less", run.reference, run.reference_built, *run.results.reference, nullptr}},
        options);
    CHECK_FALSE(comparison.compares_places());
    int alone = 0;
    for (const Row& row : rows_of(comparison)) {
        CHECK(row.place.empty());
        if (std::isnan(row.difference.p05)) {
            ++alone;
            CHECK(std::isnan(row.difference.a_better));
            CHECK(std::isfinite(row.difference.mean));
        }
    }
    CHECK(alone > 0);
    CHECK(std::isfinite(summarize(comparison, {0, 1}).emissions_mt.p05));
    CHECK(comparison_json(comparison).find("nan") == std::string::npos);
}
