#include "cli/spread_answer.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "sim/dynamics/exact_spread.h"
#include "sim/dynamics/fixed_thresholds.h"
#include "sim/dynamics/hazard_spread.h"
#include "sim/dynamics/spread_ensemble.h"

namespace domino::cli {
namespace {

std::vector<std::string> split_seeds(const std::string& text) {
    std::vector<std::string> seeds;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        if (end == begin) throw Failure(ExitCode::usage, "--seeds has an empty name; write a,b,c");
        const std::string name = text.substr(begin, end - begin);
        if (std::find(seeds.begin(), seeds.end(), name) != seeds.end())
            throw Failure(ExitCode::usage, fmt::format("--seeds names \"{}\" twice; name a node once", name));
        seeds.push_back(name);
        begin = end + 1;
    }
    return seeds;
}

using Seeds = std::vector<sim::NodeId>;

void answer_exactly(const SpreadRequest& request, const NamedGraph& graph, const Seeds& seeds,
                    SpreadAnswer& answer) {
    answer.method = SpreadMethod::exact;
    answer.probability_standard_error.assign(graph.names.size(), 0.0);
    if (request.model == "hazard") {
        const sim::HazardSpread model = hazard_model(request, graph);
        const sim::ExactHazard exact = sim::compute_exact_hazard(model, seeds);
        answer.expected_spread = exact.expected_spread.back();
        answer.probability = exact.activation_probability;
        for (std::size_t step = 0; step < exact.expected_spread.size(); ++step)
            answer.curve.emplace_back(static_cast<double>(step) * model.clock().step_years,
                                      exact.expected_spread[step]);
        return;
    }
    const sim::ExactSpread exact =
        request.model == "ic" ? sim::compute_exact_spread(sim::IndependentCascade(graph.graph), seeds)
                              : sim::compute_exact_spread(sim::LinearThreshold(graph.graph), seeds);
    answer.expected_spread = exact.expected_spread;
    answer.probability = exact.activation_probability;
}

void answer_by_simulation(const SpreadRequest& request, const NamedGraph& graph, const Seeds& seeds,
                          Console& console, SpreadAnswer& answer) {
    const InterruptGuard interrupt;
    Progress progress(console, "simulating", "members");
    sim::SpreadOptions options;
    options.members = request.members;
    options.seed = request.seed;
    options.threads = request.threads;
    options.cancelled = &interrupt.requested();
    options.progress = [&](std::uint32_t done, std::uint32_t total) {
        progress.update(static_cast<int>(done), static_cast<int>(total));
    };
    const sim::SpreadEstimate estimate = [&] {
        if (request.model == "ic")
            return sim::estimate_spread(sim::IndependentCascade(graph.graph), seeds, options);
        if (request.model == "lt")
            return sim::estimate_spread(sim::LinearThreshold(graph.graph), seeds, options);
        return sim::estimate_spread(hazard_model(request, graph), seeds, options);
    }();
    answer.members = request.members;
    answer.seed = request.seed;
    answer.expected_spread = estimate.expected_spread;
    answer.standard_error = estimate.standard_error;
    answer.probability = estimate.activation_probability;
    for (const double p : answer.probability)
        answer.probability_standard_error.push_back(sim::probability_standard_error(p, request.members));
}

void answer_by_thresholds(const SpreadRequest& request, const NamedGraph& graph, const Seeds& seeds,
                          SpreadAnswer& answer) {
    const bool count = request.given("--threshold-count");
    sim::Activation active(graph.names.size());
    sim::run_uniform_threshold(graph.graph, count ? request.threshold_count : request.threshold,
                               count ? sim::ThresholdMeasure::count : sim::ThresholdMeasure::share,
                               graph.graph.rows(seeds), active);
    answer.method = SpreadMethod::exact;
    answer.expected_spread = static_cast<double>(active.size());
    answer.probability.assign(graph.names.size(), 0.0);
    answer.probability_standard_error = answer.probability;
    for (const std::uint32_t row : active.rows()) answer.probability[row] = 1.0;
}

}  // namespace

SpreadAnswer find_answer(const SpreadRequest& request, const NamedGraph& graph, Console& console) {
    SpreadAnswer answer;
    answer.model = request.model;
    answer.seeds = split_seeds(request.seeds);
    Seeds seeds;
    for (const std::string& name : answer.seeds) seeds.push_back(graph.node(name));
    try {
        if (request.model == "threshold")
            answer_by_thresholds(request, graph, seeds, answer);
        else if (request.exact)
            answer_exactly(request, graph, seeds, answer);
        else
            answer_by_simulation(request, graph, seeds, console, answer);
    } catch (const sim::TooLargeForExact& error) {
        throw Failure(ExitCode::infeasible, fmt::format("--exact: {} (--members N)", error.what()));
    } catch (const std::invalid_argument& error) {
        throw Failure(ExitCode::usage, fmt::format("--model {}: {}", request.model, error.what()));
    }
    return answer;
}

}  // namespace domino::cli
