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
#include "sim/kernel/technology_packs.h"
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
/// Inside, places stand by position (PlaceOrder), and technologies in packs (TechnologyPacks); whoever looks
/// at stocks sees lanes of members.
/// Lane = member: no number of one member enters another's, so results do not depend on how members are put
/// together. Deterministic, the same bits for every instruction set.
class StockLanes {
 public:
    /// 1 to 16 members; empty lanes repeat the last member.
    StockLanes(const PreparedWorld& prepared, std::span<const LaneMember> members, CouplingSwitch coupling,
               InstructionSet instructions = best_instruction_set());

    /// People of the country change the units that serve all and the potential; called at each new year.
    /// Threads, where there are any, share packs of technologies.
    void begin_year(std::size_t touched_year, const Threads* threads = nullptr);

    /// One part of a month: retirements, then sales. `price` is ((1−σ)c/c_ref)^(−η_c) by
    /// [country][technology], `multiplier` by position (PlaceOrder), `favour` by [position][technology]
    /// (empty: nobody favours a technology).
    /// Threads, where there are any, share groups of technologies and chunks of places.
    void step(int step, std::span<const Lanes> multiplier, std::span<const Lanes> price,
              std::span<const Lanes> favour = {}, const Threads* threads = nullptr);

    /// Installs project units of one member (model §3); returns what fitted below the potential.
    double install_project(std::size_t member, std::uint32_t place, std::size_t technology, double units);

    /// Lanes of members of a place and technology.
    Lanes stock(std::size_t place, std::size_t technology) const {
        return member_lanes(stock_, prepared_.order.position_of[place], technology);
    }
    Lanes potential(std::size_t place, std::size_t technology) const {
        return member_lanes(potential_, prepared_.order.position_of[place], technology);
    }
    /// Units sold in the last part; kept of the technologies that price schemes pay for.
    double sales(std::size_t place, std::size_t technology, std::size_t member) const {
        const std::size_t slot = sales_slot_[packs_.pack_of(technology)];
        const Lanes& pack = sales_[slot * prepared_.places + prepared_.order.position_of[place]];
        return static_cast<double>(pack[packs_.lane_of(technology, member)]);
    }
    /// The same for loops over positions (PlaceOrder): the row where it stands, or put together in `room`.
    const Lanes& stock_at(std::size_t position, std::size_t technology, Lanes& room) const {
        return row(stock_, position, technology, room);
    }
    const Lanes& potential_at(std::size_t position, std::size_t technology, Lanes& room) const {
        return row(potential_, position, technology, room);
    }
    /// U of the year, not below the stock at its start.
    const Lanes& units_at(std::size_t position, std::size_t technology, Lanes& room) const {
        return row(units_, position, technology, room);
    }
    /// Of all places, by position.
    std::span<const Lanes> stocks(std::size_t technology, std::vector<Lanes>& room) const {
        return rows(stock_, technology, room);
    }
    std::span<const Lanes> potentials(std::size_t technology, std::vector<Lanes>& room) const {
        return rows(potential_, technology, room);
    }
    /// Units that entered use since the year began, [country][technology][cause]; sales are split by cause
    /// where coupling is on (model §8), and all stand under the first where it is off.
    double added_this_year(std::size_t country, std::size_t technology, SalesCause cause,
                           std::size_t member) const;
    /// Units that had entered use when the year began, all places.
    double additions_before_year(std::size_t technology, std::size_t member) const {
        return additions_[packs_.pack_of(technology)][packs_.lane_of(technology, member)];
    }
    /// Units that entered use since the start, all places.
    double additions(std::size_t technology, std::size_t member) const;
    /// The books of the year so far, of all members at once. Threads, where there are any, share
    /// technologies.
    StockYear year_books(const Threads* threads = nullptr) const;
    /// Of them only what each technology has added since the start.
    std::vector<DoubleLanes> all_additions() const;
    /// Members in which some technology has added more than `share` of its potential to the stock at the
    /// start.
    MemberBits grown(std::size_t place, double share) const;
    /// Largest relative error of stock = stock before + sales − retirements so far.
    float largest_identity_error(std::size_t member) const;

    /// What the coming years depend on, at the end of one.
    struct State {
        PackedLanes stock, ages;
        std::vector<std::uint32_t> project_cells;  ///< [pack][position] with units of projects
        PackedLanes projects;                      ///< of these
        std::vector<DoubleLanes> additions;
        std::vector<Lanes> identity_error;

        std::size_t bytes() const;
    };
    State save() const;
    void restore(const State& state);

