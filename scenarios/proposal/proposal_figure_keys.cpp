#include "scenarios/proposal/proposal_key_rows.h"

namespace domino::scenarios::proposal_rows {
namespace {

template <class Access>
void add_cost(ProposalKeys& keys, std::string_view key, std::string_view doc, std::string_view example,
              Access access) {
    add_row(keys,
            {.table = "costs",
             .key = key,
             .type = ValueType::quantity,
             .doc = doc,
             .unit = "JPY",
             .low = 0,
             .high = most_yen,
             .source = cost_table,
             .example = example,
             .absence = Absence::unset},
            access);
}

}  // namespace

void add_costs(ProposalKeys& keys) {
    add_cost(keys, "personnel", "Salaries of those who do the work.", "\"6 MJPY\"", FIELD(costs.personnel));
    add_cost(keys, "remuneration", "Fees of committee members, lecturers and other experts.", "\"0.8 MJPY\"",
             FIELD(costs.remuneration));
    add_cost(keys, "domestic_travel", "Business trips in Japan.", "\"0.5 MJPY\"",
             FIELD(costs.domestic_travel));
    add_cost(keys, "overseas_travel", "Business trips abroad.", "\"3 MJPY\"", FIELD(costs.overseas_travel));
    add_cost(keys, "committee_travel", "Trips of committee members and outside experts.", "\"0.2 MJPY\"",
             FIELD(costs.committee_travel));
    add_cost(keys, "meetings", "Drinks at meetings.", "\"0.05 MJPY\"", FIELD(costs.meetings));
    add_cost(keys, "rent", "Rent of equipment, rooms and land.", "\"0.3 MJPY\"", FIELD(costs.rent));
    add_cost(keys, "wages", "Wages of assistants.", "\"0.5 MJPY\"", FIELD(costs.wages));
    add_cost(keys, "communication", "Transport of goods, post and data.", "\"0.1 MJPY\"",
             FIELD(costs.communication));
    add_cost(keys, "utilities", "Electricity, gas and water.", "\"0 JPY\"", FIELD(costs.utilities));
    add_cost(keys, "printing", "Printing and binding.", "\"0.2 MJPY\"", FIELD(costs.printing));
    add_cost(keys, "miscellaneous", "Upkeep of equipment, stenography, interpreting.", "\"0.6 MJPY\"",
             FIELD(costs.miscellaneous));
    add_cost(keys, "outsourcing", "Work given to others; as a rule at most half.", "\"3 MJPY\"",
             FIELD(costs.outsourcing));
    add_cost(keys, "joint_implementation", "Work of the consortium's other members.", "\"1 MJPY\"",
             FIELD(costs.joint_implementation));
    add_cost(keys, "general_administration", "General and administrative costs.", "\"1.2 MJPY\"",
             FIELD(costs.general_administration));
    add_cost(keys, "consumption_tax", "Consumption taxes; computed where left out.", "\"1.7 MJPY\"",
             FIELD(costs.consumption_tax));
    add_cost(keys, "survey_increase", "What is asked above the ceiling for field surveys.", "\"0 JPY\"",
             FIELD(costs.survey_increase));
    add_text(keys, "costs", "survey_tasks", "The field surveys that need it.",
             "\"wind measurement at two sites\"", FIELD(costs.survey_tasks));
}

void add_reduction(ProposalKeys& keys) {
    add_choice<LifetimeConvention>(
        keys, "reduction", "lifetime",
        "Years a yearly tonne counts for in the cost per tonne: the sheet does not say, so declare it.",
        "\"legal_durable_years\"", Absence::unset, FIELD(reduction.lifetime));
    add_row(keys,
            {.table = "reduction",
             .key = "tonnes_per_year",
             .type = ValueType::quantity,
             .doc = "Yearly reduction of the whole project, in place of the sum over [[technologies]].",
             .unit = "tCO2/yr",
             .low = 0,
             .high = 1e12,
             .example = "\"4200 tCO2/yr\"",
             .absence = Absence::unset},
            FIELD(reduction.tonnes_per_year));
    add_row(keys,
            {.table = "reduction",
             .key = "subsidy",
             .type = ValueType::quantity,
             .doc = "Equipment subsidy of the whole project, with tonnes_per_year.",
             .unit = "JPY",
             .low = 0,
             .high = most_yen,
             .example = "\"180 MJPY\"",
             .absence = Absence::unset},
            FIELD(reduction.subsidy_jpy));
    add_row(keys,
            {.table = "reduction",
             .key = "years",
             .type = ValueType::whole_years,
             .doc = "Years by the declared convention, with tonnes_per_year.",
             .low = 1,
             .high = 100,
             .example = "\"15 yr\"",
             .absence = Absence::unset},
            FIELD(reduction.years));
    add_text(keys, "reduction", "basis", "How the figures were computed.", "\"feasibility study of 2025\"",
             FIELD(reduction.basis));
}

}  // namespace domino::scenarios::proposal_rows
