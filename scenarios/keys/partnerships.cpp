#include "scenarios/keys/sections.h"

#include <limits>

namespace domino::scenarios {
namespace {

constexpr std::string_view guidebook =
    "Guidebook on City-to-City Collaboration for Zero Carbon Society, FY2024 edition";
constexpr std::string_view guidebook_table3 =
    "Guidebook on City-to-City Collaboration for Zero Carbon Society, FY2024 edition, Table 3";

template <class Access>
void add_intensity(Keys& keys, std::string_view table, std::string_view key, std::string_view doc,
                   Access access) {
    add(keys,
        {.table = table,
         .key = key,
         .type = ValueType::number,
         .doc = doc,
         .low = 0,
         .high = 1,
         .source = guidebook},
        access);
}

template <class Access>
void add_meetings(Keys& keys, std::string_view key, std::string_view doc, Access access) {
    add(keys,
        {.table = "c3p",
         .key = key,
         .type = ValueType::number,
         .doc = doc,
         .low = 0,
         .high = 365,
         .mark = 'S',
         .source = guidebook_table3},
        access);
}

}  // namespace

void add_c3p_activities(Keys& keys) {
    add_intensity(keys, "c3p", "feasibility",
                  "Intensity of feasibility studies, 0 to 1: multiplies the chance that a project leads to a "
                  "JCM project.",
                  FIELD(c3p.feasibility));
    add_intensity(keys, "c3p", "policy_dialogue",
                  "Intensity of policy dialogue, 0 to 1: multiplies the hazard of commitment a project adds.",
                  FIELD(c3p.policy_dialogue));
    add_intensity(
        keys, "c3p", "capacity_building",
        "Intensity of capacity building, 0 to 1: multiplies the capacity a project adds and its help "
        "to adoption.",
        FIELD(c3p.capacity_building));
    add_meetings(keys, "visits", "Field surveys and invitations a year.", FIELD(c3p.visits_per_year));
    add_meetings(keys, "workshops", "Local workshops a year.", FIELD(c3p.workshops_per_year));
    add_meetings(keys, "report_sessions", "Report sessions a year.", FIELD(c3p.report_sessions_per_year));
    add(keys,
        {.table = "c3p",
         .key = "contact_intensity",
         .type = ValueType::number,
         .doc = "Scales the tie of a running project; without it, the meetings above over those that Table 3 "
                "asks for.",
         .low = 0,
         .high = 10,
         .mark = 'G',
         .example = "1.5",
         .absence = Absence::unset},
        FIELD(c3p.contact_intensity));
}

void add_eco_lease(Keys& keys) {
    add(keys,
        {.table = "eco_lease",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether leased equipment is subsidised in signed partner countries."},
        FIELD(eco_lease.enabled));
    add(keys,
        {.table = "eco_lease",
         .key = "from",
         .type = ValueType::month,
         .doc = "First month of a new lease; the documents give none.",
         .example = "\"2027-04\"",
         .absence = Absence::unset},
        FIELD(eco_lease.from));
    add(keys,
        {.table = "eco_lease",
         .key = "budget",
         .type = ValueType::quantity,
         .doc = "Nominal budget of a year's payments; the documents give none.",
         .unit = "GJPY/yr",
         .low = 0,
         .high = no_limit,
         .example = "\"0.5 GJPY/yr\"",
         .absence = Absence::unset},
        FIELD(eco_lease.budget_jpy_per_year));
    add(keys,
        {.table = "eco_lease",
         .key = "subsidy_share",
         .type = ValueType::fraction,
         .doc = "Largest share of the capital cost that is paid over the lease.",
         .low = 0,
         .high = 0.5,
         .mark = 'S',
         .source = "data/tables/programmes.csv"},
        FIELD(eco_lease.subsidy_share));
    add(keys,
        {.table = "eco_lease",
         .key = "projects_per_year",
         .type = ValueType::number,
         .doc = "Leases begun in a year, all partners together.",
         .low = 0,
         .high = 1e5,
         .mark = 'G'},
        FIELD(eco_lease.projects_per_year));
    add(keys,
        {.table = "eco_lease",
         .key = "lease",
         .type = ValueType::whole_years,
         .doc = "Length of a lease: the subsidy is paid in as many equal parts.",
         .low = 1,
         .high = 30,
         .mark = 'G'},
        FIELD(eco_lease.lease_years));
    add(keys,
        {.table = "eco_lease",
         .key = "start_lag",
         .type = ValueType::whole_months,
         .doc = "From the decision to the first monitored month.",
         .low = 0,
         .high = 120,
         .mark = 'G'},
        FIELD(eco_lease.start_lag_months));
}

void add_c2p2(Keys& keys) {
    add(keys,
        {.table = "c2p2",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether the programme supports partner cities in technologies of waste and water."},
        FIELD(c2p2.enabled));
    add(keys,
        {.table = "c2p2",
         .key = "from",
         .type = ValueType::month,
         .doc = "First month of support.",
         .mark = 'S',
         .source = "data/tables/programmes.csv"},
        FIELD(c2p2.from));
    add(keys,
        {.table = "c2p2",
         .key = "budget",
         .type = ValueType::quantity,
         .doc = "Nominal budget; the documents give none.",
         .unit = "GJPY/yr",
         .low = 0,
         .high = 1e15,
         .example = "\"0.2 GJPY/yr\"",
         .absence = Absence::unset},
        FIELD(c2p2.budget_jpy_per_year));
    add(keys,
        {.table = "c2p2",
         .key = "cost_per_place",
         .type = ValueType::quantity,
         .doc = "Cost of a partner city; as a city-to-city project by default.",
         .unit = "MJPY/yr",
         .low = 0,
         .high = 1e12,
         .mark = 'G'},
        FIELD(c2p2.cost_jpy_per_place_year));
    add_intensity(keys, "c2p2", "policy_dialogue", "As of c3p.", FIELD(c2p2.policy_dialogue));
    add_intensity(keys, "c2p2", "capacity_building",
                  "As of c3p; its help to adoption goes to technologies of waste and water alone.",
                  FIELD(c2p2.capacity_building));
}

EntryList<ExitEntry> exits() {
    using E = ExitEntry;
    EntryList<E> list{{"exits",
                       "What follows a city-to-city project: a scheme of data/tables/exit_schemes.csv. The "
                       "documents give no budget; without money nobody is supported."},
                      FIELD(exits),
                      FIELD(exits),
                      [](const E& e) { return e.scheme; },
                      {}};
    list.keys = {
        required<E>(ValueType::text, "scheme", "scheme_id of the table.", "\"jica_partnership\"",
                    FIELD(scheme)),
        optional<E>(ValueType::month, "from", "First month in which a place may move on.", "\"2027-04\"",
                    FIELD(from)),
        bind_key<E>({.table = "",
                     .key = "share",
                     .type = ValueType::fraction,
                     .doc = "Share of the projects that end which move on.",
                     .low = 0,
                     .high = 1,
                     .mark = 'G'},
                    FIELD(share)),
        bind_key<E>({.table = "",
                     .key = "duration",
                     .type = ValueType::whole_years,
                     .doc = "How long the scheme supports a place.",
                     .low = 1,
                     .high = 30,
                     .mark = 'G'},
                    FIELD(years)),
        bind_key<E>({.table = "",
                     .key = "budget",
                     .type = ValueType::quantity,
                     .doc = "Nominal budget.",
                     .unit = "GJPY/yr",
                     .low = 0,
                     .high = 1e15,
                     .example = "\"0.2 GJPY/yr\"",
                     .absence = Absence::error},
                    FIELD(budget_jpy_per_year)),
        bind_key<E>({.table = "",
                     .key = "cost_per_project",
                     .type = ValueType::quantity,
                     .doc = "Cost of a place; as a city-to-city project by default.",
                     .unit = "MJPY/yr",
                     .low = 0,
                     .high = 1e12,
                     .mark = 'G'},
                    FIELD(cost_jpy_per_project_year)),
        bind_key<E>({.table = "",
                     .key = "agency_projects",
                     .type = ValueType::on_off,
                     .doc = "Whether these are the agency's own projects, as schemes of ADB and UNIDO ask."},
                    FIELD(agency_projects)),
    };
    return list;
}

}  // namespace domino::scenarios
