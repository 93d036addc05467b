#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/covariate_years.h"
#include "scenarios/scenario.h"
#include "scenarios/world/pack_countries.h"
#include "sim/world.h"

namespace domino::scenarios {

/// A city's own inventory: everything it emits by scope 1 and 2 in one year.
struct CityInventory {
    std::string place_id;
    int year = 0;
    double total_t = 0.0;
    double population = 0.0;  ///< as reported, 0 where not
    std::string source;
};

/// City inventories of the pack (city_emissions) that can be set against an allocation: matched by name,
/// gases in CO2e, scopes 1 and 2 or GPC BASIC, not flagged. One a place: the latest of 2013 or after; among
/// equals the first source by name.
std::vector<CityInventory> read_city_inventories(Pack& pack);

/// Share of a reported inventory to the place's proxy allocation outside of which it is not believed.
inline constexpr double plausible_inventory_ratio = 3.0;

struct AllocationInputs {
    const CountryRecords& records;
    const geo::PlaceTable& table;
    const std::vector<CovariateSeries>& series;  ///< of covariates that change
    const Scenario& scenario;
};

/// Allocates each country's sectors to its places: Σ places = sectors[s].base_t to rounding (1e-9 asserted by
/// the caller).
///
/// Proxies by sector, as the scenario's emissions section says: population; night_lights, which is population
/// × (½ + ½·L/L̄), L the lights of the place, L̄ their population-weighted national mean; or a covariate,
/// population × its value (a place without one has the national mean; below 0 counts as 0; where nobody has
/// any, population) or, of a covariate that is a total of each place (Covariate::is_amount), that total
/// itself (none counts as 0). Covariates that change count as in the country's base year. A city inventory
/// within a factor 3 of the place's own allocation, moved to the base year by the national total of places,
/// replaces it (all sectors scaled alike); the other places of the country are rescaled, unless one of them
/// had to change by more than a quarter: then the country's inventories are not used. What was done is added
/// to @p notes.
void allocate_emissions(const AllocationInputs& inputs, const std::vector<CityInventory>& inventories,
                        sim::World& world, std::vector<std::string>& notes);

/// Largest relative error of Σ places = national sector over countries and sectors.
double largest_allocation_error(const sim::World& world);

}  // namespace domino::scenarios
