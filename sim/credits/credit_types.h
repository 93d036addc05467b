#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

namespace domino::sim {

/// Credits are counted in whole tonnes of CO2 equivalent, as registries do: one unit is one tonne, fractions
/// of a monitored tonne are rounded down at issuance, and sums are exact whatever their order.
using Tonnes = std::int64_t;

/// What a unit is authorised for by its host (decision 2/CMA.3, annex, paragraph 1).
enum class CreditPurpose : std::uint8_t {
    unauthorised,              ///< stays at home, or occurred before there was anything to authorise
    ndc,                       ///< towards a nationally determined contribution
    international_mitigation,  ///< another international mitigation purpose, such as aviation
    other,                     ///< another purpose, such as a voluntary claim
};
inline constexpr std::array<std::string_view, 4> credit_purpose_ids = {"unauthorised", "ndc",
                                                                       "international_mitigation", "other"};

/// What happened to units. Authorisation moves none.
enum class CreditVerb : std::uint8_t {
    opening,
    issuance,
    authorisation,
    first_transfer,
    transfer,
    acquisition,
    use,
    cancellation,
};
inline constexpr std::array<std::string_view, 8> credit_verb_ids = {
    "opening",  "issuance",    "authorisation", "first_transfer",
    "transfer", "acquisition", "use",           "cancellation"};

/// What units in an account are. Every unit is in one account of one party; `source` and `opening` are the
/// counterparts that units come from, and stand below zero by as much as came.
enum class CreditAccountKind : std::uint8_t {
    source,          ///< issued from, of the host
    opening,         ///< brought forward from, of the host
    holding,         ///< at the party's disposal
    in_transit,      ///< sent to the party and not yet acquired by it
    used_for_ndc,    ///< retired towards the party's contribution
    used_for_other,  ///< retired for any other purpose
    cancelled,
};
inline constexpr std::array<std::string_view, 7> credit_account_ids = {
    "source", "opening", "holding", "in_transit", "used_for_ndc", "used_for_other", "cancelled"};

/// A party by its number in the ledger.
struct CreditParty {
    std::uint16_t value = 0;
    friend auto operator<=>(const CreditParty&, const CreditParty&) = default;
};

struct CreditAccount {
    CreditParty party;
    CreditAccountKind kind = CreditAccountKind::holding;
    friend auto operator<=>(const CreditAccount&, const CreditAccount&) = default;
};

/// When units for other purposes than a contribution count as first transferred: what their host specifies
/// (decision 2/CMA.3, annex, paragraph 2 (b)). Units for a contribution: at their first international
/// transfer (paragraph 2 (a)).
enum class FirstTransferRule : std::uint8_t { authorisation, issuance, use_or_cancellation };

/// How a party with a single-year target adjusts for transfers (decision 2/CMA.3, annex, paragraph 7 (a)).
enum class AdjustmentMethod : std::uint8_t { averaging, trajectory };

/// The years of one nationally determined contribution, both included.
struct NdcPeriod {
    int first_year = 2021;
    int last_year = 2030;
    constexpr bool contains(int year) const { return first_year <= year && year <= last_year; }
    constexpr int years() const { return last_year - first_year + 1; }

    friend bool operator==(const NdcPeriod&, const NdcPeriod&) = default;
};

}  // namespace domino::sim
