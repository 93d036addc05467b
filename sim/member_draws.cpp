#include "sim/member_draws.h"

#include <algorithm>
#include <cmath>

#include "geo/portable_math.h"
#include "sim/learning_curve.h"
#include "sim/random.h"

namespace domino::sim {
namespace {

/// Hands out draws of one member, or medians where uncertainty is off.
class Drawer {
 public:
    Drawer(const World& world, MemberId id) : id_(id), sampled_(world.uncertainty == Uncertainty::sampled) {}

    double operator()(const Prior& prior, std::string_view symbol, std::uint64_t id = 0) const {
        if (!sampled_) return median(prior);
        const auto words = random_words(address(symbol, id));
        return draw(prior, to_uniform(words[0]), to_uniform(words[1]));
    }

    double normal(std::string_view symbol, std::uint64_t id = 0, std::uint32_t index = 0) const {
        if (!sampled_) return 0.0;
        DrawAddress a = address(symbol, id);
        a.index = index;
        return standard_normal(a);
    }

    double normal_in(Process process, std::uint32_t sub, std::int32_t time, std::uint64_t id) const {
        if (!sampled_) return 0.0;
        return standard_normal({id_.seed, process, sub, id_.member, time, id, 0});
    }

    bool sampled() const { return sampled_; }

 private:
    DrawAddress address(std::string_view symbol, std::uint64_t id) const {
        const Process process = id == 0 ? Process::parameter : Process::country_parameter;
        return {id_.seed, process, sub_of(symbol), id_.member, 0, id, 0};
    }

    MemberId id_;
    bool sampled_;
};

/// Shares of electricity users, rescaled to sum to 1, over those of the allocation.
void draw_electricity_users(const Country& country, const Drawer& from, std::uint64_t key, CountryDraws& d) {
    constexpr std::size_t users = sector_count - first_electricity_sector;
    std::array<double, users> drawn{};
    double sum = 0.0, allocated = 0.0;
    for (std::size_t u = 0; u < users; ++u) {
        const std::string_view user = sector_ids[first_electricity_sector + u];
        drawn[u] = std::max(0.0, from(country.electricity_user_share[u], user, key));
        sum += drawn[u];
        allocated += country.sectors[first_electricity_sector + u].base_t;
    }
    for (std::size_t u = 0; u < users && sum > 0.0; ++u) {
        const double base_t = country.sectors[first_electricity_sector + u].base_t;
        if (base_t > 0.0) d.electricity_user_factor[u] = drawn[u] / sum * (allocated / base_t);
    }
}

CountryDraws draw_country(const World& world, const Country& country, const Drawer& from) {
    const std::uint64_t key = geo::place_key(country.iso3).value;
    CountryDraws d;
    d.log_hazard_forecast = from(country.commitment.log_hazard_forecast, "a", key);
    d.block_rate_per_year = std::max(0.0, from(country.commitment.block_rate, "block_rate", key));
    d.gdp_growth_error = from(world.parameters.gdp_growth_error, "gdp_growth_error", key);
    for (std::size_t s = 0; s < sector_count; ++s) {
        // Electricity users share one error: the demand error is a country's, not a user's.
        const std::size_t shared = std::min(s, first_electricity_sector);
        d.intensity_error[s] =
            country.sectors[s].intensity_trend_sd_per_year * from.normal(sector_ids[shared], key, 1);
    }
    for (std::size_t r = 0; r < remainder_count; ++r) {
        d.remainder_error[r] = country.remainder[r].trend_sd_per_year * from.normal(remainder_ids[r], key, 2);
    }
    d.lulucf_error_t_per_year = country.lulucf.trend_sd_per_year * from.normal("lulucf", key, 3);
    d.emission_factor_error = country.emission_factor_sd_per_year * from.normal("emission_factor", key, 4);
    if (country.lulucf_projected_t)
        d.lulucf_projected_t = from(*country.lulucf_projected_t, "lulucf_level", key);
    draw_electricity_users(country, from, key, d);
    return d;
}

/// p and q of one country, jointly: see draw_member.
AdoptionDraws draw_adoption(const World& world, const Technology& technology, std::size_t c,
                            const Drawer& from) {
    const TechnologyInCountry& local = technology.countries[c];
    const std::uint64_t key = geo::place_key(world.countries[c].iso3).value;
    AdoptionDraws d;
    const double deviation = from.normal("q_country:" + technology.id, key);
    d.q = std::max(0.0, from(local.q, "q:" + technology.id)) *
          portable::exp(world.parameters.log_q_country_sd * deviation);
    const double rho = world.parameters.log_pq_correlation;
    const double z =
        rho * deviation + std::sqrt(1.0 - rho * rho) * from.normal("p_country:" + technology.id, key);
    d.p = from.sampled() ? draw(local.p, 1.0, portable::normal_cdf(z)) : median(local.p);
    d.p = std::max(0.0, d.p);
    d.ceiling = std::clamp(from(local.ceiling, "ceiling:" + technology.id, key), 0.0, 1.0);
    if (local.observed) {
        d.observed_ratio =
            local.observed->ratio *
            portable::exp(local.observed->log_sd * from.normal("observed:" + technology.id, key));
    }
    return d;
}

TechnologyDraws draw_technology(const World& world, const Technology& technology, double rho,
                                const Drawer& from) {
    TechnologyDraws d;
    const double learning = std::clamp(from(technology.learning_rate, "LR:" + technology.id), -0.05, 0.40);
    d.omega = learning_exponent(learning);
    d.world_growth_factor = std::max(0.0, from(technology.world_growth_factor, "z:" + technology.id));
    d.between_places = std::max(0.0, from(technology.between_places, "r:" + technology.id));
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        d.countries.push_back(draw_adoption(world, technology, c, from));
    }
    const std::uint32_t sub = sub_of(technology.id);
    const auto noise = [&](int year) {
        return technology.cost_noise_sd * from.normal_in(Process::cost_noise, sub, year, 0);
    };
    const int first = world.calendar.first.year();
    d.cost_noise.assign(static_cast<std::size_t>(world.calendar.touched_years()), 0.0);
    for (std::size_t y = 1; y < d.cost_noise.size(); ++y) {
        const int year = first + static_cast<int>(y);
        d.cost_noise[y] = noise(year) + rho * noise(year - 1);
    }
    return d;
}

}  // namespace

