#include "scenarios/world/inventory_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "geo/portable_math.h"
#include "scenarios/world/grid_path.h"
#include "scenarios/world/panel_series.h"

namespace domino::scenarios {

namespace {

/// Own trends beyond these are taken for noise of small inventories (guess).
constexpr double largest_own_trend = 0.08;
constexpr double largest_remainder_trend = 0.03;
constexpr double remainder_trend_sd = 0.025;

/// Where a sector of places comes from in the inventory.
struct SectorSource {
    sim::Sector sector;
    InventorySector inventory;
};
constexpr std::array<SectorSource, 5> fuel_sectors = {{
    {sim::Sector::buildings_fuel, InventorySector::buildings},
    {sim::Sector::transport_fuel, InventorySector::transport},
    {sim::Sector::industry_fuel, InventorySector::manufacturing_construction},
    {sim::Sector::processes, InventorySector::industrial_processes},
    {sim::Sector::waste, InventorySector::waste},
}};

double blended_trend(std::optional<double> own, double median, double own_weight) {
    if (!own) return median;
    return own_weight * std::clamp(*own, -largest_own_trend, largest_own_trend) + (1.0 - own_weight) * median;
}

void fill_fuel_sectors(const CountryRecord& record, const PathAssumptions& assumptions,
                       const sim::Calendar& calendar, sim::Country& out, std::vector<std::string>& notes) {
    const auto* base = find_year(record, out.base_year);
    for (const auto& source : fuel_sectors) {
        auto& path = out.sectors[sim::index(source.sector)];
        const auto value = base == nullptr ? std::nullopt : base->sector(source.inventory);
        if (!value) {
            notes.push_back(fmt::format("{}: the inventory of {} has no {}; taken as 0", record.iso3,
                                        out.base_year, sim::sector_ids[sim::index(source.sector)]));
        }
        path.base_t = positive_mt(value) * 1e6;
        path.observed_factor = relative_to_base(record, calendar, out.base_year, [&](const CountryYear& y) {
            return positive_mt(y.sector(source.inventory));
        });
        const Trend& world = assumptions.intensity[sim::index(source.sector)];
        const auto own = own_trend(record, out.base_year,
                                   [&](const CountryYear& y) { return y.sector(source.inventory); });
        path.intensity_trend_per_year = blended_trend(own, world.median, assumptions.own_trend_weight);
        path.intensity_trend_sd_per_year = world.sd;
    }
}

/// Electricity used in the years to the base year, relative to it: emissions ÷ emission factor, so that
/// demand × EF gives the observed emissions.
sim::ByYear demand_factor(const CountryRecord& record, const sim::Calendar& calendar,
                          const sim::Country& country) {
    sim::ByYear out = relative_to_base(record, calendar, country.base_year, electricity_t);
    const int base = country.base_year - calendar.first.year();
    if (base < 0 || static_cast<std::size_t>(base) >= out.size()) return out;
    const double at_base = country.emission_factor_g_per_kwh[static_cast<std::size_t>(base)];
    for (std::size_t i = 0; i < static_cast<std::size_t>(base); ++i) {
        const double factor = country.emission_factor_g_per_kwh[i];
        if (factor > 0.0) out[i] *= at_base / factor;
    }
    return out;
}

void fill_electricity_sectors(const CountryRecord& record, const PathAssumptions& assumptions,
                              const sim::Calendar& calendar, sim::Country& out) {
    const auto* base = find_year(record, out.base_year);
    const double total = base == nullptr || !has_power(out) ? 0.0 : electricity_t(*base);
    const auto& shares = assumptions.shares_of(record.iso3);
    const Trend& world = assumptions.intensity[sim::first_electricity_sector];
    const auto own = own_trend(record, out.base_year, [](const CountryYear& y) { return y.electricity_twh; });
    const auto demand = demand_factor(record, calendar, out);
    out.electricity_user_share = assumptions.share_priors_of(record.iso3);
    for (std::size_t u = 0; u < shares.size(); ++u) {
        auto& path = out.sectors[sim::first_electricity_sector + u];
        path.base_t = total * shares[u];
        path.observed_factor = demand;
        path.intensity_trend_per_year = blended_trend(own, world.median, assumptions.own_trend_weight);
        path.intensity_trend_sd_per_year = world.sd;
    }
}

double electricity_and_heat_t(const CountryYear& year) {
    return positive_mt(year.sector(InventorySector::electricity_heat)) * 1e6;
}

/// Half the log trend of an amount itself over twelve years, kept small; 0 where it cannot be measured.
template <typename Amount>
double remainder_trend(const CountryRecord& record, int base, Amount amount) {
    const auto* late = find_year(record, base);
    const auto* early = find_year(record, base - trend_years);
    if (late == nullptr || early == nullptr) return 0.0;
    const double now = amount(*late), then = amount(*early);
    if (now <= 0.0 || then <= 0.0) return 0.0;
    return std::clamp(0.5 * portable::log(now / then) / trend_years, -largest_remainder_trend,
                      largest_remainder_trend);
}

/// Stands for a part that is 0 in the base year but was not before, so that its past can be told as a factor:
/// one kilogram.
constexpr double trace_t = 0.001;

template <typename Amount>
bool was_ever(const CountryRecord& record, const sim::Calendar& calendar, int base, Amount amount) {
    for (int year = calendar.first.year(); year < base; ++year) {
        const auto* values = find_year(record, year);
        if (values != nullptr && values->has_inventory() && amount(*values) != 0.0) return true;
    }
    return false;
}

template <typename Amount>
void fill_part(const CountryRecord& record, const sim::Calendar& calendar, sim::Country& out,
               sim::RemainderPart part, Amount amount) {
    auto& path = out.remainder[static_cast<std::size_t>(part)];
    const auto* base = find_year(record, out.base_year);
    path.base_t = base == nullptr ? 0.0 : amount(*base);
    const bool gone = path.base_t == 0.0 && was_ever(record, calendar, out.base_year, amount);
    if (gone) path.base_t = trace_t;
    path.observed_factor = relative_to_base(record, calendar, out.base_year, [&](const CountryYear& y) {
        const double value = amount(y);
        return gone && &y == base ? trace_t : value;
    });
    path.trend_per_year = gone ? 0.0 : remainder_trend(record, out.base_year, amount);
    path.trend_sd_per_year = remainder_trend_sd;
}

/// Negative sectors of the inventory, t: they belong to no place.
double negative_t(const CountryYear& year) {
    double sum = 0.0;
    for (const auto& value : year.sector_mt) sum += std::min(0.0, value.value_or(0.0));
    return sum * 1e6;
}

void fill_remainder(const CountryRecord& record, const sim::Calendar& calendar, sim::Country& out,
                    std::vector<std::string>& notes) {
    const auto sector_t = [](InventorySector s) {
        return [s](const CountryYear& y) { return positive_mt(y.sector(s)) * 1e6; };
    };
    using Part = sim::RemainderPart;
    fill_part(record, calendar, out, Part::agriculture, sector_t(InventorySector::agriculture));
    fill_part(record, calendar, out, Part::fugitive, sector_t(InventorySector::fugitive));
    fill_part(record, calendar, out, Part::other_fuel, sector_t(InventorySector::other_fuel));
    const bool power = has_power(out);
    fill_part(record, calendar, out, Part::heat_and_captive_power, [power](const CountryYear& y) {
        return electricity_and_heat_t(y) -
               (power ? std::min(electricity_t(y), electricity_and_heat_t(y)) : 0.0);
    });
    const auto* base = find_year(record, out.base_year);
    if (base != nullptr && base->has_inventory()) {
        fill_part(record, calendar, out, Part::unallocated, negative_t);
        if (negative_t(*base) < 0.0) {
            notes.push_back(record.iso3 +
                            ": a sector of the inventory is negative and stays in the remainder");
        }
    } else {
        fill_part(record, calendar, out, Part::unallocated,
                  [](const CountryYear& y) { return positive_mt(y.co2_fossil_mt) * 1e6; });
        notes.push_back(record.iso3 + ": no inventory by sector; its fossil CO2 stays in the remainder");
    }
}

void fill_lulucf(const CountryRecord& record, const PathAssumptions& assumptions,
                 const sim::Calendar& calendar, sim::Country& out) {
    const auto* base = find_year(record, out.base_year);
    const auto amount = [](const CountryYear& y) { return y.lulucf_mt.value_or(0.0) * 1e6; };
    out.lulucf.base_t = base == nullptr ? 0.0 : amount(*base);
    out.lulucf.observed_factor = relative_to_base(record, calendar, out.base_year, amount);
    const auto own = assumptions.land_use.find(record.iso3);
    if (own == assumptions.land_use.end()) {
        out.lulucf.trend_sd_per_year = std::abs(out.lulucf.base_t) * assumptions.lulucf_sd_share;
        return;
    }
    // The parameter's level is the inventory's, rounded: the last value goes on unless the scenario set one.
    sim::Prior level = sim::scaled(own->second.level_mt, 1e6);
    if (!own->second.set && base != nullptr) {
        if (level.family == sim::Family::fixed || level.family == sim::Family::normal)
            level.a = out.lulucf.base_t;
    }
    out.lulucf_projected_t = level;
}

}  // namespace

void fill_inventory(const CountryRecord& record, const PathAssumptions& assumptions,
                    const sim::Calendar& calendar, sim::Country& out, std::vector<std::string>& notes) {
    fill_fuel_sectors(record, assumptions, calendar, out, notes);
    fill_electricity_sectors(record, assumptions, calendar, out);
    fill_remainder(record, calendar, out, notes);
    fill_lulucf(record, assumptions, calendar, out);
}

}  // namespace domino::scenarios
