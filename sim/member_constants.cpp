#include "sim/member_constants.h"

#include "geo/portable_math.h"
#include "sim/cost.h"
#include "sim/trend.h"

namespace domino::sim {
namespace {

std::vector<AdoptionCoefficients> conditioned_coefficients(const World& world, const MemberDraws& draws) {
    const std::size_t n = world.technologies.size();
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    std::vector<AdoptionCoefficients> coefficients(world.countries.size() * n);
    for (std::size_t k = 0; k < n; ++k) {
        const CostPath cost(world.technologies[k], draws.technologies[k], world.calendar.first.year());
        std::vector<double> multiplier;
        for (std::size_t y = 0; y < years; ++y)
            multiplier.push_back(portable::pow(cost.relative_cost(y, 0.0), -draws.eta_cost));
        for (std::size_t c = 0; c < world.countries.size(); ++c) {
            coefficients[c * n + k] = condition_on_observed(world, world.technologies[k], c,
                                                            draws.technologies[k].countries[c], multiplier);
        }
    }
    return coefficients;
}

}  // namespace

std::vector<CountryPaths> all_country_paths(const World& world, const MemberDraws& draws) {
    std::vector<CountryPaths> paths;
    for (std::size_t c = 0; c < world.countries.size(); ++c) paths.push_back(country_paths(world, c, draws));
    return paths;
}

MemberConstants member_constants(const PreparedWorld& prepared, const MemberDraws& draws) {
    return {place_propensity(prepared, draws), conditioned_coefficients(*prepared.world, draws),
            all_country_paths(*prepared.world, draws)};
}

}  // namespace domino::sim
