#include "sim/cost.h"

#include <algorithm>

#include "geo/portable_math.h"

namespace domino::sim {
namespace {

constexpr double least_extra = -0.9;  ///< of the exogenous path: Z stays above a tenth of it

}  // namespace

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

double CostPath::exogenous(std::size_t year) const {
    return start_units_ * portable::exp(log_exogenous_[year]);
}

double CostPath::relative_cost(std::size_t year, double extra_units) const {
    double log_z = log_exogenous_[year];
    if (start_units_ > 0.0 && extra_units != 0.0) {
        log_z += portable::log1p(std::max(extra_units / exogenous(year), least_extra));
    }
    return portable::exp(-omega_ * log_z + log_noise_[year]);
}

double CostPath::slope(std::size_t year, double extra_units) const {
    if (!(start_units_ > 0.0) || extra_units / exogenous(year) <= least_extra) return 0.0;
    return -omega_ * relative_cost(year, extra_units) / (exogenous(year) + extra_units);
}

}  // namespace domino::sim
