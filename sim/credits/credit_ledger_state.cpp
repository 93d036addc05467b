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

}  // namespace

CreditUnits CreditLedger::all_units(CreditBlockId id) const {
    const CreditBlock& found = block(id);
    return {id, found.first_serial(), found.quantity()};
}

Tonnes CreditLedger::balance(CreditAccount account) const {
    const auto found = balances_.find(account);
    return found == balances_.end() ? 0 : found->second;
}

Tonnes CreditLedger::first_transferred(CreditParty party, int year) const {
    const auto found = first_transferred_.find({party, year});
    return found == first_transferred_.end() ? 0 : found->second;
}

Tonnes CreditLedger::used(CreditParty party, int year) const {
    const auto found = used_.find({party, year});
    return found == used_.end() ? 0 : found->second;
}

std::optional<CreditRefusal> CreditLedger::check_units(const CreditUnits& units, CreditAccount account,
                                                       int year) const {
    if (units.block.value >= blocks_.size()) return CreditRefusal::unknown_units;
    if (units.count <= 0) return CreditRefusal::not_positive;
    const CreditBlock& found = blocks_[units.block.value];
    if (!found.contains(units)) return CreditRefusal::unknown_units;
    if (booked_to_ && year < *booked_to_) return CreditRefusal::out_of_order;
    for (const CreditLot& lot : found.parts(units)) {
        if (lot.account != account) return misplaced(lot.account, account);
    }
    return std::nullopt;
}

bool CreditLedger::left_home(const CreditUnits& units, bool wanted) const {
    const auto parts = blocks_[units.block.value].parts(units);
    return std::all_of(parts.begin(), parts.end(),
                       [&](const CreditLot& lot) { return lot.status.left_home == wanted; });
}

bool CreditLedger::adjusts_when_authorised(CreditParty host, CreditPurpose purpose) const {
    const bool other = purpose == CreditPurpose::international_mitigation || purpose == CreditPurpose::other;
    return other && parties_[host.value].other_rule != FirstTransferRule::use_or_cancellation;
}

void CreditLedger::adjust_host(const CreditUnits& units) {
    CreditBlock& found = blocks_[units.block.value];
    for (const CreditLot& lot : found.parts(units)) {
        if (lot.status.adjusted) continue;
        first_transferred_[{found.host(), found.vintage()}] += lot.count;
        found.move({units.block, lot.first, lot.count}, lot.account, {lot.status.left_home, true});
    }
}

void CreditLedger::book(int year, CreditVerb verb, const CreditUnits& units, CreditAccount debit) {
    CreditBlock& found = blocks_[units.block.value];
    const bool leaves = verb == CreditVerb::first_transfer;
    for (const CreditLot& lot : found.parts(units)) {
        const CreditUnits part{units.block, lot.first, lot.count};
        entries_.push_back({year, verb, part, debit, lot.account});
        balances_[debit] += lot.count;
        balances_[lot.account] -= lot.count;
        found.move(part, debit, {lot.status.left_home || leaves, lot.status.adjusted});
    }
    booked_to_ = year;
}

}  // namespace domino::sim
