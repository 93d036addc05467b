// Who triggered whom, in whole runs of graphs whose answer is known by hand. Pulls are so strong that a place
// follows at the step after its source, and nobody begins of its own accord.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <vector>

#include "sim/domino_multiplier.h"
#include "sim/ensemble.h"
#include "tests/sim/literal_world.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t members = 400;

/// `sources` commit in March 2020; `edges` are ties of weight 1.
std::vector<CommitmentEvent> ledger_of(std::size_t places, const std::vector<std::uint32_t>& sources,
                                       const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges) {
    test::LiteralWorld world(places, 12);
    for (const std::uint32_t source : sources) world->places[source].committed_since = make_month(2020, 3);
    world->countries[0].commitment.log_hazard_forecast = fixed(-30.0);
    std::vector<DatedEdge> ties;
    for (const auto& [from, to] : edges) ties.push_back({from, to, 1.0, Month{INT32_MIN}, never});
    world.add_layer("pairs", LayerKind::collaboration, ties, 1e18);
    EnsembleOptions options;
    options.members = members;
    options.threads = 1;
    return run_ensemble(*world, nullptr, options).scenario.events;
}

/// In how many members a place committed because of each source; each of its events with this share.
std::map<std::uint32_t, std::uint32_t> causes_of(std::uint32_t place, double share,
                                                 const std::vector<CommitmentEvent>& ledger) {
    std::map<std::uint32_t, std::uint32_t> causes;
    for (const CommitmentEvent& event : ledger) {
        if (event.place != place) continue;
        CHECK(event.cause == Cause::layer);
        CHECK(event.share == Approx(share));
        ++causes[event.source];
    }
    return causes;
}

std::vector<double> multipliers_of(std::size_t places, const std::vector<CommitmentEvent>& ledger) {
    std::vector<double> events;
    for (const DominoMultiplier& place : count_downstream(ledger, places)) events.push_back(place.events());
    return events;
}

/// A fair coin for each member, four standard errors.
void check_half(std::uint32_t times) {
    CHECK(std::abs(times - members / 2.0) < 4.0 * std::sqrt(members / 4.0));
}

}  // namespace

TEST_CASE("attribution of a star: every leaf goes back to the hub") {
    const auto ledger = ledger_of(4, {0}, {{0, 1}, {0, 2}, {0, 3}});
    for (const std::uint32_t leaf : {1U, 2U, 3U}) CHECK(causes_of(leaf, 1.0, ledger)[0] == members);
    CHECK(multipliers_of(4, ledger) == std::vector<double>{3, 0, 0, 0});
}

TEST_CASE("attribution of a chain: each goes back to the one before, and through it to the first") {
    const auto ledger = ledger_of(4, {0}, {{0, 1}, {1, 2}, {2, 3}});
    for (const std::uint32_t place : {1U, 2U, 3U}) CHECK(causes_of(place, 1.0, ledger)[place - 1] == members);
    CHECK(multipliers_of(4, ledger) == std::vector<double>{3, 2, 1, 0});
}

TEST_CASE("attribution of a cycle: once round from where it began, and never back into it") {
    const auto ledger = ledger_of(3, {0}, {{0, 1}, {1, 2}, {2, 0}});
    CHECK(causes_of(1, 1.0, ledger)[0] == members);
    CHECK(causes_of(2, 1.0, ledger)[1] == members);
    CHECK(multipliers_of(3, ledger) == std::vector<double>{2, 1, 0});
    CHECK(ledger.size() == 3U * members);  // its own, observed, and two that it led to
}

TEST_CASE("attribution of a diamond: both ways have half of the far end, the first place all") {
    //   1
    // 0   3
    //   2
    const auto ledger = ledger_of(4, {0}, {{0, 1}, {0, 2}, {1, 3}, {2, 3}});
    auto causes = causes_of(3, 0.5, ledger);
    CHECK(causes[1] + causes[2] == members);
    check_half(causes[1]);
    const auto multipliers = multipliers_of(4, ledger);
    CHECK(multipliers[0] == 3.0);
    CHECK(multipliers[1] + multipliers[2] == Approx(1.0));
    CHECK(multipliers[3] == 0.0);
}

TEST_CASE("attribution of two symmetric sources: half each") {
    const auto ledger = ledger_of(3, {0, 1}, {{0, 2}, {1, 2}});
    auto causes = causes_of(2, 0.5, ledger);
    CHECK(causes[0] + causes[1] == members);
    check_half(causes[0]);
    const auto multipliers = multipliers_of(3, ledger);
    CHECK(multipliers[0] + multipliers[1] == Approx(1.0));
}

}  // namespace domino::sim
