#include "sim/dynamics/fixed_thresholds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace domino::sim {
namespace {

void check_threshold(double threshold) {
    if (std::isnan(threshold) || threshold < 0.0)
        throw std::invalid_argument(fmt::format("threshold {}: a threshold is not negative", threshold));
}

bool reaches(double active_neighbours, std::uint32_t in_degree, double threshold, ThresholdMeasure measure) {
    if (measure == ThresholdMeasure::count) return active_neighbours >= threshold;
    return in_degree > 0 && active_neighbours / in_degree >= threshold;
}

/// Lets everybody who joined act, from position @p next on; newly convinced nodes queue up behind, so rounds
/// follow one another as if all looked at once.
template <class ThresholdOf, class OnJoin>
void spread_on(const Digraph& graph, ThresholdMeasure measure, Activation& active, ThresholdOf threshold_of,
               OnJoin on_join) {
    for (std::size_t next = 0; next < active.size(); ++next) {
        for (const std::uint32_t target : graph.targets(active[next])) {
            if (active.contains(target)) continue;
            const double convinced = active.add_influence(target, 1.0);
            if (!reaches(convinced, graph.in_degree(target), threshold_of(target), measure)) continue;
            active.activate(target);
            on_join(next);
        }
    }
}

}  // namespace

std::vector<std::uint32_t> run_fixed_thresholds(const Digraph& graph, std::span<const double> thresholds,
                                                ThresholdMeasure measure,
                                                std::span<const std::uint32_t> seeds, Activation& active) {
    if (thresholds.size() != graph.nodes())
        throw std::invalid_argument(
            fmt::format("{} thresholds for {} nodes; give one a node", thresholds.size(), graph.nodes()));
    for (const double threshold : thresholds) check_threshold(threshold);
    active.start(seeds);
    std::vector<std::uint32_t> round(active.size(), 0);
    // Who needs nobody joins in round 1, before anybody the seeds convince, and acts on others from round 2
    // on.
    for (std::uint32_t row = 0; row < graph.nodes(); ++row)
        if (reaches(0.0, graph.in_degree(row), thresholds[row], measure)) active.activate(row);
    round.resize(active.size(), 1);
    spread_on(
        graph, measure, active, [&](std::uint32_t row) { return thresholds[row]; },
        [&](std::size_t by) { round.push_back(round[by] + 1); });
    return round;
}

void run_uniform_threshold(const Digraph& graph, double threshold, ThresholdMeasure measure,
                           std::span<const std::uint32_t> seeds, Activation& active) {
    check_threshold(threshold);
    if (threshold == 0.0) throw std::invalid_argument("a threshold of 0 needs no seeds; take one above 0");
    active.start(seeds);
    spread_on(
        graph, measure, active, [&](std::uint32_t) { return threshold; }, [](std::size_t) {});
}

std::size_t count_joining(std::vector<double> thresholds) {
    for (const double threshold : thresholds) check_threshold(threshold);
    std::sort(thresholds.begin(), thresholds.end());
    std::size_t joined = 0;
    while (joined < thresholds.size() && thresholds[joined] <= static_cast<double>(joined)) ++joined;
    return joined;
}

}  // namespace domino::sim
