#include "sim/avoided_by_events.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/ensemble.h"
#include "sim/member_run.h"
#include "sim/world_block.h"
#include "tests/sim/rich_world.h"

namespace domino::sim {
namespace {

using test::identity_order;
using test::random_at;
using test::rich_world;

EnsembleOptions three_members() {
    EnsembleOptions options;
    options.members = 3;
    options.threads = 1;
    options.seed = 4;
    return options;
}

/// Emissions of a place in a whole year, one member alone, t CO2e.
float emitted(const PlaceYears& places, std::uint32_t place, std::size_t year) {
    return places.emissions_t[place * places.years + year];
}

TEST_CASE("an event's tonnes are the difference of its place's emissions, run by run") {
    const World world = rich_world(identity_order(24));
    const EnsembleResults results = run_ensemble(world, nullptr, three_members());
    const PreparedWorld prepared = prepare(world);
    int with_source = 0;
    for (std::uint32_t member = 0; member < 3; ++member) {
        const MemberId id{4, member};
        const MemberDraws draws = draw_member(world, id);
        PlaceYears on(prepared, 1), off(prepared, 1);
        const MemberOutcome coupled =
            run_member(prepared, draws, id, CouplingSwitch::on, nullptr, nullptr, &on);
        run_member(prepared, draws, id, CouplingSwitch::off, nullptr, &coupled.trace.trend, &off);
        for (const CommitmentEvent& event : results.scenario.events) {
            if (event.member != member) continue;
            const int first = world.calendar.month(event.step).year() - world.calendar.first_year();
            double tonnes = 0.0;
            for (auto year = static_cast<std::size_t>(std::max(0, first)); year < on.years; ++year)
                tonnes += static_cast<double>(emitted(off, event.place, year)) -
                          static_cast<double>(emitted(on, event.place, year));
            CHECK(event.avoided_t == tonnes);
            if (event.source != no_place && tonnes != 0.0) ++with_source;
        }
    }
    CHECK(with_source > 0);
}

TEST_CASE("without coupling every event avoids exactly nothing") {
    World world = rich_world(identity_order(24));
    for (LayerCoupling& coupling : world.couplings) {
        coupling.gamma_early = coupling.gamma_late = fixed(0.0);
        coupling.coercion = fixed(0.0);
    }
    for (Technology& technology : world.technologies) technology.between_places = fixed(0.0);
    const EnsembleResults results = run_ensemble(world, nullptr, three_members());
    REQUIRE_FALSE(results.scenario.events.empty());
    for (const CommitmentEvent& event : results.scenario.events) CHECK(event.avoided_t == 0.0);
}

TEST_CASE("leaving out the runs without coupling changes nothing else, and leaves tonnes unmeasured") {
    const World world = rich_world(identity_order(24));
    EnsembleOptions options = three_members();
    const EnsembleResults with = run_ensemble(world, &world, options);
    options.uncoupled = UncoupledTwin::leave_out;
    const EnsembleResults without = run_ensemble(world, &world, options);
    for_each_member_array([](const auto& a, const auto& b) { CHECK(a == b); }, with.scenario,
                          without.scenario);
    CHECK(without.scenario_uncoupled.emissions_t.empty());
    CHECK(without.reference_uncoupled->commitments.empty());
    REQUIRE(without.scenario.events.size() == with.scenario.events.size());
    for (std::size_t n = 0; n < with.scenario.events.size(); ++n) {
        CHECK(with.scenario.events[n].place == without.scenario.events[n].place);
        CHECK(std::isfinite(with.scenario.events[n].avoided_t));
        CHECK(std::isnan(without.scenario.events[n].avoided_t));
    }
}

}  // namespace
}  // namespace domino::sim
