#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/problem.h"
#include "sim/calendar.h"
#include "sim/prior.h"
#include "sim/world.h"

namespace domino::scenarios {

/// A scenario as plain values in base units (persons, metres, JPY, tonnes, months): what a planner wrote,
/// with everything it extends folded in. Paths are absolute.
struct RunSection {
    int members = 100;
    std::uint64_t seed = 1;
    sim::Month start = sim::make_month(2020, 1);
    sim::Month end = sim::make_month(2041, 3);    ///< last month of the run
    int parts_per_month = 1;                      ///< steps of the dynamics in a month
    int months_per_step = 1;                      ///< months in a step of the dynamics
    std::int64_t place_results_memory_mb = 2000;  ///< 10^6 bytes; more is kept as distributions
};

/// A vector layer that brings places of the user's own.
struct PlaceLayer {
    std::filesystem::path path;  ///< a file, or what GDAL opens by name
    std::string layer;           ///< empty: the only layer
    std::string id_field, name_field, population_field, country_field;
    std::string crs_override;  ///< e.g. "EPSG:32648"; empty: the file's own
    geo::Coupling coupling = geo::Coupling::connected;
    SourceLocation where;
};

enum class RasterSampling : std::uint8_t { nearest, bilinear };

/// What of a place a covariate is taken over: its point; its own area, else the region it lies in; or the
/// part of its region that is nearer to it than to any other place.
enum class CovariateZone : std::uint8_t { point, area, voronoi };
/// What a value is: a number of things, which is conserved when areas are divided, or a property or number by
/// area, which is averaged over area.
enum class CovariateQuantity : std::uint8_t { count, density };
/// What a covariate is in a year between two of those it is known for.
enum class BetweenYears : std::uint8_t { linear, step };
enum class ZonalStatistic : std::uint8_t { sum, mean, weighted_mean, class_share };

/// Something known of places, from rasters or from a column of vector layers.
struct Covariate {
    std::string name;
    std::filesystem::path path;           ///< a file, or what GDAL opens by name
    std::vector<std::string> more_paths;  ///< tiles or parts of the same covariate
    std::string layer, field;             ///< of a vector layer
    int band = 1;                         ///< of the first year, where it has years
    std::vector<int> years;               ///< it is known for, ascending; empty: it stays the same
    std::optional<BetweenYears> between;  ///< unset: linear
    std::string unit;
    CovariateZone over = CovariateZone::point;
    std::optional<CovariateQuantity> quantity;
    std::optional<ZonalStatistic> statistic;  ///< unset: sum of counts, mean of densities
    std::filesystem::path weights;            ///< raster of amounts such as people, of weighted_mean
    std::string weights_field;                ///< or a vector layer's column of them
    int weights_band = 1;
    std::string weights_crs;
    std::optional<double> class_low, class_high;
    RasterSampling sampling = RasterSampling::nearest;
    std::string crs_override;
    std::optional<sim::Prior> beta;  ///< effect on log hazard per unit of (value − centre)
    std::optional<double> centre;    ///< fixed constant, never a sample mean
    SourceLocation where;

