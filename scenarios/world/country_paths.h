#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/world/pack_countries.h"
#include "scenarios/world/path_assumptions.h"
#include "sim/calendar.h"
#include "sim/world.h"

namespace domino::scenarios {

/// A country as the model wants it.
///
/// Population: the panel to its last year, then the UN projection by its ratio to that year. GDP: observed,
/// then SSP2 growth per head times the population path. Sectors: last year of the inventory; electricity is
/// EF·generation with EF = min(inventory ÷ generation, published intensity), split by user; what is left of
/// the inventory sector is heat and captive power. Trends of log intensity per GDP: the country's own over
/// twelve years (kept within ±8 %/yr) and the world median, weighted. Remainder parts: half their own log
/// trend (kept within ±3 %/yr). Land use is held.
sim::Country build_country(const CountryRecord& record, const PathAssumptions& assumptions,
                           const sim::Calendar& calendar, std::vector<std::string>& notes);

/// A country the pack does not know: constant population, no GDP, no inventory.
sim::Country build_empty_country(const std::string& iso3, const sim::Calendar& calendar);

/// People of a country at the start of the run; nullopt where the pack has none.
std::optional<double> start_population(const CountryRecord& record, const sim::Calendar& calendar);

}  // namespace domino::scenarios
