#include "scenarios/world/path_assumptions.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "geo/problem.h"
#include "scenarios/world/panel_series.h"

namespace domino::scenarios {

namespace {

/// Indonesia's: 150 of 468 Mt. Elsewhere land use is no better known (guess).
constexpr double lulucf_sd_share_elsewhere = 150.0 / 468.0;

/// The table gives trends in per cent a year.
Trend read_trend(const Parameters& parameters, const std::string& id, double median_percent,
                 double sd_percent) {
    const auto prior = parameters.prior(id, sim::normal(median_percent, sd_percent));
    const double sd = prior.family == sim::Family::normal ? prior.b : 0.0;
    return {sim::median(prior) / 100.0, sd / 100.0};
}

void read_shares(const Parameters& parameters, const std::string& iso3, const UserShares& standard,
                 PathAssumptions& out) {
    constexpr std::array<std::string_view, 4> users = {"residential", "commercial", "industry", "transport"};
    UserShares shares{};
    double sum = 0.0;
    for (std::size_t u = 0; u < shares.size(); ++u) {
        const std::string id = "elec_share_" + std::string(users[u]) + "_" + geo::fold_case(iso3);
        const auto prior = parameters.prior(id, sim::fixed(100.0 * standard[u]));
        out.user_share_priors[iso3][u] = prior;
        shares[u] = std::max(0.0, sim::median(prior));
        sum += shares[u];
    }
    for (double& share : shares) share = sum > 0.0 ? share / sum : 0.25;
    out.user_shares[iso3] = shares;
}

void read_land_use(const Parameters& parameters, const std::string& iso3, const sim::Prior& fallback_mt,
                   PathAssumptions& out) {
    const std::string id = "lulucf_" + geo::fold_case(iso3);
    out.land_use[iso3] = {parameters.prior(id, fallback_mt), parameters.is_set(id)};
}

/// Published average carbon intensity by country, else the operating margin; g/kWh.
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

}  // namespace

const std::array<sim::Prior, 4>& PathAssumptions::share_priors_of(const std::string& iso3) const {
    const auto found = user_share_priors.find(iso3);
    return found == user_share_priors.end() ? user_share_priors.at("") : found->second;
}

const UserShares& PathAssumptions::shares_of(const std::string& iso3) const {
    const auto found = user_shares.find(iso3);
    return found == user_shares.end() ? user_shares.at("") : found->second;
}

const Trend& PathAssumptions::grid_of(const std::string& iso3) const {
    const auto found = grid.find(iso3);
    return found == grid.end() ? grid.at("") : found->second;
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

PathAssumptions read_path_assumptions(Pack& pack, const Parameters& parameters,
                                      const CountryRecords& records) {
    PathAssumptions out;
    const auto set = [&](sim::Sector sector, const Trend& trend) {
        out.intensity[sim::index(sector)] = trend;
    };
    set(sim::Sector::buildings_fuel, read_trend(parameters, "intensity_trend_buildings", -2.5, 3.5));
    set(sim::Sector::transport_fuel, read_trend(parameters, "intensity_trend_transport", -0.5, 2.5));
    set(sim::Sector::industry_fuel, read_trend(parameters, "intensity_trend_industry", -1.9, 2.6));
    set(sim::Sector::processes, read_trend(parameters, "intensity_trend_processes", 0.0, 3.3));
    set(sim::Sector::waste,
        {median_waste_trend(records), parameters.value("intensity_trend_waste_sd", 2.5) / 100.0});
    const Trend electricity = read_trend(parameters, "intensity_trend_electricity_use", 0.2, 2.0);
    for (std::size_t s = sim::first_electricity_sector; s < sim::sector_count; ++s)
        out.intensity[s] = electricity;
    out.own_trend_weight = parameters.value("intensity_own_trend_weight", 0.5);
    read_shares(parameters, "JPN", {0.28, 0.33, 0.37, 0.02}, out);
    read_shares(parameters, "IDN", {0.33, 0.15, 0.50, 0.02}, out);
    read_shares(parameters, "VNM", {0.33, 0.15, 0.50, 0.02}, out);
    out.user_shares[""] = out.user_shares["VNM"];
    out.user_share_priors[""] = out.user_share_priors["VNM"];
    out.grid["VNM"] = read_trend(parameters, "ef_path_vnm", -1.5, 1.0);
    out.grid["IDN"] = read_trend(parameters, "ef_path_idn", -1.2, 1.0);
    out.grid["PLW"] = read_trend(parameters, "ef_path_plw", -3.0, 1.0);
    out.grid[""] = read_trend(parameters, "ef_path_other", -1.5, 1.0);
    out.grid_plan["JPN"] = {{2030, parameters.value("ef_path_jpn_2030", 296.0 / 483.0)},
                            {2040, parameters.value("ef_path_jpn_2040", 246.0 / 483.0)}};
    read_land_use(parameters, "IDN", sim::normal(468.0, 150.0), out);
    read_land_use(parameters, "JPN", sim::fixed(-32.0), out);
    read_land_use(parameters, "VNM", sim::fixed(-13.0), out);
    out.lulucf_sd_share = lulucf_sd_share_elsewhere;
    out.published_factors = read_published_factors(pack);
    return out;
}

}  // namespace domino::scenarios
