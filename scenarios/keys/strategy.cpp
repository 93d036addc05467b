#include <fmt/format.h>

#include "scenarios/keys/sections.h"
#include "scenarios/month_text.h"

namespace domino::scenarios {

void add_strategy(Keys& keys) {
    add(keys,
        {.table = "strategy",
         .key = "rule",
         .type = ValueType::choice,
         .doc =
             "Whom its money supports first: partners on record once more, the largest cities, those of the "
             "highest emissions, those nearest to a Japanese municipality, hubs of the ties between places, "
             "the country of the lowest GDP a head, or the list in [[strategy.projects]]. docs/strategies.md "
             "defines each."},
        FIELD(strategy.rule));
    add(keys,
        {.table = "strategy",
         .key = "from",
         .type = ValueType::month,
         .doc = "First month with money; projects begin in April, those of a list when it says."},
        FIELD(strategy.from));
    add(keys,
        {.table = "strategy",
         .key = "to",
         .type = ValueType::month,
         .doc = "Last month with money; only whole phases that end by then begin."},
        FIELD(strategy.to));
    add(keys,
        {.table = "strategy",
         .key = "budget",
         .type = ValueType::quantity,
         .doc = "Nominal budget beside that of [c3p]; a project costs what [c3p] says.",
         .unit = "GJPY/yr",
         .low = 0,
         .high = 1e15,
         .example = "\"0.5 GJPY/yr\"",
         .absence = Absence::unset},
        FIELD(strategy.budget_jpy_per_year));
    add(keys,
        {.table = "strategy",
         .key = "most_concurrent",
         .type = ValueType::integer,
         .doc = "Most projects that run at once, and most agreements concluded alone.",
         .low = 0,
         .high = 100000},
        FIELD(strategy.most_concurrent));
    add(keys,
        {.table = "strategy",
         .key = "phases",
         .type = ValueType::integer,
         .doc = "Phases of a project, where they fit before the money ends; at most c3p.max_phases.",
         .low = 1,
         .high = 20},
        FIELD(strategy.phases));
    add(keys,
        {.table = "strategy",
         .key = "technologies",
         .type = ValueType::technology_list,
         .doc = "What its projects are about: they help adoption of these alone, and their JCM projects buy "
                "them; without it, all of the run and the mix of JCM projects.",
         .example = "[\"solar_pv_residential\"]",
         .absence = Absence::unset},
        FIELD(strategy.technologies));
    add(keys,
        {.table = "strategy",
         .key = "agreements",
         .type = ValueType::choice,
         .doc = "Whether it concludes agreements, ties of their own from a project's start until its money "
                "ends: "
                "with no project, with each, or alone, instead of projects."},
        FIELD(strategy.agreements));
    add(keys,
        {.table = "strategy",
         .key = "agreement_cost",
         .type = ValueType::quantity,
         .doc =
             "Nominal cost of an agreement, out of the budget. No document states one, so where agreements "
             "are concluded it has to be said: 0 where the cities bear it.",
         .unit = "MJPY/yr",
         .low = 0,
         .high = 1e15,
         .example = "\"0.5 MJPY/yr\"",
         .absence = Absence::unset},
        FIELD(strategy.agreement_cost_jpy_per_year));
}

EntryList<StrategyProjectEntry> strategy_projects() {
    using E = StrategyProjectEntry;
    EntryList<E> list{
        {"strategy.projects", "A project of the planner's own list, where strategy.rule is list."},
        FIELD(strategy.projects),
        FIELD(strategy.projects),
        [](const E& e) { return fmt::format("{} {}", e.partner, format_month(e.from)); },
        {}};
    list.keys = {
        required<E>(ValueType::text, "partner", "Place abroad: place id, admin-1 id or unambiguous name.",
                    "\"Da Nang\"", FIELD(partner)),
        optional<E>(ValueType::text, "japan", "Japanese municipality; without it those on record take turns.",
                    "\"Sakai\"", FIELD(japan)),
        required<E>(ValueType::month, "from", "First month of support.", "\"2026-04\"", FIELD(from)),
        bind_key<E>({.table = "",
                     .key = "phases",
                     .type = ValueType::integer,
                     .doc = "Phases; without it as many as strategy.phases.",
                     .low = 1,
                     .high = 20,
                     .example = "1",
                     .absence = Absence::unset},
                    FIELD(phases)),
        optional<E>(ValueType::technology_list, "technologies",
                    "What it is about; without it as strategy.technologies.", "[\"waste_to_energy\"]",
                    FIELD(technologies)),
        bind_key<E>({.table = "",
                     .key = "agreements",
                     .type = ValueType::choice,
                     .doc = "A project alone, with an agreement, or an agreement alone; without it as "
                            "strategy.agreements.",
                     .example = "\"alone\"",
                     .absence = Absence::unset},
                    FIELD(agreements)),
    };
    return list;
}

}  // namespace domino::scenarios