    bool is_vector() const { return !field.empty(); }
    /// A total of each place, which adds up over places.
    bool is_amount() const {
        if (over == CovariateZone::point) return false;
        return statistic ? *statistic == ZonalStatistic::sum : quantity == CovariateQuantity::count;
    }
};

struct PlacesSection {
    std::vector<std::string> countries;  ///< ISO 3166-1 alpha-3, groups already expanded, ascending
    double min_population = 100000.0;    ///< persons; the cut above which a city is a place of its own
    std::vector<std::string> include;    ///< place ids kept whatever their size
    std::vector<PlaceLayer> layers;
    std::vector<Covariate> covariates;
};

enum class ProximityWeight : std::uint8_t { radiation, gravity };
enum class OnOff : std::uint8_t { off, on };

struct ProximitySection {
    OnOff enabled = OnOff::on;
    int neighbours = 12;
    int long_range = 4;  ///< further links to the strongest destinations beyond the nearest
    ProximityWeight weight = ProximityWeight::radiation;
    double decay_m = 100000.0;  ///< r0 of gravity
    sim::Response response = sim::Response::exposure;
    OnOff coercion = OnOff::off;
};

struct HierarchySection {
    OnOff enabled = OnOff::on;
    double down = 1.0;  ///< weight parent → child
    double up = 0.0;    ///< weight child → parent
    /// Multiply the ties between a state and its cities, and between a state and its counties.
    double city_tier = 1.0, county_tier = 1.0;
    sim::Response response = sim::Response::exposure;
    OnOff coercion = OnOff::off;  ///< a declaration commits those below with probability c, next month
};

/// An agreement or project between two places, named by place id, admin-1 id or unambiguous name.
struct AgreementEntry {
    std::string japan, partner;
    sim::Month from;
    std::optional<sim::Month> to;
    bool project = false;   ///< a C3P project, not an agreement only
    std::string archetype;  ///< kind of collaboration, in words; may be empty
    SourceLocation where;
};

struct CollaborationSection {
    OnOff enabled = OnOff::on;
    OnOff observed_pairs = OnOff::on;  ///< the pack's dated pairs
    double project_weight = 1.0;
    double agreement_weight = 0.3;
    sim::Response response = sim::Response::exposure;
    OnOff coercion = OnOff::off;
    std::vector<AgreementEntry> agreements;
};

/// A meeting that left contacts between its host and those who came, named as in AgreementEntry.
struct ContactEventEntry {
    std::string id;
    sim::Month date;
    std::string host;
    std::vector<std::string> participants;
    SourceLocation where;
};

struct ContactsSection {
    OnOff observed = OnOff::off;  ///< the pack's own events (systems_seeds)
    int memory_years = 5;         ///< how long a contact acts
    double weight = 0.3;          ///< of a contact
    sim::Response response = sim::Response::exposure;
    OnOff coercion = OnOff::off;
    std::vector<ContactEventEntry> events;
};

struct NetworkSection {
    OnOff enabled = OnOff::on;
    std::vector<std::string> networks = {"race_to_zero"};
    int base_year = 2019;  ///< of the targets a membership implies
    sim::Response response = sim::Response::exposure;
    OnOff coercion = OnOff::off;
};

struct UserLayer {
    std::string name;
    std::filesystem::path path;  ///< CSV: from,to,weight[,from_date,to_date]
    sim::Prior gamma_early = sim::or_zero(sim::half_normal(0.5));
    sim::Prior gamma_late = sim::or_zero(sim::half_normal(0.5));
    sim::Response response = sim::Response::exposure;
    OnOff coercion = OnOff::off;
    SourceLocation where;
};

/// What is known of declarations enters the run, or does not.
struct CommitmentSection {
    OnOff observed = OnOff::on;     ///< dated commitments before the run are taken as given
    OnOff calibration = OnOff::on;  ///< Japan's trend is solved to pass its dated counts
};

/// How leading areas nobody has named yet are chosen.
enum class AreaRule : std::uint8_t { none, largest };

/// Decarbonization Leading Areas of Japan and their spread. The documents give them no budget.
struct LeadingAreasSection {
    OnOff enabled = OnOff::off;
    int aim = 100;  ///< areas by the end of fiscal year 2025
    AreaRule expansion = AreaRule::largest;
    int support_years = 5;
    double cost_jpy_per_area_year = 0.0;  ///< nominal
    double budget_jpy_per_year = 0.0;     ///< nominal
    OnOff broadcast = OnOff::on;          ///< areas act on the places of their prefecture
    std::optional<sim::Month> nationwide_from;
};

/// FutureCity and SDGs FutureCity: certified cities as examples to all of Japan.
struct FutureCitySection {
    OnOff enabled = OnOff::off;
};

/// Global Subnational Zero Carbon Promotion Initiative: pioneers of Japan and the USA act on third countries.
struct SubnationalSection {
    OnOff enabled = OnOff::off;
    sim::Month from = sim::make_month(2021, 4);
    std::vector<std::string> countries;  ///< ISO 3166-1 alpha-3; empty: every other country of the scenario
};

/// A nation that leaves the Paris Agreement while a coalition of its places stays.
struct WithdrawalEntry {
    std::string country;  ///< ISO 3166-1 alpha-3
    sim::Month from;
    std::optional<sim::Month> to;        ///< first month back in
    double coalition_population = 0.60;  ///< share of the country's people who live in the coalition
    SourceLocation where;
};

/// How places are chosen for projects beyond those on record.
enum class ExpansionRule : std::uint8_t { none, largest, nearest, highest_emissions };

struct C3pSection {
    OnOff enabled = OnOff::on;
    int projects_per_year = 25;
    std::optional<sim::Month> scaled_from;  ///< from when `projects_scale` and `budget_scale` act
    double projects_scale = 1.0;            ///< 2 doubles the partnerships
    double cost_jpy_per_project_year = 20e6;
    double survey_jpy_per_project_year = 0.0;
    double budget_jpy_per_year = 0.5e9;  ///< nominal
    double budget_scale = 1.0;           ///< multiplies the budget from `scaled_from`; 2 doubles it
    int phase_years = 3;
    int max_phases = 2;
    ExpansionRule expansion = ExpansionRule::largest;
    /// Intensity of the three activities of a phase, 0 … 1.
    double feasibility = 1.0, policy_dialogue = 1.0, capacity_building = 1.0;
    /// Meetings in person a year; the guidebook's Table 3 asks for 2, 1 and about 3.
    double visits_per_year = 2.0, workshops_per_year = 1.0, report_sessions_per_year = 3.0;
    std::optional<double> contact_intensity;  ///< scales a project's tie; unset: meetings over Table 3's

