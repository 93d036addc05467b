#include <catch2/catch.hpp>

#include "sim/drawn_ties.h"
#include "tests/sim/literal_world.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t place_count = 40;
constexpr int steps = 60;

/// Ties of odd weights that come and go, and later ones if asked: from step `later` on, they outweigh by far
/// what a row had before.
test::LiteralWorld tied_world(int later, bool with_later) {
    test::LiteralWorld w(place_count, steps);
    std::vector<DatedEdge> edges;
    for (std::uint32_t i = 0; i < place_count; ++i) {
        for (std::uint32_t n = 1; n < 5; ++n) {
            const Month from{w->calendar.first.value + static_cast<int>((i + 3 * n) % 20)};
            edges.push_back({(i + 7 * n) % place_count, i, 0.1 + 0.37 * n / (1.0 + i % 3), from,
                             Month{from.value + 15 + static_cast<int>(n)}});
        }
        if (with_later)
            edges.push_back({(i + 1) % place_count, i, 0.3 + i % 7 * 11.1,
                             Month{w->calendar.first.value + later}, never});
    }
    w.add_layer("dated", LayerKind::network, edges, 2.0);
    return w;
}

}  // namespace

TEST_CASE("a tie that starts later changes no byte before its start") {
    constexpr int later = 33;
    auto plain_world = tied_world(later, false), more_world = tied_world(later, true);
    const PreparedWorld plain = prepare(*plain_world), more = prepare(*more_world);
    const PreparedLayer& a = plain.layers[0];
    const PreparedLayer& b = more.layers[0];
    std::size_t compared = 0, shifted = 0;
    for (std::uint32_t i = 0; i < place_count; ++i) {
        for (int step = 0; step < steps; ++step) {
            if (step >= later) {
                shifted += a.unit(i, step, steps) != b.unit(i, step, steps) ? 1 : 0;
                continue;
            }
            REQUIRE(a.unit(i, step, steps) == b.unit(i, step, steps));
            std::uint32_t other = b.row_begin[i];
            for (std::uint32_t e = a.row_begin[i]; e < a.row_begin[i + 1]; ++e) {
                if (!a.live(e, step)) continue;
                while (!b.live(other, step)) ++other;
                REQUIRE(a.source[e] == b.source[other]);
                REQUIRE(a.fixed_weight(e, a.exponent(i, step, steps)) ==
                        b.fixed_weight(other, b.exponent(i, step, steps)));
                ++other;
                ++compared;
            }
        }
    }
    CHECK(compared > 1000);
    CHECK(shifted > 500);
}

TEST_CASE("fixed weights of a row add up to its exposure, and never beyond a whole") {
    auto world = tied_world(33, true);
    const PreparedWorld prepared = prepare(*world);
    const PreparedLayer& layer = prepared.layers[0];
    int largest = 0;
    for (std::uint32_t i = 0; i < place_count; ++i) {
        for (int step = 0; step < steps; ++step) {
            const int exponent = layer.exponent(i, step, steps);
            largest = std::max(largest, exponent);
            std::int64_t sum = 0;
            double exact = 0.0;
            for (std::uint32_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
                if (!layer.live(e, step)) continue;
                sum += layer.fixed_weight(e, exponent);
                exact += layer.weight[e];
            }
            REQUIRE(sum <= (std::int64_t{1} << PreparedLayer::fixed_bits) + 5);
            REQUIRE(static_cast<double>(sum) * static_cast<double>(layer.unit(i, step, steps)) ==
                    Approx(exact * layer.scale(i, step, steps)).epsilon(1e-7));
        }
    }
    CHECK(largest == 7);  // 67 needs 2⁷
}

TEST_CASE("members share all of a world but the weights they draw") {
    auto world = tied_world(33, false);
    world.add_layer("near", LayerKind::proximity, {{1, 0, 1.0}, {2, 0, 1.0}}, 1.0);
    world->couplings[0].decay_ratio = log_uniform(0.5, 2.0);
    const PreparedWorld prepared = prepare(*world);
    const PreparedWorld own = with_drawn_ties(prepared, draw_member(*world, {1, 0}));
    CHECK_FALSE(same_weights(own.layers[0], prepared.layers[0]));
    CHECK(own.layers[0].source.data() == prepared.layers[0].source.data());
    CHECK(own.layers[0].from_step.data() == prepared.layers[0].from_step.data());
    CHECK(own.layers[0].outgoing.edge.data() == prepared.layers[0].outgoing.edge.data());
    CHECK(own.layers[1].weight.data() == prepared.layers[1].weight.data());
    CHECK(own.supported.data() == prepared.supported.data());
    CHECK(own.initial_stock.data() == prepared.initial_stock.data());
}

}  // namespace domino::sim
