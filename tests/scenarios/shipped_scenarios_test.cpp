#include <catch2/catch.hpp>
#include <set>

#include "scenarios/scenario.h"
#include "scenarios/scenario_keys.h"
#include "scenarios/vocabulary.h"

using namespace domino::scenarios;

namespace {

const std::filesystem::path source = DOMINO_SOURCE_DIR;

Scenario load_shipped(const std::string& name) {
    LoadedScenario loaded = load_scenario(source / "scenarios" / (name + ".toml"), source / "data");
    for (const Problem& p : loaded.problems) UNSCOPED_INFO(format(p));
    REQUIRE(loaded.problems.empty());
    return std::move(*loaded.scenario);
}

}  // namespace

TEST_CASE("the shipped scenarios load without a word, and differ as their titles say") {
    const Scenario today = load_shipped("jcm-2040");
    CHECK(today.places.countries.size() == 1 + 29 + 5);
    CHECK_FALSE(today.reference);

    const Scenario doubled = load_shipped("c3p-doubled");
    const auto changes = differences(today, doubled);
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].key == "c3p.projects_scale");
    CHECK(changes[1].key == "c3p.budget_scale");
    for (const LeverChange& change : changes) {
        CHECK(change.from == "1");
        CHECK(change.to == "2");
        CHECK(change.since == "2026-04");
    }
    CHECK(doubled.reference == today.file);

    const Scenario uncoupled = load_shipped("no-domino");
    const auto switched = differences(today, uncoupled);
    REQUIRE(switched.size() == 1);
    CHECK(switched[0].key == "model.couplings");
    CHECK(switched[0].to == "false");

    CHECK(load_shipped("japan-2040").places.countries == std::vector<std::string>{"JPN"});
}

TEST_CASE("the strategies of the expansion study differ in their rule alone") {
    const Scenario base = load_shipped("expansion/on-record");
    CHECK(base.strategy.rule == StrategyRule::none);
    std::set<StrategyRule> rules;
    for (const char* name : {"observed", "largest", "highest-emissions", "nearest", "hubs", "equity"}) {
        const Scenario study = load_shipped("expansion/" + std::string(name));
        CHECK(study.reference == base.file);
        CHECK(rules.insert(study.strategy.rule).second);
        CHECK(*study.strategy.budget_jpy_per_year == 0.5e9);
        Scenario same = study;
        same.strategy = base.strategy;
        CHECK(differences(base, same).empty());
        same.strategy = load_shipped("expansion/equity").strategy;
        same.strategy.rule = study.strategy.rule;
        CHECK(differences(study, same).empty());
    }
}

TEST_CASE("the searched plan of the expansion study differs in its list alone, and has the same money") {
    const Scenario rule = load_shipped("expansion/highest-emissions");
    const Scenario plan = load_shipped("expansion/optimised");
    CHECK(plan.reference == rule.reference);
    CHECK(plan.strategy.rule == StrategyRule::list);
    CHECK(plan.strategy.projects.size() == 50);
    int phases = 0;
    for (const StrategyProjectEntry& project : plan.strategy.projects) phases += *project.phases;
    CHECK(phases == 75);
    Scenario same = plan;
    same.strategy.rule = rule.strategy.rule;
    same.strategy.projects.clear();
    CHECK(differences(rule, same).empty());
}

TEST_CASE("a key that stands for a parameter of the pack has the pack's figure as its default") {
    Problems problems;
    const Vocabulary names = Vocabulary::read(source / "data", problems);
    REQUIRE(problems.empty());
    int compared = 0;
    for (const Key<Scenario>& info : scenario_keys()) {
        if (info.parameter.empty()) continue;
        const ParameterName* parameter = names.find_parameter(info.parameter);
        CAPTURE(info.key, info.parameter);
        REQUIRE(parameter != nullptr);
        const Value value = info.get(Scenario{});
        // Surveys are paid only where a project asks for them; lags are months here and years there.
        if (!parameter->prior || parameter->prior->family != domino::sim::Family::fixed ||
            info.key == "survey_per_project")
            continue;
        const double figure = parameter->prior->a * (info.type == ValueType::whole_months ? 12.0 : 1.0);
        const auto* whole = std::get_if<std::int64_t>(&value);
        CHECK((whole != nullptr ? static_cast<double>(*whole) : std::get<double>(value)) == figure);
        ++compared;
    }
    CHECK(compared >= 8);
}