    /// A project's own cost and that of its surveys, nominal JPY/yr.
    double project_with_surveys_jpy_per_year() const {
        return cost_jpy_per_project_year + survey_jpy_per_project_year;
    }
};

/// Whom a strategy supports beyond the projects of C3pSection.
enum class StrategyRule : std::uint8_t {
    none,
    observed,           ///< partners on record once more, those longest on record first
    largest,            ///< most people
    highest_emissions,  ///< most emissions of its own sectors
    nearest,            ///< to a Japanese municipality that has partners
    hubs,               ///< most central on the ties between places
    equity,             ///< in the country of the lowest GDP a head
    list,               ///< the planner's own
};

/// Whether a strategy concludes agreements: with none of its projects, with each, or instead of projects.
enum class StrategyAgreements : std::uint8_t { none, with_projects, alone };

/// A project or agreement of the planner's own list, its ends named as in AgreementEntry.
struct StrategyProjectEntry {
    std::string partner, japan;  ///< `japan` may be empty: municipalities on record in turn
    sim::Month from;
    std::optional<int> phases;                          ///< unset: the strategy's
    std::vector<std::string> technologies;              ///< empty: the strategy's
    std::optional<StrategyAgreements> agreements = {};  ///< unset: the strategy's
    SourceLocation where;
};

/// City-to-city projects beyond those on record and those the standing programme goes on with, paid from a
/// budget of their own.
struct StrategySection {
    StrategyRule rule = StrategyRule::none;
    sim::Month from = sim::make_month(2026, 4);
    sim::Month to = sim::make_month(2036, 3);   ///< last month
    std::optional<double> budget_jpy_per_year;  ///< nominal
    int most_concurrent = 25;
    int phases = 2;
    std::vector<std::string> technologies;                     ///< what its projects are about; empty: all
    StrategyAgreements agreements = StrategyAgreements::none;  ///< each lasts as long as the money
    std::optional<double> agreement_cost_jpy_per_year;         ///< nominal; no document states one
    std::vector<StrategyProjectEntry> projects;
};

struct JcmSection {
    OnOff enabled = OnOff::on;
    double budget_jpy_per_year = 3.8e9;
    double subsidy_ceiling = 0.5;
    double subsidy_cap_jpy_per_t = 4000.0;
    double projects_per_year = 21.0;
    int start_lag_months = 24;
    std::vector<std::string> sectors;  ///< guidebook sectors whose technologies may be bought; empty: all
};

/// JCM Eco-Lease: leased equipment whose payments are subsidised. The documents give it no budget.
struct EcoLeaseSection {
    OnOff enabled = OnOff::off;
    std::optional<sim::Month> from;
    std::optional<double> budget_jpy_per_year;  ///< nominal
    double subsidy_share = 0.5;                 ///< most that is paid of the capital cost
    double projects_per_year = 3.0;
    int lease_years = 5;
    int start_lag_months = 12;
};

/// Clean City Partnership Programme: benefits beyond CO2 in partner cities. The documents give it no budget.
struct C2p2Section {
    OnOff enabled = OnOff::off;
    sim::Month from = sim::make_month(2023, 2);
    std::optional<double> budget_jpy_per_year;  ///< nominal
    double cost_jpy_per_place_year = 20e6;
    double policy_dialogue = 1.0, capacity_building = 1.0;
};

/// What follows a city-to-city project: a scheme of exit_schemes.csv with the planner's money.
struct ExitEntry {
    std::string scheme;  ///< scheme_id
    std::optional<sim::Month> from;
    double share = 1.0;  ///< of the projects that end
    int years = 3;
    double budget_jpy_per_year = 0.0;  ///< nominal
    double cost_jpy_per_project_year = 20e6;
    OnOff agency_projects = OnOff::off;  ///< the projects are the agency's own (ADB, UNIDO)
    SourceLocation where;
};

/// How the credits of JCM projects are accounted for between their host and Japan.
struct CreditsSection {
    OnOff enabled = OnOff::on;
    sim::AdjustmentMethod method = sim::AdjustmentMethod::averaging;
    sim::CreditUse use = sim::CreditUse::yearly;
    OnOff existing_portfolio = OnOff::on;
    double other_purposes_share = 0.0;  ///< of Japan's units, for other international purposes
    double cancelled_share = 0.0;       ///< of Japan's units, cancelled
    int shares_from_year = 2021;        ///< first vintage both shares act on
    sim::FirstTransferRule other_first_transfer = sim::FirstTransferRule::authorisation;
};

struct PriceSchemeEntry {
    std::string id, technology;
    std::vector<std::string> countries;
    sim::Month from;
    std::optional<sim::Month> to;
    double share = 0.0;
    std::optional<double> budget_jpy_per_year;
    SourceLocation where;
};

struct ModelSection {
    OnOff couplings = OnOff::on;  ///< off: every γ, r and coercion zero
    OnOff block_shocks = OnOff::on;
    OnOff endogenous_cost = OnOff::on;
    OnOff uncertainty = OnOff::on;             ///< off: every prior at its median
    std::vector<std::string> without_ties_of;  ///< places that no tie and no partnership reaches
};

/// The cells of the maps. Without anything set: longitude and latitude, over all places.
struct OutputGrid {
    std::string crs;                 ///< "EPSG:6933"; empty: longitude and latitude on WGS 84
    double resolution_arcmin = 0.0;  ///< 0: the finest of 2.5, 5, 10, 30 that keeps a band under 4 M cells
    double cell_size_m = 0.0;        ///< in a CRS in metres; 0: the same choice of 5, 10, 20, 50 km
    std::optional<double> west_deg, south_deg, east_deg, north_deg;  ///< none: over every place and unit

