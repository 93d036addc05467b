#include "scenarios/keys/sections.h"

namespace domino::scenarios {
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
    add(keys,
        {.table = "model",
         .key = "without_ties_of",
         .type = ValueType::text_list,
         .doc =
             "Places (id or name) left without ties, agreements and projects: what the rest owes to them is "
             "the difference to the run with them.",
         .example = "[\"Toyama\"]",
         .absence = Absence::unset},
        FIELD(model.without_ties_of));
}

}  // namespace domino::scenarios