 private:
    struct Kernel;
    struct YearKernel;

    static constexpr std::uint32_t no_slot = 0xFFFFFFFF;

    /// Packs that look at other places together.
    std::size_t groups() const { return (packs_.count() + group_width - 1) / group_width; }
    /// In share_ and next_share_: a group's packs of one place side by side.
    std::size_t share_at(std::size_t position, std::size_t pack) const {
        return (pack / group_width * prepared_.places + position) * group_width + pack % group_width;
    }
    DOMINO_INLINE void look_up_share(std::size_t position, std::size_t pack) {
        const float* stock = stock_[at(position, pack)].of.data();
        const float* potential = potential_[at(position, pack)].of.data();
        float* share = share_[share_at(position, pack)].of.data();
        each_lane([&](std::size_t m) { share[m] = share_of(stock[m], potential[m]); });
    }
    /// x = A/M, 0 where M = 0.
    DOMINO_INLINE static float share_of(float stock, float potential) {
        const float x = stock / potential;
        return potential > 0.0f ? x : 0.0f;
    }
    DoubleLanes additions_so_far(std::size_t pack) const;
    DoubleLanes added_so_far(std::size_t country, std::size_t pack, std::size_t cause) const;
    /// One pack after the other: a step then works on an array small enough for the cache.
    std::size_t at(std::size_t position, std::size_t pack) const {
        return pack * prepared_.places + position;
    }
    std::size_t added_at(std::size_t chunk, std::size_t country, std::size_t pack) const {
        return ((chunk * countries_ + country) * packs_.count() + pack) * sales_cause_count;
    }
    const Lanes& row(const LaneArray& cells, std::size_t position, std::size_t technology,
                     Lanes& room) const {
        const Lanes& pack = cells[at(position, packs_.pack_of(technology))];
        if (!packs_.side_by_side()) return pack;
        packs_.gather(pack, technology, room);
        return room;
    }
    Lanes member_lanes(const LaneArray& cells, std::size_t position, std::size_t technology) const {
        Lanes room;
        return row(cells, position, technology, room);
    }
    std::span<const Lanes> rows(const LaneArray& cells, std::size_t technology,
                                std::vector<Lanes>& room) const;
    template <class Value>
    Lanes lanes_of(std::size_t pack, const Value& value) const;
    void make_room();
    void start_cell(std::size_t position, std::size_t technology, double units,
                    const ErlangStages<double>& ages);
    void deal_out(std::span<const Lanes> multiplier, std::span<const Lanes> price,
                  std::span<const Lanes> favour);

    const PreparedWorld& prepared_;
    InstructionSet instructions_;
    TechnologyPacks packs_;
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
    std::vector<int> stage_count_;     ///< by pack
    std::vector<Lanes> retire_rate_;   ///< nΔt/L by pack
    std::vector<Lanes> turnover_;      ///< largest sales of a step, share of U, [country][pack]; 1: no limit
    std::vector<std::uint8_t> turns_;  ///< some turnover is below 1, the same
    std::vector<Lanes> p_, q_, inverse_q_, ceiling_;  ///< [country][pack]
    std::vector<std::uint8_t> always_imitated_;       ///< q > 0 in all lanes, the same
    std::vector<double> serving_all_;                 ///< U at the start, [technology][position]
    std::vector<float> least_potential_;              ///< M at the start is not below it, the same
    std::vector<Lanes> between_places_;               ///< r by pack
    Lanes seed_weight_;                               ///< λ
    LaneArray potential_, units_, stock_, project_;   ///< [pack][position]
    LaneArray sales_;  ///< of the packs with technologies that price schemes pay for: [slot][position]
    std::vector<std::uint32_t> sales_slot_;  ///< by pack, or no_slot
    LaneArray share_;                        ///< x = A/M before the step, where technologies spread
    LaneArray next_share_;                   ///< the same after it
    LaneArray ages_;                         ///< [pack][position][stage]
    std::vector<std::uint8_t> has_project_;  ///< [pack][position], in some lane
    std::vector<DoubleLanes> added_;         ///< [chunk][country][pack][cause], this year
    std::vector<DoubleLanes> additions_;     ///< by pack, up to this year
    std::vector<Lanes> identity_error_;      ///< [chunk][pack]
    /// Where technologies stand side by side, what a step is given: [position], [country][pack] and
    /// [position][pack].
    struct {
        LaneArray multiplier, price, favour;
    } given_;
};

}  // namespace domino::sim
