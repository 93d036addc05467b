#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "sim/credits/credit_types.h"

namespace domino::sim {

/// Tonnes by account, party after party; 0 in an account that nothing was ever booked on.
class AccountBalances {
 public:
    Tonnes of(CreditAccount account) const {
        return account.party.value < parties_.size() ? parties_[account.party.value][index(account)] : 0;
    }
    void add(CreditAccount account, Tonnes tonnes) {
        if (account.party.value >= parties_.size()) parties_.resize(account.party.value + std::size_t{1});
        parties_[account.party.value][index(account)] += tonnes;
    }
    /// Calls `visit(account, tonnes)` for each account that is not empty, ascending.
    template <class Visit>
    void each(const Visit& visit) const {
        for (std::size_t p = 0; p < parties_.size(); ++p) {
            for (std::size_t k = 0; k < kinds; ++k) {
                if (parties_[p][k] == 0) continue;
                visit(CreditAccount{{static_cast<std::uint16_t>(p)}, static_cast<CreditAccountKind>(k)},
                      parties_[p][k]);
            }
        }
    }
    /// Of any account, between this table and another.
    Tonnes largest_difference(const AccountBalances& other) const {
        Tonnes largest = 0;
        const auto compare = [&](CreditAccount account, Tonnes) {
            const Tonnes difference = of(account) - other.of(account);
            largest = std::max(largest, difference < 0 ? -difference : difference);
        };
        each(compare);
        other.each(compare);
        return largest;
    }
    friend bool operator==(const AccountBalances& a, const AccountBalances& b) {
        return a.largest_difference(b) == 0;
    }

 private:
    static constexpr std::size_t kinds = credit_account_ids.size();
    static std::size_t index(CreditAccount account) { return static_cast<std::size_t>(account.kind); }

    std::vector<std::array<Tonnes, kinds>> parties_;
};

}  // namespace domino::sim
