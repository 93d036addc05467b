#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/ensemble_threads.h"
#include "sim/kernel/instruction_set.h"
#include "sim/kernel/lane_array.h"
#include "sim/kernel/packed_lanes.h"
#include "sim/member_draws.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// Capacity of all places in up to sixteen members (model §2.2), and what capacity, commitment and support do
/// to adoption (§2.3). Inside, places stand by position (PlaceOrder). In float; deterministic, the same bits
/// for every instruction set.
class CapacityLanes {
 public:
    /// 1 to 16 members; empty lanes repeat the last member.
    CapacityLanes(const PreparedWorld& prepared, std::span<const MemberDraws* const> members,
                  InstructionSet instructions = best_instruction_set());

    /// One part of a month: first the multipliers of adoption at the capacity of its start, then the new
    /// capacity. `committed` by place, as known at the start of the part.
    /// Threads, where there are any, share the places.
    void step(int step, std::span<const MemberBits> committed, const Threads* threads = nullptr);

    /// `exp(η_K (K − K at rest) + η_C C + η_S d S)` by position.
    std::span<const Lanes> multiplier() const { return multiplier_; }
    /// What support does for the technologies it is meant for, beyond what it does for all,
    /// [position][technology]; empty where no support is for some technologies.
    std::span<const Lanes> favour() const { return favour_; }
    /// K of a place.
    const Lanes& capacity(std::size_t place) const { return capacity_[prepared_.order.position_of[place]]; }
    /// K by position.
    std::span<const Lanes> capacities() const { return capacity_; }
    /// Places and members in which K has reached the mark of "enabled" in the last part, or before the first.
    MemberBits enabled(std::size_t place) const { return enabled_[prepared_.order.position_of[place]]; }

    /// Goes on from the capacities of another's members.
    void restore(const PackedLanes& capacities);

 private:
    struct Kernel;
    void favour_technologies(std::size_t position, const SupportLevel& level);

    const PreparedWorld& prepared_;
    InstructionSet instructions_;
    Lanes eta_capacity_, eta_commitment_, eta_support_, dose_population_, rest_;
    std::vector<Lanes> target_, remaining_;  ///< [support level][committed]
    std::vector<float> population_;          ///< by position
    LaneArray capacity_, multiplier_, favour_;
    std::vector<MemberBits> enabled_;
};

}  // namespace domino::sim
