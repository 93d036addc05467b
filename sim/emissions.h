#pragma once

#include <map>
#include <vector>

#include "sim/emission_paths.h"
#include "sim/prepared_world.h"
#include "sim/technology_stock.h"

namespace domino::sim {

/// The emissions account of one member, month by month (model §4). Sector emissions of a place:
/// `E_is = B_is · Π_k (1 − α_ks (A_ik − A_ik(t0))/U_ik)`; electricity: (demand − what technologies save or
/// generate + what they use) × grid factor; t0 is the end of the country's base year, before it nothing is
/// taken off. A place's negative demand is export and is netted in its country.
class EmissionAccount {
 public:
    EmissionAccount(const PreparedWorld& prepared, std::vector<CountryPaths> paths,
                    std::vector<WithdrawalDraws> withdrawals = {});

    /// `modelled_power_kwh` by country: generation of the reference's added units at the year's start,
    /// already contained in the grid path where the country says so.
    void begin_year(std::size_t touched_year, const std::vector<double>& modelled_power_kwh);

    /// Adds one month at the stocks of its end.
    void add_month(int step, const TechnologyStock& stock);

    /// From now on keeps what technologies take off a place's emissions, for credits.
    void watch(std::uint32_t place);
    /// Of a watched place: emissions without the units added since the base year, less emissions; t CO2e,
    /// [sector][touched year].
    const std::vector<double>& reductions(std::uint32_t place) const { return watched_.at(place); }

    /// Generation a year of units added since the base year, by country, kWh.
    std::vector<double> added_power_kwh(const TechnologyStock& stock) const;

    const std::vector<CountryPaths>& paths() const { return paths_; }
    const std::vector<double>& place_year_t() const { return place_year_t_; }  ///< [place][touched year]
    const std::vector<double>& sector_year_t() const {
        return sector_year_t_;
    }                                                                ///< [country][sector][touched year]
    const std::vector<double>& month_t() const { return month_t_; }  ///< [country][step], places + remainder

 private:
    void remember_base(int step, const TechnologyStock& stock);
    double add_place(std::uint32_t place, const TechnologyStock& stock, double* sectors);
    void add_reductions(std::uint32_t place, const double* without, const double* with);

    const PreparedWorld& prepared_;
    std::vector<CountryPaths> paths_;
    std::vector<WithdrawalDraws> withdrawals_;
    std::vector<double> drift_;  ///< factor on B by place this month; empty without withdrawals
    std::size_t years_;
    std::size_t year_ = 0;
    std::vector<std::uint8_t> past_base_;  ///< by country
    std::vector<double> base_stock_;       ///< A(t0), [place][technology]
    std::vector<double> demand_kwh_;       ///< [place][electricity user]
    std::vector<double> grid_t_per_kwh_;   ///< by country, this year
    std::vector<double> place_year_t_, sector_year_t_, month_t_;
    std::vector<std::uint8_t> is_watched_;                  ///< by place
    std::map<std::uint32_t, std::vector<double>> watched_;  ///< [sector][touched year]
};

}  // namespace domino::sim
