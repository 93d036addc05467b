#pragma once

#include <cstdint>
#include <vector>

#include "sim/coupling.h"
#include "sim/member_draws.h"
#include "sim/prepared_world.h"
#include "sim/results.h"
#include "sim/trend.h"

namespace domino::sim {

/// One term of a place's hazard over a step: a candidate cause.
struct HazardTerm {
    Cause cause = Cause::spontaneous;
    std::uint16_t layer = no_layer;
    std::uint32_t source = no_place;
    double amount = 0.0;  ///< part of the step's cumulative hazard, dimensionless
};

/// The commitment process of one member (model §2.1): an event happens at the first step at which the
/// cumulative hazard reaches the place's and member's one Exp(1) draw.
class CommitmentProcess {
 public:
    CommitmentProcess(const PreparedWorld& prepared, const MemberDraws& draws, MemberId id,
                      const std::vector<double>& propensity, const Trend& trend, CouplingSwitch coupling);

    /// Runs one part of a month on the commitments known at its start. New events are appended to `events` in
    /// place order. Joint declarations of a month are made in its first part.
    void step(int step, std::vector<CommitmentEvent>& events, int part = 0);

    /// Whether each place had committed by the end of the last step run: 0 or 1.
    const std::vector<std::uint8_t>& committed() const { return committed_; }

    /// The terms of a place's hazard over a step, largest structure first: own accord, programme, joint
    /// declaration, then each neighbour of each layer in edge order, then coercion. Symmetric causes have
    /// equal amounts.
    std::vector<HazardTerm> terms(std::uint32_t place, int step) const;

 private:
    double layer_gamma(std::size_t layer, std::size_t country) const;
    double own_hazard(std::uint32_t place) const;
    double step_hazard(std::uint32_t place, int step) const;
    double coercion(std::uint32_t place, int step) const;
    void begin_step(int step);
    /// Number of the part being run, counted from the start of the run.
    std::int32_t now(int step) const { return step * prepared_.world->calendar.parts_per_month + part_; }
    CommitmentEvent attribute(std::uint32_t place, int step) const;

    const PreparedWorld& prepared_;
    const MemberDraws& draws_;
    MemberId id_;
    const std::vector<double>& propensity_;
    const Trend& trend_;
    CouplingSwitch coupling_;
    bool coercive_ = false;
    int part_ = 0;
    double years_;  ///< length of a part
    std::vector<std::uint8_t> committed_;
    std::vector<std::int32_t> committed_at_;  ///< part of the run in which a place committed
    std::vector<double> threshold_;           ///< the Exp(1) draw
    std::vector<double> cumulative_;          ///< cumulative hazard
    std::vector<std::uint8_t> late_;          ///< by country
    std::vector<double> level_;               ///< exp(a(t)) by country
    std::vector<double> block_atom_;          ///< by admin-1 unit: n·(−ln(1 − π))
    std::vector<double> withdrawn_;           ///< factor on θ by place; empty in a world without withdrawals
    std::vector<std::uint32_t> waiting_;      ///< places not committed, ascending
};

}  // namespace domino::sim
