#include "sim/credits/credit_report.h"

#include <algorithm>
#include <tuple>

namespace domino::sim {
namespace {

Tonnes size_of(Tonnes difference) {
    return difference < 0 ? -difference : difference;
}

/// Largest difference between two tables of balances; an account in neither is zero.
Tonnes largest_difference(const std::map<CreditAccount, Tonnes>& a,
                          const std::map<CreditAccount, Tonnes>& b) {
    std::map<CreditAccount, Tonnes> difference = a;
    for (const auto& [account, tonnes] : b) difference[account] -= tonnes;
    Tonnes largest = 0;
    for (const auto& [account, tonnes] : difference) largest = std::max(largest, size_of(tonnes));
    return largest;
}

bool is_counterpart(CreditAccountKind kind) {
    return kind == CreditAccountKind::source || kind == CreditAccountKind::opening;
}

}  // namespace

Tonnes CreditReconciliation::largest() const {
    return std::max({size_of(all_accounts), entries, units, size_of(adjustments)});
}

std::vector<CreditBalanceLine> balances_by_vintage(const CreditLedger& ledger) {
    using Key = std::tuple<CreditParty, CreditAccountKind, CreditParty, int, CreditPurpose>;
    std::map<Key, Tonnes> sums;
    for (const CreditBlock& block : ledger.blocks()) {
        for (const CreditLot& lot : block.lots()) {
            sums[{lot.account.party, lot.account.kind, block.host(), block.vintage(), block.purpose()}] +=
                lot.count;
        }
    }
    std::vector<CreditBalanceLine> lines;
    for (const auto& [key, tonnes] : sums) {
        lines.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key),
                         std::get<4>(key), tonnes});
    }
    return lines;
}

CreditReconciliation reconcile(const CreditLedger& ledger) {
    CreditReconciliation check;
    std::map<CreditAccount, Tonnes> from_entries, from_units, counterparts;
    for (const auto& [account, tonnes] : ledger.balances()) {
        check.all_accounts += tonnes;
        if (is_counterpart(account.kind)) counterparts[account] = tonnes;
    }
    std::map<std::pair<CreditParty, int>, bool> adjusted_years;
    for (const CreditEntry& entry : ledger.entries()) {
        from_entries[entry.debit] += entry.units.count;
        from_entries[entry.credit] -= entry.units.count;
        adjusted_years[{ledger.block(entry.units.block).host(), ledger.block(entry.units.block).vintage()}] =
            true;
        adjusted_years[{entry.debit.party, entry.year}] = true;
    }
    from_units = counterparts;  // what units came from is no place for them
    Tonnes outstanding = 0;
    for (const CreditBlock& block : ledger.blocks()) {
        for (const CreditLot& lot : block.lots()) {
            from_units[lot.account] += lot.count;
            const bool settled = lot.account.kind == CreditAccountKind::used_for_ndc;
            if (lot.status.adjusted && !settled) outstanding += lot.count;
        }
    }
    check.entries = largest_difference(ledger.balances(), from_entries);
    check.units = largest_difference(ledger.balances(), from_units);
    for (const auto& [key, seen] : adjusted_years) {
        check.adjustments += ledger.first_transferred(key.first, key.second);
        check.adjustments -= ledger.used(key.first, key.second);
    }
    check.adjustments -= outstanding;
    return check;
}

}  // namespace domino::sim
