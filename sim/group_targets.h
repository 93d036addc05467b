#pragma once

#include "sim/place_group.h"
#include "sim/targets.h"

namespace domino::sim {

/// Emissions of a group in its base year, t CO2e, by member: of the run where the base year lies in it, else
/// Σ base_factor_i · E_i(first year). Empty where neither is known.
std::vector<double> group_base_t(const PlaceGroup& group, const RunResults& results);

/// Emissions of a group in a calendar year of the run, t CO2e, by member. @p year must lie in the run.
std::vector<double> group_emissions_t(const PlaceGroup& group, const RunResults& results, int year);

/// Level of a group in Mt CO2e in a year, of one member: on straight lines through the base year and its
/// implied targets in order of year; none before the base year or after the last target.
std::optional<double> group_level_mt(const PlaceGroup& group, double base_t, int year);

/// Holds a group against one of its implied targets: (1 − reduction) · base year, emissions of its places
/// without land use. A group without members, a base year that is not known and a year beyond the run are not
/// assessable. Deterministic.
TargetResult assess_group(const PlaceGroup& group, const ImpliedTarget& target, const RunResults& results);

}  // namespace domino::sim
