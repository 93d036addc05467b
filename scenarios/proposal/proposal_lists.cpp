#include "scenarios/keys/sections.h"
#include "scenarios/proposal/proposal_keys.h"

namespace domino::scenarios {
namespace {

constexpr double most_yen = 1e13;

/// A number with a unit, or a whole number of years, of an entry.
template <class Entry, class Access>
Key<Entry> bounded(ValueType type, std::string_view key, std::string_view doc, std::string_view unit,
                   double low, double high, std::string_view example, Absence absence, Access access) {
    return bind_key<Entry>({.table = "",
                            .key = key,
                            .type = type,
                            .doc = doc,
                            .unit = unit,
                            .low = low,
                            .high = high,
                            .example = example,
                            .absence = absence},
                           access);
}

ProposalList<PurchaseEntry> purchases() {
    using E = PurchaseEntry;
    ProposalList<E> list{{"purchases",
                          "What is bought; the line between equipment and consumables is drawn "
                          "at the unit price of c3p_rules.csv, cost-equipment."},
                         FIELD(purchases),
                         {}};
    list.keys = {
        required<E>(ValueType::text, "name", "What is bought.", "\"power logger\"", FIELD(name)),
        bounded<E>(ValueType::quantity, "unit_price", "Price of one.", "JPY", 0, most_yen, "\"150000 JPY\"",
                   Absence::error, FIELD(unit_price_jpy)),
        bounded<E>(ValueType::integer, "count", "How many.", "", 1, 1e9, "4", Absence::keeps_default,
                   FIELD(count)),
        bind_key<E>({.table = "",
                     .key = "category",
                     .type = ValueType::choice,
                     .doc = "Where the proposal books it.",
                     .example = "\"consumables\"",
                     .absence = Absence::error},
                    FIELD(category)),
        bind_key<E>({.table = "",
                     .key = "nature",
                     .type = ValueType::choice,
                     .doc = "Consumables above the line are used up, breakable or of use for two years at "
                            "most."},
                    FIELD(nature)),
    };
    return list;
}

ProposalList<PlannedTechnology> technologies() {
    using E = PlannedTechnology;
    ProposalList<E> list{{"technologies",
                          "Equipment the project prepares: units of the pack's technology, "
                          "or yearly tonnes of your own."},
                         FIELD(technologies),
                         {}};
    const auto yen = [](std::string_view key, std::string_view doc, std::string_view example, auto access) {
        return bounded<E>(ValueType::quantity, key, doc, "JPY", 0, most_yen, example, Absence::unset, access);
    };
    const auto years = [](std::string_view key, std::string_view doc, auto access) {
        return bounded<E>(ValueType::whole_years, key, doc, "yr", 1, 100, "\"17 yr\"", Absence::unset,
                          access);
    };
    list.keys = {
        required<E>(ValueType::technology, "technology", "Id of the pack.", "\"solar_pv_commercial\"",
                    FIELD(technology)),
        bounded<E>(ValueType::number, "units", "Units as technologies.csv counts them.", "", 0, 1e12, "2400",
                   Absence::unset, FIELD(units)),
        bounded<E>(ValueType::quantity, "tonnes_per_year",
                   "Yearly reduction, in place of units × the pack's.", "tCO2/yr", 0, 1e12, "\"900 tCO2/yr\"",
                   Absence::unset, FIELD(tonnes_per_year)),
        yen("capital_cost", "Capital cost; units × the pack's where left out.", "\"300 MJPY\"",
            FIELD(capital_cost_jpy)),
        yen("subsidy", "Subsidy to the equipment.", "\"120 MJPY\"", FIELD(subsidy_jpy)),
        bounded<E>(ValueType::fraction, "subsidy_share", "Or the subsidy as a share of the capital cost.", "",
                   0, 1, "\"50 %\"", Absence::unset, FIELD(subsidy_share)),
        years("legal_durable_years", "Statutory useful life; the pack has none.", FIELD(legal_durable_years)),
        years("jcm_credit_years", "Crediting years, in place of the pack's.", FIELD(jcm_credit_years)),
        years("technical_lifetime", "Technical life, in place of the pack's.", FIELD(technical_lifetime)),
    };
    return list;
}

ProposalList<PastProject> past_projects() {
    using E = PastProject;
    ProposalList<E> list{
        {"past_projects", "City-to-city projects of the two cities beside those of c3p_pairs.csv."},
        FIELD(past_projects),
        {}};
    list.keys = {
        required<E>(ValueType::text, "title", "Its name.", "\"Feasibility study\"", FIELD(title)),
        required<E>(ValueType::month, "from", "First month.", "\"2023-04\"", FIELD(from)),
        required<E>(ValueType::month, "to", "Last month.", "\"2024-03\"", FIELD(to)),
        optional<E>(ValueType::text, "pair_id", "Row of c3p_pairs.csv that is the same project.",
                    "\"danang-sakai-project\"", FIELD(pair_id)),
    };
    return list;
}

ProposalList<JudgedScore> judged() {
    using E = JudgedScore;
    ProposalList<E> list{
        {"judged", "Points a person gives where the program leaves the choice, within the range it prints."},
        FIELD(judged),
        {}};
    list.keys = {
        required<E>(ValueType::text, "item", "Item of c3p_scoring.csv.", "\"overall\"", FIELD(item)),
        bounded<E>(ValueType::number, "points", "Points.", "", 0, 185, "38", Absence::error, FIELD(points)),
        required<E>(ValueType::text, "by", "Who judged.", "\"B. Example, reviewer\"", FIELD(by)),
        optional<E>(ValueType::text, "reason", "Why.", "\"clear roles, no letter of the chamber yet\"",
                    FIELD(reason)),
    };
    return list;
}

}  // namespace

const ProposalLists& proposal_lists() {
    static const ProposalLists lists{purchases(), technologies(), past_projects(), judged()};
    return lists;
}

}  // namespace domino::scenarios
