#include <fmt/format.h>

#include "scenarios/keys/sections.h"
#include "scenarios/month_text.h"

namespace domino::scenarios {
namespace {

constexpr std::string_view guidebook =
    "Guidebook on City-to-City Collaboration for Zero Carbon Society, FY2024 edition";
constexpr std::string_view initiative = "Global Subnational Zero Carbon Promotion Initiative";

}  // namespace

void add_contacts(Keys& keys) {
    add(keys,
        {.table = "contacts",
         .key = "observed",
         .type = ValueType::on_off,
         .doc = "Whether the events of data/tables/systems_seeds.csv are part of the world (Bali, January "
                "2019)."},
        FIELD(contacts.observed));
    add(keys,
        {.table = "contacts",
         .key = "memory",
         .type = ValueType::whole_years,
         .doc = "How long a contact acts after the event.",
         .low = 1,
         .high = 50,
         .mark = 'G'},
        FIELD(contacts.memory_years));
    add(keys,
        {.table = "contacts",
         .key = "weight",
         .type = ValueType::number,
         .doc = "Intensity of a contact.",
         .low = 0,
         .high = 1,
         .mark = 'G'},
        FIELD(contacts.weight));
    add(keys,
        {.table = "contacts",
         .key = "response",
         .type = ValueType::choice,
         .doc = response_doc,
         .mark = 'S',
         .source = response_source},
        FIELD(contacts.response));
    add(keys,
        {.table = "contacts",
         .key = "coercion",
         .type = ValueType::on_off,
         .doc = coercion_doc,
         .mark = 'S',
         .source = coercion_source},
        FIELD(contacts.coercion));
}

void add_commitment(Keys& keys) {
    add(keys,
        {.table = "commitment",
         .key = "observed",
         .type = ValueType::on_off,
         .doc = "Whether commitments on record before the run are taken as given."},
        FIELD(commitment.observed));
    add(keys,
        {.table = "commitment",
         .key = "calibration",
         .type = ValueType::on_off,
         .doc = "Whether Japan's trend is solved to pass the dated counts of Zero Carbon City declarations; "
                "without it the trend is drawn from its prior throughout."},
        FIELD(commitment.calibration));
}

void add_leading_areas(Keys& keys) {
    add(keys,
        {.table = "leading_areas",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether Decarbonization Leading Areas are supported from their selection on."},
        FIELD(leading_areas.enabled));
    add(keys,
        {.table = "leading_areas",
         .key = "aim",
         .type = ValueType::integer,
         .doc = "Areas by the end of fiscal year 2025; those selected by name count first.",
         .low = 0,
         .high = 10000,
         .mark = 'S',
         .source = guidebook},
        FIELD(leading_areas.aim));
    add(keys,
        {.table = "leading_areas",
         .key = "expansion",
         .type = ValueType::choice,
         .doc =
             "How areas beyond those known by name are chosen: none, or the largest cities of Japan, at most "
             "one of a prefecture in a round.",
         .mark = 'G'},
        FIELD(leading_areas.expansion));
    add(keys,
        {.table = "leading_areas",
         .key = "support",
         .type = ValueType::whole_years,
         .doc = "How long an area is supported; the documents state no length.",
         .low = 1,
         .high = 50,
         .mark = 'G'},
        FIELD(leading_areas.support_years));
    add(keys,
        {.table = "leading_areas",
         .key = "cost_per_area",
         .type = ValueType::quantity,
         .doc = "Cost of an area, nominal; the documents state none, and 0 keeps no account of it.",
         .unit = "MJPY/yr",
         .low = 0,
         .high = 1e13},
        FIELD(leading_areas.cost_jpy_per_area_year));
    add(keys,
        {.table = "leading_areas",
         .key = "budget",
         .type = ValueType::quantity,
         .doc = "Nominal budget, where an area has a cost; without money nobody is supported.",
         .unit = "GJPY/yr",
         .low = 0,
         .high = 1e15},
        FIELD(leading_areas.budget_jpy_per_year));
    add(keys,
        {.table = "leading_areas",
         .key = "broadcast",
         .type = ValueType::on_off,
         .doc = "Whether areas act as examples: on the places of their prefecture, and on all of Japan from "
                "nationwide_from on."},
        FIELD(leading_areas.broadcast));
    add(keys,
        {.table = "leading_areas",
         .key = "nationwide_from",
         .type = ValueType::month,
         .doc = "Month from which every place of Japan is supported; the roadmap aims at fiscal year 2030.",
         .mark = 'S',
         .source = guidebook,
         .example = "\"2030-04\"",
         .absence = Absence::unset},
        FIELD(leading_areas.nationwide_from));
}

void add_futurecity(Keys& keys) {
    add(keys,
        {.table = "futurecity",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether the named cities of FutureCity and SDGs FutureCity act as examples to all of Japan.",
         .source = "Cabinet Office session paper on local government SDGs (2019)"},
        FIELD(futurecity.enabled));
}

void add_subnational(Keys& keys) {
    add(keys,
        {.table = "subnational",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether pioneers of Japan and the USA act on the places of third countries.",
         .source = initiative},
        FIELD(subnational.enabled));
    add(keys,
        {.table = "subnational",
         .key = "from",
         .type = ValueType::month,
         .doc = "Month in which it began.",
         .mark = 'S',
         .source = initiative},
        FIELD(subnational.from));
    add(keys,
        {.table = "subnational",
         .key = "countries",
         .type = ValueType::country_list,
         .doc = "Third countries; without it every country of the scenario but Japan and the USA.",
         .example = "[\"Viet Nam\"]",
         .absence = Absence::unset},
        FIELD(subnational.countries));
}

EntryList<WithdrawalEntry> withdrawals() {
    using E = WithdrawalEntry;
    EntryList<E> list{{"withdrawals",
                       "A nation that leaves the Paris Agreement while a coalition of its places stays "
                       "(America Is All In)."},
                      FIELD(withdrawals),
                      FIELD(withdrawals),
                      [](const E& e) { return fmt::format("{} {}", e.country, format_month(e.from)); },
                      {}};
    list.keys = {
        required<E>(ValueType::country, "country", "Which nation.", "\"Viet Nam\"", FIELD(country)),
        required<E>(ValueType::month, "from", "First month outside.", "\"2026-01\"", FIELD(from)),
        optional<E>(ValueType::month, "to", "First month back in; open without it.", "\"2029-02\"",
                    FIELD(to)),
        bind_key<E>(
            {.table = "",
             .key = "coalition_population",
             .type = ValueType::fraction,
             .doc = "Share of the people who live in places that stay: members of Race to Zero first, then "
                    "the largest cities, then the largest rests of regions.",
             .low = 0,
             .high = 1,
             .mark = 'S',
             .source = guidebook},
            FIELD(coalition_population)),
    };
    return list;
}

}  // namespace domino::scenarios
