#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <vector>

#include "sim/credits/credit_ledger.h"
#include "sim/credits/credit_report.h"
#include "sim/credits/emissions_balance.h"
#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr int first_year = 2021;
constexpr int last_year = 2040;
constexpr std::uint32_t project_count = 1000;
constexpr std::uint32_t party_count = 7;

/// Where one unit is, kept unit by unit and by rules of its own: what the ledger is compared with.
struct ShadowUnit {
    std::uint32_t host = 0;
    std::uint32_t owner = 0;
    int vintage = 0;
    CreditPurpose purpose = CreditPurpose::ndc;
    CreditAccountKind where = CreditAccountKind::holding;
    bool abroad_once = false;
    int used_in = 0;
};

/// Random numbers addressed by project, action and question.
struct Dice {
    std::uint32_t project = 0;
    std::uint32_t action = 0;
    std::uint32_t question = 0;
    std::uint64_t below(std::uint64_t n) {
        const DrawAddress address{20251122,
                                  Process::parameter,
                                  sub_of("credit property"),
                                  project,
                                  static_cast<std::int32_t>(action),
                                  question++,
                                  0};
        return random_words(address)[0] % n;
    }
};

struct Snapshot {
    std::size_t entries, blocks;
    AccountBalances balances;
    std::vector<Tonnes> adjustments;
    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

class RandomTrade {
 public:
    RandomTrade() {
        for (std::uint32_t p = 0; p < party_count; ++p) {
            ledger.add_party("P" + std::to_string(p), static_cast<FirstTransferRule>(p % 3));
        }
    }

    void run() {
        for (std::uint32_t n = 0; n < project_count; ++n) {
            Dice dice{n};
            const auto host = static_cast<std::uint16_t>(dice.below(party_count));
            projects.push_back(ledger.add_project({host}, "project " + std::to_string(n)));
            for (int v = first_year; v <= last_year; ++v) {
                monitored[{n, v}] = static_cast<Tonnes>(dice.below(30));
                REQUIRE(ledger.record_monitoring(projects[n], v, monitored[{n, v}]));
            }
        }
        for (int year = first_year; year <= last_year; ++year) {
            for (std::uint32_t n = 0; n < project_count; ++n) {
                for (std::uint32_t a = 0; a < 3; ++a) {
                    Dice dice{n, static_cast<std::uint32_t>(year) * 8 + a + 1};
                    act(dice, n, year);
                }
            }
        }
    }

    CreditLedger ledger;
    std::vector<CreditProjectId> projects;
    std::map<std::pair<std::uint32_t, int>, Tonnes> monitored, issued;
    std::vector<std::vector<ShadowUnit>> units;  ///< [block][unit]
    std::array<int, 8> accepted{}, refused{};

    Snapshot snapshot() const {
        Snapshot s{ledger.entries().size(), ledger.blocks().size(), ledger.balances(), {}};
        for (std::uint16_t p = 0; p < party_count; ++p) {
            for (int y = first_year; y <= last_year; ++y) {
                s.adjustments.push_back(ledger.first_transferred({p}, y));
                s.adjustments.push_back(ledger.used({p}, y));
            }
        }
        return s;
    }

