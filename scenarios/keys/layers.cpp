#include "scenarios/keys/sections.h"

namespace domino::scenarios {
namespace {

constexpr std::string_view response_doc =
    "How a place answers: to the share of its neighbours that have committed, or only once that share "
    "reaches threshold_phi (complex contagion).";

}  // namespace

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
         .doc = "Decay length of gravity; radiation has none. Not set, each member draws gravity_r0.",
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
         .doc = "Intensity of an agreement without a project. Not set, each member draws "
                "w_collab_agreement.",
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

}  // namespace domino::scenarios
