#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/keys/sections.h"
#include "scenarios/proposal/proposal_keys.h"

namespace domino::scenarios::proposal_rows {

using ProposalKeys = std::vector<Key<Proposal>>;

inline constexpr std::string_view eligibility_rules = "C3P guidebook FY2024, 3.2";
inline constexpr std::string_view cost_table = "C3P guidebook FY2024, Table 5";
inline constexpr std::string_view scoring_sheet = "C3P guidebook FY2024, Table 6";
inline constexpr double most_yen = 1e13;

template <class Access>
void add_row(ProposalKeys& keys, KeyInfo info, Access access) {
    keys.push_back(bind_key<Proposal>(std::move(info), access));
}

template <class Access>
void add_text(ProposalKeys& keys, std::string_view table, std::string_view key, std::string_view doc,
              std::string_view example, Access access, Absence absence = Absence::unset) {
    add_row(keys,
            {.table = table,
             .key = key,
             .type = ValueType::text,
             .doc = doc,
             .example = example,
             .absence = absence},
            access);
}

/// A fact that holds, does not hold, or is not said.
template <class Access>
void add_fact(ProposalKeys& keys, std::string_view table, std::string_view key, std::string_view doc,
              std::string_view example, std::string_view source, Access access) {
    add_row(keys,
            {.table = table,
             .key = key,
             .type = ValueType::on_off,
             .doc = doc,
             .source = source,
             .example = example,
             .absence = Absence::unset},
            access);
}

template <class Enum, class Access>
void add_choice(ProposalKeys& keys, std::string_view table, std::string_view key, std::string_view doc,
                std::string_view example, Absence absence, Access access) {
    const auto words = choices_of(Enum{});
    KeyInfo info{.table = table,
                 .key = key,
                 .type = ValueType::choice,
                 .doc = doc,
                 .example = example,
                 .absence = absence};
    info.choices.assign(words.begin(), words.end());
    add_row(keys, std::move(info), access);
}

template <class Access>
void add_count(ProposalKeys& keys, std::string_view key, std::string_view doc, std::string_view example,
               double low, double high, Absence absence, Access access) {
    add_row(keys,
            {.table = "",
             .key = key,
             .type = ValueType::integer,
             .doc = doc,
             .low = low,
             .high = high,
             .example = example,
             .absence = absence},
            access);
}

/// Money and reductions: [costs] and [reduction].
void add_costs(ProposalKeys& keys);
void add_reduction(ProposalKeys& keys);

}  // namespace domino::scenarios::proposal_rows