 private:
    void act(Dice& dice, std::uint32_t n, int year) {
        const auto verb = dice.below(8);
        if (verb <= 1 || units.empty()) return issue(dice, n, year);
        const auto b = static_cast<std::uint32_t>(dice.below(units.size()));
        const Tonnes size = static_cast<Tonnes>(units[b].size());
        const Tonnes offset = static_cast<Tonnes>(dice.below(static_cast<std::uint64_t>(size)));
        const Tonnes count = 1 + static_cast<Tonnes>(dice.below(static_cast<std::uint64_t>(size)));
        const CreditUnits some{{b}, ledger.block({b}).first_serial() + offset, count};
        // Usually the party that has the first unit acts, so that many transactions are sound.
        const std::uint32_t owner = units[b][static_cast<std::size_t>(offset)].owner;
        const auto party = static_cast<std::uint16_t>(dice.below(4) != 0 ? owner : dice.below(party_count));
        const auto other = static_cast<std::uint16_t>(dice.below(party_count));
        const bool inside = offset + count <= size;
        std::vector<ShadowUnit*> touched;
        for (Tonnes u = offset; u < std::min(offset + count, size); ++u)
            touched.push_back(&units[b][static_cast<std::size_t>(u)]);
        const auto all = [&](auto holds) {
            if (!inside) return false;
            for (const ShadowUnit* u : touched) {
                if (!holds(*u)) return false;
            }
            return true;
        };
        const auto held_by = [&](std::uint32_t who) {
            return all(
                [&](const ShadowUnit& u) { return u.owner == who && u.where == CreditAccountKind::holding; });
        };
        const bool authorised =
            all([](const ShadowUnit& u) { return u.purpose != CreditPurpose::unauthorised; });
        bool sound = false;
        const std::size_t slot = verb;
        const Snapshot before = snapshot();
        CreditReceipt receipt;
        switch (verb) {
            case 2:
                sound = authorised && other != touched.front()->host && held_by(touched.front()->host) &&
                        all([](const ShadowUnit& u) { return !u.abroad_once; });
                receipt = ledger.first_transfer(some, {other}, year);
                if (sound) {
                    for (ShadowUnit* u : touched) {
                        u->owner = other;
                        u->where = CreditAccountKind::in_transit;
                        u->abroad_once = true;
                    }
                }
                break;
            case 3:
                sound = authorised && party != other && held_by(party) &&
                        all([](const ShadowUnit& u) { return u.abroad_once; });
                receipt = ledger.transfer(some, {party}, {other}, year);
                if (sound) {
                    for (ShadowUnit* u : touched) {
                        u->owner = other;
                        u->where = CreditAccountKind::in_transit;
                    }
                }
                break;
            case 4:
            case 5:
                sound = all([&](const ShadowUnit& u) {
                    return u.owner == party && u.where == CreditAccountKind::in_transit;
                });
                receipt = ledger.acquire(some, {party}, year);
                if (sound) {
                    for (ShadowUnit* u : touched) u->where = CreditAccountKind::holding;
                }
                break;
            case 6:
                sound = authorised && held_by(party) && all([&](const ShadowUnit& u) {
                            if (u.purpose != CreditPurpose::ndc) return true;
                            return u.abroad_once && same_period(u.vintage, year);
                        });
                receipt = ledger.use(some, {party}, year);
                if (sound) {
                    for (ShadowUnit* u : touched) {
                        u->where = u->purpose == CreditPurpose::ndc ? CreditAccountKind::used_for_ndc
                                                                    : CreditAccountKind::used_for_other;
                        u->used_in = year;
                    }
                }
                break;
            default:
                sound = dice.below(4) == 0 && held_by(party);
                if (!sound && held_by(party)) return;
                receipt = ledger.cancel(some, {party}, year);
                if (sound) {
                    for (ShadowUnit* u : touched) u->where = CreditAccountKind::cancelled;
                }
                break;
        }
        judge(receipt, sound, slot, before);
    }

    void issue(Dice& dice, std::uint32_t n, int year) {
        const int vintage = first_year + static_cast<int>(dice.below(last_year - first_year + 1));
        const Tonnes count = static_cast<Tonnes>(dice.below(25));
        const auto purpose = static_cast<CreditPurpose>(std::min<std::uint64_t>(3, dice.below(6)));
        const CreditPurpose given = dice.below(3) == 0 ? purpose : CreditPurpose::ndc;
        const Snapshot before = snapshot();
        const bool sound =
            count > 0 && year >= vintage && issued[{n, vintage}] + count <= monitored[{n, vintage}];
        const CreditReceipt receipt = ledger.issue(projects[n], vintage, count, given, year);
        judge(receipt, sound, 0, before);
        if (!sound) return;
        issued[{n, vintage}] += count;
        const std::uint32_t host = ledger.block(receipt.block).host().value;
        units.emplace_back(static_cast<std::size_t>(count),
                           ShadowUnit{host, host, vintage, given, CreditAccountKind::holding, false, 0});
    }

