#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/adoption.h"
#include "sim/adoption_coefficients.h"
#include "sim/coupling.h"
#include "sim/ensemble_threads.h"
#include "sim/kernel/carried_exposure.h"
#include "sim/kernel/carried_ties.h"
#include "sim/kernel/instruction_set.h"
#include "sim/kernel/lane_array.h"
#include "sim/kernel/packed_lanes.h"
#include "sim/member_draws.h"
#include "sim/prepared_world.h"
#include "sim/results.h"

namespace domino::sim {

/// What one member brings into a lane.
struct LaneMember {
    const MemberDraws* draws = nullptr;
    std::vector<AdoptionCoefficients> coefficients;  ///< [country][technology], conditioned
    const PreparedWorld* ties = nullptr;             ///< with the member's own weights of ties, or none
};

/// What a year leaves of all places together.
struct StockYear {
    std::vector<DoubleLanes> units;      ///< in use at its end, [technology][country]
    std::vector<DoubleLanes> added;      ///< in the year, [technology][country][cause]
    std::vector<DoubleLanes> additions;  ///< since the start, by technology
};

/// Stocks of all technologies at all places of up to sixteen members, stepped together in float (model §2.3).
/// Inside, places stand by position (PlaceOrder).
/// Lane = member: no number of one member enters another's, so results do not depend on how members are put
/// together. Deterministic, the same bits for every instruction set.
class StockLanes {
 public:
    /// 1 to 16 members; empty lanes repeat the last member.
    StockLanes(const PreparedWorld& prepared, std::span<const LaneMember> members, CouplingSwitch coupling,
               InstructionSet instructions = best_instruction_set());

    /// People of the country change the units that serve all and the potential; called at each new year.
    void begin_year(std::size_t touched_year);

    /// One part of a month: retirements, then sales. `price` is ((1−σ)c/c_ref)^(−η_c) by
    /// [country][technology], `multiplier` by position (PlaceOrder), `favour` by [position][technology]
    /// (empty: nobody favours a technology).
    /// Threads, where there are any, share groups of technologies and chunks of places.
    void step(int step, std::span<const Lanes> multiplier, std::span<const Lanes> price,
              std::span<const Lanes> favour = {}, const Threads* threads = nullptr);

    /// Installs project units of one member (model §3); returns what fitted below the potential.
    double install_project(std::size_t member, std::uint32_t place, std::size_t technology, double units);

    const Lanes& stock(std::size_t place, std::size_t technology) const {
        return stock_at(prepared_.order.position_of[place], technology);
    }
    const Lanes& potential(std::size_t place, std::size_t technology) const {
        return potential_[at(prepared_.order.position_of[place], technology)];
    }
    /// Of the last part; kept of the technologies that price schemes pay for.
    const Lanes& sales(std::size_t place, std::size_t technology) const {
        return sales_[sales_slot_[technology] * prepared_.places + prepared_.order.position_of[place]];
    }
    /// For loops over positions (PlaceOrder).
    const Lanes& stock_at(std::size_t position, std::size_t technology) const {
        return stock_[at(position, technology)];
    }
    std::span<const Lanes> stocks(std::size_t technology) const {
        return std::span(stock_).subspan(at(0, technology), prepared_.places);
    }
    std::span<const Lanes> potentials(std::size_t technology) const {
        return std::span(potential_).subspan(at(0, technology), prepared_.places);
    }
    /// U of the year, not below the stock at its start.
    const Lanes& units_at(std::size_t position, std::size_t technology) const {
        return units_[at(position, technology)];
    }
    /// Units that entered use since the year began, [country][technology][cause]; sales are split by cause
    /// where coupling is on (model §8), and all stand under the first where it is off.
    double added_this_year(std::size_t country, std::size_t technology, SalesCause cause,
                           std::size_t member) const;
    /// Units that had entered use when the year began, all places.
    double additions_before_year(std::size_t technology, std::size_t member) const {
        return additions_[technology][member];
    }
    /// Units that entered use since the start, all places.
    double additions(std::size_t technology, std::size_t member) const;
    /// The books of the year so far, of all members at once. Threads, where there are any, share
    /// technologies.
    StockYear year_books(const Threads* threads = nullptr) const;
    /// Members in which some technology has added more than `share` of its potential to the stock at the
    /// start.
    MemberBits grown(std::size_t place, double share) const;
    /// Largest relative error of stock = stock before + sales − retirements so far.
    float largest_identity_error(std::size_t member) const;

