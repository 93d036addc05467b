#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/dynamics/activation.h"
#include "sim/dynamics/digraph.h"
#include "sim/dynamics/spread_member.h"
#include "sim/kernel/contagion_words.h"

namespace domino::sim {

/// What the weights of active in-neighbours are divided by to give exposure.
enum class ExposureScale : std::uint8_t {
    bounded,  ///< the larger of 1 and the sum of all incoming weights: between 0 and 1, as in the city model
    share,    ///< the sum of all incoming weights: between 0 and 1, however light the ties
    sum,      ///< nothing: rates add up, as in an SI epidemic with rate q·weight an edge
};

struct HazardRates {
    double spontaneous_per_year = 0.0;  ///< p
    double contagion_per_year = 0.0;    ///< q, at exposure 1
    ExposureScale scale = ExposureScale::bounded;
};

/// The moments at which everybody looks at everybody else: 0, dt, 2·dt …
struct HazardClock {
    double step_years = 1.0 / 12.0;
    std::uint32_t steps = 360;
};

/// The clock that reaches @p until_years in steps of @p step_years; a last step that would be shorter is left
/// out (with a tolerance of 1e-9 steps). Throws std::invalid_argument for a step that is not positive, a
/// negative end, or more than a million steps.
HazardClock make_clock(double step_years, double until_years);

/// How many realisations are computed: one after the other, from event to event, or 64 at once in machine
/// words, step by step. Both find the same events.
enum class HazardMethod : std::uint8_t { events, words };

/// Contagion in time: h_i(t) = p + q·E_i(t), E_i the exposure to active in-neighbours at the start of the
/// step and frozen over it. Each node has one Exp(1) draw and becomes active at the end of the first step at
/// which its cumulative hazard reaches it; exact in law for hazards frozen over steps (and over dt → 0 for
/// continuous time). With E the share of a complete graph this is Bass (1969). Where exposures are bounded or
/// shares and p + q does not exceed 16 a step, weights, hazards and draws are whole numbers in the fixed
/// point of ContagionWords; else they are in double.
class HazardSpread {
 public:
    /// Throws std::invalid_argument for rates that are negative or not finite.
    HazardSpread(Digraph graph, HazardRates rates, HazardClock clock);

    const Digraph& graph() const { return graph_; }
    const HazardRates& rates() const { return rates_; }
    const HazardClock& clock() const { return clock_; }
    /// What an active in-neighbour adds to exposure per unit of weight.
    double exposure_per_weight(std::uint32_t row) const { return per_weight_[row]; }

    /// Whether the process is run in fixed point.
    bool fixed() const { return !units_.row_begin.empty(); }
    /// The graph and the rates of a step in fixed point.
    const WordGraph& units() const { return units_; }
    ContagionRates step_rates() const;
    /// Weight in fixed point of the edges that leave @p row, in their order.
    std::span<const std::uint16_t> out_units(std::uint32_t row) const {
        return {out_units_.data() + graph_.first_out_edge(row), graph_.targets(row).size()};
    }
    /// The quicker method for many realisations, estimated from measured times of a node and of an edge.
    HazardMethod quicker_method(InstructionSet instructions = best_instruction_set()) const;

    /// One realisation into @p active. Returns, in its order, the step at whose end each became active (seeds
    /// 0). The draw of a node depends on (seed, member, id) alone. Time grows with events, not with steps.
    std::vector<std::uint32_t> run(std::span<const std::uint32_t> seeds, SpreadMember member,
                                   Activation& active) const;

 private:
    Digraph graph_;
    HazardRates rates_;
    HazardClock clock_;
    std::vector<double> per_weight_;
    WordGraph units_;
    std::vector<std::uint16_t> out_units_;
};

/// The exact distribution of the same process, for few nodes: probability of each state, step by step.
struct ExactHazard {
    std::vector<double> activation_probability;  ///< by row, at the end
    std::vector<double> expected_spread;         ///< after 0, 1, … steps; seeds included
};

/// Carries the probabilities of all states of each part that does not touch another (seeds apart). Throws
/// TooLargeForExact when 3^(nodes of a part)·steps exceeds 2·10⁹, that is above 12 nodes at 360 steps;
/// std::invalid_argument for an unknown seed. Deterministic.
ExactHazard compute_exact_hazard(const HazardSpread& model, std::span<const NodeId> seeds);

}  // namespace domino::sim
