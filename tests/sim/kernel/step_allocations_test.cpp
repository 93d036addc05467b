// The sanitizers bring an operator new of their own, and want to see it used.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// The step loop asks for no memory: every operator new of this program is counted.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "sim/kernel/capacity_lanes.h"
#include "sim/kernel/commitment_lanes.h"
#include "sim/kernel/emission_lanes.h"
#include "sim/kernel/stock_lanes.h"
#include "tests/sim/rich_world.h"

namespace {

thread_local std::size_t allocations = 0;

void* counted(std::size_t size, std::size_t alignment) {
    ++allocations;
    void* room = nullptr;
    const std::size_t whole = (size + alignment - 1) / alignment * alignment;
    room = std::aligned_alloc(alignment, whole == 0 ? alignment : whole);
    if (room == nullptr) throw std::bad_alloc();
    return room;
}

}  // namespace

void* operator new(std::size_t size) {
    return counted(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* room) noexcept {
    std::free(room);
}
void operator delete(void* room, std::size_t) noexcept {
    std::free(room);
}
void operator delete(void* room, std::align_val_t) noexcept {
    std::free(room);
}
void operator delete(void* room, std::size_t, std::align_val_t) noexcept {
    std::free(room);
}

using namespace domino::sim;

TEST_CASE("stepping asks for no memory") {
    World world = test::rich_world(test::identity_order(40));
    world.couplings[1].coercion = fixed(0.05);
    Withdrawal out;
    out.id = "AAA 2024-01";
    out.from = make_month(2024, 1);
    out.coalition.assign(40, 0);
    out.propensity_factor = fixed(0.5);
    world.withdrawals.push_back(out);
    const PreparedWorld prepared = prepare(world);
    const MemberDraws draws = draw_member(world, {5, 0});
    const auto propensity = place_propensity(prepared, draws);
    const Trend trend = solve_trend(prepared, draws, propensity);
    const MemberDraws* const member = &draws;
    const LaneMember in_stock{&draws, std::vector<AdoptionCoefficients>(4, {0.01, 0.3})};
    EmissionMember in_emissions;
    for (std::size_t c = 0; c < 2; ++c) in_emissions.paths.push_back(country_paths(world, c, draws));
    in_emissions.withdrawals = draws.withdrawals;
    CommitmentLanes commitment(prepared, {{&prepared, &draws, {5, 0}, &propensity, &trend}},
                               CouplingSwitch::on);
    CapacityLanes capacity(prepared, std::span(&member, 1));
    StockLanes stock(prepared, std::span(&in_stock, 1), CouplingSwitch::on);
    EmissionLanes emissions(prepared, {in_emissions});
    const std::vector<std::vector<double>> power(1, std::vector<double>(2, 0.0));
    std::vector<Lanes> price(4);
    for (Lanes& p : price) p.of.fill(1.0f);
    std::vector<CommitmentEvent> events;
    events.reserve(prepared.places);
    std::vector<CommitmentEvent>* into = &events;
    std::size_t asked = 0;
    for (int step = 0; step < prepared.steps; ++step) {
        if (step % 12 == 0) {
            const auto year = static_cast<std::size_t>(step / 12);
            stock.begin_year(year);
            emissions.begin_year(year, power);
        }
        const std::size_t before = allocations;
        commitment.step(step, 0, std::span(&into, 1));
        capacity.step(step, commitment.committed());
        stock.step(step, capacity.multiplier(), price, capacity.favour());
        emissions.add_step(step, stock);
        // The first month makes room for the drift of withdrawals.
        if (step > 0) asked += allocations - before;
        if (step % 12 == 11) emissions.end_year();
    }
    CHECK(allocations > 0);
    CHECK(events.size() > 10);
    CHECK(asked == 0);
}
#endif
