#pragma once

#include <vector>

#include "sim/member_draws.h"
#include "sim/world.h"

namespace domino::sim {

/// Yearly factors of one country in one member; every vector has one entry per touched year.
struct CountryPaths {
    std::array<ByYear, sector_count>
        sector_factor;  ///< activity emissions (electricity: demand) relative to the base year
    std::array<ByYear, remainder_count> remainder_t;  ///< t CO2e/yr
    ByYear lulucf_t;                                  ///< t CO2e/yr
    ByYear emission_factor_t_per_kwh;
    double base_emission_factor_t_per_kwh = 0.0;
    ByYear gdp_musd;
};

/// Business as usual of one member (model §4): observed to the base year, then
/// `Δ ln B_s = Δ ln GDP + (1 − ψ)·trend_s + errors` (ψ only takes out of falling intensities). The grid
/// factor follows the central path with a growing error. Who uses the electricity is a draw too: the shares
/// of its users differ between members, in every year alike, and their sum does not. Deterministic.
CountryPaths country_paths(const World& world, std::size_t country, const MemberDraws& draws);

}  // namespace domino::sim
