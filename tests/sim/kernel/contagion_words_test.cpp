// 64 members in a machine word against one member at a time.
#include "sim/kernel/contagion_words.h"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "sim/dynamics/spread_ensemble.h"
#include "sim/kernel/wait_lanes.h"

using namespace domino::sim;

namespace {

constexpr std::uint32_t node_count = 400;
constexpr int steps = 120;

std::vector<WeightedEdge> random_edges() {
    std::vector<WeightedEdge> edges;
    for (std::uint32_t i = 0; i < node_count; ++i) {
        for (std::uint32_t n = 0; n < 6; ++n) {
            const auto words = random_words({3, Process::dynamics, 0, 0, 0, i, n});
            const auto other = static_cast<std::uint32_t>(to_uniform(words[0]) * node_count);
            if (other != i) edges.push_back({{other}, {i}, 0.05 + 0.4 * to_uniform(words[1])});
        }
    }
    return edges;
}

struct Rows {
    std::vector<std::size_t> begin{0};
    std::vector<std::uint32_t> source;
    std::vector<double> weight;
    std::vector<std::uint64_t> key;
};

Rows rows_of(const Digraph& graph) {
    Rows rows;
    for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
        const auto sources = graph.sources(row);
        const auto weights = graph.in_weights(row);
        rows.source.insert(rows.source.end(), sources.begin(), sources.end());
        rows.weight.insert(rows.weight.end(), weights.begin(), weights.end());
        rows.begin.push_back(rows.source.size());
        rows.key.push_back(graph.id(row).value);
    }
    return rows;
}

WordGraph word_graph(const Rows& rows) {
    return make_word_graph(rows.begin, rows.source, rows.weight, rows.key);
}

std::vector<std::uint32_t> numbers(std::uint32_t count) {
    std::vector<std::uint32_t> list(count);
    for (std::uint32_t n = 0; n < count; ++n) list[n] = n;
    return list;
}

/// Members differ in their rates.
std::vector<ContagionRates> rates_of(std::span<const std::uint32_t> members) {
    std::vector<ContagionRates> rates;
    for (const std::uint32_t m : members) rates.push_back({0.001 + 1e-5 * m, 0.02 + 1e-3 * m});
    return rates;
}

ContagionWords run(const WordGraph& graph, std::span<const std::uint32_t> members,
                   InstructionSet set = best_instruction_set()) {
    ContagionWords words(graph, 9, members, rates_of(members), set);
    for (int step = 0; step < steps; ++step) words.step();
    return words;
}

}  // namespace

TEST_CASE("a wait drawn alone is the one drawn among others, for every instruction set") {
    const std::vector<std::uint32_t> members = {0, 1, 2, 3, 7, 8, 9, 31, 30, 63, 1000};
    for (const InstructionSet set :
         {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512}) {
        if (!has_instruction_set(set)) {
            WARN("this machine lacks an instruction set; its bits are not compared");
            continue;
        }
        for (std::uint64_t key = 1; key < 200; ++key) {
            std::vector<std::uint32_t> waits(members.size());
            fixed_waits(5, members, key, waits.data(), set);
            for (std::size_t m = 0; m < members.size(); ++m)
                REQUIRE(waits[m] == fixed_wait(5, members[m], key));
        }
    }
}

TEST_CASE("waits are exponential") {
    std::vector<std::uint32_t> members(64);
    for (std::uint32_t m = 0; m < 64; ++m) members[m] = m;
    std::vector<std::uint32_t> waits(64);
    double sum = 0.0;
    double squares = 0.0;
    int beyond_one = 0;
    constexpr int rows = 2000;
    for (std::uint64_t key = 0; key < rows; ++key) {
        fixed_waits(11, members, key, waits.data());
        for (const std::uint32_t w : waits) {
            const double wait = w / one_hazard;
            sum += wait;
            squares += wait * wait;
            beyond_one += wait > 1.0 ? 1 : 0;
        }
    }
    constexpr double draws = 64.0 * rows;  // standard errors: 0.003, 0.0124, 0.0014
    CHECK(sum / draws == Approx(1.0).margin(0.014));
    CHECK(squares / draws == Approx(2.0).margin(0.06));
    CHECK(beyond_one / draws == Approx(0.36787944).margin(0.0067));
}

TEST_CASE("word kernels of every instruction set give the same events") {
    const WordGraph graph = word_graph(rows_of(Digraph(random_edges())));
    const auto members = numbers(64);
    const ContagionWords baseline = run(graph, members, InstructionSet::baseline);
    std::size_t events = 0;
    for (const InstructionSet set : {InstructionSet::avx2, InstructionSet::avx512}) {
        if (!has_instruction_set(set)) {
            WARN("this machine lacks an instruction set; its events are not compared");
            continue;
        }
        const ContagionWords wide = run(graph, members, set);
        for (std::uint32_t row = 0; row < graph.rows(); ++row) {
            REQUIRE(wide.state(row) == baseline.state(row));
            for (std::size_t m = 0; m < 64; ++m) {
                REQUIRE(wide.committed_step(row, m) == baseline.committed_step(row, m));
                events += wide.committed_step(row, m) != never_reached ? 1 : 0;
            }
        }
    }
    CHECK(events > 1000);
}

