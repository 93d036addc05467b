#include "scenarios/world/country_paths.h"

#include <algorithm>
#include <map>

#include "geo/portable_math.h"
#include "scenarios/world/grid_path.h"
#include "scenarios/world/inventory_paths.h"
#include "scenarios/world/panel_series.h"

namespace domino::scenarios {

namespace {

/// People in a year: the panel, then the projection by its ratio; nullopt without any figure.
std::optional<double> population_in(const CountryRecord& record, int year) {
    const auto last = record.last_year_with([](const CountryYear& y) { return y.population.has_value(); });
    if (!last) return std::nullopt;
    if (const auto* known = find_year(record, year); known != nullptr && known->population) {
        return known->population;
    }
    const double base = *record.years.at(*last).population;
    if (year < *last) {
        for (const auto& [y, values] : record.years) {
            if (y >= year && values.population) return values.population;
        }
    }
    const auto then = record.projected_population.find(year);
    const auto now = record.projected_population.find(*last);
    if (then == record.projected_population.end() || now == record.projected_population.end()) return base;
    return base * (then->second / now->second);
}

/// SSP2 growth of GDP per head in a year: the row of the five-year period it lies in.
double growth_per_head(const CountryRecord& record, int year) {
    const auto row = record.gdp_pc_growth_ssp2.lower_bound(year);
    return row == record.gdp_pc_growth_ssp2.end() ? 0.0 : row->second;
}

/// GDP from the year before the run to its last year, PPP, constant million dollars; 0 where unknown. Gaps
/// carry the last figure on; before the first figure it stands back.
std::map<int, double> gdp_path(const CountryRecord& record, const sim::Calendar& calendar,
                               int& last_observed) {
    const int first = calendar.first.year() - 1;
    const int end = first + calendar.touched_years();
    std::map<int, double> observed, path;
    for (const auto& [year, values] : record.years) {
        if (values.gdp_ppp_musd) observed[year] = *values.gdp_ppp_musd;
    }
    last_observed = observed.empty() ? first : observed.rbegin()->first;
    double level = observed.empty() ? 0.0 : observed.begin()->second;
    const int from = observed.empty() ? first : std::min(first, observed.begin()->first);
    for (int year = from; year <= end; ++year) {
        if (const auto known = observed.find(year); known != observed.end()) {
            level = known->second;
        } else if (year > last_observed) {
            const double people = population_in(record, year).value_or(1.0);
            const double before = population_in(record, year - 1).value_or(people);
            level *= (1.0 + growth_per_head(record, year)) * (people / before);
        }
        path[year] = level;
    }
    return path;
}

void fill_people_and_gdp(const CountryRecord& record, const sim::Calendar& calendar, sim::Country& out,
                         std::vector<std::string>& notes) {
    const int first = calendar.first.year();
    const double start = population_in(record, first).value_or(0.0);
    int last_observed = 0;
    const auto gdp = gdp_path(record, calendar, last_observed);
    for (std::size_t i = 0; i < count_years(calendar); ++i) {
        const int year = first + static_cast<int>(i);
        out.population_factor.push_back(start > 0.0 ? population_in(record, year).value_or(start) / start
                                                    : 1.0);
        const double now = gdp.at(year), before = gdp.at(year - 1);
        out.gdp_musd.push_back(now);
        out.gdp_log_growth.push_back(now > 0.0 && before > 0.0 ? portable::log(now / before) : 0.0);
    }
    out.first_projected_gdp_year = last_observed + 1;
    if (gdp.at(first) <= 0.0) notes.push_back(record.iso3 + ": no GDP in the data pack; activity is held");
}

}  // namespace

sim::Country build_country(const CountryRecord& record, const PathAssumptions& assumptions,
                           const sim::Calendar& calendar, std::vector<std::string>& notes) {
    sim::Country out;
    out.iso3 = record.iso3;
    out.name = record.name;
    out.fiscal_year_start_month = record.fiscal_year_start_month;
    const auto inventory_year = record.last_year_with([](const CountryYear& y) { return y.has_inventory(); });
    const auto co2_year =
        record.last_year_with([](const CountryYear& y) { return y.co2_fossil_mt.has_value(); });
    out.base_year = inventory_year ? *inventory_year : std::min(2022, co2_year.value_or(2022));
    fill_people_and_gdp(record, calendar, out, notes);
    fill_emission_factor(record, assumptions, calendar, out, notes);
    fill_inventory(record, assumptions, calendar, out, notes);
    fill_generation(record, calendar, out);
    return out;
}

sim::Country build_empty_country(const std::string& iso3, const sim::Calendar& calendar) {
    sim::Country out;
    out.iso3 = iso3;
    out.name = iso3;
    const std::size_t years = count_years(calendar);
    out.base_year = std::max(calendar.first.year(), 2022);
    out.population_factor.assign(years, 1.0);
    out.gdp_musd.assign(years, 0.0);
    out.gdp_log_growth.assign(years, 0.0);
    out.emission_factor_g_per_kwh.assign(years, 0.0);
    out.generation_twh.assign(years, 0.0);
    for (auto& sector : out.sectors) sector.observed_factor.assign(years, 1.0);
    for (auto& part : out.remainder) part.observed_factor.assign(years, 1.0);
    out.lulucf.observed_factor.assign(years, 1.0);
    return out;
}

std::optional<double> start_population(const CountryRecord& record, const sim::Calendar& calendar) {
    return population_in(record, calendar.first.year());
}

}  // namespace domino::scenarios
