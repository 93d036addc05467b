#include "scenarios/world/path_assumptions.h"

#include <cmath>
#include <string_view>
#include <vector>

#include "scenarios/world/panel_series.h"

namespace domino::scenarios {

namespace {

/// The table gives trends in per cent a year.
Trend read_trend(const Parameters& parameters, const std::string& id, double median_percent,
                 double sd_percent) {
    const auto prior = parameters.prior(id, sim::normal(median_percent, sd_percent));
    const double sd = prior.family == sim::Family::normal ? prior.b : 0.0;
    return {sim::median(prior) / 100.0, sd / 100.0};
}

UserShares read_shares(const Parameters& parameters, const std::string& country, const UserShares& standard) {
    constexpr std::array<std::string_view, 4> users = {"residential", "commercial", "industry", "transport"};
    UserShares shares{};
    double sum = 0.0;
    for (std::size_t u = 0; u < shares.size(); ++u) {
        const std::string id = "elec_share_" + std::string(users[u]) + "_" + country;
        shares[u] = parameters.value(id, 100.0 * standard[u]);
        sum += shares[u];
    }
    for (double& share : shares) share /= sum;
    return shares;
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
    out.user_shares["JPN"] = read_shares(parameters, "jpn", {0.28, 0.33, 0.37, 0.02});
    out.user_shares["IDN"] = read_shares(parameters, "idn", {0.33, 0.15, 0.50, 0.02});
    out.user_shares["VNM"] = read_shares(parameters, "vnm", {0.33, 0.15, 0.50, 0.02});
    out.user_shares[""] = out.user_shares["VNM"];
    out.grid["VNM"] = read_trend(parameters, "ef_path_vnm", -1.5, 1.0);
    out.grid["IDN"] = read_trend(parameters, "ef_path_idn", -1.2, 1.0);
    out.grid["PLW"] = read_trend(parameters, "ef_path_plw", -3.0, 1.0);
    out.grid[""] = read_trend(parameters, "ef_path_other", -1.5, 1.0);
    out.grid_plan["JPN"] = {{2030, parameters.value("ef_path_jpn_2030", 296.0 / 483.0)},
                            {2040, parameters.value("ef_path_jpn_2040", 246.0 / 483.0)}};
    const auto land = parameters.prior("lulucf_idn", sim::normal(468.0, 150.0));
    if (land.family == sim::Family::normal && land.a != 0.0) out.lulucf_sd_share = std::abs(land.b / land.a);
    out.published_factors = read_published_factors(pack);
    return out;
}

}  // namespace domino::scenarios
