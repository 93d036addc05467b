#include <catch2/catch.hpp>
#include <stdexcept>

#include "sim/credits/emissions_balance.h"

namespace domino::sim {

TEST_CASE("100 Mt sold over ten years: 10 Mt by averaging, 100 Mt cumulatively", "[credits]") {
    const std::vector<double> emissions(10, 500e6);
    const std::vector<Tonnes> sold(10, 10'000'000), none(10, 0);
    const BalanceYears seller{emissions, sold, none};
    CHECK(averaging_balance(seller).back() == 510e6);
    CHECK(cumulative_balance(seller).back() == 5000e6 + 100e6);
    CHECK(annual_balance(seller).back() == 510e6);
    const BalanceYears buyer{emissions, none, sold};
    CHECK(averaging_balance(buyer).back() == 490e6);
    CHECK(cumulative_balance(buyer).back() == 5000e6 - 100e6);

    // All of it in one year: averaging spreads it, the yearly balance does not.
    std::vector<Tonnes> lump(10, 0);
    lump[2] = 100'000'000;
    const BalanceYears once{emissions, lump, none};
    CHECK(averaging_balance(once)[1] == 500e6);
    CHECK(averaging_balance(once)[2] == Approx(500e6 + 100e6 / 3));
    CHECK(averaging_balance(once).back() == 510e6);
    CHECK(annual_balance(once)[2] == 600e6);
    CHECK(annual_balance(once).back() == 500e6);
    CHECK(cumulative_balance(once).back() == 5100e6);
}

TEST_CASE("A credit sold and used changes the sum of balances by nothing", "[credits]") {
    const std::vector<double> host(3, 80.0), user(3, 300.0);
    const std::vector<Tonnes> moved = {5, 0, 7}, none(3, 0);
    const double before = 3 * 80.0 + 3 * 300.0;
    const double after =
        cumulative_balance({host, moved, none}).back() + cumulative_balance({user, none, moved}).back();
    CHECK(after == before);
}

TEST_CASE("Balances need the same years on both sides", "[credits]") {
    const std::vector<double> emissions(3, 1.0);
    const std::vector<Tonnes> short_row(2, 0), row(3, 0);
    CHECK_THROWS_AS(annual_balance({emissions, short_row, row}), std::invalid_argument);
    CHECK_THROWS_AS(averaging_balance({emissions, row, short_row}), std::invalid_argument);
}

}  // namespace domino::sim
