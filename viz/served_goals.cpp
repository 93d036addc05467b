#include "viz/served_goals.h"

#include <algorithm>
#include <map>

namespace domino::viz {

namespace {

/// Units in use at the start, [technology][country].
std::vector<double> initial_units(const sim::World& world) {
    const std::size_t countries = world.countries.size();
    std::vector<double> units(world.technologies.size() * countries, 0.0);
    for (const sim::PlaceInputs& place : world.places) {
        for (std::size_t k = 0; k < world.technologies.size(); ++k) {
            const sim::TechnologyInCountry& local = world.technologies[k].countries[place.country];
            units[k * countries + place.country] +=
                local.units_per_head * place.population * place.potential_factor[k] * local.initial_share;
        }
    }
    return units;
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
    const std::vector<double> initial = initial_units(built.world);
    for (const auto& [goal, technologies] : serving) {
        ServedGoal served{goal, results.years, members, {}};
        served.people.assign(results.countries * results.years * members, 0.0);
        for (const std::size_t k : technologies) {
            for (std::size_t c = 0; c < results.countries; ++c) {
                const double per_head = built.world.technologies[k].countries[c].units_per_head;
                if (!(per_head > 0.0)) continue;
                for (std::size_t cell = 0; cell < results.years * members; ++cell) {
                    const double added = results.stock_units[results.stock_at(k, c, 0, 0) + cell] -
                                         initial[k * results.countries + c];
                    served.people[c * results.years * members + cell] += std::max(0.0, added) / per_head;
                }
            }
        }
        goals.push_back(std::move(served));
    }
    return goals;
}

}  // namespace domino::viz
