#include "sim/leverage/field_constants.h"

#include <algorithm>

#include "sim/adoption.h"

namespace domino::sim {

FieldConstants::FieldConstants(const MeanFieldInput& input)
    : ties(*input.ties),
      world(*input.ties->world),
      draws(*input.draws),
      constants(*input.constants),
      trend(*input.trend),
      places(ties.places),
      technologies(ties.technologies),
      countries(world.countries.size()),
      years(static_cast<std::size_t>(world.calendar.touched_years())),
      part(part_years(world.calendar)) {
    for (const PlaceInputs& place : world.places) {
        country.push_back(place.country);
        dose.push_back(place.population > draws.dose_population ? draws.dose_population / place.population
                                                                : 1.0);
    }
    for (const CountryDraws& c : draws.countries)
        joint_hazard.push_back(c.block_rate_per_year * draws.block_join);
    for (std::size_t l = 0; l < ties.layers.size(); ++l) {
        const LayerDraws& layer = draws.layers[l];
        if (layer.gamma_early != 0.0 || layer.gamma_late != 0.0) pulling.push_back(l);
        if (layer.coercion > 0.0) coercing.push_back(l);
        if (ties.layers[l].carries_technology) carrying.push_back(l);
    }
    for (const SupportLevel& level : ties.support_levels)
        favours = favours || !level.technology_adoption.empty();
    for (std::size_t c = 0; c < countries; ++c) {
        for (std::size_t k = 0; k < technologies; ++k) {
            const AdoptionCoefficients& pq = constants.coefficients[c * technologies + k];
            const double turnover = world.technologies[k].countries[c].turnover_years;
            p.push_back(pq.p);
            q.push_back(pq.q);
            ceiling.push_back(draws.technologies[k].countries[c].ceiling);
            largest_sales.push_back(turnover > 0.0 ? part / turnover : 1.0);
        }
    }
    std::vector<double> relative_cost;
    for (std::size_t k = 0; k < technologies; ++k) {
        const Technology& t = world.technologies[k];
        stage_count.push_back(t.erlang_stages);
        stages = std::max(stages, static_cast<std::size_t>(t.erlang_stages));
        retire_rate.push_back(t.erlang_stages * part / t.lifetime_years);
        costs.emplace_back(t, draws.technologies[k], world.calendar.first.year());
        for (std::size_t y = 0; y < years; ++y) relative_cost.push_back(costs[k].relative_cost(y, 0.0));
    }
    projects = expected_projects(ties, draws, relative_cost);
}

int FieldConstants::first_step(std::size_t year) const {
    const Month january = make_month(world.calendar.first.year() + static_cast<int>(year), 1);
    return std::max(0, january.value - world.calendar.first.value);
}

int FieldConstants::last_step(std::size_t year) const {
    return std::min(ties.steps, first_step(year + 1));
}

YearLimits FieldConstants::limits(std::size_t technology, std::size_t place, std::size_t year) const {
    const Country& c = world.countries[country[place]];
    const double people = c.population_factor[year] / c.population_factor[0];
    const std::size_t by_place = place * technologies + technology;
    const double units = ties.units_serving_all[by_place];
    const double least = least_headroom * ties.initial_stock[by_place];
    return {units * people, std::max(ceiling[row(place, technology)] * units, least) * people};
}

}  // namespace domino::sim
