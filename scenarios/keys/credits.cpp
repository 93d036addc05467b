#include "scenarios/keys/sections.h"

namespace domino::scenarios {

void add_credits(Keys& keys) {
    constexpr std::string_view decision = "Decision 2/CMA.3, annex";
    add(keys,
        {.table = "credits",
         .key = "enabled",
         .type = ValueType::on_off,
         .doc = "Whether credits are issued and accounted for between their host and Japan."},
        FIELD(credits.enabled));
    add(keys,
        {.table = "credits",
         .key = "method",
         .type = ValueType::choice,
         .doc = "How single-year targets are adjusted: by the average over the years of the contribution, or "
                "each year against a trajectory whose sum must be met.",
         .mark = 'S',
         .source = decision},
        FIELD(credits.method));
    add(keys,
        {.table = "credits",
         .key = "use",
         .type = ValueType::choice,
         .doc = "When Japan uses its credits towards its contribution: each year, all in a contribution's "
                "last year, or never.",
         .mark = 'G'},
        FIELD(credits.use));
    add(keys,
        {.table = "credits",
         .key = "existing_portfolio",
         .type = ValueType::on_off,
         .doc = "Whether JCM projects selected by the end of 2024 bring credits; those of the run then count "
                "from 2025 on.",
         .mark = 'S',
         .source = "Guidebook on City-to-City Collaboration for Zero Carbon Society, FY2024 edition, Box 3"},
        FIELD(credits.existing_portfolio));
    add(keys,
        {.table = "credits",
         .key = "other_purposes_share",
         .type = ValueType::fraction,
         .doc = "Share of Japan's credits that is authorised for other international purposes, such as "
                "aviation: their host is adjusted, no contribution is served.",
         .low = 0,
         .high = 1,
         .mark = 'G'},
        FIELD(credits.other_purposes_share));
    add(keys,
        {.table = "credits",
         .key = "cancelled_share",
         .type = ValueType::fraction,
         .doc = "Share of Japan's credits that is cancelled, to nobody's account.",
         .low = 0,
         .high = 1,
         .mark = 'G'},
        FIELD(credits.cancelled_share));
    add(keys,
        {.table = "credits",
         .key = "shares_from_year",
         .type = ValueType::integer,
         .doc = "First vintage both shares act on.",
         .low = 2021,
         .high = 2100},
        FIELD(credits.shares_from_year));
    add(keys,
        {.table = "credits",
         .key = "other_first_transfer",
         .type = ValueType::choice,
         .doc = "When credits for other purposes count as first transferred, as their host specifies.",
         .mark = 'S',
         .source = decision},
        FIELD(credits.other_first_transfer));
}

}  // namespace domino::scenarios