    friend bool operator==(const OutputGrid&, const OutputGrid&) = default;
};

/// What a city is spread over: a disc as large as its people need, or the part of its region that is nearer
/// to it than to any other place of the region.
enum class FootprintKind : std::uint8_t { disc, voronoi };

/// Where places are on the maps. A place with an area of its own, from its layer or from here, has that.
struct FootprintSection {
    FootprintKind kind = FootprintKind::disc;
    std::filesystem::path path;  ///< a vector layer of areas
    std::string layer, id_field, crs_override;
};

struct OutputSection {
    OnOff maps = OnOff::on, geopackage = OnOff::on, report = OnOff::on, ledger = OnOff::on;
    OnOff quantile_maps = OnOff::on, netcdf = OnOff::on, qgis_project = OnOff::on, flatgeobuf = OnOff::on;
    OnOff realizations = OnOff::off;  ///< every member in results.nc
    OutputGrid grid;
    FootprintSection footprint;
    /// What a sector's emissions are spread by within a place's footprint: "population", "night_lights",
    /// "uniform" or a covariate of the scenario that is a raster.
    std::array<std::string, sim::sector_count> downscaling = {"population", "population", "population",
                                                              "population", "population", "population",
                                                              "population", "population", "population"};
};

/// How national emissions are given to places.
struct EmissionsSection {
    OnOff city_inventories = OnOff::on;  ///< a reported inventory takes precedence, the rest is rescaled
    /// By sector: "population", "night_lights", or a covariate of the scenario.
    std::array<std::string, sim::sector_count> proxy = {"population",   "population",   "night_lights",
                                                        "night_lights", "population",   "population",
                                                        "population",   "night_lights", "population"};
};

enum class BauLevel : std::uint8_t { stated, reference_run };

/// A target the planner adds to those of the pack.
struct TargetEntry {
    std::string id, country, type;
    int target_year = 0;
    std::optional<int> base_year;
    std::optional<int> period_start;                        ///< first year of budgets and trajectories
    std::optional<double> value, value_high;                ///< fraction; the second closes a range
    std::optional<double> reduction_mt, reduction_high_mt;  ///< absolute_reduction, peak_minus in tonnes
    std::optional<double> level_mt, level_high_mt;          ///< Mt CO2e
    std::optional<double> reference_level_mt;               ///< base year or BAU as filed
    std::optional<double> start_level_mt;                   ///< of a trajectory, in its first year
    BauLevel bau = BauLevel::stated;
    std::string conditionality = "unconditional", lulucf = "excluded", year_basis = "calendar";
    std::string gases, coverage, sector;
    SourceLocation where;
};

struct Scenario {
    std::string name, title, description;
    std::filesystem::path file;
    std::optional<std::filesystem::path> reference;
    RunSection run;
    PlacesSection places;
    ProximitySection proximity;
    HierarchySection hierarchy;
    CollaborationSection collaboration;
    NetworkSection network;
    ContactsSection contacts;
    std::vector<UserLayer> user_layers;
    CommitmentSection commitment;
    LeadingAreasSection leading_areas;
    FutureCitySection futurecity;
    SubnationalSection subnational;
    std::vector<WithdrawalEntry> withdrawals;
    C3pSection c3p;
    StrategySection strategy;
    JcmSection jcm;
    EcoLeaseSection eco_lease;
    C2p2Section c2p2;
    std::vector<ExitEntry> exits;
    CreditsSection credits;
    std::vector<PriceSchemeEntry> price_schemes;

