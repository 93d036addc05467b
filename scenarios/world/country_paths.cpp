#include "scenarios/world/country_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "geo/portable_math.h"

namespace domino::scenarios {

namespace {

constexpr int trend_years = 12;
constexpr double largest_own_trend = 0.08;
constexpr double largest_remainder_trend = 0.03;
constexpr double remainder_trend_sd = 0.025;
/// Error of land use as a share of its level: 150 of 468 Mt in Indonesia.
constexpr double lulucf_sd_share = 150.0 / 468.0;

/// Where a sector of places comes from in the inventory, with the world median of its intensity trend and the
/// back-test error of a ten-year trend, both per year.
struct SectorSource {
    sim::Sector sector;
    InventorySector inventory;
    double median_trend;
    double trend_sd;
};
constexpr std::array<SectorSource, 5> fuel_sectors = {{
    {sim::Sector::buildings_fuel, InventorySector::buildings, -0.025, 0.035},
    {sim::Sector::transport_fuel, InventorySector::transport, -0.005, 0.025},
    {sim::Sector::industry_fuel, InventorySector::manufacturing_construction, -0.019, 0.026},
    {sim::Sector::processes, InventorySector::industrial_processes, 0.0, 0.033},
    {sim::Sector::waste, InventorySector::waste, 0.0, 0.025},
}};
constexpr double electricity_median_trend = 0.002;
constexpr double electricity_trend_sd = 0.020;

/// Shares of electricity by user: residential, commercial, industry, transport.
using UserShares = std::array<double, 4>;
constexpr UserShares user_shares_japan = {0.28, 0.33, 0.37, 0.02};
constexpr UserShares user_shares_elsewhere = {0.33, 0.15, 0.50, 0.02};

double grid_trend(const std::string& iso3) {
    if (iso3 == "IDN") return -0.012;
    if (iso3 == "PLW") return -0.03;
    return -0.015;
}

std::size_t touched(const sim::Calendar& calendar) {
    return static_cast<std::size_t>(calendar.touched_years());
}

const CountryYear* find_year(const CountryRecord& record, int year) {
    const auto it = record.years.find(year);
    return it == record.years.end() ? nullptr : &it->second;
}

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
    for (std::size_t i = 0; i < touched(calendar); ++i) {
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

std::optional<double> intensity(const CountryYear* year, std::optional<double> amount) {
    if (year == nullptr || !year->gdp_ppp_musd || *year->gdp_ppp_musd <= 0.0) return std::nullopt;
    if (!amount || *amount <= 0.0) return std::nullopt;
    return *amount / *year->gdp_ppp_musd;
}

/// Yearly change of log(amount per GDP) over the twelve years to `base`; nullopt where it cannot be measured.
template <typename Amount>
std::optional<double> own_trend(const CountryRecord& record, int base, Amount amount) {
    const auto* late = find_year(record, base);
    const auto* early = find_year(record, base - trend_years);
    if (late == nullptr || early == nullptr) return std::nullopt;
    const auto now = intensity(late, amount(*late));
    const auto then = intensity(early, amount(*early));
    if (!now || !then) return std::nullopt;
    return portable::log(*now / *then) / trend_years;
}

double blended_trend(std::optional<double> own, double median) {
    if (!own) return median;
    return 0.5 * std::clamp(*own, -largest_own_trend, largest_own_trend) + 0.5 * median;
}

/// EF of a year from the panel: min(inventory ÷ generation, published); g/kWh.
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

/// Emissions of electricity, t: EF × generation, never more than the inventory sector. Without a figure for
/// generation the whole inventory sector is taken as electricity.
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

/// Yearly values of a quantity relative to the base year; 1 where the panel is silent or the base is 0.
template <typename Amount>
sim::ByYear relative_to_base(const CountryRecord& record, const sim::Calendar& calendar, int base,
                             Amount amount) {
    const auto* at_base = find_year(record, base);
    const double level = at_base == nullptr ? 0.0 : amount(*at_base);
    sim::ByYear out(touched(calendar), 1.0);
    if (level == 0.0) return out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int year = calendar.first.year() + static_cast<int>(i);
        const auto* values = find_year(record, year);
        if (year < base && values != nullptr && values->has_inventory()) out[i] = amount(*values) / level;
    }
    return out;
}

double positive_mt(std::optional<double> value) {
    return std::max(0.0, value.value_or(0.0));
}

void fill_fuel_sectors(const CountryRecord& record, const PathSettings& settings, sim::Country& out,
                       std::vector<std::string>& notes) {
    const auto* base = find_year(record, out.base_year);
    for (const auto& source : fuel_sectors) {
        auto& path = out.sectors[sim::index(source.sector)];
        const auto value = base == nullptr ? std::nullopt : base->sector(source.inventory);
        if (!value) {
            notes.push_back(fmt::format("{}: the inventory of {} has no {}; taken as 0", record.iso3,
                                        out.base_year, sim::sector_ids[sim::index(source.sector)]));
        }
        path.base_t = positive_mt(value) * 1e6;
        path.observed_factor =
            relative_to_base(record, settings.calendar, out.base_year,
                             [&](const CountryYear& y) { return positive_mt(y.sector(source.inventory)); });
        const double median =
            source.sector == sim::Sector::waste ? settings.waste_median_trend_per_year : source.median_trend;
        path.intensity_trend_per_year =
            blended_trend(own_trend(record, out.base_year,
                                    [&](const CountryYear& y) { return y.sector(source.inventory); }),
                          median);
        path.intensity_trend_sd_per_year = source.trend_sd;
    }
}

/// Whether electricity can be given to its users: without a carbon intensity it stays in the remainder.
bool has_power(const sim::Country& country) {
    const auto& factors = country.emission_factor_g_per_kwh;
    return std::any_of(factors.begin(), factors.end(), [](double factor) { return factor > 0.0; });
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

void fill_electricity_sectors(const CountryRecord& record, const PathSettings& settings, sim::Country& out) {
    const auto* base = find_year(record, out.base_year);
    const double total = base == nullptr || !has_power(out) ? 0.0 : electricity_t(*base);
    const auto& shares = record.iso3 == "JPN" ? user_shares_japan : user_shares_elsewhere;
    const double trend = blended_trend(
        own_trend(record, out.base_year, [](const CountryYear& y) { return y.electricity_twh; }),
        electricity_median_trend);
    const auto demand = demand_factor(record, settings.calendar, out);
    for (std::size_t u = 0; u < shares.size(); ++u) {
        auto& path = out.sectors[sim::first_electricity_sector + u];
        path.base_t = total * shares[u];
        path.observed_factor = demand;
        path.intensity_trend_per_year = trend;
        path.intensity_trend_sd_per_year = electricity_trend_sd;
    }
}

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

void fill_emission_factor(const CountryRecord& record, const PathSettings& settings, sim::Country& out,
                          std::vector<std::string>& notes) {
    const auto* base = find_year(record, out.base_year);
    const auto published = settings.published_factors.find(record.iso3);
    const double fallback = published == settings.published_factors.end() ? 0.0 : published->second;
    const double at_base = base == nullptr ? 0.0 : observed_factor_g_per_kwh(*base).value_or(fallback);
    const std::size_t years = touched(settings.calendar);
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
    if (record.iso3 == "JPN" && settings.grid_plans.contains("JPN")) {
        anchors.insert(settings.grid_plans.at("JPN").begin(), settings.grid_plans.at("JPN").end());
        out.grid_path = sim::GridPath::with_modelled_solar;
    }
    const double scale = at_base / anchors.at(out.base_year);
    for (std::size_t i = 0; i < years; ++i) {
        const int year = settings.calendar.first.year() + static_cast<int>(i);
        const auto* values = find_year(record, year);
        const auto observed = values == nullptr ? std::nullopt : observed_factor_g_per_kwh(*values);
        const bool past = year <= out.base_year;
        out.emission_factor_g_per_kwh.push_back(
            past ? observed.value_or(at_base)
                 : scale * path_intensity(anchors, grid_trend(record.iso3), year));
    }
}

void fill_generation(const CountryRecord& record, const PathSettings& settings, sim::Country& out) {
    const double trend = out.sectors[sim::first_electricity_sector].intensity_trend_per_year;
    double level = 0.0;
    const auto* base = find_year(record, out.base_year);
    if (base != nullptr) level = base->electricity_twh.value_or(0.0);
    for (std::size_t i = 0; i < touched(settings.calendar); ++i) {
        const int year = settings.calendar.first.year() + static_cast<int>(i);
        const auto* values = find_year(record, year);
        if (values != nullptr && values->electricity_twh) {
            level = *values->electricity_twh;
        } else if (year > out.base_year) {
            level *= portable::exp(out.gdp_log_growth[i] + trend);
        }
        out.generation_twh.push_back(level);
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
bool was_ever(const CountryRecord& record, const PathSettings& settings, int base, Amount amount) {
    for (int year = settings.calendar.first.year(); year < base; ++year) {
        const auto* values = find_year(record, year);
        if (values != nullptr && values->has_inventory() && amount(*values) != 0.0) return true;
    }
    return false;
}

template <typename Amount>
void fill_part(const CountryRecord& record, const PathSettings& settings, sim::Country& out,
               sim::RemainderPart part, Amount amount) {
    auto& path = out.remainder[static_cast<std::size_t>(part)];
    const auto* base = find_year(record, out.base_year);
    path.base_t = base == nullptr ? 0.0 : amount(*base);
    const bool gone = path.base_t == 0.0 && was_ever(record, settings, out.base_year, amount);
    if (gone) path.base_t = trace_t;
    path.observed_factor =
        relative_to_base(record, settings.calendar, out.base_year, [&](const CountryYear& y) {
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

void fill_remainder(const CountryRecord& record, const PathSettings& settings, sim::Country& out,
                    std::vector<std::string>& notes) {
    const auto sector_t = [](InventorySector s) {
        return [s](const CountryYear& y) { return positive_mt(y.sector(s)) * 1e6; };
    };
    using Part = sim::RemainderPart;
    fill_part(record, settings, out, Part::agriculture, sector_t(InventorySector::agriculture));
    fill_part(record, settings, out, Part::fugitive, sector_t(InventorySector::fugitive));
    fill_part(record, settings, out, Part::other_fuel, sector_t(InventorySector::other_fuel));
    const bool power = has_power(out);
    fill_part(record, settings, out, Part::heat_and_captive_power, [power](const CountryYear& y) {
        return electricity_and_heat_t(y) -
               (power ? std::min(electricity_t(y), electricity_and_heat_t(y)) : 0.0);
    });
    const auto* base = find_year(record, out.base_year);
    if (base != nullptr && base->has_inventory()) {
        fill_part(record, settings, out, Part::unallocated, negative_t);
        if (negative_t(*base) < 0.0) {
            notes.push_back(record.iso3 +
                            ": a sector of the inventory is negative and stays in the remainder");
        }
    } else {
        fill_part(record, settings, out, Part::unallocated,
                  [](const CountryYear& y) { return positive_mt(y.co2_fossil_mt) * 1e6; });
        notes.push_back(record.iso3 + ": no inventory by sector; its fossil CO2 stays in the remainder");
    }
}

void fill_lulucf(const CountryRecord& record, const PathSettings& settings, sim::Country& out) {
    const auto* base = find_year(record, out.base_year);
    const auto amount = [](const CountryYear& y) { return y.lulucf_mt.value_or(0.0) * 1e6; };
    out.lulucf.base_t = base == nullptr ? 0.0 : amount(*base);
    out.lulucf.observed_factor = relative_to_base(record, settings.calendar, out.base_year, amount);
    out.lulucf.trend_sd_per_year = std::abs(out.lulucf.base_t) * lulucf_sd_share;
}

}  // namespace

std::map<std::string, GridPlan> read_grid_plans(Pack& pack) {
    std::map<std::string, GridPlan> plans;
    const auto table =
        pack.read_optional("grid_paths", {"iso3", "year", "metric", "value_low", "value_high"});
    if (!table) return plans;
    const Rows rows(*table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.text(i, "metric") != "carbon_intensity") continue;
        const auto low = rows.number(i, "value_low"), high = rows.number(i, "value_high");
        if (!low && !high) continue;
        plans[rows.text(i, "iso3")][rows.required_year(i, "year")] =
            0.5 * (low.value_or(high.value_or(0.0)) + high.value_or(low.value_or(0.0)));
    }
    return plans;
}

std::map<std::string, double> read_published_factors(Pack& pack) {
    std::map<std::string, double> factors;
    const auto table =
        pack.read("electricity_factors", {"iso3", "operating_margin_gco2_kwh", "average_gco2e_kwh"});
    const Rows rows(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto factor = rows.number(i, "average_gco2e_kwh");
        if (!factor) factor = rows.number(i, "operating_margin_gco2_kwh");
        if (factor) factors[rows.text(i, "iso3")] = *factor;
    }
    return factors;
}

double median_waste_trend(const CountryRecords& records) {
    std::vector<double> trends;
    for (const auto& [iso3, record] : records) {
        const auto last = record.last_year_with([](const CountryYear& y) { return y.has_inventory(); });
        if (!last || record.years.at(*last).population.value_or(0.0) < 1e7) continue;
        const auto trend =
            own_trend(record, *last, [](const CountryYear& y) { return y.sector(InventorySector::waste); });
        if (trend) trends.push_back(*trend);
    }
    if (trends.size() < 10) return 0.0;
    std::sort(trends.begin(), trends.end());
    const std::size_t middle = trends.size() / 2;
    return trends.size() % 2 == 1 ? trends[middle] : 0.5 * (trends[middle - 1] + trends[middle]);
}

sim::Country build_country(const CountryRecord& record, const PathSettings& settings,
                           std::vector<std::string>& notes) {
    sim::Country out;
    out.iso3 = record.iso3;
    out.name = record.name;
    out.fiscal_year_start_month = record.fiscal_year_start_month;
    const auto inventory_year = record.last_year_with([](const CountryYear& y) { return y.has_inventory(); });
    const auto co2_year =
        record.last_year_with([](const CountryYear& y) { return y.co2_fossil_mt.has_value(); });
    out.base_year = inventory_year ? *inventory_year : std::min(2022, co2_year.value_or(2022));
    fill_people_and_gdp(record, settings.calendar, out, notes);
    fill_fuel_sectors(record, settings, out, notes);
    fill_emission_factor(record, settings, out, notes);
    fill_electricity_sectors(record, settings, out);
    fill_generation(record, settings, out);
    fill_remainder(record, settings, out, notes);
    fill_lulucf(record, settings, out);
    return out;
}

double electricity_demand_kwh(const sim::Country& country, sim::Sector user, const sim::Calendar& calendar) {
    const auto& shares = country.iso3 == "JPN" ? user_shares_japan : user_shares_elsewhere;
    const int last = calendar.touched_years() - 1;
    const auto base =
        static_cast<std::size_t>(std::clamp(country.base_year - calendar.first.year(), 0, last));
    const double generation = country.generation_twh.empty() ? 0.0 : country.generation_twh[base];
    if (generation > 0.0) return generation * 1e9 * shares[sim::index(user) - sim::first_electricity_sector];
    const double factor = country.emission_factor_g_per_kwh[base];
    return factor > 0.0 ? country.sectors[sim::index(user)].base_t * 1e6 / factor : 0.0;
}

sim::Country build_empty_country(const std::string& iso3, const sim::Calendar& calendar) {
    sim::Country out;
    out.iso3 = iso3;
    out.name = iso3;
    const std::size_t years = touched(calendar);
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
