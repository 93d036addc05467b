#include "scenarios/world/model_parameters.h"

namespace domino::scenarios {

sim::ModelParameters read_model_parameters(const Parameters& parameters) {
    sim::ModelParameters out;
    out.phase_switch = parameters.prior("phase_switch_share", out.phase_switch);
    out.beta_population = parameters.prior("beta_population", out.beta_population);
    out.frailty_sd = parameters.prior("u_sd", out.frailty_sd);
    out.support_hazard = parameters.prior("s_support", out.support_hazard);
    out.block_join = parameters.prior("block_join_pi", out.block_join);
    out.kappa0 = parameters.prior("capacity_kappa0", out.kappa0);
    out.kappa1 = parameters.prior("capacity_kappa1", out.kappa1);
    out.kappa2 = parameters.prior("capacity_kappa2", out.kappa2);
    out.delta = parameters.prior("capacity_delta", out.delta);
    out.eta_capacity = parameters.prior("eta_k", out.eta_capacity);
    out.eta_commitment = parameters.prior("eta_c", out.eta_commitment);
    out.eta_support = parameters.prior("eta_s", out.eta_support);
    out.dose_population = parameters.prior("dose_reference_population", out.dose_population);
    out.eta_cost = parameters.prior("eta_cost", out.eta_cost);
    out.psi = parameters.prior("psi", out.psi);
    out.cost_noise_rho = parameters.prior("cost_noise_rho", out.cost_noise_rho);
    // The table gives growth in per cent a year, the model in 1/yr.
    out.gdp_growth_error = parameters.prior("gdp_growth_error_sd", sim::normal(0.0, 0.6));
    out.gdp_growth_error.a /= 100.0;
    out.gdp_growth_error.b /= 100.0;
    out.log_q_country_sd = parameters.value("pq_country_sd", out.log_q_country_sd);
    return out;
}

sim::Prior read_discount_rate(const Parameters& parameters) {
    constexpr double percent_per_one = 100.0;
    return sim::scaled(parameters.prior("discount_rate", sim::uniform(3.0, 7.0)), 1.0 / percent_per_one);
}

sim::Prior read_between_places(const Scenario& scenario, const Parameters& parameters) {
    const auto prior = parameters.prior("adoption_r", sim::or_zero(sim::half_normal(0.01)));
    return scenario.model.couplings == OnOff::on ? prior : sim::fixed(0.0);
}

}  // namespace domino::scenarios
