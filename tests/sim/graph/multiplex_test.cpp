#include "sim/graph/multiplex.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

using namespace domino;
using sim::DatedEdge;
using sim::LayerKind;
using sim::make_month;
using sim::Multiplex;

TEST_CASE("a frozen layer lists who acts on each place, sorted, whatever the order of the edges") {
    //  0 -> 1 -> 2
    //   \_______/^
    std::vector<geo::Edge> edges = {{0, 1, 1.0}, {1, 2, 0.25}, {0, 2, 0.5}, {1, 2, 0.125}};
    Multiplex one(3);
    one.add_layer("near", LayerKind::proximity, edges);
    std::reverse(edges.begin(), edges.end());
    Multiplex other(3);
    other.add_layer("near", LayerKind::proximity, edges);

    const auto a = one.freeze();
    const auto b = other.freeze();
    REQUIRE(a.size() == 1);
    CHECK(a[0].row_begin == std::vector<std::uint32_t>{0, 0, 1, 3});
    CHECK(a[0].source == std::vector<std::uint32_t>{0, 0, 1});
    CHECK(a[0].weight == std::vector<double>{1.0, 0.5, 0.375});
    CHECK_FALSE(a[0].dated());
    CHECK(a[0].source == b[0].source);
    CHECK(a[0].weight == b[0].weight);
}

TEST_CASE("layers stay separate and keep their dates") {
    Multiplex graph(3);
    graph.add_layer("near", LayerKind::proximity, std::vector<geo::Edge>{{0, 1, 1.0}});
    graph.add_layer("pairs", LayerKind::collaboration,
                    std::vector<DatedEdge>{{2, 1, 1.0, make_month(2026, 4), make_month(2029, 4)}});
    const auto frozen = graph.freeze();
    REQUIRE(frozen.size() == 2);
    CHECK(frozen[0].source == std::vector<std::uint32_t>{0});
    REQUIRE(frozen[1].dated());
    CHECK(frozen[1].from[0] == make_month(2026, 4));
    CHECK(graph.edges() == 2);
}

TEST_CASE("edges to nowhere, onto themselves, negative, NaN or ending before they begin are refused") {
    Multiplex graph(2);
    const auto refused = [&](DatedEdge e) {
        CHECK_THROWS_AS(graph.add_layer("x", LayerKind::user, std::vector<DatedEdge>{e}),
                        std::invalid_argument);
    };
    refused({0, 2, 1.0});
    refused({1, 1, 1.0});
    refused({0, 1, -1.0});
    refused({0, 1, std::numeric_limits<double>::quiet_NaN()});
    refused({0, 1, 1.0, make_month(2030, 1), make_month(2029, 1)});
    CHECK(graph.edges() == 0);
}

TEST_CASE("components join places over all layers") {
    Multiplex graph(5);
    graph.add_layer("near", LayerKind::proximity, std::vector<geo::Edge>{{1, 0, 1.0}});
    graph.add_layer("pairs", LayerKind::collaboration, std::vector<geo::Edge>{{1, 3, 1.0}});
    CHECK(graph.components() == std::vector<std::uint32_t>{0, 0, 1, 0, 2});
}
