#pragma once

#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "viz/pathways.h"

namespace domino::viz {

/// What countries are grouped by to tell whom a difference reaches.
enum class EquityBasis : unsigned char {
    none,           ///< nothing is known that would order them
    income_groups,  ///< of the data pack
    gdp_thirds      ///< by GDP (PPP) a head in the run's first year, cut into three
};

/// Countries of a world by income, the poorest first.
struct EquityGroups {
    EquityBasis basis = EquityBasis::none;
    /// Regions of a comparison. Countries without an income group are a set of their own, the last.
    std::vector<CountrySet> sets;
    std::vector<double> people;       ///< of each set in the run's first year
    std::vector<std::string> labels;  ///< of each set, without what all have in common
};

/// Income groups where any country has one; else thirds by GDP a head of those whose GDP is known, where
/// these are three or more. None for a single country. Deterministic.
EquityGroups find_equity_groups(const scenarios::BuiltWorld& built);

/// What the groups are, in one sentence for a reader; it names the countries that have no group. Empty
/// without groups.
std::string describe_equity(const EquityGroups& groups, const scenarios::BuiltWorld& built);

}  // namespace domino::viz
