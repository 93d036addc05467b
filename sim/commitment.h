#pragma once

#include <cstdint>
#include <vector>

#include "sim/coupling.h"
#include "sim/hazard_terms.h"
#include "sim/joint_declarations.h"
#include "sim/trend.h"

namespace domino::sim {

/// The commitment process of one member, written out plainly (model §2.1): an event happens at the first step
/// at which the cumulative hazard reaches the place's and member's one Exp(1) draw. The reference of
/// CommitmentLanes, which runs the ensemble: the same events, bit for bit.
class CommitmentProcess {
 public:
    CommitmentProcess(const PreparedWorld& prepared, const MemberDraws& draws, MemberId id,
                      const std::vector<double>& propensity, const Trend& trend, CouplingSwitch coupling);

    /// Runs one part of a month on the commitments known at its start. New events are appended to `events` in
    /// place order. Joint declarations of a month are made in its first part.
    void step(int step, std::vector<CommitmentEvent>& events, int part = 0);

    /// The terms of a place's hazard over a step: HazardTerms::list().
    std::vector<HazardTerm> terms(std::uint32_t place, int step) const;

    /// Whether each place had committed by the end of the last step run: 0 or 1.
    const std::vector<std::uint8_t>& committed() const { return committed_; }

    // What HazardTerms asks for.
    const PreparedWorld& ties() const { return prepared_; }
    const MemberDraws& draws() const { return draws_; }
    MemberId id() const { return id_; }
    double own_hazard(std::uint32_t place) const;
    double gamma(std::size_t layer, std::size_t country) const;
    double declared(std::size_t admin1) const { return declared_[admin1]; }
    double years() const { return years_; }
    bool coercive() const { return coercive_; }
    bool committed(std::uint32_t place) const { return committed_[place] != 0; }
    bool fresh(std::uint32_t place) const { return fresh_[place] != 0; }

 private:
    void begin_month(int step, int part);
    std::int32_t step_hazard(std::uint32_t place, int step) const;
    std::int32_t coercion(std::uint32_t place, int step) const;

    const PreparedWorld& prepared_;
    const MemberDraws& draws_;
    MemberId id_;
    const std::vector<double>& propensity_;
    const Trend& trend_;
    CouplingSwitch coupling_;
    bool coercive_ = false;
    double years_;  ///< length of a part
    std::vector<JointDeclaration> declarations_;
    std::vector<std::uint8_t> committed_;
    std::vector<std::uint8_t> fresh_;  ///< committed in the part before
    std::vector<std::int32_t> due_;    ///< hazard still to come, in units
    std::vector<std::uint8_t> late_;   ///< by country
    std::vector<double> level_;        ///< exp(a(t)) by country
    std::vector<double> declared_;     ///< by admin-1 unit: n·(−ln(1 − π))
    std::vector<double> moved_;        ///< factor on θ by place; empty where it never changes
};

}  // namespace domino::sim
