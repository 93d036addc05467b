#include "scenarios/world/strategy_choices.h"

#include <optional>
#include <string>

namespace domino::scenarios {

CityPairs agreed_pairs(const Collaboration& programme) {
    CityPairs pairs;
    for (const Agreement& tie : programme.agreements) pairs.emplace(tie.japan, tie.partner);
    return pairs;
}

void count_living(const StrategyPlan& plan, StrategyRound& round) {
    round.runs = round.agreements = 0;
    round.cost_jpy_per_year = 0.0;
    for (const StrategyProject& project : plan.projects) {
        if (round.month < project.from || project.to <= round.month) continue;
        ++(project.tie == StrategyTie::project ? round.runs : round.agreements);
        round.cost_jpy_per_year += project.cost_jpy_per_year;
    }
}

std::size_t count_places(const StrategyPlan& plan) {
    std::set<std::uint32_t> places;
    for (const StrategyProject& project : plan.projects) places.insert(project.place);
    return places.size();
}

void add_choice(StrategyPlan& plan, StrategyProject project, const StrategySection& section,
                StrategyAgreements agreements, const CityPairs& agreed) {
    std::optional<StrategyProject> agreement;
    if (agreements != StrategyAgreements::none && project.partner &&
        !agreed.contains({*project.partner, project.place})) {
        agreement = project;
        agreement->id.insert(std::string("strategy").size(), "-agreement");
        agreement->tie = StrategyTie::agreement;
        agreement->to = sim::Month{section.to.value + 1};
        agreement->phases = 0;
        agreement->cost_jpy_per_year = section.agreement_cost_jpy_per_year.value_or(0.0);
        agreement->technologies.clear();
    }
    if (agreements != StrategyAgreements::alone) plan.projects.push_back(std::move(project));
    if (agreement) plan.projects.push_back(std::move(*agreement));
}

}  // namespace domino::scenarios
