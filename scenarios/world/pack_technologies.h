#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/world/pack.h"
#include "sim/prior.h"

namespace domino::scenarios {

/// Units and starting share of a technology in one country.
struct TechnologyUnits {
    std::optional<double> units_per_head;  ///< U
    std::optional<double> initial_share;   ///< A(t0)/U
    char mark = 'G';
    std::string source;
};

/// A technology of the pack: energy per unit and year, cost, life, priors.
struct TechnologyRecord {
    std::string id, name, unit;
    bool jcm_eligible = false;
    double electricity_made_or_saved_kwh = 0.0, electricity_used_kwh = 0.0;
    double fuel_saved_gj = 0.0, fuel_used_gj = 0.0;
    double fuel_saved_t_per_gj = 0.0, fuel_used_t_per_gj = 0.0;
    double methane_avoided_t = 0.0;
    double capex_jpy_2025 = 0.0;           ///< full capital cost of a unit at 2025 cost
    std::optional<double> capex_jpy_2020;  ///< the same at 2020 cost, where a cost path is known
    double lifetime_years = 15.0, jcm_credit_years = 10.0;
    double learning_mean = 0.1, learning_sd = 0.05;
    sim::Prior p, q, ceiling;
    double q_factor_japan = 1.0;
    double turnover_years = 0.0;
    char mark = 'G';
    std::string source;
    std::map<std::string, TechnologyUnits> countries;    ///< by iso3
    std::map<std::string, double> capex_jpy_by_country;  ///< observed cost by iso3, at 2025 prices
};

/// The technologies named by @p ids, in that order; ids without a row in technologies or technology_priors
/// are named in @p problems.
std::vector<TechnologyRecord> read_technologies(Pack& pack, const std::vector<std::string>& ids,
                                                Problems& problems);

/// Ids of all technologies that have priors and units in at least one country, in the order of the table.
std::vector<std::string> usable_technologies(Pack& pack);

/// A prior from the columns <name>_dist, <name>_a, <name>_b of a row; throws geo::ProblemError for a family
/// the model does not know or parameters out of range.
sim::Prior read_prior(const Rows& rows, std::size_t row, const std::string& distribution,
                      const std::string& a, const std::string& b);

/// As above from values; @p where names the cell.
sim::Prior make_prior(const std::string& family, double a, double b, double zero_mass,
                      const std::string& where);

}  // namespace domino::scenarios
