#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/place_id.h"
#include "geo/place_table.h"
#include "sim/calendar.h"
#include "sim/credits/credit_accounting.h"
#include "sim/graph/multiplex.h"
#include "sim/prior.h"
#include "sim/sector.h"
#include "sim/support_channels.h"
#include "sim/withdrawal.h"

namespace domino::sim {

/// "By year" vectors have Calendar::touched_years() entries, the first for the year of Calendar::first.
using ByYear = std::vector<double>;

/// One sector of a country's inventory as far as places own it, and how it would go on.
/// E_s(y) = base_t · observed_factor(y) up to the base year; after it the logarithm grows yearly by
/// log GDP growth + (1 − ψ)·intensity_trend + errors (model: BAU).
struct SectorPath {
    double base_t = 0.0;     ///< t CO2e in Country::base_year, all places together
    ByYear observed_factor;  ///< relative to the base year; entries after the base year are ignored
    double intensity_trend_per_year = 0.0;     ///< change of log intensity per GDP, 1/yr
    double intensity_trend_sd_per_year = 0.0;  ///< persistent error of a member, 1/yr

    friend bool operator==(const SectorPath&, const SectorPath&) = default;
};

/// One part of the national remainder: observed to the base year, then a trend with an error.
struct RemainderPath {
    double base_t = 0.0;
    ByYear observed_factor;
    double trend_per_year = 0.0;
    double trend_sd_per_year = 0.0;

    friend bool operator==(const RemainderPath&, const RemainderPath&) = default;
};

/// A dated count of governments that had declared, against which the trend a(t) is solved.
struct ObservedCount {
    Month month;         ///< counted at the end of this month
    double share = 0.0;  ///< share of the places of the country that had committed, 0 … 1

    friend bool operator==(const ObservedCount&, const ObservedCount&) = default;
};

/// Commitment in one country: the log hazard of a place of 100,000 people.
struct CommitmentTrend {
    std::vector<ObservedCount>
        observed;                   ///< ascending; a(t) is piecewise constant between them, solved per draw
    Prior log_hazard_forecast;      ///< a(t) after the last count (or always, without counts), log 1/yr
    Prior block_rate = fixed(0.0);  ///< joint declarations per admin-1 unit and year

    friend bool operator==(const CommitmentTrend&, const CommitmentTrend&) = default;
};

/// Whether a country's grid path already contains the solar generation the run models.
enum class GridPath : std::uint8_t { without_modelled_solar, with_modelled_solar };

struct Country {
    std::string iso3;
    std::string name;
    int fiscal_year_start_month = 1;  ///< 4 for Japan; 1 means calendar years
    int base_year = 2022;             ///< last year of the sector inventory
    ByYear population_factor;         ///< people relative to the start of the run
    ByYear gdp_musd;                  ///< PPP, constant dollars of the data's base year, central path
    ByYear gdp_log_growth;            ///< ln(GDP_y / GDP_{y−1}), central path
    int first_projected_gdp_year = 2025;
    std::array<SectorPath, sector_count>
        sectors;  ///< electricity sectors: emissions = demand × emission factor
    std::array<RemainderPath, remainder_count> remainder;
    RemainderPath lulucf;  ///< base_t may be negative; trend and its sd in t CO2e/yr here
    /// Land use after the base year, t CO2e/yr; without it the last value goes on as `lulucf` says.
    std::optional<Prior> lulucf_projected_t;
    /// Shares of electricity by user (homes, shops, industry, transport), one level per member, rescaled to
    /// sum to 1; fixed ones keep the allocation as it is.
    std::array<Prior, sector_count - first_electricity_sector> electricity_user_share = {};
    ByYear emission_factor_g_per_kwh;  ///< grid path, central, observed to the base year
    int first_projected_ef_year = 2023;
    double emission_factor_sd_per_year = 0.01;
    GridPath grid_path = GridPath::without_modelled_solar;
    ByYear generation_twh;  ///< national generation on the path; needed where the path counts modelled solar
    CommitmentTrend commitment;

    friend bool operator==(const Country&, const Country&) = default;
};

/// Places as the model sees them; rows ordered as in the place table (by id).
struct PlaceInputs {
    geo::PlaceKey key;
    std::uint16_t country = 0;  ///< index into World::countries
    std::uint16_t admin1 = 0;   ///< index into World::admin1_keys
    geo::PlaceKind kind = geo::PlaceKind::city;
    std::uint64_t curve_index = 0;  ///< along Hilbert's curve (geo/hilbert_curve.h): where it lies in memory
    double population = 0.0;        ///< at the start of the run
    std::array<double, sector_count> emissions_t{};  ///< in the country's base year
    std::optional<Month> committed_since;            ///< observed commitment, taken as given
    std::vector<double> potential_factor;  ///< per technology: local potential / national average per head
};

/// How one unit of a technology changes a sector's emissions (direct) or an electricity user's demand.
struct TechnologyEffect {
    Sector sector = Sector::buildings_fuel;
    double direct_t_per_unit_year = 0.0;  ///< saved, t CO2e; ≥ 0, acts as α in series
    double electricity_kwh_per_unit_year =
        0.0;  ///< saved or generated (+), used (−); electricity sectors only

