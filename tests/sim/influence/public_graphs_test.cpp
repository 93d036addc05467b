// The best seeds on public graphs (tests/data/graphs): against every set of one, two or three, and against
// lazy greedy on simulations for more.
#include <algorithm>
#include <array>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "sim/dynamics/exact_spread.h"
#include "sim/dynamics/spread_ensemble.h"
#include "sim/influence/cascade_sampler.h"
#include "sim/influence/hazard_sampler.h"
#include "sim/influence/influence_maximisation.h"
#include "sim/selection/lazy_greedy.h"
#include "tests/sim/influence/public_graph.h"

namespace domino::sim {
namespace {

using test::read_public_graph;
using Rows = std::vector<std::uint32_t>;

enum class Probability : std::uint8_t { in_degree, tenth };

IndependentCascade cascade_on(const std::string& name, Probability probability) {
    const Digraph graph(read_public_graph(name));
    return IndependentCascade(probability == Probability::tenth ? graph.with_weight(0.1)
                                                                : graph.with_in_degree_weights());
}

/// Yearly looks for five years: p = 0.01, q = 0.4 a year at full exposure.
HazardSpread commitment_on(const std::string& name) {
    return HazardSpread(Digraph(read_public_graph(name)), {0.01, 0.4, ExposureScale::share}, {1.0, 5});
}

std::vector<NodeId> ids_of(const Digraph& graph, const Rows& rows) {
    std::vector<NodeId> ids;
    for (const std::uint32_t row : rows) ids.push_back(graph.id(row));
    return ids;
}

template <class Model>
double simulate(const Model& model, const Rows& rows, std::uint32_t members, std::uint64_t seed) {
    SpreadOptions options;
    options.members = members;
    options.seed = seed;
    options.threads = 1;
    return estimate_spread(model, ids_of(model.graph(), rows), options).expected_spread;
}

/// Calls with every set of `size` rows.
template <class Call>
void for_each_set(std::size_t nodes, std::size_t size, const Call& call) {
    Rows rows(size);
    std::iota(rows.begin(), rows.end(), 0U);
    for (;;) {
        call(rows);
        std::size_t at = size;
        while (at > 0 && rows[at - 1] + (size - at) + 1 == nodes) --at;
        if (at == 0) return;
        ++rows[at - 1];
        for (; at < size; ++at) rows[at] = rows[at - 1] + 1;
    }
}

template <class Value>
double best_of_all(std::size_t nodes, std::size_t size, const Value& value) {
    double best = 0.0;
    for_each_set(nodes, size, [&](const Rows& rows) { best = std::max(best, value(rows)); });
    return best;
}

/// Realisations of the simulator, one live-edge graph each: whom every node reaches.
class Panel {
 public:
    Panel(const IndependentCascade& model, std::uint32_t members, std::uint64_t seed)
        : nodes_(model.graph().nodes()), reached_(members * nodes_) {
        REQUIRE(nodes_ <= 128);
        Activation active(nodes_);
        for (std::uint32_t member = 0; member < members; ++member) {
            for (std::uint32_t row = 0; row < nodes_; ++row) {
                model.run({&row, 1}, {seed, member}, active);
                for (const std::uint32_t other : active.rows())
                    reached_[member * nodes_ + row][other / 64] |= std::uint64_t{1} << (other % 64);
            }
        }
    }

    double spread(const Rows& rows) const {
        std::uint64_t sum = 0;
        for (std::size_t first = 0; first < reached_.size(); first += nodes_) {
            std::array<std::uint64_t, 2> all{};
            for (const std::uint32_t row : rows) {
                all[0] |= reached_[first + row][0];
                all[1] |= reached_[first + row][1];
            }
            sum += static_cast<std::uint64_t>(std::popcount(all[0]) + std::popcount(all[1]));
        }
        return static_cast<double>(sum) /
               (static_cast<double>(reached_.size()) / static_cast<double>(nodes_));
    }

