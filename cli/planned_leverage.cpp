#include "cli/planned_leverage.h"

#include <algorithm>

namespace domino::cli {

sim::LeverageOptions planned_leverage(const scenarios::Scenario& scenario, const sim::Calendar& calendar) {
    constexpr int first_planned_year = 2026;
    const int first = calendar.first.year(), last = calendar.last_year();
    sim::LeverageOptions options;
    options.seed = scenario.run.seed;
    options.pulled_from = std::clamp(first_planned_year, first, last);
    options.pulled_to = std::min(options.pulled_from + planned_lever_years - 1, last);
    options.counted = {first, last, {}};
    options.support_cost_jpy = scenario.c3p.project_with_surveys_jpy_per_year();
    return options;
}

}  // namespace domino::cli