    friend bool operator==(const TechnologyEffect&, const TechnologyEffect&) = default;
};

/// Observed growth of a stock the pair (p, q) is conditioned on.
struct ObservedGrowth {
    Month from;
    Month to;
    double ratio = 1.0;   ///< stock at the end of `to` / stock at the start of `from`
    double log_sd = 0.3;  ///< error of the ratio

    friend bool operator==(const ObservedGrowth&, const ObservedGrowth&) = default;
};

/// A technology in one country.
struct TechnologyInCountry {
    double units_per_head = 0.0;         ///< U: units that serve the whole activity
    double initial_share = 0.0;          ///< A(t0)/U
    Prior p;                             ///< 1/yr
    Prior q;                             ///< 1/yr
    Prior ceiling;                       ///< M/U
    double past_growth_per_year = 0.05;  ///< g of the starting ages
    double turnover_years = 0.0;         ///< 1/largest yearly sales as a share of U; 0: none
    double capex_jpy = 0.0;  ///< full capital cost of a unit at the start, real JPY of World::money_year
    double jcm_t_per_unit_year = 0.0;  ///< creditable reduction of a unit, 0 where not eligible
    /// Part of it that grows with the grid factor of credits: t at a factor of 1 (the operating margin).
    double jcm_margin_t_per_unit_year = 0.0;
    std::optional<ObservedGrowth> observed;
    std::vector<TechnologyEffect> effects;

    friend bool operator==(const TechnologyInCountry&, const TechnologyInCountry&) = default;
};

/// Whether a technology feeds the grid, so that a grid path may already contain it.
enum class PowerRole : std::uint8_t { consumes_or_saves, generates };

struct Technology {
    std::string id;  ///< as in data/tables/technologies.csv
    std::string name;
    std::string unit;
    double lifetime_years = 15.0;
    int erlang_stages = 4;
    PowerRole power_role = PowerRole::consumes_or_saves;
    Prior learning_rate;                     ///< LR = 1 − 2^(−ω)
    double cost_noise_sd = 0.08;             ///< v, per year
    ByYear world_log_growth;                 ///< Δ ln z, exogenous central path
    Prior world_growth_factor = fixed(1.0);  ///< multiplies it, per member
    int first_projected_world_year = 0;      ///< growth before it is observed: the factor leaves it alone
    double world_units_at_start =
        0.0;  ///< z at the start in this technology's units, for the endogenous part; 0: exogenous only
    double jcm_credit_years = 15.0;
    Prior between_places = fixed(0.0);           ///< r, 1/yr
    std::vector<TechnologyInCountry> countries;  ///< by country index

    friend bool operator==(const Technology&, const Technology&) = default;
};

/// How a place answers to the share E of its neighbours that have committed.
enum class Response : std::uint8_t {
    exposure,   ///< E itself
    threshold,  ///< 1 where E ≥ φ, else 0 (complex contagion)
};

/// A layer's coefficient γ, early and late.
struct LayerCoupling {
    Prior gamma_early = fixed(0.0);
    Prior gamma_late = fixed(0.0);
    Response response = Response::exposure;
    Prior threshold = uniform(0.18, 0.5);  ///< φ, where the response is a threshold
    Prior coercion =
        fixed(0.0);  ///< c: a source's commitment commits each target with this probability, next step
    bool carries_technology = false;  ///< r acts along this layer
    Prior drawn_weight = fixed(1.0);  ///< multiplies FrozenLayer::drawn_weight, per member
    /// Decay length of a gravity layer as drawn by each member, over the one its weights were made with.
    Prior decay_ratio = fixed(1.0);

    friend bool operator==(const LayerCoupling&, const LayerCoupling&) = default;
};

/// Whether a supported place has a partner abroad (and so is engaged), or is supported by its own country.
enum class SupportKind : std::uint8_t { partnership, domestic };

/// One supported phase: a C3P-type project at a place.
struct SupportWindow {
    std::string project_id;
    std::uint32_t place = 0;
    std::optional<std::uint32_t> partner;  ///< the Japanese municipality, where it is a place of the world
    Month from;
    Month to;  ///< first month no longer supported
    double cost_jpy_per_year = 0.0;
    std::uint16_t programme = 0;
    SupportChannels channels = {};                         ///< how intensely each activity is carried out
    std::vector<std::uint16_t> technologies = {};          ///< whose adoption it helps; empty: all
    std::vector<std::uint16_t> project_technologies = {};  ///< its JCM projects buy these; empty: the mix
    SupportKind kind = SupportKind::partnership;

    friend bool operator==(const SupportWindow&, const SupportWindow&) = default;
};

struct Programme {
    std::string id;
    std::string name;
    ByYear budget_jpy;  ///< nominal, per calendar year
    /// Month within a year at which the budget changes, or `never`: the months before it are funded as if it
    /// did not, the rest of the year with what is left, so that nothing changes earlier.
    Month budget_changes = never;
    double unchanged_budget_jpy = 0.0;  ///< of that year, had it not changed