    std::vector<std::string> technologies;         ///< ids of the pack
    std::map<std::string, sim::Prior> parameters;  ///< overrides by parameter_id of parameters.csv
    std::vector<TargetEntry> targets;
    EmissionsSection emissions;
    ModelSection model;
    OutputSection output;
    /// Dotted key → where it was written (not defaults), rightly or not. Keys of a list's entry carry the
    /// entry's name: "price_schemes.ev_grant.share".
    std::map<std::string, SourceLocation> set_at;
};

/// One difference between a scenario and its reference, as the user wrote it.
struct LeverChange {
    std::string key;   ///< dotted key
    std::string from;  ///< value in the reference, with unit
    std::string to;
    std::string since;  ///< ISO month, empty when it holds from the start
};

struct LoadedScenario {
    std::optional<Scenario> scenario;  ///< empty when there are errors
    Problems problems;                 ///< all of them, in file order
};

/// Reads a scenario file with all it extends, checks keys, types, units, ranges and references between keys.
/// Names of countries, technologies, networks and parameters are those of the data pack in @p data_dir.
/// Never throws for bad input: every problem is in the list. Deterministic.
LoadedScenario load_scenario(const std::filesystem::path& file, const std::filesystem::path& data_dir);

/// The resolved scenario as TOML: every value with unit, mark and source as comments; it loads back to the
/// same values. With @p data_dir, the pack's parameters that the scenario leaves alone stand in it as
/// comments. Paths are written absolute.
std::string resolved_toml(const Scenario& scenario, const std::filesystem::path& data_dir = {});

/// What @p scenario changes of @p reference, in the order of the documentation; entries of lists by name.
std::vector<LeverChange> differences(const Scenario& reference, const Scenario& scenario);

}  // namespace domino::scenarios
