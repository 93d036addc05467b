#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/proposal/partnership.h"
#include "scenarios/proposal/proposal.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {

inline constexpr std::size_t convention_count = 3;

/// What one planned technology saves and costs.
struct TechnologyReduction {
    std::string technology, name, unit;
    double tonnes_per_year = 0.0;
    std::optional<double> capital_cost_jpy, subsidy_jpy;
    /// Years by each LifetimeConvention; empty where neither the proposal nor the pack has them.
    std::array<std::optional<double>, convention_count> years;
    std::string formula;                ///< how the tonnes were computed
    std::vector<std::string> evidence;  ///< sources, and what was left out
};

/// Reductions and cost per tonne of a proposal.
struct ReductionEstimate {
    std::optional<double> tonnes_per_year;
    std::string formula;
    std::optional<double> subsidy_jpy;
    /// Subsidy / Σ (yearly tonnes × years), JPY/t CO2, by convention.
    std::array<std::optional<double>, convention_count> cost_jpy_per_t;
    std::string cost_formula, cost_missing;  ///< one of them is empty
    std::vector<TechnologyReduction> technologies;
};

/// Yearly reduction of a unit in a country: net electricity × the grid's operating margin, fuel saved less
/// fuel used, and methane avoided (technologies.csv, electricity_factors.csv). Solar follows the partner's
/// own sunshine. Each figure a proposal states replaces the pack's. Throws geo::ProblemError for a damaged
/// pack.
ReductionEstimate estimate_reductions(const Proposal& proposal, const Partnership& partnership, Pack& pack);

}  // namespace domino::scenarios
