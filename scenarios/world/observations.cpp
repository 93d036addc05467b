#include "scenarios/world/observations.h"

#include <algorithm>

namespace domino::scenarios {

namespace {

constexpr int last_conditioned_car_year = 2022;
constexpr int last_conditioned_solar_year = 2024;
constexpr int solar_index_year = 2020;
constexpr int last_budget_year = 2025;
constexpr int last_whole_year = 2024;  ///< of the electricity series; 2025 is provisional and partial

bool has_technology(const sim::World& world, std::string_view start) {
    return std::any_of(world.technologies.begin(), world.technologies.end(),
                       [&](const auto& technology) { return technology.id.starts_with(start); });
}

void add_country(const CountryRecord& record, const sim::Country& country, const sim::World& world,
                 std::vector<Observation>& out) {
    const int first = world.calendar.first_year();
    const auto index_base = record.years.find(solar_index_year);
    for (const auto& [year, values] : record.years) {
        if (year < first || year > world.calendar.last_year()) continue;
        if (values.has_inventory() && year <= country.base_year) {
            out.push_back({country.iso3, "emissions", "Mt CO2e/yr", year, 12, values.inventory_total_mt(),
                           true, "Climate Watch through Our World in Data"});
        }
        const bool solar =
            index_base != record.years.end() && index_base->second.solar_twh.value_or(0.0) > 0.0;
        if (solar && values.solar_twh && year > solar_index_year && year <= last_whole_year &&
            has_technology(world, "solar_pv")) {
            out.push_back(
                {country.iso3, "solar_pv_index", "1 in 2020", year, 12,
                 *values.solar_twh / *index_base->second.solar_twh, year == last_conditioned_solar_year,
                 "Ember and Energy Institute through Our World in Data; solar power of every kind"});
        }
    }
}

/// Subsidies have no accounts in the pack: the budgets stand in, which the run takes as its limit.
void add_budget(const std::string& quantity, const sim::ByYear& budget, const std::string& source,
                const sim::World& world, std::vector<Observation>& out) {
    for (std::size_t i = 0; i < budget.size(); ++i) {
        const int year = world.calendar.first.year() + static_cast<int>(i);
        if (year < world.calendar.first_year() || year > last_budget_year) continue;
        out.push_back({"JPN", quantity, "JPY/yr", year, 12, budget[i], true, source});
    }
}

}  // namespace

std::vector<Observation> gather_observations(const CountryRecords& countries, const ElectricCarStock& cars,
                                             const std::vector<DeclarationCount>& counts,
                                             const sim::World& world) {
    std::vector<Observation> out;
    for (const auto& country : world.countries) {
        const auto record = countries.find(country.iso3);
        if (record != countries.end()) add_country(record->second, country, world, out);
        const auto stock = cars.find(country.iso3);
        if (stock != cars.end() && has_technology(world, "ev_car")) {
            for (const auto& [year, number] : stock->second) {
                if (year < world.calendar.first_year() || year > world.calendar.last_year()) continue;
                out.push_back({country.iso3, "ev_car_stock", "vehicles", year, 12, number,
                               year == last_conditioned_car_year, "IEA Global EV data"});
            }
        }
        if (country.iso3 != "JPN") continue;
        for (const auto& count : counts) {
            if (count.month < world.calendar.first || count.month >= world.calendar.end()) continue;
            out.push_back({"JPN", "declared_share", "1", count.month.year(), count.month.month_of_year(),
                           count.share, count.solved_for, count.source});
        }
    }
    for (const auto& programme : world.programmes) {
        add_budget(programme.id + "_subsidy", programme.budget_jpy, "budget: programmes table and scenario",
                   world, out);
    }
    if (world.credits.active) {
        add_budget("jcm_subsidy", world.credits.budget_jpy, "budget: programmes table and scenario", world,
                   out);
    }
    return out;
}

}  // namespace domino::scenarios
