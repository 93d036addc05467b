#pragma once

#include <cstdint>
#include <vector>

#include "sim/capacity.h"
#include "sim/world.h"

namespace domino::sim {

/// Which realisation: the seed of the run and the member's number.
struct MemberId {
    std::uint64_t seed = 1;
    std::uint32_t member = 0;
};

/// What one member believes about a country.
struct CountryDraws {
    double log_hazard_forecast = 0.0;
    double block_rate_per_year = 0.0;
    double gdp_growth_error = 0.0;                          ///< 1/yr, log
    std::array<double, sector_count> intensity_error{};     ///< 1/yr, log
    std::array<double, remainder_count> remainder_error{};  ///< 1/yr, log
    double lulucf_error_t_per_year = 0.0;
    std::optional<double> lulucf_projected_t;  ///< land use after the base year, t CO2e/yr
    /// Drawn share of each electricity user over the one its sector was allocated with.
    std::array<double, sector_count - first_electricity_sector> electricity_user_factor = {1.0, 1.0, 1.0,
                                                                                           1.0};
    double emission_factor_error = 0.0;  ///< 1/yr, log
};

/// One layer's coefficients.
struct LayerDraws {
    double gamma_early = 0.0;
    double gamma_late = 0.0;
    double threshold = 0.0;
    double coercion = 0.0;
    double drawn_weight = 1.0;  ///< multiplies FrozenLayer::drawn_weight
    double decay_ratio = 1.0;   ///< this member's decay length over the one of the layer's weights
};

/// A technology in one country; p and q before conditioning on the observed stock.
struct AdoptionDraws {
    double p = 0.0;
    double q = 0.0;
    double ceiling = 0.0;         ///< M/U
    double observed_ratio = 1.0;  ///< the ratio this member takes the observed growth to be
};

struct TechnologyDraws {
    double omega = 0.0;  ///< learning exponent, LR = 1 − 2^(−ω)
    double world_growth_factor = 1.0;
    double between_places = 0.0;  ///< r, 1/yr
    std::vector<AdoptionDraws> countries;
    std::vector<double> cost_noise;  ///< by touched year, n_t = v_t + ρ v_{t−1}; first year 0
};

/// Every uncertain parameter of one member. The same address serves every scenario, so a scenario and its
/// reference share them wherever their priors agree.
struct MemberDraws {
    double phase_switch = 0.2;
    double beta_population = 0.5;
    double frailty_sd = 0.0;
    double support_hazard = 0.0;
    double block_join = 0.0;
    CapacityRates capacity;
    double eta_capacity = 0.0;
    double eta_commitment = 0.0;
    double eta_support = 0.0;
    double dose_population = 100000.0;
    double eta_cost = 0.6;
    double psi = 0.0;
    double seed_weight = 0.5;
    double projects_per_support_year = 0.0;
    double credit_grid_factor = 0.7;  ///< grid factor of credits as a share of the operating margin
    double buyer_share = 0.5;         ///< of issued credits
    std::vector<CountryDraws> countries;
    std::vector<LayerDraws> layers;
    std::vector<TechnologyDraws> technologies;
    std::vector<WithdrawalDraws> withdrawals;
    std::vector<double> frailty;       ///< per admin-1 unit, log
    std::vector<double> coefficients;  ///< β of each of World::covariates
};

/// Draws the parameters of a member. p and q of a technology are drawn jointly: q's prior is shared by all
/// countries, each country deviates from it by a log-normal factor, and p's quantile is correlated with that
/// deviation (PARAMETERS "Technologies"). With Uncertainty::medians_only every prior is at its median.
MemberDraws draw_member(const World& world, MemberId id);

}  // namespace domino::sim
