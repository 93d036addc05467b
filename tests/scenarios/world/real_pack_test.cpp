#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "sim/graph/multiplex.h"
#include "sim/prepared_world.h"
#include "sim/targets.h"

namespace domino::scenarios {
namespace {

const std::filesystem::path source_dir = DOMINO_SOURCE_DIR;

BuiltWorld build_shipped(const std::string& name) {
    const auto loaded = load_scenario(source_dir / "scenarios" / name, source_dir / "data");
    std::string problems;
    for (const auto& problem : loaded.problems) problems += format(problem) + "\n";
    INFO(problems);
    REQUIRE(loaded.scenario);
    auto result = build_world(*loaded.scenario, source_dir / "data");
    for (const auto& problem : result.problems) problems += format(problem) + "\n";
    INFO(problems);
    REQUIRE(result.built);
    return std::move(*result.built);
}

const BuiltWorld& jcm_2040() {
    static const BuiltWorld built = build_shipped("jcm-2040.toml");
    return built;
}

std::size_t country_of(const BuiltWorld& built, const std::string& iso3) {
    for (std::size_t c = 0; c < built.world.countries.size(); ++c) {
        if (built.world.countries[c].iso3 == iso3) return c;
    }
    FAIL("no country " << iso3);
    return 0;
}

TEST_CASE("the shipped scenario has Japan, 29 partners and five candidates, 3,000 places or more") {
    const auto& built = jcm_2040();
    CHECK(built.world.countries.size() == 35);
    CHECK(built.world.places.size() >= 3000);
    CHECK(built.world.technologies.size() >= 12);
    REQUIRE(built.world.layers.size() >= 4);
    for (std::size_t l = 0; l < 4; ++l) CHECK_FALSE(built.world.layers[l].source.empty());
}

TEST_CASE("people of the shipped world are those of its countries") {
    const auto& built = jcm_2040();
    std::map<std::string, double> people;
    for (const auto& place : built.places.places) {
        CHECK(place.population >= 0.0);
        people[place.iso3] += place.population;
    }
    // country_years, 2020.
    CHECK(people["JPN"] == Approx(126304533.0).epsilon(1e-9));
    CHECK(people["VNM"] == Approx(98079196.0).epsilon(1e-9));
    CHECK(people["IDN"] == Approx(274814861.0).epsilon(1e-9));
    CHECK(people["PLW"] == Approx(17972.0).epsilon(1e-9));
}

TEST_CASE("emissions of the shipped world are those of the inventory") {
    const auto& built = jcm_2040();
    // Climate Watch, 2022, without land use, Mt CO2e.
    const std::map<std::string, double> inventory = {
        {"JPN", 1099.88}, {"VNM", 477.04}, {"IDN", 1075.12}, {"IND", 3836.08}, {"PLW", 0.22}};
    for (const auto& [iso3, total] : inventory) {
        const std::size_t c = country_of(built, iso3);
        double sum = 0.0;
        for (const auto& place : built.world.places) {
            if (place.country != c) continue;
            for (const double t : place.emissions_t) {
                CHECK(t >= 0.0);
                sum += t;
            }
        }
        for (const auto& part : built.world.countries[c].remainder) sum += part.base_t;
        // The published sectors are rounded to 0.01 Mt each.
        CHECK(sum / 1e6 == Approx(total).margin(0.03));
        CHECK(built.history_mt[c].first == 2010);
        CHECK(built.history_mt[c].second.back() == Approx(sum / 1e6).epsilon(1e-9));
    }
}

TEST_CASE("emission factors at the start are those of PARAMETERS") {
    const auto& built = jcm_2040();
    for (const auto& [iso3, factor] :
         std::map<std::string, double>{{"JPN", 485.0}, {"VNM", 415.0}, {"IDN", 676.0}, {"PLW", 753.0}}) {
        const auto& country = built.world.countries[country_of(built, iso3)];
        CHECK(country.emission_factor_g_per_kwh[2] == Approx(factor).margin(0.6));
    }
}

TEST_CASE("Japan's three targets are 54, 40 and 27 per cent of the FY2013 base, the inventory is re-based") {
    const auto& built = jcm_2040();
    std::map<int, double> levels;
    for (const auto& target : built.targets) {
        if (target.country != country_of(built, "JPN")) continue;
        REQUIRE(target.reference_level_mt);
        CHECK(target.year_basis == sim::YearBasis::fiscal);
        const auto level = sim::target_level_mt(target, *target.value_high, {}, {}, {});
        levels[target.target_year] = *level / *target.reference_level_mt;
        const auto base = std::find_if(target.history_mt.begin(), target.history_mt.end(),
                                       [](const auto& year) { return year.first == 2013; });
        REQUIRE(base != target.history_mt.end());
        CHECK(*target.reference_level_mt / base->second == Approx(1395.0 / 1351.0).epsilon(0.002));
    }
    CHECK(levels.at(2030) == Approx(0.54).epsilon(1e-12));
    CHECK(levels.at(2035) == Approx(0.40).epsilon(1e-12));
    CHECK(levels.at(2040) == Approx(0.27).epsilon(1e-12));
}

TEST_CASE("only Japan and Saudi Arabia have a 2040 target") {
    std::set<std::string> with_2040;
    const auto& built = jcm_2040();
    for (const auto& target : built.targets) {
        if (target.target_year == 2040) with_2040.insert(built.world.countries[target.country].iso3);
    }
    CHECK(with_2040 == std::set<std::string>{"JPN", "SAU"});
}

TEST_CASE("every technology of the shipped world has units and acts, in Japan and in Viet Nam") {
    const auto& built = jcm_2040();
    for (const auto& technology : built.world.technologies) {
        for (const std::string iso3 : {"JPN", "VNM"}) {
            const auto& local = technology.countries[country_of(built, iso3)];
            CAPTURE(technology.id, iso3);
            CHECK(local.units_per_head > 0.0);
            CHECK(local.ceiling.b <= 1.0);
            CHECK_FALSE(local.effects.empty());
        }
    }
}

TEST_CASE("cars and two-wheelers serve the shares of transport that the parameters state") {
    const auto& built = jcm_2040();
    const auto prepared = sim::prepare(built.world);
    const auto alpha = [&](const std::string& id, const std::string& iso3) {
        for (const auto& effect : prepared.effects[country_of(built, iso3)].direct) {
            if (built.world.technologies[effect.technology].id == id) return effect.alpha;
        }
        return 0.0;
    };
    // parameters.csv, alpha_*: 1.50 t per car and 0.32 t per two-wheeler over transport of 2022. Its 0.05 for
    // two-wheelers in Japan does not follow: 0.08 a head and 0.32 t of 1.5 t a head are 0.017.
    for (const auto& [iso3, cars, two_wheelers] :
         {std::tuple("JPN", 0.49, 0.017), std::tuple("VNM", 0.17, 0.46), std::tuple("IDN", 0.18, 0.27)}) {
        CAPTURE(iso3);
        CHECK(alpha("ev_car", iso3) == Approx(cars).margin(0.02));
        CHECK(alpha("e2w", iso3) == Approx(two_wheelers).margin(0.01));
    }
}

TEST_CASE("candidates are no partners until they sign, Kenya and Indonesia have a date") {
    const auto& built = jcm_2040();
    const auto& eligible = built.world.credits.eligible_from;
    for (const std::string iso3 : {"BRA", "MYS", "ZAF", "TUR", "JPN"}) {
        CHECK(eligible[country_of(built, iso3)] == sim::never);
    }
    for (const std::string iso3 : {"KEN", "IDN", "MNG"}) {
        CHECK(eligible[country_of(built, iso3)] < sim::make_month(2014, 1));
    }
    double weights = 0.0, projects = 0.0;
    for (const double weight : built.world.credits.technology_weight) weights += weight;
    for (const double number : built.world.credits.projects_per_year) projects += number;
    CHECK(weights == Approx(1.0));
    CHECK(projects == Approx(21.0).margin(0.5));
}

TEST_CASE("the programme runs 25 projects a year within its budget") {
    const auto& built = jcm_2040();
    for (int year = 2020; year <= 2039; ++year) {
        double cost = 0.0;
        for (const auto& window : built.world.support) {
            const int from = std::max(window.from.value, sim::make_month(year, 1).value);
            const int to = std::min(window.to.value, sim::make_month(year + 1, 1).value);
            cost += std::max(0, to - from) / 12.0 * window.cost_jpy_per_year;
        }
        CAPTURE(year);
        const double budget = built.world.programmes[0].budget_jpy[static_cast<std::size_t>(year - 2020)];
        CHECK(cost <= budget * (1.0 + 1e-12));
        CHECK(cost >= 0.9 * budget);
    }
}

TEST_CASE("doubled partnerships change nothing before they begin") {
    const auto& plain = jcm_2040();
    const auto doubled = build_shipped("c3p-doubled.toml");
    const auto begin = sim::make_month(2026, 4);
    REQUIRE(plain.world.places.size() == doubled.world.places.size());
    for (std::size_t i = 0; i < plain.world.places.size(); ++i) {
        REQUIRE(plain.world.places[i].key == doubled.world.places[i].key);
        REQUIRE(plain.world.places[i].emissions_t == doubled.world.places[i].emissions_t);
    }
    std::vector<std::string> before, also_before;
    for (const auto& window : plain.world.support) {
        if (window.from < begin) before.push_back(window.project_id);
    }
    for (const auto& window : doubled.world.support) {
        if (window.from < begin) also_before.push_back(window.project_id);
    }
    CHECK(before == also_before);
    CHECK(doubled.world.support.size() > plain.world.support.size() + 25);
    for (std::size_t y = 0; y < 6; ++y) {
        CHECK(plain.world.programmes[0].budget_jpy[y] == doubled.world.programmes[0].budget_jpy[y]);
    }
    CHECK(doubled.world.programmes[0].budget_jpy[7] == 2.0 * plain.world.programmes[0].budget_jpy[7]);
    // Layers differ only in ties that begin later.
    const auto live_before = [&](const sim::FrozenLayer& layer) {
        std::size_t count = 0;
        for (std::size_t e = 0; e < layer.source.size(); ++e) {
            if (!layer.dated() || layer.from[e] < begin) ++count;
        }
        return count;
    };
    for (std::size_t l = 0; l < plain.world.layers.size(); ++l) {
        CHECK(live_before(plain.world.layers[l]) == live_before(doubled.world.layers[l]));
    }
}

TEST_CASE("every input has a mark, every file that was read is named") {
    const auto& built = jcm_2040();
    CHECK(built.inputs.size() > 30);
    for (const auto& input : built.inputs) {
        CAPTURE(input.key);
        CHECK(std::string("SCGM").find(input.mark) != std::string::npos);
        CHECK_FALSE(input.meaning.empty());
        CHECK_FALSE(input.source.empty());
        CHECK(std::isfinite(input.low));
        CHECK(input.low <= input.high);
    }
    CHECK(built.files.size() > 15);
    for (const auto& file : built.files) CHECK(std::filesystem::exists(file.path));
}

}  // namespace
}  // namespace domino::scenarios
