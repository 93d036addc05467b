#pragma once

#include <vector>

#include "sim/adoption_coefficients.h"
#include "sim/emission_paths.h"
#include "sim/member_draws.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// What a member's draws come to before the first step. Worlds that agree from the start (first_difference)
/// have them in common, but for `paths` where what is known of their countries' years differs.
struct MemberConstants {
    std::vector<double> propensity;  ///< place_propensity
    std::vector<AdoptionCoefficients>
        coefficients;                 ///< [country][technology], conditioned on what was observed
    std::vector<CountryPaths> paths;  ///< by country
};

MemberConstants member_constants(const PreparedWorld& prepared, const MemberDraws& draws);

/// country_paths of all countries.
std::vector<CountryPaths> all_country_paths(const World& world, const MemberDraws& draws);

}  // namespace domino::sim