    void judge(const CreditReceipt& receipt, bool sound, std::size_t slot, const Snapshot& before) {
        ++(sound ? accepted : refused)[slot];
        if (static_cast<bool>(receipt) != sound) {
            CAPTURE(slot, receipt.problem.what, receipt.problem.why);
            REQUIRE(static_cast<bool>(receipt) == sound);
        }
        // Nothing of a refused transaction stays; a booked one leaves an entry.
        if (!sound && !(snapshot() == before)) FAIL("a refused transaction changed the books");
        if (sound && ledger.entries().size() <= before.entries) FAIL("a booked transaction left no entry");
        if (slot == 4 || slot == 5) {
            const Snapshot after = snapshot();
            if (after.adjustments != before.adjustments) FAIL("an acquisition adjusted somebody");
        }
    }

    static bool same_period(int a, int b) {
        const auto period = [](int y) { return y <= 2030 ? 0 : y <= 2035 ? 1 : 2; };
        return period(a) == period(b);
    }
};

}  // namespace

TEST_CASE("A thousand random projects: both sides' balances reconcile", "[credits]") {
    RandomTrade trade;
    trade.run();
    for (const std::size_t verb : {0U, 2U, 3U, 4U, 5U, 6U, 7U}) {
        CAPTURE(verb);
        CHECK(trade.accepted[verb] > 50);
        CHECK(trade.refused[verb] > 50);
    }
    const CreditReconciliation check = reconcile(trade.ledger);
    CHECK(check.all_accounts == 0);
    CHECK(check.entries == 0);
    CHECK(check.units == 0);
    CHECK(check.adjustments == 0);

    // The same sums from the units themselves.
    constexpr std::size_t years = last_year - first_year + 1;
    std::map<CreditAccount, Tonnes> balances;
    std::vector<std::array<Tonnes, years>> transferred(party_count), used(party_count);
    for (auto& row : transferred) row.fill(0);
    for (auto& row : used) row.fill(0);
    Tonnes unsettled = 0;  // cancelled, used otherwise, or transferred and not yet used
    for (const auto& block : trade.units) {
        for (const ShadowUnit& u : block) {
            balances[{{static_cast<std::uint16_t>(u.owner)}, u.where}] += 1;
            balances[{{static_cast<std::uint16_t>(u.host)}, CreditAccountKind::source}] -= 1;
            const bool gone =
                u.where == CreditAccountKind::used_for_other || u.where == CreditAccountKind::cancelled;
            const bool late = u.host % 3 == static_cast<int>(FirstTransferRule::use_or_cancellation);
            bool adjusted = false;
            if (u.purpose == CreditPurpose::ndc) adjusted = u.abroad_once;
            if (u.purpose == CreditPurpose::international_mitigation || u.purpose == CreditPurpose::other)
                adjusted = !late || gone;
            if (adjusted) ++transferred[u.host][static_cast<std::size_t>(u.vintage - first_year)];
            if (u.where == CreditAccountKind::used_for_ndc)
                ++used[u.owner][static_cast<std::size_t>(u.used_in - first_year)];
            if (adjusted && u.where != CreditAccountKind::used_for_ndc) ++unsettled;
        }
    }
    std::erase_if(balances, [](const auto& row) { return row.second == 0; });
    std::map<CreditAccount, Tonnes> booked;
    trade.ledger.balances().each([&](CreditAccount account, Tonnes tonnes) { booked[account] = tonnes; });
    CHECK(balances == booked);

    double emissions_sum = 0.0, balance_sum = 0.0;
    for (std::uint16_t p = 0; p < party_count; ++p) {
        std::vector<double> emissions;
        std::vector<Tonnes> first_transferred, used_by;
        for (std::size_t y = 0; y < years; ++y) {
            const int year = first_year + static_cast<int>(y);
            CHECK(trade.ledger.first_transferred({p}, year) == transferred[p][y]);
            CHECK(trade.ledger.used({p}, year) == used[p][y]);
            emissions.push_back(1000.0 * (p + 1) + static_cast<double>(y));
            first_transferred.push_back(trade.ledger.first_transferred({p}, year));
            used_by.push_back(trade.ledger.used({p}, year));
        }
        const BalanceYears all{emissions, first_transferred, used_by};
        for (const double e : emissions) emissions_sum += e;
        balance_sum += cumulative_balance(all).back();
    }
    CHECK(balance_sum == emissions_sum + static_cast<double>(unsettled));
}

}  // namespace domino::sim
