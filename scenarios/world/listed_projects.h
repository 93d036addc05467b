#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/world/named_places.h"

namespace domino::scenarios {

/// A project or agreement of [[strategy.projects]] whose names are understood.
struct ListedProject {
    StrategyProjectEntry entry;
    PlaceNames::Match partner;
    std::optional<PlaceNames::Match> japan;
    int phases = 0;
    StrategyAgreements agreements = StrategyAgreements::none;
    sim::Month to;  ///< first month without support; of an agreement alone, without it

    bool runs() const { return agreements != StrategyAgreements::alone; }  ///< as a project
};

/// Resolves the list of a scenario whose rule is `list`, and says all that stands against it at once: names
/// nobody bears (the scenario is invalid); countries not signed by then, projects outside the strategy's
/// months, a place supported twice at once or for more phases than the programme allows, more projects at
/// once than the cap, or dearer than the budget (infeasible). Of any rule, that its phases are more than the
/// programme allows.
std::vector<ListedProject> resolve_listed_projects(const Scenario& scenario, const NamedPlaces& names,
                                                   const std::map<std::string, sim::Month>& partners,
                                                   Problems& problems);

}  // namespace domino::scenarios
