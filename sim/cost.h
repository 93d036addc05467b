#pragma once

#include "sim/member_draws.h"
#include "sim/world.h"

namespace domino::sim {

/// Wright's law with Farmer–Lafond noise, yearly (model §2.4):
/// `ln c_y = −ω (ln Z_y − ln Z_0) + Σ n`, n_t = v_t + ρ v_{t−1}; Z = exogenous world path + units that
/// modelled places add beyond the reference run. Path-independent in Z. c is relative to the start of the
/// run. A member's factor on the world's growth acts from Technology::first_projected_world_year on; before
/// it the growth was counted.
class CostPath {
 public:
    /// `first_year` is the calendar year of the first entry of Technology::world_log_growth.
    CostPath(const Technology& technology, const TechnologyDraws& draws, int first_year = 0);

    /// Cost in touched year `year`, given the extra units added by the end of the year before.
    /// The extra may be negative; Z is kept above a tenth of the exogenous path.
    double relative_cost(std::size_t year, double extra_units) const;
    /// Its derivative, per extra unit; 0 where nothing is learned from them or the bound holds.
    double slope(std::size_t year, double extra_units) const;

 private:
    /// Units of the exogenous path.
    double exogenous(std::size_t year) const;

    std::vector<double> log_exogenous_;  ///< ln Z_exo(y)/Z_0
    std::vector<double> log_noise_;      ///< Σ n up to y
    double start_units_ = 0.0;
    double omega_ = 0.0;
};

}  // namespace domino::sim
