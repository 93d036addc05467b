#pragma once

#include <array>
#include <cstddef>

#include "sim/prepared_world.h"
#include "sim/sector.h"

/// What technologies take off a place's emissions (model §4), forwards and backwards. t CO2e a year.
namespace domino::sim {

using SectorTonnes = std::array<double, sector_count>;

/// Share of a sector's emissions that one technology saves: α ΔA/U.
inline double saved_share(double alpha, double added, double units) {
    return units > 0.0 ? alpha * added / units : 0.0;
}

/// `Σ_s B_s (1 − Π_k (1 − α_ks ΔA_k/U_k)) + Σ_k ΔA_k · kWh_k · grid`: emissions `before` without the units
/// added, less emissions with them. `added(k)` is ΔA, `units(k)` U of a technology.
template <class Added, class Units>
double avoided_emissions(const CountryEffects& effects, const SectorTonnes& before, double grid_t_per_kwh,
                         const Added& added, const Units& units) {
    SectorTonnes kept;
    kept.fill(1.0);
    for (const DirectEffect& e : effects.direct)
        kept[index(e.sector)] *= 1.0 - saved_share(e.alpha, added(e.technology), units(e.technology));
    double avoided = 0.0;
    for (std::size_t s = 0; s < first_electricity_sector; ++s) avoided += before[s] * (1.0 - kept[s]);
    for (const ElectricityEffect& e : effects.electricity)
        avoided += added(e.technology) * e.kwh_per_unit_year * grid_t_per_kwh;
    return avoided;
}

/// Its reverse: calls `add(k, by_added, by_units)` with `by` times the derivatives with respect to ΔA and U
/// of a technology, once for each of its effects.
template <class Added, class Units, class Add>
void avoided_emissions_reverse(const CountryEffects& effects, const SectorTonnes& before,
                               double grid_t_per_kwh, const Added& added, const Units& units, double by,
                               const Add& add) {
    const auto kept_by = [&](const DirectEffect& e) {
        return 1.0 - saved_share(e.alpha, added(e.technology), units(e.technology));
    };
    SectorTonnes kept;
    kept.fill(1.0);
    for (const DirectEffect& e : effects.direct) kept[index(e.sector)] *= kept_by(e);
    for (const DirectEffect& e : effects.direct) {
        const double u = units(e.technology);
        if (!(u > 0.0)) continue;
        double others = 1.0;
        if (const double own = kept_by(e); own != 0.0) {
            others = kept[index(e.sector)] / own;
        } else {
            for (const DirectEffect& f : effects.direct)
                if (&f != &e && f.sector == e.sector) others *= kept_by(f);
        }
        const double by_added = by * before[index(e.sector)] * others * e.alpha / u;
        add(e.technology, by_added, -by_added * added(e.technology) / u);
    }
    for (const ElectricityEffect& e : effects.electricity)
        add(e.technology, by * e.kwh_per_unit_year * grid_t_per_kwh, 0.0);
}

}  // namespace domino::sim
