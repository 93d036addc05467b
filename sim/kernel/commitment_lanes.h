#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/coupling.h"
#include "sim/ensemble_threads.h"
#include "sim/hazard_terms.h"
#include "sim/joint_declarations.h"
#include "sim/kernel/instruction_set.h"
#include "sim/kernel/lane.h"
#include "sim/kernel/packed_lanes.h"
#include "sim/trend.h"

namespace domino::sim {

/// What one member brings into its lane of the commitment process. Everything is kept by reference.
struct CommitmentMember {
    const PreparedWorld* ties = nullptr;  ///< the world with the member's own weights of ties
    const MemberDraws* draws = nullptr;
    MemberId id;
    const std::vector<double>* propensity = nullptr;  ///< by place
    const Trend* trend = nullptr;
};

/// The commitment process of up to sixteen members side by side (model §2.1). CommitmentProcess is the same
/// process written out plainly; both give the same events, bit for bit. Instead of summing exposures over
/// edges each month, a place that has committed pushes its weights once along its outgoing edges: each edge
/// is touched once a member, not once a month. Exposures are whole numbers in fixed point, so neither the
/// order of pushes nor the company of members nor the instruction set matters.
class CommitmentLanes {
 public:
    /// 1 to 16 members.
    CommitmentLanes(const PreparedWorld& prepared, std::vector<CommitmentMember> members,
                    CouplingSwitch coupling, InstructionSet instructions = best_instruction_set());

    /// Runs one part of a month on the commitments known at its start. New events are appended to `events`,
    /// one list a member, in place order. Joint declarations of a month are made in its first part. Threads,
    /// where there are any, share the places.
    void step(int step, int part, std::span<std::vector<CommitmentEvent>* const> events,
              const Threads* threads = nullptr);

    /// What the coming steps depend on, at the end of one. What places are exposed to follows from who has
    /// committed.
    struct State {
        std::vector<MemberBits> committed, waiting;
        std::vector<std::pair<std::uint32_t, MemberBits>> reached;  ///< place, members
        Packed<IntLanes> due;

        std::size_t bytes() const;
    };
    State save() const;
    /// Goes on at the start of `step`, of a year.
    void restore(const State& state, int step);

    /// Who had committed by the start of the last part run, or of the first, by place.
    std::span<const MemberBits> committed() const { return committed_; }

 private:
    struct Kernel;
    class View;

    /// One layer's answers in all lanes.
    struct Layer {
        std::size_t number = 0;
        Lanes gamma_early, gamma_late, threshold;
        std::vector<Lanes> gamma;            ///< by country, as of this part
        std::vector<IntLanes> exposure;      ///< by place, or by nonempty row of a dated layer
        std::vector<std::int32_t> weight;    ///< of undated layers in which members agree, by outgoing edge
        std::vector<IntLanes> drawn_weight;  ///< of those in which they do not
        IntLanes coercion;                   ///< −ln(1 − c) in units
        bool coercive = false;               ///< in some lane
        bool drawn = false;                  ///< members differ in the weights
    };
    struct Reached {
        std::uint32_t place = 0;
        MemberBits members = 0;
    };

    void add_layers();
    void begin_month(int step);
    void set_level(std::size_t member, std::size_t country, int step);
    void fix_weights(Layer& layer) const;
    const PreparedLayer& own_ties(const Layer& layer, std::size_t member) const;
    void expose_anew(Layer& layer, int step);
    void sum_row(Layer& layer, std::uint32_t place, int step);
    void add_undated(const Layer& layer, std::uint32_t outgoing, MemberBits sources, IntLanes& sum) const;
    void add_dated(const Layer& layer, std::uint32_t place, std::uint32_t edge, MemberBits sources, int step,
                   IntLanes& sum) const;
    void begin_part();
    void change_edges(Layer& layer, int step);
    void make_known(int step);
    void push(Layer& layer, const Reached& source, int step);
    void coerce(const Layer& layer, std::uint32_t target, MemberBits sources);
    IntLanes& exposure(Layer& layer, std::uint32_t place) const;

    const PreparedWorld& prepared_;
    std::vector<CommitmentMember> members_;
    InstructionSet instructions_;
    bool coercive_ = false;
    double years_;
    std::vector<std::uint16_t> country_, admin1_;  ///< by place
    std::vector<Layer> layers_;                    ///< that act in some lane
    std::vector<MemberBits> committed_, waiting_, fresh_;
    std::vector<MemberBits> hits_;   ///< who commits in the part at hand, by place
    std::vector<Reached> reached_;   ///< in the last part, not yet known to others
    std::vector<IntLanes> due_;      ///< hazard still to come, in units, by place
    std::vector<IntLanes> coerced_;  ///< in units, by place; empty where nothing coerces
    std::vector<std::uint32_t> coerced_places_;
    std::vector<std::uint8_t> is_coerced_;
    std::vector<Lanes> propensity_;  ///< by place
    std::vector<Lanes> moved_;       ///< factor on θ by place; empty where it never changes
    Lanes support_hazard_;
    std::vector<float> dialogue_;                ///< by support level
    std::vector<Lanes> level_;                   ///< exp(a(t)) by country
    std::vector<std::vector<double>> level_of_;  ///< the same in double, [member][country]
    std::vector<std::vector<double>> moved_of_;
    std::vector<IntLanes> count_;                              ///< committed places by country
    std::vector<MemberBits> late_;                             ///< by country
    std::vector<Lanes> declared_;                              ///< by admin-1 unit, this part
    std::vector<std::vector<JointDeclaration>> declarations_;  ///< by member
    std::vector<std::size_t> next_declaration_;
    std::vector<std::uint16_t> declared_units_;  ///< with a declaration this part
    std::vector<HazardGroup> groups_;
};

}  // namespace domino::sim
