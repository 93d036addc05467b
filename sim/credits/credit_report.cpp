#include "sim/credits/credit_report.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace domino::sim {
namespace {

Tonnes size_of(Tonnes difference) {
    return difference < 0 ? -difference : difference;
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
            const CreditAccount& account = lot.place.account;
            sums[{account.party, account.kind, block.host(), block.vintage(), block.purpose()}] += lot.count;
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
    AccountBalances from_entries, from_units;
    ledger.balances().each([&](CreditAccount account, Tonnes tonnes) {
        check.all_accounts += tonnes;
        // What units came from is no place for them.
        if (is_counterpart(account.kind)) from_units.add(account, tonnes);
    });
    for (const CreditEntry& entry : ledger.entries()) {
        from_entries.add(entry.debit, entry.units.count);
        from_entries.add(entry.credit, -entry.units.count);
    }
    Tonnes outstanding = 0;
    for (const CreditBlock& block : ledger.blocks()) {
        for (const CreditLot& lot : block.lots()) {
            from_units.add(lot.place.account, lot.count);
            const bool settled = lot.place.account.kind == CreditAccountKind::used_for_ndc;
            if (lot.place.status.adjusted && !settled) outstanding += lot.count;
        }
    }
    check.entries = ledger.balances().largest_difference(from_entries);
    check.units = ledger.balances().largest_difference(from_units);
    check.adjustments = ledger.adjustments() - outstanding;
    return check;
}

}  // namespace domino::sim
