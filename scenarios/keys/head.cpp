#include "scenarios/keys/sections.h"

namespace domino::scenarios {
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
         .doc = "A scenario to run on the same random draws; the report speaks of the difference. "
                "Without one it tells levels only: a copy of this file without its levers shows what "
                "they do.",
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
    add(keys,
        {.table = "run",
         .key = "parts_per_month",
         .type = ValueType::integer,
         .doc = "Equal parts a month's dynamics are stepped in. 1; more only to see the error of the step.",
         .low = 1,
         .high = 60},
        FIELD(run.parts_per_month));
    add(keys,
        {.table = "run",
         .key = "months_per_step",
         .type = ValueType::integer,
         .doc = "Months the dynamics are stepped in at once: 1; or 3 for a quicker, coarser answer.",
         .low = 1,
         .high = 12},
        FIELD(run.months_per_step));
    add(keys,
        {.table = "run",
         .key = "place_results_memory_mb",
         .type = ValueType::integer,
         .doc = "Megabytes (10^6 bytes) that results of places may take member by member. Beyond it they are "
                "summed up as they come: means stay exact, quantiles come from a sketch with a stated error.",
         .low = 0,
         .high = 1e9},
        FIELD(run.place_results_memory_mb));
}

}  // namespace domino::scenarios
