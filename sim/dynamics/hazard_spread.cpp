#include "sim/dynamics/hazard_spread.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/kernel/wait_lanes.h"
#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t wait_draw = sub_of("wait of a node");

/// Hazards, draws and exposures of a course in double.
class RealPace {
 public:
    using Amount = double;
    using Exposure = double;

    explicit RealPace(const HazardSpread& model) : model_(model) {}
    Amount draw(SpreadMember member, std::uint32_t row) const {
        return standard_exponential(
            {member.seed, Process::dynamics, wait_draw, member.member, 0, model_.graph().id(row).value});
    }
    Exposure of_edge(std::uint32_t source, std::size_t e) const {
        return model_.graph().out_weights(source)[e] *
               model_.exposure_per_weight(model_.graph().targets(source)[e]);
    }
    Amount hazard(Exposure exposure) const {
        const HazardRates& rates = model_.rates();
        return (rates.spontaneous_per_year + rates.contagion_per_year * exposure) * model_.clock().step_years;
    }
    static double steps_to(Amount left, Amount hazard) { return std::ceil(left / hazard); }

 private:
    const HazardSpread& model_;
};

/// The same in the whole numbers of ContagionWords.
class FixedPace {
 public:
    using Amount = std::uint64_t;
    using Exposure = std::uint32_t;

    explicit FixedPace(const HazardSpread& model) : model_(model), rates_(fix_rates(model.step_rates())) {}
    Amount draw(SpreadMember member, std::uint32_t row) const {
        return fixed_wait(member.seed, member.member, model_.graph().id(row).value);
    }
    Exposure of_edge(std::uint32_t source, std::size_t e) const { return model_.out_units(source)[e]; }
    Amount hazard(Exposure exposure) const { return rates_.hazard(exposure); }
    static double steps_to(Amount left, Amount hazard) {
        return static_cast<double>((left + hazard - 1) / hazard);
    }

 private:
    const HazardSpread& model_;
    FixedRates rates_;
};

/// One course of events. A node's cumulative hazard grows in a straight line until its exposure changes, so
/// each change of exposure says anew at which step the node's event is due.
template <class Pace>
class Course {
 public:
    Course(const HazardSpread& model, SpreadMember member, Activation& active)
        : model_(model), pace_(model), member_(member), active_(active), nodes_(model.graph().nodes()) {}

    std::vector<std::uint32_t> run(std::span<const std::uint32_t> seeds) {
        active_.start(seeds);
        steps_.assign(active_.size(), 0);
        due_.resize(model_.clock().steps + std::size_t{1});
        for (std::uint32_t row = 0; row < nodes_.size(); ++row) {
            if (active_.contains(row)) continue;
            nodes_[row].left = pace_.draw(member_, row);
            schedule(row, 0);
        }
        expose_to(0, 0);
        for (std::uint32_t step = 1; step <= model_.clock().steps; ++step) {
            const std::size_t before = active_.size();
            std::sort(due_[step].begin(), due_[step].end());
            for (const std::uint32_t row : due_[step])
                if (nodes_[row].due == step) active_.activate(row);
            steps_.resize(active_.size(), step);
            expose_to(before, step);
        }
        return std::move(steps_);
    }

 private:
    using Amount = typename Pace::Amount;

    struct Node {
        Amount left{};  ///< of the draw at step `since`
        typename Pace::Exposure exposure{};
        std::uint32_t since = 0;
        std::uint32_t due = UINT32_MAX;
        std::uint32_t touched = UINT32_MAX;
    };

    /// Those who joined from position @p first on act from @p step on.
    void expose_to(std::size_t first, std::uint32_t step) {
        if (model_.rates().contagion_per_year == 0.0) return;
        touched_.clear();
        for (std::size_t i = first; i < active_.size(); ++i) {
            const std::uint32_t source = active_[i];
            const auto targets = model_.graph().targets(source);
            for (std::size_t e = 0; e < targets.size(); ++e) {
                const auto exposure = pace_.of_edge(source, e);
                if (exposure == 0 || active_.contains(targets[e])) continue;
                Node& node = nodes_[targets[e]];
                if (node.touched != step) {
                    node.touched = step;
                    touched_.push_back(targets[e]);
                    node.left -= pace_.hazard(node.exposure) * static_cast<Amount>(step - node.since);
                    node.since = step;
                }
                node.exposure += exposure;
            }
        }
        for (const std::uint32_t row : touched_) schedule(row, step);
    }

    void schedule(std::uint32_t row, std::uint32_t step) {
        Node& node = nodes_[row];
        node.due = UINT32_MAX;
        const Amount hazard = pace_.hazard(node.exposure);
        if (!(hazard > Amount{0})) return;
        const double wait = std::max(1.0, Pace::steps_to(node.left, hazard));
        if (wait > model_.clock().steps - step) return;
        node.due = step + static_cast<std::uint32_t>(wait);
        due_[node.due].push_back(row);
    }

