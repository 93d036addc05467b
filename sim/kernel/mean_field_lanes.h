#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/kernel/instruction_set.h"
#include "sim/kernel/lane.h"
#include "sim/member_draws.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// What one member brings into a lane of the mean field.
struct MeanFieldMember {
    const MemberDraws* draws = nullptr;
    const std::vector<double>* propensity = nullptr;  ///< by place, place_propensity
    const PreparedWorld* ties = nullptr;              ///< with the member's own weights of ties, or none
};

/// Expected commitment of the places of one country in up to sixteen members (model §2.1): C_i in [0, 1],
/// `dC_i/dt = h_i (1 − C_i)` with h_i at the start of each part of a month, couplings within the country,
/// withdrawals of the nation acting, everything else uncommitted. In float; sums over edges run in the order
/// of the rows, so a member's bits depend neither on its company nor on the instruction set.
class MeanFieldLanes {
 public:
    /// Where the places stand: what advance() moves on, small enough to be tried and thrown away.
    struct State {
        std::vector<Lanes> committed;  ///< by place of the country, as they stand (PlaceOrder)
        DoubleLanes share;             ///< mean over the places, 0 without places
    };

    /// 1 to 16 members; empty lanes repeat the last member.
    MeanFieldLanes(const PreparedWorld& prepared, std::span<const MeanFieldMember> members,
                   std::size_t country, InstructionSet instructions = best_instruction_set());

    /// Before the first step: those who committed before the run.
    State start() const;

    /// Through the steps [from_step, to_step) with the trend e^a of each member, 1/yr.
    void advance(State& state, int from_step, int to_step, const Lanes& level);

 private:
    struct Kernel;

    /// The ties of a layer whose both ends lie in the country; rows and sources by place of the country.
    struct InnerLayer {
        const PreparedLayer* ties = nullptr;
        std::vector<std::uint32_t> row_begin, source;
        std::vector<std::uint32_t> edge;            ///< position in the layer's rows
        std::vector<float> weight;                  ///< by inner edge
        std::vector<Lanes> drawn;                   ///< by inner edge, where members differ
        std::vector<const PreparedLayer*> ties_of;  ///< by lane
        Lanes gamma_early, gamma_late, threshold;
        Lanes gamma;  ///< of the step at hand
    };

    /// A time the country is out of the Paris Agreement.
    struct Absence {
        ActingMonths months;
        const std::vector<std::uint8_t>* coalition;  ///< by place of the world
        Lanes factor;                                ///< on θ of places outside the coalition
    };

    void add_layer(std::size_t layer, std::span<const MeanFieldMember> members);
    void choose_phase(const DoubleLanes& share);
    const std::vector<Lanes>& propensity_in(int step);

    const PreparedWorld& prepared_;
    InstructionSet instructions_;
    std::uint32_t first_;                         ///< position (PlaceOrder) of the country's first place
    std::span<const std::uint32_t> places_;       ///< of the country, by position
    float years_;                                 ///< of a part of a month
    std::vector<InnerLayer> layers_;              ///< those that act
    std::vector<std::vector<Lanes>> propensity_;  ///< [year where it changes, else one][place of the country]
    std::vector<Absence> absences_;
    std::vector<Lanes> absent_propensity_;  ///< of the step at hand, while the country is absent
    Lanes joint_hazard_, support_hazard_;   ///< 1/yr
    DoubleLanes phase_switch_;
    std::vector<Lanes> next_;
};

}  // namespace domino::sim
