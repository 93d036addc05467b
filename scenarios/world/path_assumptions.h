#pragma once

#include <array>
#include <map>
#include <string>

#include "scenarios/world/pack_countries.h"
#include "scenarios/world/parameters.h"
#include "sim/sector.h"

namespace domino::scenarios {

/// A trend of log intensity and the error of its forecast, per year.
struct Trend {
    double median = 0.0;
    double sd = 0.0;
};

/// Land use of a country as its parameter gives it.
struct LandUse {
    sim::Prior level_mt;
    bool set = false;  ///< by the scenario: the prior's own level, not the inventory's, is meant
};

/// Shares of electricity by user: residential, commercial, industry, transport; they sum to 1.
using UserShares = std::array<double, 4>;

/// What the paths of all countries assume, from the parameters of the pack and the scenario.
struct PathAssumptions {
    std::array<Trend, sim::sector_count> intensity;  ///< world medians and back-test errors
    double own_trend_weight = 0.5;
    std::map<std::string, UserShares> user_shares;  ///< by iso3; "" for countries without their own
    std::map<std::string, std::array<sim::Prior, 4>> user_share_priors;  ///< likewise; before rescaling
    std::map<std::string, Trend> grid;  ///< log EF path by iso3; "" for the others
    /// Carbon intensity of a plan by iso3 and year, relative to the plan's own base year.
    std::map<std::string, std::map<int, double>> grid_plan;
    int grid_plan_base_year = 2024;
    double lulucf_sd_share = 0.0;  ///< error of land use as a share of its level, where no parameter is
    /// Land use after the base year, Mt CO2e/yr, by iso3; one without a set level has the inventory's.
    std::map<std::string, LandUse> land_use;
    std::map<std::string, double> published_factors;  ///< g/kWh, for countries without generation figures

    const UserShares& shares_of(const std::string& iso3) const;
    const std::array<sim::Prior, 4>& share_priors_of(const std::string& iso3) const;
    const Trend& grid_of(const std::string& iso3) const;
};

/// Reads them all. The trend of waste has no published median: it is that of the countries of @p records.
PathAssumptions read_path_assumptions(Pack& pack, const Parameters& parameters,
                                      const CountryRecords& records);

/// Median over countries above 10 million people of the yearly change of log waste emissions per GDP over the
/// twelve years before their last inventory year; 0 when fewer than ten countries can be measured.
double median_waste_trend(const CountryRecords& records);

}  // namespace domino::scenarios
