#include "sim/dynamics/hazard_spread.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t wait_draw = sub_of("wait of a node");

/// One course of events. A node's cumulative hazard grows in a straight line until its exposure changes, so
/// each change of exposure says anew at which step the node's event is due.
class Course {
 public:
    Course(const HazardSpread& model, SpreadMember member, Activation& active)
        : model_(model), member_(member), active_(active), nodes_(model.graph().nodes()) {}

    std::vector<std::uint32_t> run(std::span<const std::uint32_t> seeds) {
        active_.start(seeds);
        steps_.assign(active_.size(), 0);
        due_.resize(model_.clock().steps + std::size_t{1});
        for (std::uint32_t row = 0; row < nodes_.size(); ++row) {
            if (active_.contains(row)) continue;
            nodes_[row].draw = standard_exponential({member_.seed, Process::dynamics, wait_draw,
                                                     member_.member, 0, model_.graph().id(row).value});
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
    struct Node {
        double draw = 0.0;
        double cumulative = 0.0;  ///< hazard up to step `since`
        double exposure = 0.0;
        std::uint32_t since = 0;
        std::uint32_t due = UINT32_MAX;
        std::uint32_t touched = UINT32_MAX;
    };

    double hazard_per_step(const Node& node) const {
        const HazardRates& rates = model_.rates();
        return (rates.spontaneous_per_year + rates.contagion_per_year * node.exposure) *
               model_.clock().step_years;
    }

    /// Those who joined from position @p first on act from @p step on.
    void expose_to(std::size_t first, std::uint32_t step) {
        if (model_.rates().contagion_per_year == 0.0) return;
        touched_.clear();
        for (std::size_t i = first; i < active_.size(); ++i) {
            const auto targets = model_.graph().targets(active_[i]);
            const auto weights = model_.graph().out_weights(active_[i]);
            for (std::size_t e = 0; e < targets.size(); ++e) {
                if (weights[e] == 0.0 || active_.contains(targets[e])) continue;
                Node& node = nodes_[targets[e]];
                if (node.touched != step) {
                    node.touched = step;
                    touched_.push_back(targets[e]);
                    node.cumulative += hazard_per_step(node) * (step - node.since);
                    node.since = step;
                }
                node.exposure += weights[e] * model_.exposure_per_weight(targets[e]);
            }
        }
        for (const std::uint32_t row : touched_) schedule(row, step);
    }

    void schedule(std::uint32_t row, std::uint32_t step) {
        Node& node = nodes_[row];
        node.due = UINT32_MAX;
        const double hazard = hazard_per_step(node);
        if (!(hazard > 0.0)) return;
        const double wait = std::max(1.0, std::ceil((node.draw - node.cumulative) / hazard));
        if (wait > model_.clock().steps - step) return;
        node.due = step + static_cast<std::uint32_t>(wait);
        due_[node.due].push_back(row);
    }

    const HazardSpread& model_;
    SpreadMember member_;
    Activation& active_;
    std::vector<Node> nodes_;
    std::vector<std::uint32_t> steps_;
    std::vector<std::vector<std::uint32_t>> due_;
    std::vector<std::uint32_t> touched_;
};

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
}

std::vector<std::uint32_t> HazardSpread::run(std::span<const std::uint32_t> seeds, SpreadMember member,
                                             Activation& active) const {
    return Course(*this, member, active).run(seeds);
}

}  // namespace domino::sim
