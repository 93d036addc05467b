#include "sim/cost.h"

#include <algorithm>

#include "geo/portable_math.h"

namespace domino::sim {

CostPath::CostPath(const Technology& technology, const TechnologyDraws& draws, int first_year)
    : start_units_(technology.world_units_at_start), omega_(draws.omega) {
    double log_z = 0.0;
    double noise = 0.0;
    for (std::size_t y = 0; y < technology.world_log_growth.size(); ++y) {
        if (y > 0) {
            const bool projected = first_year + static_cast<int>(y) >= technology.first_projected_world_year;
            log_z += (projected ? draws.world_growth_factor : 1.0) * technology.world_log_growth[y];
            noise += draws.cost_noise[y];
        }
        log_exogenous_.push_back(log_z);
        log_noise_.push_back(noise);
    }
}

double CostPath::relative_cost(std::size_t year, double extra_units) const {
    double log_z = log_exogenous_[year];
    if (start_units_ > 0.0 && extra_units != 0.0) {
        const double exogenous = start_units_ * portable::exp(log_z);
        log_z += portable::log1p(std::max(extra_units / exogenous, -0.9));
    }
    return portable::exp(-omega_ * log_z + log_noise_[year]);
}

}  // namespace domino::sim
