#include "viz/served_goals.h"

#include <algorithm>
#include <map>

namespace domino::viz {

namespace {

/// A country at the start of the run.
struct CountryAtStart {
    double people = 0.0;
    std::vector<double> in_use;       ///< units by technology
    std::vector<double> serving_all;  ///< units that would serve everybody, by technology
};

std::vector<CountryAtStart> countries_at_start(const sim::World& world) {
    const std::size_t technologies = world.technologies.size();
    std::vector<CountryAtStart> countries(world.countries.size());
    for (CountryAtStart& country : countries) {
        country.in_use.assign(technologies, 0.0);
        country.serving_all.assign(technologies, 0.0);
    }
    for (const sim::PlaceInputs& place : world.places) {
        CountryAtStart& country = countries[place.country];
        country.people += place.population;
        for (std::size_t k = 0; k < technologies; ++k) {
            const sim::TechnologyInCountry& local = world.technologies[k].countries[place.country];
            const double units = local.units_per_head * place.population * place.potential_factor[k];
            country.serving_all[k] += units;
            country.in_use[k] += units * local.initial_share;
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
    const auto first =
        static_cast<std::size_t>(results.calendar.first_year() - results.calendar.first.year());
    for (const auto& [goal, technologies] : serving) {
        ServedGoal served{goal, results.years, members, {}};
        served.people.assign(results.countries * results.years * members, 0.0);
        for (std::size_t c = 0; c < results.countries; ++c) {
            const CountryAtStart& country = at_start[c];
            const sim::ByYear& factor = built.world.countries[c].population_factor;
            for (const std::size_t k : technologies) {
                if (!(country.serving_all[k] > 0.0)) continue;
                for (std::size_t cell = 0; cell < results.years * members; ++cell) {
                    const double added =
                        results.stock_units[results.stock_at(k, c, 0, 0) + cell] - country.in_use[k];
                    const double everybody = country.people * factor[first + cell / members] / factor[0];
                    double& people = served.people[c * results.years * members + cell];
                    people = std::clamp(added / country.serving_all[k] * country.people, people, everybody);
                }
            }
        }
        goals.push_back(std::move(served));
    }
    return goals;
}

}  // namespace domino::viz