 private:
    std::size_t nodes_;
    std::vector<std::array<std::uint64_t, 2>> reached_;  ///< by member, row
};

/// Seeds as many as asked for, and what the certificate says of them held against what they really reach and
/// against a set that is known to be good.
void check(const InfluenceResult& found, std::size_t seeds, double reached, double good, double error) {
    CHECK(found.seeds.size() == seeds);
    CHECK(found.lower_bound <= reached + error);
    CHECK(found.upper_bound >= good - error);
    CHECK(reached >= found.ratio * good - error);
    CHECK(found.spread.back() == Approx(reached).margin(error + 4.0 * found.standard_error));
}

InfluenceOptions options_for(std::size_t seeds) {
    InfluenceOptions options;
    options.seeds = seeds;
    options.ratio = 0.75;
    options.most_bytes = std::uint64_t{64} << 20U;
    return options;
}

/// Lazy greedy (CELF) on the simulator: each node one item, its worth the spread in each member.
template <class Run>
Rows select_by_simulation(std::size_t nodes, std::size_t seeds, const Run& run) {
    SelectionProblem problem;
    problem.cost.assign(nodes, 1.0);
    problem.fits = [&](const ItemSet& chosen, std::uint32_t item) {
        return chosen.size() < seeds && !std::binary_search(chosen.begin(), chosen.end(), item);
    };
    problem.evaluate = [&](const std::vector<ItemSet>& sets) {
        std::vector<MemberValues> values;
        for (const ItemSet& set : sets) values.push_back(run(set));
        return values;
    };
    ValueMemory memory;
    return select_greedily(problem, GreedyRule::gain, memory).chosen;
}

template <class Model>
Rows select_by_simulation(const Model& model, std::size_t seeds, std::uint32_t members) {
    return select_by_simulation(model.graph().nodes(), seeds, [&](const ItemSet& set) {
        MemberValues values;
        Activation active(model.graph().nodes());
        for (std::uint32_t member = 0; member < members; ++member) {
            model.run(set, {77, member}, active);
            values.push_back(static_cast<double>(active.size()));
        }
        return values;
    });
}

}  // namespace

TEST_CASE("families of Florence: seeds against every set of up to three, exactly") {
    for (const Probability probability : {Probability::in_degree, Probability::tenth}) {
        const IndependentCascade model = cascade_on("florentine_families", probability);
        const auto exact = [&](const Rows& rows) {
            return compute_exact_spread(model, ids_of(model.graph(), rows)).expected_spread;
        };
        for (const std::size_t seeds : {1U, 2U, 3U}) {
            CAPTURE(seeds);
            const InfluenceResult found = maximise_influence(CascadeSampler(model, 1), options_for(seeds));
            const double ours = exact(found.seeds);
            const double best = best_of_all(model.graph().nodes(), seeds, exact);
            check(found, seeds, ours, best, 1e-9);
            CHECK(ours >= 0.99 * best);
        }
    }
}

TEST_CASE("karate club, dolphins, Les Misérables: seeds against every set of up to three") {
    for (const char* name : {"karate_club", "dolphins", "les_miserables"}) {
        for (const Probability probability : {Probability::in_degree, Probability::tenth}) {
            const IndependentCascade model = cascade_on(name, probability);
            const Panel panel(model, 2000, 5);
            for (const std::size_t seeds : {1U, 2U, 3U}) {
                CAPTURE(name, seeds);
                const InfluenceResult found =
                    maximise_influence(CascadeSampler(model, 1), options_for(seeds));
                const double ours = panel.spread(found.seeds);
                const double best = best_of_all(model.graph().nodes(), seeds,
                                                [&](const Rows& rows) { return panel.spread(rows); });
                // Well above four standard errors of 2,000 realisations of some ten nodes each.
                check(found, seeds, ours, best, 0.1 * std::sqrt(ours));
                // A certificate of 0.75 was asked for; flat graphs get more, but not all.
                CHECK(ours >= 0.9 * best);
            }
        }
    }
}

TEST_CASE("a worm's neurons and others: more seeds against lazy greedy on simulations") {
    for (const char* name : {"karate_club", "les_miserables", "celegans_neural"}) {
        const IndependentCascade model = cascade_on(name, Probability::in_degree);
        constexpr std::size_t seeds = 10;
        CAPTURE(name);
        const InfluenceResult found = maximise_influence(CascadeSampler(model, 1), options_for(seeds));
        const double ours = simulate(model, found.seeds, 10'000, 9);
        const double theirs = simulate(model, select_by_simulation(model, seeds, 400), 10'000, 9);
        check(found, seeds, ours, theirs, 0.08 * std::sqrt(ours));
        CHECK(ours >= 0.99 * theirs);
    }
}

TEST_CASE("commitment in time on public graphs: seeds against every set, and more against lazy greedy") {
    const std::pair<const char*, std::size_t> graphs[] = {{"florentine_families", 3}, {"karate_club", 2}};
    for (const auto& [name, most] : graphs) {
        const HazardSpread model = commitment_on(name);
        const double without = simulate(model, {}, 4096, 3);
        const auto added = [&](const Rows& rows) { return simulate(model, rows, 4096, 3) - without; };
        for (std::size_t seeds = 1; seeds <= most; ++seeds) {
            CAPTURE(name, seeds);
            const InfluenceResult found = maximise_influence(HazardSampler(model, 1), options_for(seeds));
            const double ours = added(found.seeds);
            const double best = best_of_all(model.graph().nodes(), seeds, added);
            check(found, seeds, ours, best, 0.1 * std::sqrt(ours));
            CHECK(ours >= 0.98 * best);
        }
    }
    for (const char* name : {"karate_club", "celegans_neural"}) {
        const HazardSpread model = commitment_on(name);
        constexpr std::size_t seeds = 10;
        CAPTURE(name);
        const InfluenceResult found = maximise_influence(HazardSampler(model, 1), options_for(seeds));
        const double without = simulate(model, {}, 16'384, 4);
        const double ours = simulate(model, found.seeds, 16'384, 4) - without;
        const double theirs = simulate(model, select_by_simulation(model, seeds, 200), 16'384, 4) - without;
        check(found, seeds, ours, theirs, 0.15 * std::sqrt(ours));
        CHECK(ours >= 0.98 * theirs);
    }
}

}  // namespace domino::sim