    /// What the coming years depend on, at the end of one.
    struct State {
        PackedLanes stock, ages;
        std::vector<std::uint32_t> project_cells;  ///< [technology][position] with units of projects
        PackedLanes projects;                      ///< of these
        std::vector<DoubleLanes> additions;
        std::vector<Lanes> identity_error;

        std::size_t bytes() const;
    };
    State save(std::size_t members) const;
    void restore(const State& state);

 private:
    struct Kernel;
    struct YearKernel;

    static constexpr std::uint32_t no_slot = 0xFFFFFFFF;

    std::size_t groups() const { return (technologies_ + group_width - 1) / group_width; }
    /// In share_ and next_share_: a group's technologies of one place side by side.
    std::size_t share_at(std::size_t position, std::size_t technology) const {
        return (technology / group_width * prepared_.places + position) * group_width +
               technology % group_width;
    }
    DOMINO_INLINE void look_up_share(std::size_t position, std::size_t technology) {
        const float* stock = stock_[at(position, technology)].of.data();
        const float* potential = potential_[at(position, technology)].of.data();
        float* share = share_[share_at(position, technology)].of.data();
        each_lane([&](std::size_t m) { share[m] = share_of(stock[m], potential[m]); });
    }
    /// x = A/M, 0 where M = 0.
    DOMINO_INLINE static float share_of(float stock, float potential) {
        const float x = stock / potential;
        return potential > 0.0f ? x : 0.0f;
    }
    DoubleLanes additions_so_far(std::size_t technology) const;
    DoubleLanes added_so_far(std::size_t country, std::size_t technology, std::size_t cause) const;
    /// One technology after the other: a step then works on an array small enough for the cache.
    std::size_t at(std::size_t position, std::size_t technology) const {
        return technology * prepared_.places + position;
    }
    std::size_t added_at(std::size_t chunk, std::size_t country, std::size_t technology) const {
        return ((chunk * countries_ + country) * technologies_ + technology) * sales_cause_count;
    }

    const PreparedWorld& prepared_;
    InstructionSet instructions_;
    std::size_t technologies_;
    std::size_t countries_;
    /// Places are stepped and summed up chunk by chunk: the same sums whoever steps a chunk.
    std::uint32_t chunk_places_;
    std::size_t chunks_;
    std::size_t stages_ = 0;  ///< largest number of Erlang stages
    bool spreads_ = false;    ///< r > 0 of some technology in some lane
    CarriedTies ties_;
    std::vector<std::uint16_t> country_;  ///< by position
    bool splits_ = true;
    float years_;
    std::vector<int> stage_count_;      ///< by technology
    std::vector<float> retire_rate_;    ///< nΔt/L by technology
    std::vector<float> largest_sales_;  ///< of a step, share of U, [country][technology]; 1 without turnover
    std::vector<Lanes> p_, q_, inverse_q_, ceiling_;  ///< [country][technology]
    std::vector<std::uint8_t> always_imitated_;       ///< q > 0 in all lanes, [country][technology]
    std::vector<double> serving_all_;                 ///< U at the start, [technology][position]
    std::vector<float> least_potential_;              ///< M at the start is not below it, the same
    std::vector<Lanes> between_places_;               ///< r by technology
    Lanes seed_weight_;                               ///< λ
    LaneArray potential_, units_, stock_, project_;   ///< [technology][position]
    LaneArray sales_;  ///< of the technologies that price schemes pay for: [slot][position]
    std::vector<std::uint32_t> sales_slot_;  ///< by technology, or no_slot
    LaneArray share_;                        ///< x = A/M before the step, where technologies spread
    LaneArray next_share_;                   ///< the same after it
    LaneArray ages_;                         ///< [technology][position][stage]
    std::vector<std::uint8_t> has_project_;  ///< [technology][position], in some lane
    std::vector<DoubleLanes> added_;         ///< [chunk][country][technology][cause], this year
    std::vector<DoubleLanes> additions_;     ///< by technology, up to this year
    std::vector<Lanes> identity_error_;      ///< [chunk][technology]
};

/// One member's stocks.
struct StockView {
    const StockLanes& lanes;
    std::size_t member;

    double stock(std::size_t place, std::size_t technology) const {
        return static_cast<double>(lanes.stock(place, technology)[member]);
    }
    double potential(std::size_t place, std::size_t technology) const {
        return static_cast<double>(lanes.potential(place, technology)[member]);
    }
    double sales(std::size_t place, std::size_t technology) const {
        return static_cast<double>(lanes.sales(place, technology)[member]);
    }
};

}  // namespace domino::sim
