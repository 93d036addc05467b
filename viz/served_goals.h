#pragma once

#include <vector>

#include "scenarios/built_world.h"
#include "sim/results.h"

namespace domino::viz {

/// People whose whole demand for a service the units added since the start of the run would serve, by the
/// technology that serves most of a Sustainable Development Goal's in a country. Who has several of its
/// technologies is not known: at least so many people have one, and never more than there are.
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
