#pragma once

#include <vector>

#include "sim/member_draws.h"
#include "sim/world.h"

namespace domino::sim {

/// p and q of a technology in a country for one member, after conditioning.
struct AdoptionCoefficients {
    double p = 0.0;
    double q = 0.0;
};

/// Conditions a draw of (p, q) on the observed growth of the stock: p is solved so that the stock of one
/// national place grows by the drawn ratio at the member's costs; where imitation alone grows faster than
/// that, q is lowered instead (p, q are drawn jointly, model §2.3 and PARAMETERS). Without an observation the
/// draw is returned. `cost_multiplier` is (c/c_ref)^(−η_c) by touched year.
AdoptionCoefficients condition_on_observed(const World& world, const Technology& technology,
                                           std::size_t country, const AdoptionDraws& draws,
                                           const std::vector<double>& cost_multiplier);

}  // namespace domino::sim