TEST_CASE("members in a word do not see each other") {
    const WordGraph graph = word_graph(rows_of(Digraph(random_edges())));
    const ContagionWords together = run(graph, numbers(64));
    const std::vector<std::uint32_t> some = {7, 40, 63};
    const ContagionWords alone = run(graph, some);
    for (std::uint32_t row = 0; row < graph.rows(); ++row) {
        for (std::size_t n = 0; n < some.size(); ++n) {
            REQUIRE(alone.committed_step(row, n) == together.committed_step(row, some[n]));
        }
        REQUIRE((alone.state(row) & ~alone.members_mask()) == 0);
    }
}

TEST_CASE("the word kernel commits at the very step the event-driven course does") {
    const Digraph digraph(random_edges());
    const std::vector<std::uint32_t> members = numbers(64);
    for (const ExposureScale scale : {ExposureScale::bounded, ExposureScale::share}) {
        const HazardSpread model(digraph, {0.002 * 12, 0.05 * 12, scale},
                                 {1.0 / 12.0, static_cast<std::uint32_t>(steps)});
        REQUIRE(model.fixed());
        ContagionWords words(model.units(), 9, members, std::vector(64, model.step_rates()));
        for (int step = 0; step < steps; ++step) words.step();
        std::size_t events = 0;
        for (const std::uint32_t m : members) {
            Activation active(digraph.nodes());
            const std::vector<std::uint32_t> at = model.run({}, {9, m}, active);
            std::vector<std::uint32_t> expected(digraph.nodes(), never_reached);
            // The course counts the ends of steps from one.
            for (std::size_t n = 0; n < active.size(); ++n) expected[active[n]] = at[n] - 1;
            for (std::uint32_t row = 0; row < digraph.nodes(); ++row)
                REQUIRE(words.committed_step(row, m) == expected[row]);
            events += active.size();
        }
        CHECK(events > 10000);
    }
}

TEST_CASE("both methods of hazard spread give the same estimate, and which is quicker follows the steps") {
    const Digraph digraph(random_edges());
    const std::vector<NodeId> seeds = {digraph.id(3), digraph.id(70)};
    SpreadOptions options;
    options.members = 150;
    options.seed = 4;
    for (const std::uint32_t years : {1U, 8U}) {
        const HazardSpread model(digraph, {0.01, 0.9, ExposureScale::share}, {1.0 / 12.0, 12 * years});
        const auto events = estimate_spread(model, seeds, options, HazardMethod::events);
        const auto in_words = estimate_spread(model, seeds, options, HazardMethod::words);
        CHECK(events.spread == in_words.spread);
        CHECK(events.activation_probability == in_words.activation_probability);
        CHECK(events.expected_spread > 3.0);
    }
    const HazardRates rates{0.01, 0.9, ExposureScale::share};
    CHECK(HazardSpread(digraph, rates, {1.0 / 12.0, 12}).quicker_method() == HazardMethod::words);
    CHECK(HazardSpread(digraph, rates, {1e-4, 20000}).quicker_method() == HazardMethod::events);
    const HazardRates sums{0.01, 0.9, ExposureScale::sum};
    CHECK(HazardSpread(digraph, sums, {1.0 / 12.0, 12}).quicker_method() == HazardMethod::events);
}

TEST_CASE("rows in fixed point never exceed the whole and a full row stays full") {
    Rows rows;
    rows.source = {1, 2, 3, 0, 0};
    rows.weight = {1.0, 1.0, 1.0, 0.25, 3.0};
    rows.begin = {0, 3, 4, 5, 5};
    rows.key = {10, 11, 12, 13};
    const WordGraph graph = word_graph(rows);
    CHECK(graph.weight[0] + graph.weight[1] + graph.weight[2] == 65535);
    CHECK(graph.weight[3] == 16383);
    CHECK(graph.weight[4] == 65535);
}

TEST_CASE("seeds are committed from the start and a word holds what it can") {
    Rows rows;
    rows.source = {0};
    rows.weight = {1.0};
    rows.begin = {0, 0, 1};
    rows.key = {1, 2};
    const WordGraph graph = word_graph(rows);
    const std::vector<std::uint32_t> members = numbers(5);
    const std::vector<ContagionRates> rates(5, {0.0, 16.0});
    ContagionWords words(graph, 1, members, rates);
    const std::vector<std::uint32_t> seeds = {0};
    words.seed_rows(seeds);
    for (int step = 0; step < 5; ++step) words.step();
    CHECK(words.state(0) == 0b11111);
    CHECK(words.state(1) == 0b11111);
    CHECK(words.committed_step(0, 4) == 0);
    const std::vector<ContagionRates> too_fast(5, {1.0, 16.0});
    CHECK_THROWS_AS(ContagionWords(graph, 1, members, too_fast), std::invalid_argument);
    CHECK_THROWS_AS(ContagionWords(graph, 1, numbers(65), rates), std::invalid_argument);
    CHECK_THROWS_AS(ContagionWords(graph, 1, {}, {}), std::invalid_argument);
}
