#include "scenarios/scenario_keys.h"

#include <array>
#include <limits>

#include <fmt/format.h>

#define FIELD(path)        \
    [](auto& s) -> auto& { \
        return s.path;     \
    }

namespace domino::scenarios {
namespace {

constexpr double no_limit = std::numeric_limits<double>::infinity();
using Keys = std::vector<Key<Scenario>>;

template <class Access>
void add(Keys& keys, KeyInfo info, Access access) {
    keys.push_back(bind_key<Scenario>(std::move(info), access));
}

void add_head(Keys& keys) {
    constexpr auto own = Inheritance::own;
    add(keys,
        {.table = "",
         .key = "name",
         .type = ValueType::text,
         .doc = "Short name, used in tables and file names. Default: the file's name.",
         .example = "\"my-scenario\"",
         .absence = Absence::unset,
         .inheritance = own},
        FIELD(name));
    add(keys,
        {.table = "",
         .key = "title",
         .type = ValueType::text,
         .doc = "One line for the report's head.",
         .example = "\"What if ...\"",
         .absence = Absence::unset,
         .inheritance = own},
        FIELD(title));
    add(keys,
        {.table = "",
         .key = "description",
         .type = ValueType::text,
         .doc = "What the scenario asks and assumes, in sentences.",
         .example = "\"...\"",
         .absence = Absence::unset,
         .inheritance = own},
        FIELD(description));
    add(keys,
        {.table = "",
         .key = "reference",
         .type = ValueType::path,
         .doc = "A scenario to run on the same random draws; the report speaks of the difference.",
         .example = "\"jcm-2040.toml\"",
         .absence = Absence::unset,
         .inheritance = own},
        FIELD(reference));
    add(keys,
        {.table = "",
         .key = "technologies",
         .type = ValueType::technology_list,
         .doc = "Technologies that spread, by id of data/tables/technologies.csv.",
         .example = "[\"solar_pv_residential\", \"ev_car\"]",
         .absence = Absence::error},
        FIELD(technologies));
}

void add_run(Keys& keys) {
    add(keys,
        {.table = "run",
         .key = "members",
         .type = ValueType::integer,
         .doc = "Draws of the uncertain inputs and of chance; intervals come from them.",
         .low = 1,
         .high = 100000},
        FIELD(run.members));
    add(keys,
        {.table = "run",
         .key = "seed",
         .type = ValueType::integer,
         .doc = "Number every random draw is addressed from; the same seed gives the same bytes.",
         .low = 0,
         .high = 9.2e18},
        FIELD(run.seed));
    add(keys, {.table = "run", .key = "start", .type = ValueType::month, .doc = "First month of the run."},
        FIELD(run.start));
    add(keys,
        {.table = "run",
         .key = "end",
         .type = ValueType::month,
         .doc = "Last month of the run. 2041-03 closes Japan's fiscal year 2040."},
        FIELD(run.end));
}

void add_places(Keys& keys) {
    add(keys,
        {.table = "places",
         .key = "countries",
         .type = ValueType::country_list,
         .doc = "Countries covered whole: names or ISO 3166-1 alpha-3 codes, and the groups jcm_partners "
                "(the 29 of February 2024), jcm_candidates, jcm_later_signings, world.",
         .example = "[\"Japan\", \"jcm_partners\"]",
         .absence = Absence::error},
        FIELD(places.countries));
    add(keys,
        {.table = "places",
         .key = "min_population",
         .type = ValueType::quantity,
         .doc = "A city of at least so many people is a place of its own; all others of an admin-1 unit "
                "form its rest-of-region place.",
         .unit = "people",
         .low = 1000,
         .high = 1e9},
        FIELD(places.min_population));
    add(keys,
        {.table = "places",
         .key = "include",
         .type = ValueType::text_list,
         .doc = "Place ids kept whatever their size."},
        FIELD(places.include));
}

constexpr std::string_view response_doc =
    "How a place answers: to the share of its neighbours that have committed, or only once that share "
    "reaches threshold_phi (complex contagion).";

void add_layers(Keys& keys) {
    add(keys,
        {.table = "proximity",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether near places act on each other."},
        FIELD(proximity.enabled));
    add(keys,
        {.table = "proximity",
         .key = "neighbours",
         .type = ValueType::integer,
         .doc = "Nearest places that act on a place.",
         .low = 1,
         .high = 200,
         .mark = 'G',
         .parameter = "k_nearest"},
        FIELD(proximity.neighbours));
    add(keys,
        {.table = "proximity",
         .key = "long_range",
         .type = ValueType::integer,
         .doc = "Further links, to the strongest destinations beyond the nearest.",
         .low = 0,
         .high = 200,
         .mark = 'G'},
        FIELD(proximity.long_range));
    add(keys,
        {.table = "proximity",
         .key = "weight",
         .type = ValueType::choice,
         .doc = "Weight of a link: the radiation model of trips, or gravity with an exponential kernel.",
         .mark = 'S',
         .source = "Simini et al. 2012, doi:10.1038/nature10856",
         .parameter = "kernel"},
        FIELD(proximity.weight));
    add(keys,
        {.table = "proximity",
         .key = "decay",
         .type = ValueType::quantity,
         .doc = "Decay length of gravity; radiation has none.",
         .unit = "km",
         .low = 1000,
         .high = 2e7,
         .mark = 'G',
         .parameter = "gravity_r0"},
        FIELD(proximity.decay_m));
    add(keys,
        {.table = "proximity",
         .key = "response",
         .type = ValueType::choice,
         .doc = response_doc,
         .mark = 'S',
         .source = "Granovetter 1978, AJS 83:1420-1443; Centola and Macy 2007, AJS 113:702-734"},
        FIELD(proximity.response));
    add(keys,
        {.table = "hierarchy",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether a region and its cities act on each other."},
        FIELD(hierarchy.enabled));
    add(keys,
        {.table = "hierarchy",
         .key = "down",
         .type = ValueType::number,
         .doc = "Weight from a region to its cities.",
         .low = 0,
         .high = 1,
         .mark = 'G'},
        FIELD(hierarchy.down));
    add(keys,
        {.table = "hierarchy",
         .key = "up",
         .type = ValueType::number,
         .doc = "Weight from a city to its region.",
         .low = 0,
         .high = 1,
         .mark = 'G'},
        FIELD(hierarchy.up));
    add(keys,
        {.table = "hierarchy",
         .key = "response",
         .type = ValueType::choice,
         .doc = response_doc,
         .mark = 'S',
         .source = "Granovetter 1978, AJS 83:1420-1443; Centola and Macy 2007, AJS 113:702-734"},
        FIELD(hierarchy.response));
    add(keys,
        {.table = "hierarchy",
         .key = "coercion",
         .type = ValueType::on_off,
         .doc = "Whether a declaration commits those it governs with probability coercion_c, a month later.",
         .mark = 'S',
         .source = "Shipan and Volden 2008, AJPS 52:840-857"},
        FIELD(hierarchy.coercion));
    add(keys,
        {.table = "collaboration",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether agreements and projects between cities act."},
        FIELD(collaboration.enabled));
    add(keys,
        {.table = "collaboration",
         .key = "observed_pairs",
         .type = ValueType::on_off,
         .doc = "Whether the dated city pairs on record are part of the world."},
        FIELD(collaboration.observed_pairs));
    add(keys,
        {.table = "collaboration",
         .key = "project_weight",
         .type = ValueType::number,
         .doc = "Intensity of a C3P project.",
         .low = 0,
         .high = 1,
         .mark = 'G',
         .parameter = "w_collab_project"},
        FIELD(collaboration.project_weight));
    add(keys,
        {.table = "collaboration",
         .key = "agreement_weight",
         .type = ValueType::number,
         .doc = "Intensity of an agreement without a project.",
         .low = 0,
         .high = 1,
         .mark = 'G',
         .parameter = "w_collab_agreement"},
        FIELD(collaboration.agreement_weight));
    add(keys,
        {.table = "network",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether members of a network act on each other."},
        FIELD(network.enabled));
    add(keys,
        {.table = "network",
         .key = "networks",
         .type = ValueType::network_list,
         .doc = "Networks, by id of data/tables/network_members.csv."},
        FIELD(network.networks));
}

void add_c3p(Keys& keys) {
    constexpr std::string_view guidebook =
        "Guidebook on City-to-City Collaboration for Zero Carbon Society, FY2024 edition";
    add(keys,
        {.table = "c3p",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether the City-to-City Collaboration Programme supports projects."},
        FIELD(c3p.enabled));
    add(keys,
        {.table = "c3p",
         .key = "projects_per_year",
         .type = ValueType::integer,
         .doc = "Projects under support in a year; those on record first, then the expansion rule's.",
         .low = 0,
         .high = 100000,
         .mark = 'S',
         .source = guidebook,
         .parameter = "c3p_projects_per_year"},
        FIELD(c3p.projects_per_year));
    add(keys,
        {.table = "c3p",
         .key = "scaled_from",
         .type = ValueType::month,
         .doc = "Month from which projects_scale and budget_scale act.",
         .example = "\"2026-04\"",
         .absence = Absence::unset},
        FIELD(c3p.scaled_from));
    add(keys,
        {.table = "c3p",
         .key = "projects_scale",
         .type = ValueType::number,
         .doc = "Multiplies projects_per_year; 2 doubles the partnerships.",
         .low = 0,
         .high = 1000},
        FIELD(c3p.projects_scale));
    add(keys,
        {.table = "c3p",
         .key = "cost_per_project",
         .type = ValueType::quantity,
         .doc = "Cost of a project.",
         .unit = "MJPY/yr",
         .low = 0,
         .high = 1e12,
         .mark = 'S',
         .source = guidebook,
         .parameter = "c3p_cost_per_pair"},
        FIELD(c3p.cost_jpy_per_project_year));
    add(keys,
        {.table = "c3p",
         .key = "survey_per_project",
         .type = ValueType::quantity,
         .doc = "Cost of surveys beside it; the programme pays up to 5 MJPY/yr.",
         .unit = "MJPY/yr",
         .low = 0,
         .high = 1e12,
         .parameter = "c3p_survey_supplement"},
        FIELD(c3p.survey_jpy_per_project_year));
    add(keys,
        {.table = "c3p",
         .key = "budget",
         .type = ValueType::quantity,
         .doc = "Nominal budget; without money nobody is supported.",
         .unit = "GJPY/yr",
         .low = 0,
         .high = 1e15,
         .mark = 'S',
         .source = guidebook},
        FIELD(c3p.budget_jpy_per_year));
    add(keys,
        {.table = "c3p",
         .key = "budget_scale",
         .type = ValueType::number,
         .doc = "Multiplies the budget from scaled_from on.",
         .low = 0,
         .high = 1000},
        FIELD(c3p.budget_scale));
    add(keys,
        {.table = "c3p",
         .key = "phase",
         .type = ValueType::whole_years,
         .doc = "Length of a project's phase.",
         .low = 1,
         .high = 20,
         .mark = 'S',
         .source = guidebook,
         .parameter = "c3p_phase_years"},
        FIELD(c3p.phase_years));
    add(keys,
        {.table = "c3p",
         .key = "max_phases",
         .type = ValueType::integer,
         .doc = "Phases a place may have.",
         .low = 1,
         .high = 20,
         .mark = 'S',
         .source = guidebook,
         .parameter = "c3p_max_phases"},
        FIELD(c3p.max_phases));
    add(keys,
        {.table = "c3p",
         .key = "expansion",
         .type = ValueType::choice,
         .doc = "How places are chosen for projects beyond those on record.",
         .mark = 'G'},
        FIELD(c3p.expansion));
}

void add_jcm(Keys& keys) {
    add(keys,
        {.table = "jcm",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether JCM model projects buy units in signed partner countries."},
        FIELD(jcm.enabled));
    add(keys,
        {.table = "jcm",
         .key = "budget",
         .type = ValueType::quantity,
         .doc = "Nominal budget; 11.4 GJPY for FY2025-27.",
         .unit = "GJPY/yr",
         .low = 0,
         .high = 1e15,
         .mark = 'S',
         .source = "data/tables/programmes.csv",
         .parameter = "jcm_budget"},
        FIELD(jcm.budget_jpy_per_year));
    add(keys,
        {.table = "jcm",
         .key = "subsidy_ceiling",
         .type = ValueType::fraction,
         .doc = "Largest share of eligible capital cost that is paid.",
         .low = 0,
         .high = 1,
         .mark = 'S',
         .source = "Guidebook on City-to-City Collaboration for Zero Carbon Society, FY2024 edition, Box 3",
         .parameter = "subsidy_share_ceiling"},
        FIELD(jcm.subsidy_ceiling));
    add(keys,
        {.table = "jcm",
         .key = "subsidy_cap",
         .type = ValueType::quantity,
         .doc = "Most that is paid for a credited tonne.",
         .unit = "JPY/tCO2",
         .low = 0,
         .high = 1e7,
         .mark = 'G',
         .source = "used as a cap: the guidebook's best score band",
         .parameter = "subsidy_cap"},
        FIELD(jcm.subsidy_cap_jpy_per_t));
    add(keys,
        {.table = "jcm",
         .key = "projects_per_year",
         .type = ValueType::number,
         .doc = "Projects started in a year, all partners together.",
         .low = 0,
         .high = 1e5,
         .mark = 'C',
         .source = "255 projects in 12 years",
         .parameter = "jcm_projects_per_year"},
        FIELD(jcm.projects_per_year));
    add(keys,
        {.table = "jcm",
         .key = "start_lag",
         .type = ValueType::whole_months,
         .doc = "From the decision to a project's first monitored month.",
         .low = 0,
         .high = 120,
         .mark = 'G',
         .parameter = "jcm_start_lag"},
        FIELD(jcm.start_lag_months));
}

void add_model(Keys& keys) {
    add(keys,
        {.table = "model",
         .key = "couplings",
         .type = ValueType::on_off,
         .doc = "false holds every coupling between places at zero."},
        FIELD(model.couplings));
    add(keys,
        {.table = "model",
         .key = "block_shocks",
         .type = ValueType::on_off,
         .doc = "Whether joint declarations of an admin-1 unit happen."},
        FIELD(model.block_shocks));
    add(keys,
        {.table = "model",
         .key = "endogenous_cost",
         .type = ValueType::on_off,
         .doc = "Whether what the modelled places add moves costs down the experience curve."},
        FIELD(model.endogenous_cost));
    add(keys,
        {.table = "model",
         .key = "uncertainty",
         .type = ValueType::on_off,
         .doc = "false puts every prior at its median."},
        FIELD(model.uncertainty));
    add(keys, {.table = "output", .key = "maps", .type = ValueType::on_off, .doc = "Write the GeoTIFF maps."},
        FIELD(output.maps));
    add(keys,
        {.table = "output", .key = "geopackage", .type = ValueType::on_off, .doc = "Write results.gpkg."},
        FIELD(output.geopackage));
    add(keys, {.table = "output", .key = "report", .type = ValueType::on_off, .doc = "Write report.html."},
        FIELD(output.report));
    add(keys,
        {.table = "output", .key = "ledger", .type = ValueType::on_off, .doc = "Write domino_ledger.csv."},
        FIELD(output.ledger));
    add(keys,
        {.table = "output",
         .key = "grid",
         .type = ValueType::quantity,
         .doc = "Cell size of the maps; 0 takes the finest of 2.5, 5, 10, 30 arcmin that keeps a band "
                "under 4 million cells.",
         .unit = "arcmin",
         .low = 0,
         .high = 600},
        FIELD(output.grid_arcmin));
}

template <class Entry>
Key<Entry> required(ValueType type, std::string_view key, std::string_view doc, std::string_view example,
                    auto access) {
    return bind_key<Entry>(
        {.table = "", .key = key, .type = type, .doc = doc, .example = example, .absence = Absence::error},
        access);
}
template <class Entry>
Key<Entry> optional(ValueType type, std::string_view key, std::string_view doc, std::string_view example,
                    auto access) {
    return bind_key<Entry>(
        {.table = "", .key = key, .type = type, .doc = doc, .example = example, .absence = Absence::unset},
        access);
}

constexpr std::string_view crs_doc =
    "CRS, where the file does not say its own; one that contradicts the file is an error.";

EntryList<PlaceLayer> place_layers() {
    using E = PlaceLayer;
    EntryList<E> list{
        {"places.layers", "A vector layer that brings places of your own, any format GDAL reads, any CRS."},
        FIELD(places.layers),
        FIELD(places.layers),
        [](const E& e) {
            return e.layer.empty() ? e.path.filename().string() : e.path.filename().string() + ":" + e.layer;
        },
        {}};
    list.keys = {
        required<E>(ValueType::path, "path", "The file.", "\"districts.gpkg\"", FIELD(path)),
        optional<E>(ValueType::text, "layer", "Layer of the file, where it has several.", "\"districts\"",
                    FIELD(layer)),
        required<E>(ValueType::text, "id", "Column of stable ids.", "\"id\"", FIELD(id_field)),
        optional<E>(ValueType::text, "name", "Column of names; ids without it.", "\"name\"",
                    FIELD(name_field)),
        required<E>(ValueType::text, "population", "Column of people.", "\"population\"",
                    FIELD(population_field)),
        optional<E>(ValueType::text, "country",
                    "Column of ISO 3166-1 alpha-3 codes, or codes of your own; the country around a place "
                    "without it.",
                    "\"iso3\"", FIELD(country_field)),
        optional<E>(ValueType::text, "crs", crs_doc, "\"EPSG:32648\"", FIELD(crs_override)),
        bind_key<E>({.table = "",
                     .key = "coupling",
                     .type = ValueType::choice,
                     .doc = "isolated places take no part in geographic coupling."},
                    FIELD(coupling)),
    };
    return list;
}

EntryList<CovariateRaster> covariate_rasters() {
    using E = CovariateRaster;
    EntryList<E> list{{"places.covariates", "A raster whose value at each place is a covariate."},
                      FIELD(places.covariates),
                      FIELD(places.covariates),
                      [](const E& e) { return e.name; },
                      {}};
    list.keys = {
        required<E>(ValueType::text, "name", "Name of the covariate.", "\"slope\"", FIELD(name)),
        required<E>(ValueType::path, "path", "The file.", "\"slope.tif\"", FIELD(path)),
        bind_key<E>({.table = "",
                     .key = "band",
                     .type = ValueType::integer,
                     .doc = "Band, from 1.",
                     .low = 1,
                     .high = 65535},
                    FIELD(band)),
        optional<E>(ValueType::text, "unit", "Unit of the values.", "\"degree\"", FIELD(unit)),
        bind_key<E>({.table = "",
                     .key = "sampling",
                     .type = ValueType::choice,
                     .doc = "The cell that holds the place, or the four cells round it."},
                    FIELD(sampling)),
        optional<E>(ValueType::text, "crs", crs_doc, "\"EPSG:4326\"", FIELD(crs_override)),
        optional<E>(ValueType::number, "beta",
                    "Effect on the log hazard of commitment per unit of (value - centre).", "-0.02",
                    FIELD(beta)),
        optional<E>(ValueType::number, "centre", "Value without effect: a fixed constant.", "5.0",
                    FIELD(centre)),
    };
    return list;
}

EntryList<AgreementEntry> agreements() {
    using E = AgreementEntry;
    EntryList<E> list{
        {"collaboration.agreements",
         "An agreement or project between a Japanese municipality and a partner city, each named by "
         "place id, admin-1 id or unambiguous name."},
        FIELD(collaboration.agreements),
        FIELD(collaboration.agreements),
        [](const E& e) { return fmt::format("{} – {}", e.japan, e.partner); },
        {}};
    list.keys = {
        required<E>(ValueType::text, "japan", "The Japanese municipality.", "\"Yokohama\"", FIELD(japan)),
        required<E>(ValueType::text, "partner", "Its partner.", "\"Da Nang\"", FIELD(partner)),
        required<E>(ValueType::month, "from", "First month.", "\"2027-04\"", FIELD(from)),
        optional<E>(ValueType::month, "to", "First month no longer covered; open without it.", "\"2033-04\"",
                    FIELD(to)),
        Key<E>{{.table = "",
                .key = "kind",
                .type = ValueType::choice,
                .doc = "An agreement, or a C3P project too.",
                .choices = {agreement_kinds.begin(), agreement_kinds.end()}},
               [](const E& e) { return Value{std::string(agreement_kinds[e.project ? 1 : 0])}; },
               [](E& e, const Value& v) { e.project = std::get<std::string>(v) == agreement_kinds[1]; }},
    };
    return list;
}

EntryList<UserLayer> user_layers() {
    using E = UserLayer;
    EntryList<E> list{{"layers",
                       "A layer of ties of your own: a CSV table from,to,weight[,from_date,to_date] of "
                       "place ids."},
                      FIELD(user_layers),
                      FIELD(user_layers),
                      [](const E& e) { return e.name; },
                      {}};
    const auto gamma = [](std::string_view key, std::string_view doc, auto access) {
        return bind_key<E>({.table = "",
                            .key = key,
                            .type = ValueType::prior,
                            .doc = doc,
                            .mark = 'G',
                            .support = Support::not_negative},
                           access);
    };
    list.keys = {
        required<E>(ValueType::text, "name", "Name of the layer.", "\"sister_cities\"", FIELD(name)),
        required<E>(ValueType::path, "path", "The table.", "\"sister_cities.csv\"", FIELD(path)),
        gamma("gamma_early",
              "Multiple of a place's own propensity at full exposure, while few are committed.",
              FIELD(gamma_early)),
        gamma("gamma_late", "The same once the phase has switched.", FIELD(gamma_late)),
    };
    return list;
}

EntryList<PriceSchemeEntry> price_schemes() {
    using E = PriceSchemeEntry;
    EntryList<E> list{{"price_schemes", "A scheme that pays a share of the capital cost of every sale."},
                      FIELD(price_schemes),
                      FIELD(price_schemes),
                      [](const E& e) { return e.id; },
                      {}};
    list.keys = {
        required<E>(ValueType::text, "id", "Name of the scheme.", "\"ev_grant\"", FIELD(id)),
        required<E>(ValueType::technology, "technology", "What it pays for.", "\"ev_car\"",
                    FIELD(technology)),
        required<E>(ValueType::country_list, "countries", "Where.", "[\"Viet Nam\"]", FIELD(countries)),
        required<E>(ValueType::month, "from", "First month.", "\"2027-01\"", FIELD(from)),
        optional<E>(ValueType::month, "to", "First month without it; open without this key.", "\"2032-01\"",
                    FIELD(to)),
        bind_key<E>({.table = "",
                     .key = "share",
                     .type = ValueType::fraction,
                     .doc = "Share of the capital cost.",
                     .low = 0,
                     .high = 1,
                     .example = "\"20 %\"",
                     .absence = Absence::error},
                    FIELD(share)),
        bind_key<E>({.table = "",
                     .key = "budget",
                     .type = ValueType::quantity,
                     .doc = "Nominal budget, first come first served; no limit without it.",
                     .unit = "GJPY/yr",
                     .low = 0,
                     .high = no_limit,
                     .example = "\"2 GJPY/yr\"",
                     .absence = Absence::unset},
                    FIELD(budget_jpy_per_year)),
    };
    return list;
}

EntryList<TargetEntry> targets() {
    using E = TargetEntry;
    EntryList<E> list{{"targets", "A national target to hold the run against, beside those of the pack."},
                      FIELD(targets),
                      FIELD(targets),
                      [](const E& e) { return e.id; },
                      {}};
    const auto year = [](std::string_view key, std::string_view doc, std::string_view example,
                         Absence absence, double low, auto access) {
        return bind_key<E>({.table = "",
                            .key = key,
                            .type = ValueType::integer,
                            .doc = doc,
                            .low = low,
                            .high = 2200,
                            .example = example,
                            .absence = absence},
                           access);
    };
    list.keys = {
        required<E>(ValueType::text, "id", "Name of the target.", "\"thailand_stretch\"", FIELD(id)),
        required<E>(ValueType::country, "country", "Whose.", "\"Thailand\"", FIELD(country)),
        Key<E>{{.table = "",
                .key = "type",
                .type = ValueType::choice,
                .doc = "Below a base year, below its intensity, a level, or below the peak.",
                .example = "\"base_year\"",
                .absence = Absence::error,
                .choices = {target_types.begin(), target_types.end()}},
               [](const E& e) { return to_value(e.type); },
               [](E& e, const Value& v) { e.type = std::get<std::string>(v); }},
        year("year", "Year it is for.", "2035", Absence::error, 2000, FIELD(target_year)),
        year("base_year", "Year it is measured from.", "2019", Absence::unset, 1990, FIELD(base_year)),
        bind_key<E>({.table = "",
                     .key = "value",
                     .type = ValueType::fraction,
                     .doc = "Reduction: of base_year, intensity and peak_minus.",
                     .low = 0,
                     .high = 2,
                     .example = "\"40 %\"",
                     .absence = Absence::unset},
                    FIELD(value)),
        Key<E>{{.table = "",
                .key = "level",
                .type = ValueType::quantity,
                .doc = "Level: of fixed_level.",
                .unit = "MtCO2e",
                .low = -1e12,
                .high = 1e12,
                .example = "\"300 MtCO2e\"",
                .absence = Absence::unset},
               [](const E& e) { return e.level_mt ? Value{*e.level_mt * 1e6} : Value{}; },
               [](E& e, const Value& v) { e.level_mt = std::get<double>(v) / 1e6; }},
    };
    return list;
}

constexpr std::array<TableInfo, 10> tables = {{
    {"run", "How long, how many draws."},
    {"places", "Which part of the earth, how fine."},
    {"proximity", "Ties between near places."},
    {"hierarchy", "Ties between a region and its cities."},
    {"collaboration", "Ties between cities of different countries that work together."},
    {"network", "Ties between members of a network."},
    {"c3p", "City-to-City Collaboration Programme for Zero-Carbon Society."},
    {"jcm", "Joint Crediting Mechanism model projects."},
    {"model", "Switches of the model."},
    {"output", "What is written."},
}};

}  // namespace

std::string dotted(const KeyInfo& info) {
    return info.table.empty() ? std::string(info.key) : fmt::format("{}.{}", info.table, info.key);
}

std::span<const Key<Scenario>> scenario_keys() {
    static const Keys keys = [] {
        Keys all;
        add_head(all);
        add_run(all);
        add_places(all);
        add_layers(all);
        add_c3p(all);
        add_jcm(all);
        add_model(all);
        return all;
    }();
    return keys;
}

const EntryLists& entry_lists() {
    static const EntryLists lists = {place_layers(), covariate_rasters(), agreements(),
                                     user_layers(),  price_schemes(),     targets()};
    return lists;
}

std::span<const TableInfo> scenario_tables() {
    return tables;
}

}  // namespace domino::scenarios
