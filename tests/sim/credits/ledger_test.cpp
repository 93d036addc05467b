#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/credits/credit_ledger.h"
#include "sim/credits/credit_report.h"

namespace domino::sim {
namespace {

/// Viet Nam hosts, Japan buys, Palau is there to be sent to; one project with 1,000 t monitored in 2025.
struct SmallBooks {
    CreditLedger ledger;
    CreditParty vietnam = ledger.add_party("VNM");
    CreditParty japan = ledger.add_party("JPN");
    CreditParty palau = ledger.add_party("PLW");
    CreditProjectId project = ledger.add_project(vietnam, "VN-1");

    SmallBooks() { REQUIRE(ledger.record_monitoring(project, 2025, 1000)); }

    CreditUnits issue(Tonnes count, CreditPurpose purpose = CreditPurpose::ndc) {
        const CreditReceipt receipt = ledger.issue(project, 2025, count, purpose, 2025);
        REQUIRE(receipt);
        return ledger.all_units(receipt.block);
    }
    CreditUnits acquired(Tonnes count, CreditPurpose purpose = CreditPurpose::ndc) {
        const CreditUnits units = issue(count, purpose);
        REQUIRE(ledger.first_transfer(units, japan, 2025));
        REQUIRE(ledger.acquire(units, japan, 2026));
        return units;
    }
    Tonnes at(CreditParty party, CreditAccountKind kind) const { return ledger.balance({party, kind}); }
};

void expect_refused(const CreditReceipt& receipt, CreditRefusal reason) {
    REQUIRE(receipt.refusal.has_value());
    CHECK(static_cast<int>(*receipt.refusal) == static_cast<int>(reason));
    CHECK_FALSE(receipt.problem.what.empty());
    CHECK_FALSE(receipt.problem.why.empty());
    CHECK_FALSE(receipt.problem.fix.empty());
}

}  // namespace

TEST_CASE("A refusal names the project or the units it is about", "[credits]") {
    SmallBooks books;
    const CreditUnits units = books.issue(400);
    const auto named = [](const CreditReceipt& receipt, const std::string& words) {
        CAPTURE(receipt.problem.where, receipt.problem.what, words);
        return (receipt.problem.where + receipt.problem.what).find(words) != std::string::npos;
    };
    const std::string& project = books.ledger.project_name(books.project);
    CHECK(named(books.ledger.issue(books.project, 2025, 601, CreditPurpose::ndc, 2025), project));
    CHECK(named(books.ledger.issue({7}, 2025, 1, CreditPurpose::ndc, 2025), "no such project"));
    CHECK(named(books.ledger.acquire(units, books.japan, 2026), project + ", vintage 2025, serial 1 ff."));
    CHECK(named(books.ledger.acquire({{9}, 1, 1}, books.japan, 2026), "no such block"));
}

TEST_CASE("A credit goes from issuance to use, and each side is adjusted once", "[credits]") {
    SmallBooks books;
    const CreditUnits units = books.issue(500);
    books.issue(500, CreditPurpose::unauthorised);
    CHECK(books.at(books.vietnam, CreditAccountKind::source) == -1000);
    CHECK(books.at(books.vietnam, CreditAccountKind::holding) == 1000);
    CHECK(books.ledger.first_transferred(books.vietnam, 2025) == 0);

    REQUIRE(books.ledger.first_transfer(units, books.japan, 2026));
    CHECK(books.at(books.japan, CreditAccountKind::in_transit) == 500);
    // The host adds in the year the reduction occurred, not in the year of the transfer.
    CHECK(books.ledger.first_transferred(books.vietnam, 2025) == 500);
    CHECK(books.ledger.first_transferred(books.vietnam, 2026) == 0);

    REQUIRE(books.ledger.acquire(units, books.japan, 2027));
    CHECK(books.at(books.japan, CreditAccountKind::holding) == 500);
    for (int year = 2020; year <= 2040; ++year) CHECK(books.ledger.used(books.japan, year) == 0);

    REQUIRE(books.ledger.use({units.block, units.first, 200}, books.japan, 2030));
    CHECK(books.ledger.used(books.japan, 2030) == 200);
    CHECK(books.at(books.japan, CreditAccountKind::holding) == 300);
    CHECK(books.at(books.japan, CreditAccountKind::used_for_ndc) == 200);
    CHECK(reconcile(books.ledger).largest() == 0);

    const auto lines = balances_by_vintage(books.ledger);
    REQUIRE(lines.size() == 3);  // held at home, held in Japan, used by Japan
    Tonnes sum = 0;
    for (const CreditBalanceLine& line : lines) sum += line.tonnes;
    CHECK(sum == 1000);
}

TEST_CASE("A unit is used once", "[credits]") {
    SmallBooks books;
    const CreditUnits units = books.acquired(100);
    REQUIRE(books.ledger.use({units.block, units.first + 40, 20}, books.japan, 2026));
    expect_refused(books.ledger.use(units, books.japan, 2026), CreditRefusal::already_used);
    expect_refused(books.ledger.use({units.block, units.first + 59, 1}, books.japan, 2026),
                   CreditRefusal::already_used);
    expect_refused(books.ledger.cancel({units.block, units.first + 59, 2}, books.japan, 2026),
                   CreditRefusal::already_used);
    CHECK(books.ledger.used(books.japan, 2026) == 20);
    REQUIRE(books.ledger.cancel({units.block, units.first + 60, 40}, books.japan, 2026));
    expect_refused(books.ledger.use({units.block, units.first + 60, 1}, books.japan, 2026),
                   CreditRefusal::already_cancelled);
    CHECK(reconcile(books.ledger).largest() == 0);
}

TEST_CASE("Every other way to count a tonne twice is refused and changes nothing", "[credits]") {
    SmallBooks books;
    CreditLedger& ledger = books.ledger;
    const auto entries = [&] { return ledger.entries().size(); };

    SECTION("issuing more than was monitored") {
        books.issue(900);
        const auto before = entries();
        expect_refused(ledger.issue(books.project, 2025, 101, CreditPurpose::ndc, 2025),
                       CreditRefusal::beyond_monitored_reduction);
        expect_refused(ledger.issue(books.project, 2026, 1, CreditPurpose::ndc, 2026),
                       CreditRefusal::beyond_monitored_reduction);
        expect_refused(ledger.record_monitoring(books.project, 2025, 5000), CreditRefusal::already_monitored);
        CHECK(entries() == before);
        CHECK(ledger.issue(books.project, 2025, 100, CreditPurpose::ndc, 2025));
    }
    SECTION("issuing before the reduction") {
        REQUIRE(ledger.record_monitoring(books.project, 2030, 10));
        expect_refused(ledger.issue(books.project, 2030, 10, CreditPurpose::ndc, 2029),
                       CreditRefusal::before_vintage);
    }
    SECTION("transfer without authorisation") {
        const CreditUnits units = books.issue(10, CreditPurpose::unauthorised);
        expect_refused(ledger.first_transfer(units, books.japan, 2025), CreditRefusal::not_authorised);
        REQUIRE(ledger.authorise(units.block, CreditPurpose::ndc, 2025));
        expect_refused(ledger.authorise(units.block, CreditPurpose::other, 2025),
                       CreditRefusal::already_authorised);
        CHECK(ledger.first_transfer(units, books.japan, 2025));
    }
    SECTION("use before acquisition") {
        const CreditUnits units = books.issue(10);
        expect_refused(ledger.use(units, books.japan, 2025), CreditRefusal::not_held);
        REQUIRE(ledger.first_transfer(units, books.japan, 2025));
        expect_refused(ledger.use(units, books.japan, 2025), CreditRefusal::not_acquired);
        expect_refused(ledger.acquire(units, books.palau, 2025), CreditRefusal::not_held);
        CHECK(ledger.used(books.japan, 2025) == 0);
    }
    SECTION("a second first transfer, and use at home of what never left") {
        const CreditUnits units = books.acquired(10);
        expect_refused(ledger.first_transfer(units, books.palau, 2026), CreditRefusal::not_held);
        REQUIRE(ledger.transfer(units, books.japan, books.vietnam, 2026));
        REQUIRE(ledger.acquire(units, books.vietnam, 2026));
        expect_refused(ledger.first_transfer(units, books.palau, 2026),
                       CreditRefusal::already_first_transferred);
        CHECK(ledger.first_transferred(books.vietnam, 2025) == 10);
        const CreditUnits home =
            ledger.all_units(ledger.issue(books.project, 2025, 10, CreditPurpose::ndc, 2026).block);
        expect_refused(ledger.use(home, books.vietnam, 2026), CreditRefusal::not_first_transferred);
        expect_refused(ledger.transfer(home, books.vietnam, books.japan, 2026),
                       CreditRefusal::not_first_transferred);
    }
    SECTION("use in another contribution's years") {
        const CreditUnits units = books.acquired(10);
        expect_refused(ledger.use(units, books.japan, 2031), CreditRefusal::outside_period);
        CHECK(ledger.use(units, books.japan, 2030));
    }
    SECTION("what is not there, or not positive, or late") {
        const CreditUnits units = books.acquired(10);
        expect_refused(ledger.use({units.block, units.first, 11}, books.japan, 2026),
                       CreditRefusal::unknown_units);
        expect_refused(ledger.use({units.block, units.first - 1, 2}, books.japan, 2026),
                       CreditRefusal::unknown_units);
        expect_refused(ledger.use({units.block, INT64_MAX, 1}, books.japan, 2026),
                       CreditRefusal::unknown_units);
        expect_refused(ledger.use({{77}, 1, 1}, books.japan, 2026), CreditRefusal::unknown_units);
        expect_refused(ledger.use({units.block, units.first, 0}, books.japan, 2026),
                       CreditRefusal::not_positive);
        expect_refused(ledger.use(units, {99}, 2026), CreditRefusal::unknown_party);
        expect_refused(ledger.use(units, books.japan, 2025), CreditRefusal::out_of_order);
        expect_refused(ledger.issue({99}, 2025, 1, CreditPurpose::ndc, 2026), CreditRefusal::unknown_project);
        expect_refused(ledger.transfer(units, books.japan, books.japan, 2026), CreditRefusal::same_party);
        REQUIRE(ledger.record_monitoring(books.project, 2024, INT64_MAX));
        expect_refused(ledger.issue(books.project, 2024, INT64_MAX, CreditPurpose::ndc, 2026),
                       CreditRefusal::too_many_units);
    }
    CHECK(reconcile(ledger).largest() == 0);
}

TEST_CASE("Units for other purposes adjust their host when it says so", "[credits]") {
    const auto adjusted = [](FirstTransferRule rule, auto act) {
        CreditLedger ledger;
        const CreditParty host = ledger.add_party("VNM", rule);
        const CreditParty airline_state = ledger.add_party("JPN");
        const CreditProjectId project = ledger.add_project(host, "p");
        REQUIRE(ledger.record_monitoring(project, 2025, 10));
        const CreditUnits units =
            ledger.all_units(ledger.issue(project, 2025, 10, CreditPurpose::unauthorised, 2025).block);
        act(ledger, units, airline_state);
        CHECK(reconcile(ledger).largest() == 0);
        CHECK(ledger.used(airline_state, 2026) == 0);  // no contribution is served
        return ledger.first_transferred(host, 2025);
    };
    const auto nothing = [](CreditLedger&, const CreditUnits&, CreditParty) {};
    const auto authorise = [](CreditLedger& ledger, const CreditUnits& units, CreditParty) {
        REQUIRE(ledger.authorise(units.block, CreditPurpose::international_mitigation, 2025));
    };
    const auto acquire = [&](CreditLedger& ledger, const CreditUnits& units, CreditParty to) {
        authorise(ledger, units, to);
        REQUIRE(ledger.first_transfer(units, to, 2025));
        REQUIRE(ledger.acquire(units, to, 2025));
    };
    const auto use = [&](CreditLedger& ledger, const CreditUnits& units, CreditParty to) {
        acquire(ledger, units, to);
        REQUIRE(ledger.use(units, to, 2026));
    };
    CHECK(adjusted(FirstTransferRule::authorisation, nothing) == 0);
    CHECK(adjusted(FirstTransferRule::authorisation, authorise) == 10);
    CHECK(adjusted(FirstTransferRule::issuance, authorise) == 10);
    CHECK(adjusted(FirstTransferRule::use_or_cancellation, acquire) == 0);
    CHECK(adjusted(FirstTransferRule::use_or_cancellation, use) == 10);
    CHECK(adjusted(FirstTransferRule::authorisation, use) == 10);
}

TEST_CASE("Books open with units of earlier years", "[credits]") {
    SmallBooks books;
    CreditLedger& ledger = books.ledger;
    REQUIRE(ledger.open(books.project, 2018, 700, CreditPurpose::unauthorised, books.japan, 2021));
    REQUIRE(ledger.open(books.project, 2021, 50, CreditPurpose::ndc, books.japan, 2021));
    CHECK(books.at(books.japan, CreditAccountKind::holding) == 750);
    CHECK(books.at(books.vietnam, CreditAccountKind::opening) == -750);
    CHECK(ledger.first_transferred(books.vietnam, 2018) == 0);
    CHECK(ledger.first_transferred(books.vietnam, 2021) == 50);
    expect_refused(ledger.use(ledger.all_units({0}), books.japan, 2021), CreditRefusal::not_authorised);
    CHECK(ledger.use(ledger.all_units({1}), books.japan, 2021));
    CHECK(reconcile(ledger).largest() == 0);
}

}  // namespace domino::sim
