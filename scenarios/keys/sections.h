#pragma once

#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/scenario_keys.h"

/// Access to a field of an entry or scenario, in the captureless form bind_key takes.
#define FIELD(path) [](auto& s) -> decltype(auto) { return (s.path); }

namespace domino::scenarios {

using Keys = std::vector<Key<Scenario>>;

inline constexpr double no_limit = std::numeric_limits<double>::infinity();

/// Of every layer: how a place answers to its neighbours, and whether they can bind it.
inline constexpr std::string_view response_doc =
    "How a place answers: to the share of its neighbours that have committed, or only once that share "
    "reaches threshold_phi (complex contagion).";
inline constexpr std::string_view response_source =
    "Granovetter 1978, AJS 83:1420-1443; Centola and Macy 2007, AJS 113:702-734";
inline constexpr std::string_view coercion_doc =
    "Whether a declaration commits those it acts on with probability coercion_c, a month later.";
inline constexpr std::string_view coercion_source = "Shipan and Volden 2008, AJPS 52:840-857";

void add_head(Keys& keys);
void add_run(Keys& keys);
void add_places(Keys& keys);
void add_layers(Keys& keys);
void add_c3p(Keys& keys);
void add_c3p_activities(Keys& keys);
void add_strategy(Keys& keys);
void add_jcm(Keys& keys);
void add_credits(Keys& keys);
void add_eco_lease(Keys& keys);
void add_c2p2(Keys& keys);
void add_contacts(Keys& keys);
void add_commitment(Keys& keys);
void add_leading_areas(Keys& keys);
void add_futurecity(Keys& keys);
void add_subnational(Keys& keys);
void add_model(Keys& keys);
void add_emissions(Keys& keys);
void add_output(Keys& keys);

EntryList<PlaceLayer> place_layers();
EntryList<Covariate> covariates();
EntryList<AgreementEntry> agreements();
EntryList<ContactEventEntry> contact_events();
EntryList<UserLayer> user_layers();
EntryList<ExitEntry> exits();
EntryList<StrategyProjectEntry> strategy_projects();
EntryList<WithdrawalEntry> withdrawals();
EntryList<PriceSchemeEntry> price_schemes();
EntryList<TargetEntry> targets();

template <class Access>
void add(Keys& keys, KeyInfo info, Access access) {
    keys.push_back(bind_key<Scenario>(std::move(info), access));
}

/// A key of a list's entries that has to be there.
template <class Entry>
Key<Entry> required(ValueType type, std::string_view key, std::string_view doc, std::string_view example,
                    auto access) {
    return bind_key<Entry>(
        {.table = "", .key = key, .type = type, .doc = doc, .example = example, .absence = Absence::error},
        access);
}
/// A key of a list's entries that may be left out.
template <class Entry>
Key<Entry> optional(ValueType type, std::string_view key, std::string_view doc, std::string_view example,
                    auto access) {
    return bind_key<Entry>(
        {.table = "", .key = key, .type = type, .doc = doc, .example = example, .absence = Absence::unset},
        access);
}

}  // namespace domino::scenarios
