#include "sim/graph/centrality.h"

#include <catch2/catch.hpp>
#include <numeric>

using namespace domino::sim;

namespace {

std::vector<FrozenLayer> layers_of(std::size_t places, const std::vector<DatedEdge>& edges) {
    Multiplex graph(places);
    graph.add_layer("ties", LayerKind::user, edges);
    return graph.freeze();
}

}  // namespace

TEST_CASE("PageRank is exact on a star and on a circle") {
    // Everybody looks to place 0, which looks to place 1: r0 = 0.15/4 + 0.85 (r1 + r2 + r3), r1 = 0.15/4 +
    // 0.85 r0.
    const auto star = page_rank(layers_of(4, {{0, 1, 1.0}, {0, 2, 1.0}, {0, 3, 1.0}, {1, 0, 1.0}}), 4, {0});
    const double base = 0.15;
    const double centre = base * (1.0 + 0.85 * 3.0) / (1.0 - 0.85 * 0.85);
    CHECK(star[0] == Approx(centre).epsilon(1e-6));
    CHECK(star[1] == Approx(base + 0.85 * centre).epsilon(1e-6));
    CHECK(star[2] == Approx(base).epsilon(1e-9));
    CHECK(star[2] == star[3]);
    const auto circle = page_rank(layers_of(3, {{0, 1, 1.0}, {1, 2, 1.0}, {2, 0, 1.0}}), 3, {0});
    for (const double rank : circle) CHECK(rank == Approx(1.0).epsilon(1e-6));
}

TEST_CASE("only ties alive in the month count, in every layer") {
    const std::vector<DatedEdge> edges = {{0, 1, 1.0, Month{10}, Month{20}},
                                          {2, 1, 1.0, Month{30}, Month{40}}};
    const auto early = page_rank(layers_of(3, edges), 3, Month{10});
    CHECK(early[0] > early[2]);
    const auto late = page_rank(layers_of(3, edges), 3, Month{39});
    CHECK(late[2] > late[0]);
    const auto none = page_rank(layers_of(3, edges), 3, Month{40});
    CHECK(none[0] == none[2]);
    CHECK(page_rank({}, 0, Month{0}).empty());
}