    const HazardSpread& model_;
    Pace pace_;
    SpreadMember member_;
    Activation& active_;
    std::vector<Node> nodes_;
    std::vector<std::uint32_t> steps_;
    std::vector<std::vector<std::uint32_t>> due_;
    std::vector<std::uint32_t> touched_;
};

/// The graph in fixed point: weights as shares of exposure.
WordGraph graph_in_units(const HazardSpread& model) {
    const Digraph& graph = model.graph();
    std::vector<std::size_t> begin{0};
    std::vector<std::uint32_t> source;
    std::vector<double> weight;
    std::vector<std::uint64_t> key;
    for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
        const auto sources = graph.sources(row);
        source.insert(source.end(), sources.begin(), sources.end());
        for (const double w : graph.in_weights(row)) weight.push_back(w * model.exposure_per_weight(row));
        begin.push_back(source.size());
        key.push_back(graph.id(row).value);
    }
    return make_word_graph(begin, source, weight, key);
}

/// Weights of edges by their sources. Edges enter and leave in the same order of their other ends.
std::vector<std::uint16_t> turn_outwards(const Digraph& graph, const WordGraph& units) {
    std::vector<std::uint16_t> out(units.weight.size());
    std::vector<std::size_t> next;
    for (std::uint32_t row = 0; row < graph.nodes(); ++row) next.push_back(graph.first_out_edge(row));
    for (std::size_t e = 0; e < units.source.size(); ++e) out[next[units.source[e]]++] = units.weight[e];
    return out;
}

}  // namespace

HazardClock make_clock(double step_years, double until_years) {
    if (!(step_years > 0.0) || !std::isfinite(step_years))
        throw std::invalid_argument(fmt::format("a step of {} years; take a positive one", step_years));
    if (!(until_years >= 0.0) || !std::isfinite(until_years))
        throw std::invalid_argument(fmt::format("an end after {} years; take 0 or later", until_years));
    const double steps = std::floor(until_years / step_years + 1e-9);
    if (steps > 1e6)
        throw std::invalid_argument(
            fmt::format("{} steps; take at most a million: longer steps, or an earlier end", steps));
    return {step_years, static_cast<std::uint32_t>(steps)};
}

HazardSpread::HazardSpread(Digraph graph, HazardRates rates, HazardClock clock)
    : graph_(std::move(graph)), rates_(rates), clock_(clock), per_weight_(graph_.nodes(), 1.0) {
    for (const double rate : {rates.spontaneous_per_year, rates.contagion_per_year})
        if (!std::isfinite(rate) || rate < 0.0)
            throw std::invalid_argument(
                fmt::format("a rate of {} a year; a rate is finite and not negative", rate));
    if (!(clock.step_years > 0.0) || !std::isfinite(clock.step_years))
        throw std::invalid_argument(fmt::format("a step of {} years; take a positive one", clock.step_years));
    if (rates.scale == ExposureScale::sum) return;
    for (std::uint32_t row = 0; row < graph_.nodes(); ++row) {
        const double total = graph_.in_weight(row);
        const double scale = rates.scale == ExposureScale::bounded ? std::max(1.0, total) : total;
        per_weight_[row] = scale > 0.0 ? 1.0 / scale : 0.0;
    }
    const ContagionRates step = step_rates();
    if (step.spontaneous + step.contagion > largest_contagion_rate || graph_.edges() > UINT32_MAX) return;
    units_ = graph_in_units(*this);
    out_units_ = turn_outwards(graph_, units_);
}

ContagionRates HazardSpread::step_rates() const {
    return {rates_.spontaneous_per_year * clock_.step_years, rates_.contagion_per_year * clock_.step_years};
}

HazardMethod HazardSpread::quicker_method(InstructionSet instructions) const {
    if (!fixed() || clock_.steps >= never_reached) return HazardMethod::events;
    // Nanoseconds of a node and of an edge, measured on 300 and 10,000 nodes of 16 edges each: of 64 courses
    // from event to event in which everybody becomes active, and of a step of 64 members in words.
    constexpr double course_node = 64 * 45.0, course_edge = 64 * 20.0;
    const bool wide = instructions == InstructionSet::avx512;
    const double node = wide ? 10.0 : instructions == InstructionSet::avx2 ? 15.0 : 60.0;
    const double edge = wide ? 1.6 : instructions == InstructionSet::avx2 ? 4.3 : 46.0;
    const auto nodes = static_cast<double>(graph_.nodes());
    const auto edges = static_cast<double>(graph_.edges());
    const double in_words = clock_.steps * (nodes * node + edges * edge);
    return in_words < nodes * course_node + edges * course_edge ? HazardMethod::words : HazardMethod::events;
}

std::vector<std::uint32_t> HazardSpread::run(std::span<const std::uint32_t> seeds, SpreadMember member,
                                             Activation& active) const {
    if (fixed()) return Course<FixedPace>(*this, member, active).run(seeds);
    return Course<RealPace>(*this, member, active).run(seeds);
}

}  // namespace domino::sim
