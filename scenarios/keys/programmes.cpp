#include "scenarios/keys/sections.h"

#include <limits>

namespace domino::scenarios {
namespace {

constexpr double no_limit = std::numeric_limits<double>::infinity();

}  // namespace

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
    add(keys,
        {.table = "jcm",
         .key = "sectors",
         .type = ValueType::text_list,
         .doc = "Sectors whose technologies may be bought, as the guidebook names them (Box 5); all without "
                "it."},
        FIELD(jcm.sectors));
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

}  // namespace domino::scenarios
