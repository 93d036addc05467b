#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/sim/rich_world.h"

namespace domino::sim::test {

/// Adds a covariate that differs between places and wanders over the years, with an effect of its own in
/// every member.
inline void add_changing_covariate(World& world, const std::string& id) {
    HazardCovariate covariate{id, uniform(-0.5, 0.5), {}, {}};
    for (int year = 0; year < world.calendar.touched_years(); ++year) {
        std::vector<double>& x = covariate.by_year.emplace_back();
        for (std::uint32_t place = 0; place < world.places.size(); ++place)
            x.push_back(2.0 * random_at(place, 400 + static_cast<std::uint32_t>(year)) - 1.0 + 0.05 * year);
    }
    covariate.centred = covariate.by_year.front();
    world.covariates.push_back(std::move(covariate));
}

}  // namespace domino::sim::test
