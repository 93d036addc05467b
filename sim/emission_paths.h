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

/// Factor of the grid in a touched year, t CO2e/kWh: the path's. Where the path already holds the generation
/// that is modelled, `modelled_kwh` a year, the rest of the grid is that much dirtier, so that with just this
/// generation the nation comes out at the path. At most nine tenths of the generation count as modelled, so
/// that the factor stays finite.
double grid_factor_t_per_kwh(const Country& country, const CountryPaths& path, std::size_t year,
                             double modelled_kwh);

}  // namespace domino::sim
