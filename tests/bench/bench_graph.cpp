#include "tests/bench/bench_graph.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>

#include "geo/ellipsoid.h"
#include "geo/place_tree.h"
#include "geo/portable_math.h"
#include "sim/random.h"

namespace domino::bench {
namespace {

using sim::sub_of;

constexpr double to_degrees = 57.29577951308232;
constexpr double largest_population = 3e7;

double uniform_at(std::uint64_t seed, std::uint32_t what, std::uint64_t id, std::uint32_t index = 0) {
    return sim::uniform({seed, sim::Process::dynamics, what, 0, 0, id, index});
}

double normal_at(std::uint64_t seed, std::uint32_t what, std::uint64_t id, std::uint32_t index) {
    return sim::standard_normal({seed, sim::Process::dynamics, what, 0, 0, id, index});
}

/// A Lomax variate: Pareto's law begun at zero.
double lomax(double u, double exponent) {
    return portable::pow(u, -1.0 / exponent) - 1.0;
}

std::vector<double> running_sum(const std::vector<double>& parts) {
    std::vector<double> sums;
    double sum = 0.0;
    for (const double part : parts) sums.push_back(sum += part);
    return sums;
}

/// The part a uniform number falls into.
std::uint32_t pick(const std::vector<double>& sums, double u) {
    const auto at = std::upper_bound(sums.begin(), sums.end(), u * sums.back());
    return static_cast<std::uint32_t>(
        std::min<std::ptrdiff_t>(at - sums.begin(), static_cast<std::ptrdiff_t>(sums.size()) - 1));
}

std::vector<geo::MassPoint> mass_points(const ScatteredPlaces& places) {
    std::vector<geo::MassPoint> points;
    for (std::uint32_t i = 0; i < places.count(); ++i) {
        points.push_back({geo::to_ecef(places.position[i]), places.population[i]});
    }
    return points;
}

double link_weight(const std::vector<geo::MassPoint>& points, std::uint32_t source, std::uint32_t target) {
    const double km =
        std::sqrt(geo::chord_squared_m2(points[source].position, points[target].position)) / 1000.0;
    return std::sqrt(points[source].mass) / (10.0 + km);
}

void normalise_rows(RowGraph& graph) {
    for (std::size_t row = 0; row < graph.places(); ++row) {
        double sum = 0.0;
        for (std::size_t e = graph.row_begin[row]; e < graph.row_begin[row + 1]; ++e) sum += graph.weight[e];
        for (std::size_t e = graph.row_begin[row]; e < graph.row_begin[row + 1]; ++e) graph.weight[e] /= sum;
    }
}

template <class Value>
std::vector<Value> read_values(std::ifstream& in, std::size_t count, const std::filesystem::path& file) {
    std::vector<Value> values(count);
    in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(count * sizeof(Value)));
    if (!in) throw std::runtime_error(file.string() + ": missing or too short for a graph");
    return values;
}

template <class Value>
void write_values(std::ofstream& out, const std::vector<Value>& values) {
    out.write(reinterpret_cast<const char*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(Value)));
}

}  // namespace

ScatteredPlaces scatter_places(std::uint32_t count, std::uint64_t seed) {
    ScatteredPlaces places;
    places.clusters = std::max(50U, count / 200U);
    std::vector<double> size, latitude, longitude, spread;
    for (std::uint32_t c = 0; c < places.clusters; ++c) {
        size.push_back(lomax(uniform_at(seed, sub_of("cluster size"), c), 1.2) + 0.1);
        // Sine of the latitude, so that clusters are spread evenly over the sphere; few far south.
        const double sine = -0.75 + 1.65 * uniform_at(seed, sub_of("cluster latitude"), c);
        latitude.push_back(std::asin(sine) * to_degrees);
        longitude.push_back(-180.0 + 360.0 * uniform_at(seed, sub_of("cluster longitude"), c));
        spread.push_back(0.3 + 3.7 * uniform_at(seed, sub_of("cluster spread"), c));
    }
    const std::vector<double> sums = running_sum(size);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t c = pick(sums, uniform_at(seed, sub_of("cluster of place"), i));
        const double lat = latitude[c] + spread[c] * normal_at(seed, sub_of("offset of place"), i, 0);
        const double lon = longitude[c] + spread[c] * normal_at(seed, sub_of("offset of place"), i, 1);
        // Whole micro-degrees: asin's last bits must not decide who is whose neighbour.
        places.position.push_back({geo::wrap_longitude(std::round(lon * 1e6) / 1e6),
                                   std::clamp(std::round(lat * 1e6) / 1e6, -85.0, 85.0)});
        const double people = 5000.0 * (lomax(uniform_at(seed, sub_of("people of place"), i), 1.07) + 1.0);
        places.population.push_back(std::min(people, largest_population));
        places.cluster.push_back(c);
    }
    return places;
}

