#pragma once

#include <vector>

#include "sim/credits/credit_ledger.h"

namespace domino::sim {

/// What one party has of one host, vintage and purpose in one kind of account.
struct CreditBalanceLine {
    CreditParty party;
    CreditAccountKind kind = CreditAccountKind::holding;
    CreditParty host;
    int vintage = 0;
    CreditPurpose purpose = CreditPurpose::unauthorised;
    Tonnes tonnes = 0;
};

/// Balances by party, account, host, vintage and purpose, ascending in that order; what is empty is left out.
std::vector<CreditBalanceLine> balances_by_vintage(const CreditLedger& ledger);

/// Differences of sums that must agree; all are zero in a sound ledger, exactly.
struct CreditReconciliation {
    Tonnes all_accounts = 0;  ///< sum of all balances: debits less credits
    Tonnes entries = 0;       ///< largest difference between an account and the sum of its entries
    Tonnes units = 0;         ///< largest difference between an account and the serial numbers in it
    Tonnes adjustments = 0;   ///< first transferred − used, against what was adjusted for and not so used:
                              ///< cancelled, used otherwise, on the way, held (model §6)
    Tonnes largest() const;
};

/// Recomputes every balance from the entries and from the units.
CreditReconciliation reconcile(const CreditLedger& ledger);

}  // namespace domino::sim