MemberDraws draw_member(const World& world, MemberId id) {
    const Drawer from(world, id);
    const ModelParameters& m = world.parameters;
    MemberDraws d;
    d.phase_switch = from(m.phase_switch, "phase_switch");
    d.beta_population = from(m.beta_population, "beta_population");
    d.frailty_sd = std::max(0.0, from(m.frailty_sd, "frailty_sd"));
    d.support_hazard = std::max(0.0, from(m.support_hazard, "support_hazard"));
    d.block_join = std::clamp(from(m.block_join, "block_join"), 0.0, 1.0 - 1e-12);
    d.capacity = {from(m.kappa0, "kappa0"), from(m.kappa1, "kappa1"), from(m.kappa2, "kappa2"),
                  from(m.delta, "delta")};
    d.eta_capacity = from(m.eta_capacity, "eta_capacity");
    d.eta_commitment = from(m.eta_commitment, "eta_commitment");
    d.eta_support = from(m.eta_support, "eta_support");
    d.dose_population = from(m.dose_population, "dose_population");
    d.eta_cost = from(m.eta_cost, "eta_cost");
    d.psi = from(m.psi, "psi");
    d.seed_weight = std::clamp(from(world.credits.seed_weight, "seed_weight"), 0.0, 1.0);
    d.projects_per_support_year =
        std::max(0.0, from(world.credits.projects_per_support_year, "projects_per_support_year"));
    d.buyer_share = std::clamp(from(world.credit_accounting.buyer_share, "buyer_share"), 0.0, 1.0);
    d.credit_grid_factor = std::max(0.0, from(world.credits.grid_factor, "credit_grid_factor"));
    for (const Country& country : world.countries) d.countries.push_back(draw_country(world, country, from));
    for (std::size_t l = 0; l < world.layers.size(); ++l) {
        const LayerCoupling& c = world.couplings[l];
        const std::string& name = world.layers[l].name;
        d.layers.push_back({std::max(0.0, from(c.gamma_early, "gamma_early:" + name)),
                            std::max(0.0, from(c.gamma_late, "gamma_late:" + name)),
                            from(c.threshold, "threshold:" + name),
                            std::clamp(from(c.coercion, "coercion:" + name), 0.0, 1.0 - 1e-12),
                            std::max(0.0, from(c.drawn_weight, "drawn_weight:" + name)),
                            std::max(1e-3, from(c.decay_ratio, "decay_ratio:" + name))});
    }
    const double rho = from(m.cost_noise_rho, "cost_noise_rho");
    for (const Technology& t : world.technologies)
        d.technologies.push_back(draw_technology(world, t, rho, from));
    for (const Withdrawal& w : world.withdrawals) {
        d.withdrawals.push_back({std::max(0.0, from(w.propensity_factor, "withdrawal_propensity:" + w.id)),
                                 from(w.intensity_drift_per_year, "withdrawal_intensity:" + w.id)});
    }
    for (const geo::PlaceKey unit : world.admin1_keys) {
        d.frailty.push_back(d.frailty_sd * from.normal_in(Process::frailty, 0, 0, unit.value));
    }
    for (const HazardCovariate& covariate : world.covariates)
        d.coefficients.push_back(from(covariate.coefficient, "beta:" + covariate.id));
    return d;
}

}  // namespace domino::sim
