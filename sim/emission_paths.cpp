#include "sim/emission_paths.h"

#include <algorithm>

#include "geo/portable_math.h"

namespace domino::sim {
namespace {

/// Observed values up to the base year, then multiplied by e^(growth(year)) from year to year.
template <class Growth>
ByYear extend(const ByYear& observed, std::size_t base, std::size_t years, Growth growth) {
    ByYear path(years, 1.0);
    for (std::size_t y = 0; y < years; ++y) {
        path[y] = y <= base ? observed[y] : path[y - 1] * portable::exp(growth(y));
    }
    return path;
}

}  // namespace

CountryPaths country_paths(const World& world, std::size_t c, const MemberDraws& draws) {
    const Country& country = world.countries[c];
    const CountryDraws& d = draws.countries[c];
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    const int first = world.calendar.first.year();
    const auto base = static_cast<std::size_t>(
        std::clamp(country.base_year - first, 0, world.calendar.touched_years() - 1));
    const auto projected_gdp = [&](std::size_t y) {
        return first + static_cast<int>(y) >= country.first_projected_gdp_year;
    };
    const auto gdp_growth = [&](std::size_t y) {
        return country.gdp_log_growth[y] + (projected_gdp(y) ? d.gdp_growth_error : 0.0);
    };
    CountryPaths paths;
    for (std::size_t s = 0; s < sector_count; ++s) {
        const SectorPath& sector = country.sectors[s];
        const double trend = sector.intensity_trend_per_year;
        const double kept = trend < 0.0 ? (1.0 - draws.psi) * trend : trend;
        paths.sector_factor[s] = extend(sector.observed_factor, base, years, [&](std::size_t y) {
            return gdp_growth(y) + kept + d.intensity_error[s];
        });
        if (s < first_electricity_sector) continue;
        for (double& v : paths.sector_factor[s]) v *= d.electricity_user_factor[s - first_electricity_sector];
    }
    for (std::size_t r = 0; r < remainder_count; ++r) {
        const RemainderPath& part = country.remainder[r];
        paths.remainder_t[r] = extend(part.observed_factor, base, years, [&](std::size_t) {
            return part.trend_per_year + d.remainder_error[r];
        });
        for (double& v : paths.remainder_t[r]) v *= part.base_t;
    }
    for (std::size_t y = 0; y < years; ++y) {
        const double since = y > base ? static_cast<double>(y - base) : 0.0;
        if (y > base && d.lulucf_projected_t) {
            paths.lulucf_t.push_back(*d.lulucf_projected_t);
            continue;
        }
        const double observed = country.lulucf.observed_factor[std::min(y, base)] * country.lulucf.base_t;
        paths.lulucf_t.push_back(observed + (country.lulucf.trend_per_year * since) +
                                 (since > 0.0 ? d.lulucf_error_t_per_year : 0.0));
    }
    constexpr double t_per_g = 1e-6;
    double error = 0.0;
    for (std::size_t y = 0; y < years; ++y) {
        if (first + static_cast<int>(y) >= country.first_projected_ef_year) error += d.emission_factor_error;
        paths.emission_factor_t_per_kwh.push_back(country.emission_factor_g_per_kwh[y] * t_per_g *
                                                  portable::exp(error));
    }
    paths.base_emission_factor_t_per_kwh = paths.emission_factor_t_per_kwh[base];
    double gdp_error = 0.0;
    for (std::size_t y = 0; y < years; ++y) {
        if (projected_gdp(y)) gdp_error += d.gdp_growth_error;
        paths.gdp_musd.push_back(country.gdp_musd[y] * portable::exp(gdp_error));
    }
    return paths;
}

double grid_factor_t_per_kwh(const Country& country, const CountryPaths& path, std::size_t year,
                             double modelled_kwh) {
    constexpr double kwh_per_twh = 1e9;
    constexpr double largest_modelled_share = 0.9;
    const double factor = path.emission_factor_t_per_kwh[year];
    if (country.grid_path != GridPath::with_modelled_solar || !(country.generation_twh[year] > 0.0))
        return factor;
    const double share = modelled_kwh / (country.generation_twh[year] * kwh_per_twh);
    return factor / (1.0 - std::clamp(share, 0.0, largest_modelled_share));
}

}  // namespace domino::sim
