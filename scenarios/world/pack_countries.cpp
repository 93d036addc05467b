#include "scenarios/world/pack_countries.h"

#include <algorithm>

#include "geo/problem.h"

namespace domino::scenarios {

bool CountryYear::has_inventory() const {
    return std::any_of(sector_mt.begin(), sector_mt.end(), [](const auto& v) { return v.has_value(); });
}

double CountryYear::inventory_total_mt() const {
    double total = 0.0;
    for (const auto& value : sector_mt) total += value.value_or(0.0);
    return total;
}

namespace {

constexpr std::array<const char*, inventory_sector_count> inventory_columns = {
    "agriculture_mt",
    "waste_mt",
    "buildings_mt",
    "industrial_processes_mt",
    "manufacturing_construction_mt",
    "transport_mt",
    "electricity_heat_mt",
    "fugitive_mt",
    "other_fuel_mt"};

void read_names(Pack& pack, CountryRecords& records) {
    const auto table = pack.read("countries", {"iso3", "name", "fiscal_year_start_month"});
    const Rows rows(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CountryRecord record;
        record.iso3 = rows.text(i, "iso3");
        record.name = rows.text(i, "name");
        record.aliases = split_list(rows.text(i, "aliases"), ';');
        const double month = rows.number(i, "fiscal_year_start_month").value_or(1.0);
        record.fiscal_year_start_month = std::clamp(static_cast<int>(month), 1, 12);
        records.emplace(record.iso3, std::move(record));
    }
}

void read_years(Pack& pack, CountryRecords& records) {
    std::vector<std::string> columns = {"iso3",          "year",      "population",   "gdp_ppp_musd",
                                        "co2_fossil_mt", "lulucf_mt", "elec_gen_twh", "elec_ci_gco2_kwh",
                                        "elec_solar_twh"};
    columns.insert(columns.end(), inventory_columns.begin(), inventory_columns.end());
    const auto table = pack.read("country_years", columns);
    const Rows rows(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = records.find(rows.text(i, "iso3"));
        if (found == records.end()) continue;
        CountryYear& year = found->second.years[rows.required_year(i, "year")];
        year.population = rows.number(i, "population");
        year.gdp_ppp_musd = rows.number(i, "gdp_ppp_musd");
        year.co2_fossil_mt = rows.number(i, "co2_fossil_mt");
        year.lulucf_mt = rows.number(i, "lulucf_mt");
        for (std::size_t s = 0; s < inventory_sector_count; ++s) {
            year.sector_mt[s] = rows.number(i, inventory_columns[s]);
        }
        year.electricity_twh = rows.number(i, "elec_gen_twh");
        year.electricity_g_per_kwh = rows.number(i, "elec_ci_gco2_kwh");
        year.solar_twh = rows.number(i, "elec_solar_twh");
    }
}

void read_projection(Pack& pack, CountryRecords& records) {
    const auto table = pack.read("population_projection", {"iso3", "year", "population"});
    const Rows rows(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = records.find(rows.text(i, "iso3"));
        if (found == records.end()) continue;
        found->second.projected_population[rows.required_year(i, "year")] =
            rows.required_number(i, "population");
    }
}

void read_growth(Pack& pack, CountryRecords& records) {
    const auto table = pack.read("gdp_growth", {"iso3", "scenario", "year", "gdp_pc_growth_pct_yr"});
    const Rows rows(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = records.find(rows.text(i, "iso3"));
        if (found == records.end() || rows.text(i, "scenario") != "SSP2") continue;
        const auto growth = rows.number(i, "gdp_pc_growth_pct_yr");
        if (growth) found->second.gdp_pc_growth_ssp2[rows.required_year(i, "year")] = *growth / 100.0;
    }
}

void read_income_groups(Pack& pack, CountryRecords& records) {
    const auto table = pack.read_optional("income_groups", {"iso3", "rank", "income_group"});
    if (!table) return;
    const Rows rows(*table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = records.find(rows.text(i, "iso3"));
        if (found == records.end()) continue;
        const double rank = rows.required_number(i, "rank");
        constexpr double most_groups = 100.0;
        if (!(rank >= 1.0 && rank <= most_groups) || rows.text(i, "income_group").empty())
            throw geo::ProblemError(geo::Problem{rows.where(i, "rank"), "no income group",
                                                 "groups are counted from 1, the richest, and have a name",
                                                 "correct the row"});
        found->second.income = {static_cast<int>(rank), rows.text(i, "income_group")};
    }
}

}  // namespace

CountryRecords read_countries(Pack& pack) {
    CountryRecords records;
    read_names(pack, records);
    read_years(pack, records);
    read_projection(pack, records);
    read_growth(pack, records);
    read_income_groups(pack, records);
    return records;
}

}  // namespace domino::scenarios
