#include <algorithm>

#include "sim/credits/credit_ledger.h"

namespace domino::sim {
namespace {

/// Why units in `actual` cannot be taken from `wanted`.
CreditRefusal misplaced(CreditAccount actual, CreditAccount wanted) {
    switch (actual.kind) {
        case CreditAccountKind::used_for_ndc:
        case CreditAccountKind::used_for_other:
            return CreditRefusal::already_used;
        case CreditAccountKind::cancelled:
            return CreditRefusal::already_cancelled;
        case CreditAccountKind::in_transit:
            return actual.party == wanted.party ? CreditRefusal::not_acquired : CreditRefusal::not_held;
        case CreditAccountKind::source:
        case CreditAccountKind::opening:
        case CreditAccountKind::holding:
            break;
    }
    return CreditRefusal::not_held;
}

Tonnes in_year(const std::map<int, Tonnes>& years, int year) {
    const auto found = years.find(year);
    return found == years.end() ? 0 : found->second;
}

}  // namespace

CreditUnits CreditLedger::all_units(CreditBlockId id) const {
    const CreditBlock& found = block(id);
    return {id, found.first_serial(), found.quantity()};
}

const CreditLedger::Vintage* CreditLedger::Project::find(int year) const {
    // The one asked for is mostly the latest.
    const auto found = std::find_if(vintages.rbegin(), vintages.rend(),
                                    [&](const Vintage& vintage) { return vintage.year == year; });
    return found == vintages.rend() ? nullptr : &*found;
}

CreditLedger::Vintage& CreditLedger::Project::at(int year) {
    if (find(year) == nullptr) vintages.push_back({year, std::nullopt, 0});
    return *std::find_if(vintages.rbegin(), vintages.rend(),
                         [&](const Vintage& vintage) { return vintage.year == year; });
}

Tonnes CreditLedger::first_transferred(CreditParty party, int year) const {
    return known(party) ? in_year(parties_[party.value].first_transferred, year) : 0;
}

Tonnes CreditLedger::used(CreditParty party, int year) const {
    return known(party) ? in_year(parties_[party.value].used, year) : 0;
}

Tonnes CreditLedger::adjustments() const {
    Tonnes sum = 0;
    for (const Party& party : parties_) {
        for (const auto& [year, tonnes] : party.first_transferred) sum += tonnes;
        for (const auto& [year, tonnes] : party.used) sum -= tonnes;
    }
    return sum;
}

std::optional<CreditRefusal> CreditLedger::check_units(const CreditUnits& units, CreditAccount account,
                                                       int year) const {
    if (units.block.value >= blocks_.size()) return CreditRefusal::unknown_units;
    if (units.count <= 0) return CreditRefusal::not_positive;
    const CreditBlock& found = blocks_[units.block.value];
    if (!found.contains(units)) return CreditRefusal::unknown_units;
    if (booked_to_ && year < *booked_to_) return CreditRefusal::out_of_order;
    std::optional<CreditRefusal> refusal;
    found.each_part(units, [&](const CreditLot& lot) {
        if (!refusal && lot.place.account != account) refusal = misplaced(lot.place.account, account);
    });
    return refusal;
}

bool CreditLedger::left_home(const CreditUnits& units, bool wanted) const {
    bool all = true;
    blocks_[units.block.value].each_part(
        units, [&](const CreditLot& lot) { all = all && lot.place.status.left_home == wanted; });
    return all;
}

bool CreditLedger::adjusts_when_authorised(CreditParty host, CreditPurpose purpose) const {
    const bool other = purpose == CreditPurpose::international_mitigation || purpose == CreditPurpose::other;
    return other && parties_[host.value].other_rule != FirstTransferRule::use_or_cancellation;
}

void CreditLedger::adjust_host(const CreditUnits& units) {
    CreditBlock& found = blocks_[units.block.value];
    Tonnes& adjusted = parties_[found.host().value].first_transferred[found.vintage()];
    found.move(units, [&](const CreditLot& lot) -> CreditPlace {
        if (!lot.place.status.adjusted) adjusted += lot.count;
        return {lot.place.account, {lot.place.status.left_home, true}};
    });
}

void CreditLedger::book(int year, CreditVerb verb, const CreditUnits& units, CreditAccount debit) {
    CreditBlock& found = blocks_[units.block.value];
    const bool leaves = verb == CreditVerb::first_transfer;
    found.move(units, [&](const CreditLot& lot) -> CreditPlace {
        entries_.push_back({year, verb, {units.block, lot.first, lot.count}, debit, lot.place.account});
        balances_.add(debit, lot.count);
        balances_.add(lot.place.account, -lot.count);
        return {debit, {lot.place.status.left_home || leaves, lot.place.status.adjusted}};
    });
    booked_to_ = year;
}

}  // namespace domino::sim
