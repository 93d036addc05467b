#pragma once

#include <cstdint>
#include <vector>

#include "sim/member_draws.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// What JCM projects and leases install on average (credit_year without its chances): arrivals at their mean
/// rate, spread evenly over the months in which the country is eligible and over its places by population;
/// sizes at their mean; technologies by their weights. Where a year's budget is short of the mean demand,
/// every project gets the same share of it, in the simulator the first of the year in full. Costs are those
/// of the path without extra learning: what cheaper equipment leaves of a budget is not counted.
struct ExpectedProjects {
    /// Units installed in a step at a place, by the place's share of its country's people.
    double country_units(int step, std::size_t country, std::size_t technology) const {
        return by_country.empty() ? 0.0 : by_country[at(step, country, technology)];
    }
    /// Units that a support of full intensity installs in this step, by what it opened `lag_steps` before.
    double units_per_support(int step, std::size_t country, std::size_t technology) const {
        return by_support.empty() ? 0.0 : by_support[at(step, country, technology)];
    }

    /// Units at one place of what the world's own support opens.
    struct Linked {
        std::int32_t step = 0;
        std::uint32_t place = 0;
        std::uint16_t technology = 0;
        double units = 0.0;
    };

    bool none() const { return by_country.empty(); }
    std::size_t at(int step, std::size_t country, std::size_t technology) const {
        return (static_cast<std::size_t>(step) * countries + country) * technologies + technology;
    }

    std::size_t countries = 0, technologies = 0;
    int lag_steps = 0;                     ///< from a project's opening to its units, of the support's
    std::vector<double> by_country;        ///< [step][country][technology]; empty without programmes
    std::vector<double> by_support;        ///< the same
    std::vector<Linked> linked;            ///< by step
    std::vector<double> population_share;  ///< by place, of its country
};

/// `relative_cost` by [technology][touched year], without extra learning. Deterministic.
ExpectedProjects expected_projects(const PreparedWorld& prepared, const MemberDraws& draws,
                                   const std::vector<double>& relative_cost);

}  // namespace domino::sim