geo::EdgeList link_neighbours(const ScatteredPlaces& places, std::size_t nearest) {
    const geo::PlaceTree tree(mass_points(places));
    const std::vector<geo::MassPoint> points(tree.points().begin(), tree.points().end());
    geo::EdgeList edges;
    for (std::uint32_t i = 0; i < places.count(); ++i) {
        for (const std::uint32_t j : tree.nearest(i, nearest)) {
            edges.push_back({j, i, link_weight(points, j, i)});
        }
    }
    return edges;
}

geo::EdgeList link_by_gravity(const ScatteredPlaces& places, double per_place, std::uint64_t seed) {
    const std::vector<geo::MassPoint> points = mass_points(places);
    std::vector<double> as_source, as_target;
    for (const double people : places.population) {
        as_source.push_back(portable::pow(people, 0.8));
        as_target.push_back(portable::pow(people, 0.3));
    }
    const std::vector<double> source_sums = running_sum(as_source);
    const std::vector<double> target_sums = running_sum(as_target);
    geo::EdgeList edges;
    const auto links = static_cast<std::uint64_t>(per_place * places.count());
    for (std::uint64_t n = 0; n < links; ++n) {
        const std::uint32_t from = pick(source_sums, uniform_at(seed, sub_of("gravity link"), n, 0));
        const std::uint32_t to = pick(target_sums, uniform_at(seed, sub_of("gravity link"), n, 1));
        if (from != to) edges.push_back({from, to, link_weight(points, from, to)});
    }
    return edges;
}

RowGraph make_row_graph(std::uint32_t places, std::uint64_t seed) {
    const ScatteredPlaces scattered = scatter_places(places, seed);
    geo::EdgeList edges = link_neighbours(scattered);
    const geo::EdgeList far = link_by_gravity(scattered, 4.0, seed);
    edges.insert(edges.end(), far.begin(), far.end());
    std::sort(edges.begin(), edges.end(), [](const geo::Edge& a, const geo::Edge& b) {
        return a.to != b.to ? a.to < b.to : a.from < b.from;
    });
    edges.erase(
        std::unique(edges.begin(), edges.end(),
                    [](const geo::Edge& a, const geo::Edge& b) { return a.to == b.to && a.from == b.from; }),
        edges.end());
    RowGraph graph;
    graph.row_begin.assign(places + 1U, 0);
    for (const geo::Edge& edge : edges) {
        ++graph.row_begin[edge.to + 1U];
        graph.source.push_back(edge.from);
        graph.weight.push_back(edge.weight);
    }
    for (std::uint32_t i = 0; i < places; ++i) {
        graph.row_begin[i + 1U] += graph.row_begin[i];
        graph.key.push_back(i);
    }
    normalise_rows(graph);
    return graph;
}

RowGraph read_row_graph(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const auto counts = read_values<std::int32_t>(in, 2, file);
    if (counts[0] < 1 || counts[1] < 1) throw std::runtime_error(file.string() + ": not a graph");
    const auto places = static_cast<std::size_t>(counts[0]);
    const auto edges = static_cast<std::size_t>(counts[1]);
    const auto begins = read_values<std::int32_t>(in, places + 1, file);
    const auto sources = read_values<std::int32_t>(in, edges, file);
    const auto weights = read_values<float>(in, edges, file);
    const auto is_place = [&](std::int32_t j) { return j >= 0 && j < counts[0]; };
    if (!std::is_sorted(begins.begin(), begins.end()) || begins.front() != 0 || begins.back() != counts[1] ||
        !std::all_of(sources.begin(), sources.end(), is_place)) {
        throw std::runtime_error(file.string() + ": not a graph");
    }
    RowGraph graph;
    graph.row_begin.assign(begins.begin(), begins.end());
    graph.source.assign(sources.begin(), sources.end());
    graph.weight.assign(weights.begin(), weights.end());
    for (std::size_t i = 0; i < places; ++i) graph.key.push_back(i);
    normalise_rows(graph);
    return graph;
}

void write_row_graph(const RowGraph& graph, const std::filesystem::path& file) {
    std::ofstream out(file, std::ios::binary);
    const auto count = [](std::size_t n) { return static_cast<std::int32_t>(n); };
    std::vector<std::int32_t> head{count(graph.places()), count(graph.edges())};
    for (const std::size_t begin : graph.row_begin) head.push_back(count(begin));
    for (const std::uint32_t source : graph.source) head.push_back(count(source));
    write_values(out, head);
    std::vector<float> weight;
    for (const double w : graph.weight) weight.push_back(static_cast<float>(w));
    write_values(out, weight);
    out.close();
    if (!out) throw std::runtime_error(file.string() + ": cannot be written");
}

}  // namespace domino::bench
