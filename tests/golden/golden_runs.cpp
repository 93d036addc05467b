#include "tests/golden/golden_runs.h"

#include <array>
#include <functional>
#include <span>
#include <stdexcept>

#include "geo/ellipsoid.h"
#include "geo/portable_math.h"
#include "geo/radiation.h"
#include "sim/dynamics/spread_ensemble.h"
#include "sim/ensemble.h"
#include "sim/kernel/contagion_words.h"
#include "sim/kernel/elementary.h"
#include "sim/member_run.h"
#include "sim/random.h"
#include "tests/golden/stable_hash.h"
#include "tests/sim/rich_world.h"

namespace domino::golden {
namespace {

using namespace sim;

constexpr std::uint64_t seed = 5;

std::uint64_t hash_draws() {
    StableHash hash;
    for (std::uint32_t n = 0; n < 20'000; ++n) {
        const DrawAddress address{seed, Process::parameter, n % 7, n % 11, static_cast<std::int32_t>(n), n};
        hash.add(random_words(address));
        hash.add(uniform(address));
        hash.add(standard_normal(address));
        hash.add(standard_exponential(address));
    }
    return hash.value();
}

std::uint64_t hash_portable_functions() {
    StableHash hash;
    for (std::uint32_t n = 0; n < 20'000; ++n) {
        const double u = uniform({seed, Process::dynamics, 1, 0, 0, n});
        const double x = -40.0 + 80.0 * u;
        hash.add(portable::exp(x));
        hash.add(portable::expm1(x));
        hash.add(portable::decayed(u));
        hash.add(portable::log(u));
        hash.add(portable::log1p(x * x));
        hash.add(portable::log1p_growth(u));
        hash.add(portable::pow(u, 0.1 * x));
        hash.add(portable::normal_cdf(0.2 * x));
        hash.add(portable::normal_quantile(u));
        hash.add(portable::sin_deg(10.0 * x));
        hash.add(portable::cos_deg(10.0 * x));
    }
    return hash.value();
}

std::uint64_t hash_lane_functions() {
    StableHash hash;
    for (std::uint32_t n = 0; n < 100'000; ++n) {
        const float x = -90.0f + 0.0018f * static_cast<float>(n);
        const float size = x < 0.0f ? -x : x;
        hash.add(exponential(x));
        hash.add(gone_share(x));
        hash.add(log1p_growth(size));
    }
    return hash.value();
}

std::uint64_t hash_earth() {
    StableHash hash;
    for (std::uint32_t n = 0; n < 5'000; ++n) {
        const double lon = -180.0 + 360.0 * uniform({seed, Process::dynamics, 2, 0, 0, n});
        const double lat = -90.0 + 180.0 * uniform({seed, Process::dynamics, 3, 0, 0, n});
        const geo::EcefPoint point = geo::to_ecef({lon, lat});
        hash.add(point.x_m);
        hash.add(point.y_m);
        hash.add(point.z_m);
        hash.add(geo::zone_area_m2_per_radian(lat));
        hash.add(geo::gravity_pull(1e5, 1e3 * (lon + 180.0), 1e5));
    }
    return hash.value();
}

std::vector<WeightedEdge> random_edges() {
    constexpr std::uint32_t nodes = 300;
    std::vector<WeightedEdge> edges;
    for (std::uint32_t i = 0; i < nodes; ++i) {
        for (std::uint32_t n = 0; n < 6; ++n) {
            const auto words = random_words({seed, Process::dynamics, 4, 0, 0, i, n});
            const auto other = static_cast<std::uint32_t>(to_uniform(words[0]) * nodes);
            if (other != i) edges.push_back({{other}, {i}, 0.05 + 0.1 * to_uniform(words[1])});
        }
    }
    return edges;
}

std::uint64_t hash_dynamics() {
    const Digraph graph(random_edges());
    const std::array<NodeId, 2> seeds{NodeId{1}, NodeId{7}};
    SpreadOptions options;
    options.members = 200;
    options.threads = 2;
    StableHash hash;
    const auto add = [&](const SpreadEstimate& estimate) {
        hash.add(estimate.expected_spread);
        hash.add(estimate.standard_error);
        hash.add(estimate.activation_probability);
        hash.add(estimate.spread);
    };
    add(estimate_spread(IndependentCascade(graph), seeds, options));
    add(estimate_spread(LinearThreshold(graph.with_in_degree_weights()), seeds, options));
    add(estimate_spread(
        HazardSpread(graph, {0.01, 0.3, ExposureScale::bounded}, make_clock(1.0 / 12.0, 20.0)), seeds,
        options));
    return hash.value();
}

std::uint64_t hash_words(InstructionSet set) {
    const Digraph digraph(random_edges());
    std::vector<std::size_t> begin{0};
    std::vector<std::uint32_t> source;
    std::vector<double> weight;
    std::vector<std::uint64_t> key;
    for (std::uint32_t row = 0; row < digraph.nodes(); ++row) {
        const auto sources = digraph.sources(row);
        const auto weights = digraph.in_weights(row);
        source.insert(source.end(), sources.begin(), sources.end());
        weight.insert(weight.end(), weights.begin(), weights.end());
        begin.push_back(source.size());
        key.push_back(digraph.id(row).value);
    }
    const WordGraph graph = make_word_graph(begin, source, weight, key);
    std::vector<std::uint32_t> members;
    std::vector<ContagionRates> rates;
    for (std::uint32_t m = 0; m < word_members; ++m) {
        members.push_back(m);
        rates.push_back({0.001 + 1e-5 * m, 0.02 + 1e-3 * m});
    }
    ContagionWords words(graph, seed, members, rates, set);
    for (int step = 0; step < 120; ++step) words.step();
    StableHash hash;
    for (std::uint32_t row = 0; row < graph.rows(); ++row) {
        for (std::size_t m = 0; m < word_members; ++m) hash.add(words.committed_step(row, m));
    }
    return hash.value();
}

void add_event(StableHash& hash, const CommitmentEvent& event) {
    hash.add(event.member);
    hash.add(event.place);
    hash.add(event.step);
    hash.add(event.cause);
    hash.add(event.layer);
    hash.add(event.source);
    hash.add(event.share);
}

void add_outcome(StableHash& hash, const MemberOutcome& outcome) {
    for (const CommitmentEvent& event : outcome.events) add_event(hash, event);
    hash.add(outcome.stage_step);
    hash.add(outcome.stock_units);
    hash.add(outcome.added_units);
    hash.add(outcome.sector_year_t);
    hash.add(outcome.month_t);
    hash.add(outcome.relative_cost);
    hash.add(outcome.credit_spent_jpy);
    hash.add(outcome.credit_started_t);
    hash.add(outcome.scheme_spent_jpy);
}

/// The rich world, and what it leaves out: thresholds, coercion, limited turnover, support for one
/// technology, an exit with a coalition that stays, credits.
World every_mechanism() {
    World world = test::rich_world(test::identity_order(40));
    world.couplings[0].coercion = uniform(0.0, 0.02);
    world.couplings[1].response = Response::threshold;
    world.technologies[0].erlang_stages = 3;
    for (TechnologyInCountry& local : world.technologies[1].countries) local.turnover_years = 40.0;
    world.support[0].technologies = {1};
    Withdrawal exit{"exit", 1, make_month(2026, 1), never, {}, uniform(0.5, 1.0), normal(0.0, 0.005)};
    for (std::size_t i = 0; i < world.places.size(); ++i) exit.coalition.push_back(i % 3 == 0 ? 1 : 0);
    world.withdrawals.push_back(exit);
    world.credit_accounting.active = true;
    world.credit_accounting.simulated_from = make_month(2021, 1);
    return world;
}

/// Puts a batch's places among those of all members, which no width of batches may change.
void add_places(PlaceYears& all, const PlaceYears& batch, std::size_t begin, std::size_t count) {
    for (std::size_t cell = 0; cell < batch.places * batch.years; ++cell) {
        for (std::size_t m = 0; m < batch.members; ++m)
            all.emissions_t[cell * count + begin + m] = batch.emissions_t[cell * batch.members + m];
    }
    for (std::size_t n = 0; n < batch.capacity_sum.size(); ++n) all.capacity_sum[n] += batch.capacity_sum[n];
    for (std::size_t n = 0; n < batch.adoption_sum.size(); ++n) all.adoption_sum[n] += batch.adoption_sum[n];
}

/// Sums by [year][position] as [place][year], table after table, so that the hash does not know the order in
/// which places are stepped.
std::vector<std::uint64_t> by_place(const std::vector<std::uint64_t>& sums, const PlaceYears& all) {
    std::vector<std::uint64_t> turned(sums.size());
    for (std::size_t cell = 0; cell < sums.size(); ++cell) {
        const std::size_t row = cell / all.places;  // [table][year]
        const std::size_t place = all.place_at[cell % all.places];
        turned[(row / all.years * all.places + place) * all.years + row % all.years] = sums[cell];
    }
    return turned;
}

/// Members of the world above, in batches of `width`.
std::uint64_t hash_members(InstructionSet set, std::uint32_t width) {
    constexpr std::uint32_t count = 16;
    const World world = every_mechanism();
    const PreparedWorld prepared = prepare(world);
    std::vector<MemberDraws> draws;
    for (std::uint32_t m = 0; m < count; ++m) draws.push_back(draw_member(world, {seed, m}));
    PlaceYears places(prepared, count);
    StableHash hash;
    for (std::uint32_t begin = 0; begin < count; begin += width) {
        std::vector<MemberInput> inputs;
        for (std::uint32_t m = begin; m < begin + width; ++m)
            inputs.push_back({&draws[m], {seed, m}, nullptr, nullptr});
        PlaceYears batch(prepared, width);
        for (const MemberOutcome& outcome :
             run_members(prepared, inputs, CouplingSwitch::on, &batch, nullptr, set)) {
            add_outcome(hash, outcome);
        }
        add_places(places, batch, begin, count);
    }
    hash.add(places.emissions_t);
    hash.add(by_place(places.capacity_sum, places));
    hash.add(by_place(places.adoption_sum, places));
    return hash.value();
}

void add_results(StableHash& hash, const RunResults& r) {
    hash.add(r.emissions_t);
    hash.add(r.stage_step);
    hash.add(r.capacity_mean);
    hash.add(r.adoption_mean);
    hash.add(r.stock_units);
    hash.add(r.added_units);
    hash.add(r.sector_t);
    hash.add(r.remainder_t);
    hash.add(r.lulucf_t);
    hash.add(r.gdp_musd);
    hash.add(r.fiscal_total_t);
    hash.add(r.emission_factor);
    hash.add(r.cost_jpy);
    hash.add(r.spent_jpy);
    hash.add(r.credit_spent_jpy);
    hash.add(r.credit_units_t);
    hash.add(r.scheme_spent_jpy);
    hash.add(r.credits.tonnes);
    hash.add(r.credits.used);
    hash.add(r.credits.monitored_t);
    for (const CommitmentEvent& event : r.events) add_event(hash, event);
}

/// That world and one with a lever moved, on the same draws.
std::uint64_t hash_ensemble() {
    const World reference = every_mechanism();
    World scenario = reference;
    scenario.price_schemes.push_back({"pv grant", 0, {0, 1}, make_month(2028, 4), never, 0.3, {}});
    EnsembleOptions options;
    options.members = 20;
    options.threads = 2;
    options.seed = seed;
    const EnsembleResults results = run_ensemble(scenario, &reference, options);
    StableHash hash;
    add_results(hash, results.scenario);
    add_results(hash, *results.reference);
    for (const UncoupledTotals* totals : {&results.scenario_uncoupled, &*results.reference_uncoupled}) {
        hash.add(totals->commitments);
        hash.add(totals->emissions_t);
    }
    return hash.value();
}

/// The hash every instruction set of this machine agrees on.
std::uint64_t agreed(const char* name, const std::function<std::uint64_t(InstructionSet)>& compute) {
    const std::uint64_t expected = compute(InstructionSet::baseline);
    for (const InstructionSet set : {InstructionSet::avx2, InstructionSet::avx512}) {
        if (has_instruction_set(set) && compute(set) != expected)
            throw std::logic_error(std::string(name) + ": instruction sets of this machine disagree");
    }
    return expected;
}

}  // namespace

std::vector<GoldenLine> compute_golden_lines() {
    std::vector<GoldenLine> lines = {
        {"random_numbers", hash_draws()},
        {"portable_functions", hash_portable_functions()},
        {"lane_functions", hash_lane_functions()},
        {"earth", hash_earth()},
        {"dynamics", hash_dynamics()},
        {"commitment_words", agreed("commitment_words", hash_words)},
    };
    const std::uint64_t together =
        agreed("members", [](InstructionSet set) { return hash_members(set, 16); });
    for (const std::uint32_t width : {1U, 4U}) {
        if (hash_members(best_instruction_set(), width) != together)
            throw std::logic_error("members: sizes of batches disagree");
    }
    lines.push_back({"members", together});
    lines.push_back({"ensemble", hash_ensemble()});
    return lines;
}

}  // namespace domino::golden
