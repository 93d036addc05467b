#include "scenarios/world/grid_path.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "geo/portable_math.h"
#include "scenarios/world/panel_series.h"

namespace domino::scenarios {

namespace {

/// Intensity on the published scale: observed years, then the country's plan, then a yearly trend.
double path_intensity(const std::map<int, double>& anchors, double trend, int year) {
    const auto after = anchors.lower_bound(year);
    if (after != anchors.end() && after->first == year) return after->second;
    if (after == anchors.begin()) return after->second;
    if (after == anchors.end()) {
        const auto last = std::prev(anchors.end());
        return last->second * portable::exp(portable::log1p(trend) * (year - last->first));
    }
    const auto before = std::prev(after);
    const double share = static_cast<double>(year - before->first) / (after->first - before->first);
    return before->second + share * (after->second - before->second);
}

/// Adds a plan's years to what was observed; both are on the published scale.
void add_plan(const PathAssumptions& assumptions, const std::string& iso3, std::map<int, double>& anchors,
              sim::Country& out) {
    const auto plan = assumptions.grid_plan.find(iso3);
    const auto base = anchors.find(assumptions.grid_plan_base_year);
    if (plan == assumptions.grid_plan.end() || base == anchors.end()) return;
    const double level = base->second;
    for (const auto& [year, ratio] : plan->second) anchors[year] = level * ratio;
    out.grid_path = sim::GridPath::with_modelled_solar;
}

}  // namespace

std::optional<double> observed_factor_g_per_kwh(const CountryYear& year) {
    const auto inventory = year.sector(InventorySector::electricity_heat);
    std::optional<double> from_inventory;
    if (inventory && *inventory >= 0.0 && year.electricity_twh && *year.electricity_twh > 0.0) {
        from_inventory = *inventory * 1000.0 / *year.electricity_twh;  // Mt / TWh = kg/kWh
    }
    if (from_inventory && year.electricity_g_per_kwh)
        return std::min(*from_inventory, *year.electricity_g_per_kwh);
    return from_inventory ? from_inventory : year.electricity_g_per_kwh;
}

double electricity_t(const CountryYear& year) {
    const auto factor = observed_factor_g_per_kwh(year);
    if (!year.electricity_twh)
        return std::max(0.0, year.sector(InventorySector::electricity_heat).value_or(0.0)) * 1e6;
    if (!factor) return 0.0;
    const double emissions = *factor * *year.electricity_twh * 1000.0;
    const double inventory_t =
        std::max(0.0, year.sector(InventorySector::electricity_heat).value_or(0.0)) * 1e6;
    return std::min(emissions, inventory_t);
}

bool has_power(const sim::Country& country) {
    const auto& factors = country.emission_factor_g_per_kwh;
    return std::any_of(factors.begin(), factors.end(), [](double factor) { return factor > 0.0; });
}

void fill_emission_factor(const CountryRecord& record, const PathAssumptions& assumptions,
                          const sim::Calendar& calendar, sim::Country& out, std::vector<std::string>& notes) {
    const auto* base = find_year(record, out.base_year);
    const auto published = assumptions.published_factors.find(record.iso3);
    const double fallback = published == assumptions.published_factors.end() ? 0.0 : published->second;
    const double at_base = base == nullptr ? 0.0 : observed_factor_g_per_kwh(*base).value_or(fallback);
    const std::size_t years = count_years(calendar);
    if (at_base <= 0.0) {
        notes.push_back(
            record.iso3 +
            ": electricity emits nothing by its inventory, or no carbon intensity is known; what its "
            "power emits stays in the remainder");
        out.emission_factor_g_per_kwh.assign(years, 0.0);
        out.first_projected_ef_year = out.base_year + 1;
        return;
    }
    std::map<int, double> anchors;
    for (const auto& [year, values] : record.years) {
        if (year >= out.base_year && values.electricity_g_per_kwh)
            anchors[year] = *values.electricity_g_per_kwh;
    }
    anchors.emplace(out.base_year, at_base);
    out.first_projected_ef_year = anchors.rbegin()->first + 1;
    add_plan(assumptions, record.iso3, anchors, out);
    const Trend& trend = assumptions.grid_of(record.iso3);
    out.emission_factor_sd_per_year = trend.sd;
    const double scale = at_base / anchors.at(out.base_year);
    for (std::size_t i = 0; i < years; ++i) {
        const int year = calendar.first.year() + static_cast<int>(i);
        const auto* values = find_year(record, year);
        const auto observed = values == nullptr ? std::nullopt : observed_factor_g_per_kwh(*values);
        const bool past = year <= out.base_year;
        out.emission_factor_g_per_kwh.push_back(past ? observed.value_or(at_base)
                                                     : scale * path_intensity(anchors, trend.median, year));
    }
}

void fill_generation(const CountryRecord& record, const sim::Calendar& calendar, sim::Country& out) {
    const double trend = out.sectors[sim::first_electricity_sector].intensity_trend_per_year;
    double level = 0.0;
    const auto* base = find_year(record, out.base_year);
    if (base != nullptr) level = base->electricity_twh.value_or(0.0);
    for (std::size_t i = 0; i < count_years(calendar); ++i) {
        const int year = calendar.first.year() + static_cast<int>(i);
        const auto* values = find_year(record, year);
        if (values != nullptr && values->electricity_twh) {
            level = *values->electricity_twh;
        } else if (year > out.base_year) {
            level *= portable::exp(out.gdp_log_growth[i] + trend);
        }
        out.generation_twh.push_back(level);
    }
}

double electricity_demand_kwh(const sim::Country& country, sim::Sector user,
                              const PathAssumptions& assumptions, const sim::Calendar& calendar) {
    const auto& shares = assumptions.shares_of(country.iso3);
    const int last = calendar.touched_years() - 1;
    const auto base =
        static_cast<std::size_t>(std::clamp(country.base_year - calendar.first.year(), 0, last));
    const double generation = country.generation_twh.empty() ? 0.0 : country.generation_twh[base];
    if (generation > 0.0) return generation * 1e9 * shares[sim::index(user) - sim::first_electricity_sector];
    const double factor = country.emission_factor_g_per_kwh[base];
    return factor > 0.0 ? country.sectors[sim::index(user)].base_t * 1e6 / factor : 0.0;
}

}  // namespace domino::scenarios
