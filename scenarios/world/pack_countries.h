#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/world/pack.h"

namespace domino::scenarios {

/// Sectors of the national inventory as published (Climate Watch), in the order of inventory_columns.
enum class InventorySector : std::uint8_t {
    agriculture,
    waste,
    buildings,
    industrial_processes,
    manufacturing_construction,
    transport,
    electricity_heat,
    fugitive,
    other_fuel
};
inline constexpr std::size_t inventory_sector_count = 9;

/// One country in one year; Mt CO2e, TWh, g CO2e/kWh, million international dollars (PPP, constant).
struct CountryYear {
    std::optional<double> population, gdp_ppp_musd, co2_fossil_mt, lulucf_mt;
    std::array<std::optional<double>, inventory_sector_count> sector_mt;
    std::optional<double> electricity_twh, electricity_g_per_kwh, solar_twh;

    std::optional<double> sector(InventorySector s) const { return sector_mt[static_cast<std::size_t>(s)]; }
    /// True when the inventory has any sector in this year.
    bool has_inventory() const;
    /// Sum of the sectors that are there, without land use.
    double inventory_total_mt() const;
};

/// A country of the pack with its yearly series.
struct CountryRecord {
    std::string iso3, name;
    std::vector<std::string> aliases;
    int fiscal_year_start_month = 1;
    IncomeGroup income;  ///< unknown where the pack has no table of them, or no row
    std::map<int, CountryYear> years;
    std::map<int, double> projected_population;  ///< UN projection, persons, as published
    std::map<int, double> gdp_pc_growth_ssp2;  ///< yearly growth per head of the five years that end then, 1

    /// The last year for which @p has says true; nullopt when there is none.
    template <typename Predicate>
    std::optional<int> last_year_with(Predicate has) const {
        for (auto it = years.rbegin(); it != years.rend(); ++it) {
            if (has(it->second)) return it->first;
        }
        return std::nullopt;
    }
};

using CountryRecords = std::map<std::string, CountryRecord>;

/// Reads every country of the pack by ISO 3166-1 alpha-3; income groups are in packs that have their table.
/// Throws geo::ProblemError for a missing or damaged table.
CountryRecords read_countries(Pack& pack);

}  // namespace domino::scenarios
