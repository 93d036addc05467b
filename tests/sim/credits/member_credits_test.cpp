#include "sim/credits/member_credits.h"

#include <catch2/catch.hpp>
#include <map>

#include "sim/ensemble.h"
#include "tests/sim/literal_world.h"
#include "tests/sim/rich_world.h"

namespace domino::sim {
namespace {

/// Host AAA, buyer JPN, one existing project of 1,000 t/yr from 2019 to 2032.
World world_with_portfolio() {
    test::LiteralWorld w(1);
    w.add_country("JPN", -40.0);
    CreditAccounting& plan = w->credit_accounting;
    plan.active = true;
    plan.buyer = {1};
    plan.existing = {{"old", {0}, 1000.0, make_month(2019, 1), make_month(2033, 1)}};
    return *w;
}

MemberCredits books(const World& world, double share = 0.6) {
    return account_credits(world, share, {}, {});
}

Tonnes cell(const World& world, const std::vector<Tonnes>& by, std::size_t party, int year) {
    const auto years = static_cast<std::size_t>(world.calendar.years());
    return by[party * years + static_cast<std::size_t>(year - world.calendar.first_year())];
}

Tonnes total(const std::vector<Tonnes>& values) {
    Tonnes sum = 0;
    for (const Tonnes t : values) sum += t;
    return sum;
}

/// Balance of one kind of account of a party after all entries.
Tonnes balance(const MemberCredits& member, std::uint16_t party, CreditAccountKind kind) {
    Tonnes sum = 0;
    for (const auto& [flow, tonnes] : member.flows) {
        if (flow.debit == CreditAccount{{party}, kind}) sum += tonnes;
        if (flow.credit == CreditAccount{{party}, kind}) sum -= tonnes;
    }
    return sum;
}

/// ΣEB − ΣE = cancelled + used otherwise + transferred and not yet used (model §6), of authorised units.
void expect_balance_identity(const MemberCredits& member) {
    Tonnes unsettled = 0;
    for (const auto& [flow, tonnes] : member.flows) {
        if (flow.purpose == CreditPurpose::unauthorised) continue;
        const auto counts = [](CreditAccount a) {
            return a.party.value == 1 && a.kind != CreditAccountKind::used_for_ndc;
        };
        unsettled += (counts(flow.debit) ? tonnes : 0) - (counts(flow.credit) ? tonnes : 0);
    }
    CHECK(total(member.first_transferred) - total(member.used) == unsettled);
    CHECK(member.error == 0.0);
}

}  // namespace

TEST_CASE("The host adds what the buyer uses, and keeps the rest without adjustment", "[credits]") {
    const World world = world_with_portfolio();
    const MemberCredits member = books(world);
    for (int year = 2021; year <= 2032; ++year) {
        CHECK(cell(world, member.first_transferred, 0, year) == 600);
        CHECK(cell(world, member.used, 1, year) == 600);
        CHECK(cell(world, member.first_transferred, 1, year) == 0);
        CHECK(cell(world, member.used, 0, year) == 0);
    }
    CHECK(cell(world, member.first_transferred, 0, 2033) == 0);
    // Reductions before the first contribution are the buyer's, and adjust nobody.
    CHECK(cell(world, member.first_transferred, 0, 2020) == 0);
    CHECK(member.supply[0] == 2 * 600);
    CHECK(member.supply[10] == 12 * 600);
    CHECK(balance(member, 1, CreditAccountKind::holding) == 2 * 600);
    CHECK(balance(member, 1, CreditAccountKind::used_for_ndc) == 12 * 600);
    CHECK(balance(member, 0, CreditAccountKind::holding) == 13 * 400);  // 2020 to 2032
    expect_balance_identity(member);
}

TEST_CASE("Levers of the accounts act as they say, and on nothing before", "[credits]") {
    World world = world_with_portfolio();
    const MemberCredits before = books(world);

    SECTION("a larger share for the buyer") {
        const MemberCredits more = books(world, 0.8);
        CHECK(cell(world, more.first_transferred, 0, 2025) == 800);
        CHECK(cell(world, more.first_transferred, 0, 2020) == 0);
        CHECK(more.supply[20] > before.supply[20]);
        expect_balance_identity(more);
    }
    SECTION("use in the contribution's last year") {
        world.credit_accounting.use = CreditUse::target_year;
        const MemberCredits late = books(world);
        for (const int year : {2021, 2029, 2031, 2034}) CHECK(cell(world, late.used, 1, year) == 0);
        CHECK(cell(world, late.used, 1, 2030) == 10 * 600);
        CHECK(cell(world, late.used, 1, 2035) == 2 * 600);
        CHECK(late.first_transferred == before.first_transferred);
        expect_balance_identity(late);
    }
    SECTION("never used") {
        world.credit_accounting.use = CreditUse::hold;
        const MemberCredits held = books(world);
        CHECK(total(held.used) == 0);
        CHECK(held.first_transferred == before.first_transferred);
        CHECK(held.supply == before.supply);
        CHECK(balance(held, 1, CreditAccountKind::holding) == 14 * 600);
        expect_balance_identity(held);
    }
    SECTION("cancelled from 2026 on") {
        world.credit_accounting.cancelled_share = 0.25;
        world.credit_accounting.shares_from_year = 2026;
        const MemberCredits part = books(world);
        for (int year = 2021; year < 2026; ++year)
            CHECK(cell(world, part.used, 1, year) == cell(world, before.used, 1, year));
        CHECK(cell(world, part.used, 1, 2026) == 450);
        CHECK(part.first_transferred == before.first_transferred);
        CHECK(balance(part, 1, CreditAccountKind::cancelled) == 7 * 150);
        expect_balance_identity(part);
    }
    SECTION("other purposes from 2026 on") {
        world.credit_accounting.international_share = 0.5;
        world.credit_accounting.shares_from_year = 2026;
        const MemberCredits part = books(world);
        CHECK(cell(world, part.used, 1, 2025) == 600);
        CHECK(cell(world, part.used, 1, 2026) == 300);
        CHECK(part.first_transferred == before.first_transferred);  // the host adds either way
        CHECK(balance(part, 1, CreditAccountKind::used_for_other) == 7 * 300);
        expect_balance_identity(part);

        world.credit_accounting.other_first_transfer = FirstTransferRule::use_or_cancellation;
        world.credit_accounting.use = CreditUse::hold;
        const MemberCredits unused = books(world);
        CHECK(cell(world, unused.first_transferred, 0, 2025) == 600);
        CHECK(cell(world, unused.first_transferred, 0, 2026) == 300);
        CHECK(unused.error == 0.0);
    }
    SECTION("no portfolio") {
        world.credit_accounting.existing.clear();
        CHECK(total(books(world).first_transferred) == 0);
        CHECK(books(world).flows.empty());
    }
    SECTION("no accounts") {
        world.credit_accounting.active = false;
        CHECK(books(world).flows.empty());
        CHECK(books(world).supply.empty());
    }
}

namespace {

/// Two countries of which the first hosts projects and the second buys.
World trading_world(Month eligible) {
    World world = test::rich_world(test::identity_order(30));
    world.credits.budget_jpy.assign(world.credits.budget_jpy.size(), 1e9);
    world.credits.eligible_from = {eligible, never};
    world.credits.projects_per_year = {6.0, 0.0};
    // Credited more for a panel than it saves in the model, so that the model's reduction is what counts.
    world.technologies[0].countries[0].jcm_t_per_unit_year = 2.0;
    world.credit_accounting.active = true;
    world.credit_accounting.buyer = {1};
    world.credit_accounting.simulated_from = world.calendar.first;
    return world;
}

RunResults run(const World& world, int threads) {
    EnsembleOptions options;
    options.members = 6;
    options.threads = threads;
    options.seed = 7;
    return run_ensemble(world, nullptr, options).scenario;
}

}  // namespace

TEST_CASE("Projects of a run bring credits, within what the model gives their places", "[credits]") {
    const World world = trading_world(make_month(2015, 1));
    const RunResults one = run(world, 1);
    const CreditResults& credits = one.credits;
    REQUIRE_FALSE(credits.empty());
    const auto members = static_cast<std::size_t>(one.members);
    double issued = 0.0, uncredited = 0.0;
    for (std::size_t y = 0; y < one.years; ++y) {
        for (std::size_t m = 0; m < members; ++m) {
            const double monitored = credits.monitored_t[y * members + m];
            const double lost = credits.uncredited_t[y * members + m];
            CHECK(lost >= 0.0);
            CHECK(lost <= monitored);
            uncredited += lost;
            double of_year = 0.0;
            for (std::size_t f = 0; f < credits.flows.size(); ++f) {
                const CreditFlow& flow = credits.flows[f];
                const bool new_units = flow.verb == CreditVerb::issuance || flow.verb == CreditVerb::opening;
                if (new_units && flow.vintage == one.calendar.first_year() + static_cast<int>(y))
                    of_year += static_cast<double>(credits.tonnes[f * members + m]);
            }
            CHECK(of_year <= monitored - lost + 1e-6);
            issued += of_year;
        }
    }
    CHECK(issued > 1000.0);
    CHECK(uncredited > 0.0);  // in some place the model's reduction is the smaller one
    const auto& check = one.identities.back();
    CHECK_THAT(check.name, Catch::Contains("credits"));
    CHECK(check.holds());

    SECTION("the same tonnes for any number of threads") {
        const RunResults eight = run(world, 8);
        CHECK(eight.credits.flows == credits.flows);
        CHECK(eight.credits.tonnes == credits.tonnes);
        CHECK(eight.credits.uncredited_t == credits.uncredited_t);
    }
    SECTION("accounts change no emissions") {
        World without = world;
        without.credit_accounting.active = false;
        const RunResults off = run(without, 1);
        CHECK(off.credits.empty());
        CHECK(off.emissions_t == one.emissions_t);
    }
    SECTION("no credits from a country before it has signed") {
        const RunResults late = run(trading_world(make_month(2030, 1)), 1);
        Tonnes before = 0, after = 0;
        for (std::size_t f = 0; f < late.credits.flows.size(); ++f) {
            for (std::size_t m = 0; m < members; ++m) {
                const Tonnes tonnes = late.credits.tonnes[f * members + m];
                (late.credits.flows[f].vintage < 2032 ? before : after) += tonnes;  // two years of lag
            }
        }
        CHECK(before == 0);
        CHECK(after > 0);
    }
    SECTION("projects of before the portfolio's end are the portfolio's") {
        World later = world;
        later.credit_accounting.simulated_from = make_month(2035, 1);
        const RunResults only_new = run(later, 1);
        for (const CreditFlow& flow : only_new.credits.flows) CHECK(flow.vintage >= 2037);
        CHECK(only_new.emissions_t == one.emissions_t);
    }
}

}  // namespace domino::sim