    friend bool operator==(const Programme&, const Programme&) = default;
};

/// JCM model projects, or leases under the same rules: the budget buys units (model §3).
struct CreditProgramme {
    bool active = false;
    std::uint32_t stream = 0;  ///< tells the draws of several programmes apart
    /// Years over which a subsidy is paid in equal parts, from the year a project starts; 1: at once.
    int payment_years = 1;
    ByYear budget_jpy;                      ///< nominal
    std::vector<Month> eligible_from;       ///< per country; `never` where not a partner
    std::vector<double> projects_per_year;  ///< per country, independent of C3P
    Prior projects_per_support_year = fixed(0.12);
    double size_median_t = 8000.0;  ///< annual reduction, lognormal
    double size_mean_t = 12500.0;
    double subsidy_ceiling = 0.5;
    double subsidy_cap_jpy_per_t = 4000.0;
    int start_lag_months = 24;
    std::vector<double> technology_weight;  ///< per technology, share of projects
    Prior seed_weight = uniform(0.0, 1.0);  ///< λ
    /// Grid factor of credits as a share of the operating margin, per member.
    Prior grid_factor = fixed(0.7);
    double central_grid_factor = 0.7;  ///< the one in jcm_t_per_unit_year

    friend bool operator==(const CreditProgramme&, const CreditProgramme&) = default;
};

/// A price scheme: pays a share of capital cost of every sale while its budget lasts.
struct PriceScheme {
    std::string id;
    std::uint16_t technology = 0;
    std::vector<std::uint16_t> countries;
    Month from;
    Month to = never;
    double share = 0.0;  ///< σ, 0 … 1
    ByYear budget_jpy;   ///< nominal; empty: no limit

    friend bool operator==(const PriceScheme&, const PriceScheme&) = default;
};

/// Parameters of the model that are not per country, technology or layer.
struct ModelParameters {
    Prior phase_switch = uniform(0.1, 0.35);
    Prior beta_population = normal(0.5, 0.2);
    Prior frailty_sd = half_normal(0.5);
    Prior support_hazard = log_uniform(0.02, 0.2);
    Prior block_join = uniform(0.1, 0.6);
    Prior kappa0 = log_uniform(0.005, 0.02);
    Prior kappa1 = log_uniform(0.05, 0.2);
    Prior kappa2 = log_uniform(0.1, 0.5);
    Prior delta = log_uniform(0.02, 0.1);
    Prior eta_capacity = half_normal(0.3);
    Prior eta_commitment = normal(0.0, 0.05);
    Prior eta_support = uniform(0.0, 0.6931471805599453);
    Prior dose_population = log_uniform(30000.0, 300000.0);
    Prior eta_cost = uniform(0.3, 1.2);
    Prior psi = uniform(0.0, 0.5);
    Prior cost_noise_rho = uniform(0.0, 0.45);
    Prior gdp_growth_error = normal(0.0, 0.006);
    double log_pq_correlation = -0.77;
    double log_q_country_sd = 0.6;
    double inflation_per_year = 0.02;  ///< turns nominal budgets into real money

    friend bool operator==(const ModelParameters&, const ModelParameters&) = default;
};

enum class EndogenousCost : std::uint8_t { off, on };
enum class Uncertainty : std::uint8_t { medians_only, sampled };

/// Something known of places that moves their propensity: log θ_i(t) = … + β·x_i(t).
struct HazardCovariate {
    std::string id;
    Prior coefficient;            ///< β, per unit of x
    std::vector<double> centred;  ///< x of each place: value less a fixed constant, 0 where it is not known
    /// Of one that changes: x in every calendar year the run touches, [year][place]; that of the first year
    /// is `centred`. Empty where x stays.
    std::vector<std::vector<double>> by_year = {};

    friend bool operator==(const HazardCovariate&, const HazardCovariate&) = default;
};

/// Everything a run needs; nothing in it knows files, clocks or threads.
struct World {
    Calendar calendar;
    int money_year = 2025;
    std::vector<Country> countries;
    std::vector<geo::PlaceKey> admin1_keys;
    std::vector<PlaceInputs> places;
    std::vector<HazardCovariate> covariates;
    std::vector<FrozenLayer> layers;
    std::vector<LayerCoupling> couplings;  ///< one per layer
    std::vector<Technology> technologies;
    std::vector<Programme> programmes;
    std::vector<SupportWindow> support;  ///< sorted by from, then place key
    CreditProgramme credits;
    CreditProgramme eco_lease;  ///< JCM Eco-Lease: leased equipment, subsidised over the lease
    std::vector<PriceScheme> price_schemes;
    std::vector<Withdrawal> withdrawals;
    ModelParameters parameters;
    CreditAccounting credit_accounting;
    EndogenousCost endogenous_cost = EndogenousCost::on;
    Uncertainty uncertainty = Uncertainty::sampled;
};

}  // namespace domino::sim
