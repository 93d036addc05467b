#include "sim/emissions.h"

#include <algorithm>

#include "sim/withdrawal_effects.h"

namespace domino::sim {
namespace {

constexpr std::size_t electricity_users = sector_count - first_electricity_sector;
constexpr double year_share = 1.0 / 12.0;  ///< a month's part of a yearly rate
constexpr double kwh_per_twh = 1e9;
/// Modelled generation never counts for more than this share of the national one, so the factor stays finite.
constexpr double largest_modelled_share = 0.9;

}  // namespace

EmissionAccount::EmissionAccount(const PreparedWorld& prepared, std::vector<CountryPaths> paths,
                                 std::vector<WithdrawalDraws> withdrawals)
    : prepared_(prepared),
      paths_(std::move(paths)),
      withdrawals_(std::move(withdrawals)),
      years_(static_cast<std::size_t>(prepared.world->calendar.touched_years())),
      past_base_(prepared.world->countries.size(), 0),
      base_stock_(prepared.initial_stock),
      demand_kwh_(prepared.places * electricity_users, 0.0),
      grid_t_per_kwh_(prepared.world->countries.size(), 0.0),
      place_year_t_(prepared.places * years_, 0.0),
      sector_year_t_(prepared.world->countries.size() * sector_count * years_, 0.0),
      month_t_(prepared.world->countries.size() * static_cast<std::size_t>(prepared.steps), 0.0),
      is_watched_(prepared.places, 0) {
    for (std::size_t i = 0; i < prepared.places; ++i) {
        const PlaceInputs& place = prepared.world->places[i];
        const double factor = paths_[place.country].base_emission_factor_t_per_kwh;
        for (std::size_t u = 0; u < electricity_users && factor > 0.0; ++u) {
            demand_kwh_[i * electricity_users + u] = place.emissions_t[first_electricity_sector + u] / factor;
        }
    }
}

void EmissionAccount::begin_year(std::size_t touched_year, const std::vector<double>& modelled_power_kwh) {
    year_ = touched_year;
    const World& world = *prepared_.world;
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        const Country& country = world.countries[c];
        double factor = paths_[c].emission_factor_t_per_kwh[year_];
        if (country.grid_path == GridPath::with_modelled_solar && country.generation_twh[year_] > 0.0) {
            // The path's intensity already has this generation in it: the rest of the grid is that much
            // dirtier, so that in the reference the national total is the path's and only the difference
            // counts.
            const double share = modelled_power_kwh[c] / (country.generation_twh[year_] * kwh_per_twh);
            factor /= 1.0 - std::clamp(share, 0.0, largest_modelled_share);
        }
        grid_t_per_kwh_[c] = factor;
    }
}

void EmissionAccount::remember_base(int step, const TechnologyStock& stock) {
    const World& world = *prepared_.world;
    const Month month = world.calendar.month(step);
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        if (past_base_[c] != 0 || month < make_month(world.countries[c].base_year + 1, 1)) continue;
        past_base_[c] = 1;
    }
    // Until the base year ends the stock of the month becomes A(t0).
    for (std::uint32_t i = 0; i < prepared_.places; ++i) {
        if (past_base_[world.places[i].country] != 0) continue;
        std::copy_n(stock.stock_row(i), prepared_.technologies,
                    base_stock_.begin() + static_cast<std::ptrdiff_t>(i * prepared_.technologies));
    }
}

double EmissionAccount::add_place(std::uint32_t i, const TechnologyStock& stock, double* sectors) {
    const PlaceInputs& place = prepared_.world->places[i];
    const std::size_t c = place.country;
    const CountryPaths& path = paths_[c];
    double value[sector_count];
    for (std::size_t s = 0; s < first_electricity_sector; ++s) {
        value[s] = place.emissions_t[s] * path.sector_factor[s][year_];
    }
    for (std::size_t u = 0; u < electricity_users; ++u) {
        value[first_electricity_sector + u] =
            demand_kwh_[i * electricity_users + u] * path.sector_factor[first_electricity_sector + u][year_];
    }
    if (!drift_.empty()) {
        for (double& v : value) v *= drift_[i];
    }
    if (past_base_[c] != 0) {
        double without[sector_count];
        std::copy(std::begin(value), std::end(value), without);
        const double* now = stock.stock_row(i);
        const double* units = stock.units_row(i);
        const double* before = base_stock_.data() + i * prepared_.technologies;
        for (const DirectEffect& e : prepared_.effects[c].direct) {
            const double serving = units[e.technology];
            if (!(serving > 0.0)) continue;
            value[index(e.sector)] *= 1.0 - e.alpha * (now[e.technology] - before[e.technology]) / serving;
        }
        for (const ElectricityEffect& e : prepared_.effects[c].electricity) {
            value[index(e.sector)] -= (now[e.technology] - before[e.technology]) * e.kwh_per_unit_year;
        }
        if (is_watched_[i] != 0) add_reductions(i, without, value);
    }
    double total = 0.0;
    for (std::size_t s = 0; s < sector_count; ++s) {
        if (s >= first_electricity_sector) value[s] *= grid_t_per_kwh_[c];
        sectors[s] += value[s];
        total += value[s];
    }
    return total;
}

void EmissionAccount::watch(std::uint32_t place) {
    is_watched_[place] = 1;
    watched_.try_emplace(place, sector_count * years_, 0.0);
}

void EmissionAccount::add_reductions(std::uint32_t place, const double* without, const double* with) {
    std::vector<double>& kept = watched_.at(place);
    const double grid = grid_t_per_kwh_[prepared_.world->places[place].country];
    for (std::size_t s = 0; s < sector_count; ++s) {
        const double t = (without[s] - with[s]) * (s >= first_electricity_sector ? grid : 1.0);
        kept[s * years_ + year_] += t * year_share;
    }
}

void EmissionAccount::add_month(int step, const TechnologyStock& stock) {
    remember_base(step, stock);
    const World& world = *prepared_.world;
    if (!withdrawals_.empty()) drift_ = withdrawal_drift(world, withdrawals_, step);
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        double sectors[sector_count] = {};
        for (const std::uint32_t i : prepared_.country_places[c]) {
            place_year_t_[i * years_ + year_] += add_place(i, stock, sectors) * year_share;
        }
        double total = 0.0;
        for (std::size_t s = 0; s < sector_count; ++s) {
            sector_year_t_[(c * sector_count + s) * years_ + year_] += sectors[s] * year_share;
            total += sectors[s];
        }
        for (std::size_t r = 0; r < remainder_count; ++r) total += paths_[c].remainder_t[r][year_];
        month_t_[c * static_cast<std::size_t>(prepared_.steps) + static_cast<std::size_t>(step)] =
            total * year_share;
    }
}

std::vector<double> EmissionAccount::added_power_kwh(const TechnologyStock& stock) const {
    const World& world = *prepared_.world;
    std::vector<double> power(world.countries.size(), 0.0);
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        if (past_base_[c] == 0) continue;
        for (const std::uint32_t i : prepared_.country_places[c]) {
            const double* now = stock.stock_row(i);
            const double* before = base_stock_.data() + i * prepared_.technologies;
            for (const ElectricityEffect& e : prepared_.effects[c].electricity) {
                if (world.technologies[e.technology].power_role != PowerRole::generates) continue;
                power[c] += (now[e.technology] - before[e.technology]) * e.kwh_per_unit_year;
            }
        }
    }
    return power;
}

}  // namespace domino::sim
