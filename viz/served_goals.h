#pragma once

#include <vector>

#include "scenarios/built_world.h"
#include "sim/results.h"

namespace domino::viz {

/// People whose whole demand for a service, at the country's average, the units added since the start of the
/// run would meet, of the one of a Sustainable Development Goal's technologies that serves most people of a
/// country; never more than live there. Who has several technologies is not known.
struct ServedGoal {
    int goal = 0;
    std::size_t years = 0;
    std::size_t members = 0;
    std::vector<double> people;  ///< [country][year][member]

    double at(std::size_t country, std::size_t year, std::size_t member) const {
        return people[(country * years + year) * members + member];
    }
};

/// The goals that some technology of the world serves, ascending.
std::vector<ServedGoal> serve_goals(const scenarios::BuiltWorld& built, const sim::RunResults& results);

}  // namespace domino::viz
