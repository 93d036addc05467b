#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "sim/credits/account_balances.h"

namespace domino::sim {

TEST_CASE("accounts hold what was added and are visited ascending, empty ones left out", "[credits]") {
    AccountBalances balances;
    const CreditAccount held{{3}, CreditAccountKind::holding};
    const CreditAccount source{{1}, CreditAccountKind::source};
    const CreditAccount sent{{1}, CreditAccountKind::in_transit};
    balances.add(held, 5);
    balances.add(source, -5);
    balances.add(sent, 2);
    balances.add(sent, -2);
    CHECK(balances.of(held) == 5);
    CHECK(balances.of(sent) == 0);
    CHECK(balances.of({{9}, CreditAccountKind::cancelled}) == 0);

    std::vector<std::pair<CreditAccount, Tonnes>> seen;
    balances.each([&](CreditAccount account, Tonnes tonnes) { seen.emplace_back(account, tonnes); });
    CHECK(seen == std::vector<std::pair<CreditAccount, Tonnes>>{{source, -5}, {held, 5}});
}

TEST_CASE("tables of balances differ by their largest account, whichever of them has it", "[credits]") {
    AccountBalances few, many;
    few.add({{0}, CreditAccountKind::holding}, 4);
    many.add({{0}, CreditAccountKind::holding}, 1);
    CHECK(few.largest_difference(many) == 3);
    many.add({{7}, CreditAccountKind::cancelled}, -11);
    CHECK(few.largest_difference(many) == 11);
    CHECK(many.largest_difference(few) == 11);
    CHECK_FALSE(few == many);
    many.add({{0}, CreditAccountKind::holding}, 3);
    many.add({{7}, CreditAccountKind::cancelled}, 11);
    CHECK(few == many);
}

}  // namespace domino::sim
