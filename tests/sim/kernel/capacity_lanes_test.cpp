// Sixteen members side by side against the equation of capacity written out for one, bit for bit.
#include "sim/kernel/capacity_lanes.h"

#include <catch2/catch.hpp>
#include <deque>

#include "sim/capacity.h"
#include "sim/kernel/elementary.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;
using domino::sim::test::identity_order;
using domino::sim::test::random_at;
using domino::sim::test::rich_world;

namespace {

constexpr std::uint32_t place_count = 40;
constexpr int steps = 60;

World trial_world(std::uint32_t seed) {
    World world = rich_world(identity_order(place_count));
    world.parameters.dose_population = uniform(1e4, 1e6);  // beside places above and below it
    // Activities as intense as you like, for all technologies and for one alone.
    for (std::uint32_t i = 0; i < place_count; i += 5) {
        SupportWindow window = world.support.front();
        window.project_id = "of place " + std::to_string(i);
        window.place = i;
        window.partner.reset();
        window.channels = {1.0, random_at(i + seed, 3), random_at(i + seed, 4)};
        if (i % 2 == 0) window.technologies = {1};
        world.support.push_back(window);
    }
    return world;
}

/// Capacity of one place in one member, and what it does to adoption.
struct PlainCapacity {
    explicit PlainCapacity(const MemberDraws& of) : draws(of) {}

    void step(double population_of_place, const SupportLevel& level, bool committed, double years) {
        const auto population = static_cast<float>(population_of_place);
        const auto dose_population = static_cast<float>(draws.dose_population);
        const auto adoption = static_cast<float>(level.adoption);
        const float dose = population > dose_population ? dose_population / population : 1.0f;
        favour.assign(2, 1.0f);
        for (std::size_t k = 0; k < level.technology_adoption.size(); ++k) {
            const double beyond = level.technology_adoption[k] - level.adoption;
            if (beyond > 0.0)
                favour[k] =
                    exponential(static_cast<float>(draws.eta_support) * dose * static_cast<float>(beyond));
        }
        multiplier = exponential(static_cast<float>(draws.eta_capacity) * (capacity - rest) +
                                 (committed ? static_cast<float>(draws.eta_commitment) : 0.0f) +
                                 static_cast<float>(draws.eta_support) * dose * adoption);
        const CapacityRelaxation relaxation =
            capacity_relaxation(draws.capacity, committed ? 1.0 : 0.0, level.capacity_building, years);
        const auto target = static_cast<float>(relaxation.target);
        capacity = target + (capacity - target) * static_cast<float>(relaxation.remaining);
    }

    const MemberDraws& draws;
    float rest = static_cast<float>(resting_capacity(draws.capacity));
    float capacity = rest;
    float multiplier = 1.0f;
    std::vector<float> favour;  ///< by technology
};

}  // namespace

TEST_CASE("capacity in lanes is the plain equation, bit for bit, on random worlds") {
    std::size_t supported = 0, built = 0, favoured = 0;
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
        const World world = trial_world(seed);
        const PreparedWorld prepared = prepare(world);
        std::deque<MemberDraws> draws;
        std::vector<const MemberDraws*> members;
        for (std::uint32_t m = 0; m < lane_count; ++m)
            members.push_back(&draws.emplace_back(draw_member(world, {seed, m})));
        for (const InstructionSet set : {best_instruction_set(), InstructionSet::baseline}) {
            CapacityLanes lanes(prepared, members, set);
            std::deque<PlainCapacity> plain;
            for (std::size_t i = 0; i < place_count; ++i) {
                for (const MemberDraws& own : draws) plain.emplace_back(own);
            }
            for (int step = 0; step < steps; ++step) {
                std::vector<MemberBits> committed;
                for (std::uint32_t i = 0; i < place_count; ++i)
                    committed.push_back(static_cast<MemberBits>(random_at(i * 64 + seed, 5) * 65536.0 *
                                                                (step < 20 ? 0.3 : 1.0)));
                lanes.step(step, committed);
                for (std::size_t i = 0; i < place_count; ++i) {
                    const std::uint8_t row =
                        prepared.supported[static_cast<std::size_t>(step) * place_count + i];
                    const SupportLevel& level = prepared.support_levels[row];
                    supported += row != 0 ? 1 : 0;
                    built += level.capacity_building > 0.0 ? 1 : 0;
                    const std::size_t position = prepared.order.position_of[i];
                    for (std::size_t m = 0; m < lane_count; ++m) {
                        PlainCapacity& own = plain[i * lane_count + m];
                        own.step(world.places[i].population, level, (committed[i] >> m & 1) != 0,
                                 part_years(world.calendar));
                        REQUIRE(lanes.capacity(i)[m] == own.capacity);
                        REQUIRE(lanes.multiplier()[position][m] == own.multiplier);
                        for (std::size_t k = 0; k < 2; ++k) {
                            REQUIRE(lanes.favour()[2 * position + k][m] == own.favour[k]);
                            favoured += own.favour[k] != 1.0f ? 1 : 0;
                        }
                        REQUIRE((lanes.enabled(i) >> m & 1) == (own.capacity >= 0.5f ? 1 : 0));
                    }
                }
            }
        }
    }
    CHECK(supported > 1000);
    CHECK(built > 1000);
    CHECK(favoured > 1000);
}
