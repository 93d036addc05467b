#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "scenarios/month_text.h"
#include "scenarios/world/commitment_data.h"
#include "scenarios/world/plan_strategy.h"
#include "scenarios/world/strategy_choices.h"

namespace domino::scenarios {

namespace {

/// Turns a list into a plan.
class ListedPlan {
 public:
    ListedPlan(const StrategyInputs& in, const Collaboration& programme, const sim::World& world,
               Problems& problems)
        : in_(in),
          programme_(programme),
          world_(world),
          problems_(problems),
          agreed_(agreed_pairs(programme)) {}

    StrategyPlan make() {
        const Scenario& scenario = in_.collaboration.scenario;
        StrategyPlan plan;
        plan.rule = StrategyRule::list;
        plan.budget_jpy_per_year = scenario.strategy.budget_jpy_per_year.value_or(0.0);
        auto listed = in_.listed;
        std::stable_sort(listed.begin(), listed.end(), [](const auto& a, const auto& b) {
            return std::tie(a.entry.from, a.partner.id) < std::tie(b.entry.from, b.partner.id);
        });
        for (const ListedProject& project : listed) add(project, plan);
        add_rounds(plan);
        return plan;
    }

 private:
    std::optional<std::uint32_t> find(const ListedProject& project, const PlaceNames::Match& match) {
        const auto& in = in_.collaboration;
        const auto row =
            find_actor(in.table, in.authority, match.unit ? "" : match.id, match.unit ? match.id : "");
        if (!row)
            problems_.push_back({project.entry.where,
                                 fmt::format("strategy.projects \"{}\": {} is no place of this run",
                                             project.entry.partner, match.id),
                                 "", "add its country to places.countries", Severity::error,
                                 ProblemKind::scenario});
        return row;
    }

    void add(const ListedProject& listed, StrategyPlan& plan) {
        const Scenario& scenario = in_.collaboration.scenario;
        const auto place = find(listed, listed.partner);
        if (!place) return;
        StrategyProject project;
        project.id = strategy_project_id(in_.collaboration.table.places[*place].id, listed.entry.from);
        project.place = *place;
        const auto& turns = programme_.japanese;
        if (listed.japan)
            project.partner = find(listed, *listed.japan);
        else if (!turns.empty())
            project.partner = turns[started_ % turns.size()];
        ++started_;
        project.from = listed.entry.from;
        project.to = listed.to;
        project.phases = listed.phases;
        project.cost_jpy_per_year = scenario.c3p.project_with_surveys_jpy_per_year();
        project.technologies = strategy_technologies(
            listed.entry.technologies.empty() ? scenario.strategy.technologies : listed.entry.technologies,
            world_);
        project.reason = "listed in the scenario";
        const StrategyAgreements agreements = listed.entry.agreements.value_or(scenario.strategy.agreements);
        if (agreements != StrategyAgreements::alone) warn_of_others(listed, project);
        add_choice(plan, std::move(project), scenario.strategy, agreements, agreed_);
    }

    void warn_of_others(const ListedProject& listed, const StrategyProject& project) {
        for (const PlannedProject& other : programme_.projects) {
            if (other.place != project.place || other.to <= project.from || project.to <= other.from)
                continue;
            problems_.push_back(
                {listed.entry.where,
                 fmt::format("strategy.projects \"{} {}\": c3p supports the place from {} to {}, {}",
                             listed.entry.partner, format_month(listed.entry.from), format_month(other.from),
                             format_month(sim::Month{other.to.value - 1}),
                             other.hypothetical ? "by its own expansion" : "on record"),
                 "where two projects meet the more intense one acts, and the money adds nothing",
                 "begin later, or choose another place", Severity::warning, ProblemKind::scenario});
        }
    }

    static void add_rounds(StrategyPlan& plan) {
        std::set<sim::Month> begins;
        for (const auto& project : plan.projects) begins.insert(project.from);
        for (const sim::Month month : begins) {
            StrategyRound round;
            round.month = month;
            std::set<std::uint32_t> places;
            for (const auto& project : plan.projects)
                if (project.from == month) places.insert(project.place);
            round.begins = places.size();
            count_living(plan, round);
            round.limit = "the list has no more";
            plan.rounds.push_back(std::move(round));
        }
    }

    const StrategyInputs& in_;
    const Collaboration& programme_;
    const sim::World& world_;
    Problems& problems_;
    CityPairs agreed_;
    std::size_t started_ = 0;  ///< entries
};

}  // namespace

StrategyPlan plan_list(const StrategyInputs& in, const Collaboration& programme, const sim::World& world,
                       Problems& problems) {
    return ListedPlan(in, programme, world, problems).make();
}

}  // namespace domino::scenarios
