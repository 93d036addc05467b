#include "viz/served_goals.h"

#include <algorithm>
#include <map>

#include "viz/place_summary.h"

namespace domino::viz {

namespace {

/// A country at the start of the run.
struct CountryAtStart {
    double people = 0.0;
    std::vector<double> in_use;  ///< units by technology
};

std::vector<CountryAtStart> countries_at_start(const sim::World& world) {
    std::vector<CountryAtStart> countries(world.countries.size());
    for (CountryAtStart& country : countries) country.in_use.assign(world.technologies.size(), 0.0);
    for (const sim::PlaceInputs& place : world.places) {
        CountryAtStart& country = countries[place.country];
        country.people += place.population;
        for (std::size_t k = 0; k < world.technologies.size(); ++k) {
            const sim::TechnologyInCountry& local = world.technologies[k].countries[place.country];
            country.in_use[k] +=
                local.units_per_head * place.population * place.potential_factor[k] * local.initial_share;
        }
    }
    return countries;
}

}  // namespace

std::vector<ServedGoal> serve_goals(const scenarios::BuiltWorld& built, const sim::RunResults& results) {
    std::map<int, std::vector<std::size_t>> serving;
    for (std::size_t k = 0; k < built.technology_goals.size(); ++k) {
        for (const int goal : built.technology_goals[k]) serving[goal].push_back(k);
    }
    std::vector<ServedGoal> goals;
    if (serving.empty()) return goals;
    const auto members = static_cast<std::size_t>(results.members);
    const std::vector<CountryAtStart> at_start = countries_at_start(built.world);
    for (const auto& [goal, technologies] : serving) {
        ServedGoal served{goal, results.years, members, {}};
        served.people.assign(results.countries * results.years * members, 0.0);
        for (std::size_t c = 0; c < results.countries; ++c) {
            for (const std::size_t k : technologies) {
                const double per_head = built.world.technologies[k].countries[c].units_per_head;
                if (!(per_head > 0.0)) continue;
                for (std::size_t y = 0; y < results.years; ++y) {
                    const double everybody =
                        at_start[c].people *
                        by_year_value(built.world.countries[c].population_factor, results.calendar, y);
                    for (std::size_t m = 0; m < members; ++m) {
                        const double added =
                            results.stock_units[results.stock_at(k, c, y, m)] - at_start[c].in_use[k];
                        double& people = served.people[(c * results.years + y) * members + m];
                        people = std::clamp(added / per_head, people, everybody);
                    }
                }
            }
        }
        goals.push_back(std::move(served));
    }
    return goals;
}

}  // namespace domino::viz
