#include "geo/place_tree.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace domino::geo {

namespace {

constexpr std::uint32_t leaf_size = 16;

double coordinate(const EcefPoint& point, int axis) {
    return axis == 0 ? point.x_m : axis == 1 ? point.y_m : point.z_m;
}

int widest_axis(const EcefPoint& low, const EcefPoint& high) {
    int widest = 0;
    for (int axis = 1; axis < 3; ++axis) {
        if (coordinate(high, axis) - coordinate(low, axis) >
            coordinate(high, widest) - coordinate(low, widest)) {
            widest = axis;
        }
    }
    return widest;
}

}  // namespace

PlaceTree::PlaceTree(std::vector<MassPoint> points) : points_(std::move(points)), order_(points_.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    if (!points_.empty()) build(0, static_cast<std::uint32_t>(points_.size()));
}

std::uint32_t PlaceTree::build(std::uint32_t begin, std::uint32_t end) {
    const auto at = static_cast<std::uint32_t>(nodes_.size());
    Node node;
    node.begin = begin;
    node.end = end;
    describe(node);
    nodes_.push_back(node);
    if (end - begin <= leaf_size) {
        // Sums follow the indices, whatever way the partition left them.
        std::sort(order_.begin() + begin, order_.begin() + end);
        double mass = 0.0;
        for (std::uint32_t i = begin; i < end; ++i) mass += points_[order_[i]].mass;
        nodes_[at].mass = mass;
        return at;
    }
    const int axis = widest_axis(node.low, node.high);
    const std::uint32_t middle = begin + (end - begin) / 2;
    std::nth_element(order_.begin() + begin, order_.begin() + middle, order_.begin() + end,
                     [&](std::uint32_t a, std::uint32_t b) {
                         return std::pair(coordinate(points_[a].position, axis), a) <
                                std::pair(coordinate(points_[b].position, axis), b);
                     });
    const std::uint32_t left = build(begin, middle);
    const std::uint32_t right = build(middle, end);
    nodes_[at].left = left;
    nodes_[at].right = right;
    nodes_[at].mass = nodes_[left].mass + nodes_[right].mass;
    return at;
}

void PlaceTree::describe(Node& node) const {
    node.low = node.high = points_[order_[node.begin]].position;
    for (std::uint32_t i = node.begin; i < node.end; ++i) {
        const MassPoint& point = points_[order_[i]];
        node.low.x_m = std::min(node.low.x_m, point.position.x_m);
        node.low.y_m = std::min(node.low.y_m, point.position.y_m);
        node.low.z_m = std::min(node.low.z_m, point.position.z_m);
        node.high.x_m = std::max(node.high.x_m, point.position.x_m);
        node.high.y_m = std::max(node.high.y_m, point.position.y_m);
        node.high.z_m = std::max(node.high.z_m, point.position.z_m);
        node.largest_mass = std::max(node.largest_mass, point.mass);
    }
}

double PlaceTree::min_chord_m2(const Node& node, const EcefPoint& from) {
    const auto gap = [](double low, double high, double at) {
        return at < low ? low - at : at > high ? at - high : 0.0;
    };
    const double x = gap(node.low.x_m, node.high.x_m, from.x_m);
    const double y = gap(node.low.y_m, node.high.y_m, from.y_m);
    const double z = gap(node.low.z_m, node.high.z_m, from.z_m);
    return x * x + y * y + z * z;
}

double PlaceTree::max_chord_m2(const Node& node, const EcefPoint& from) {
    const auto reach = [](double low, double high, double at) {
        return std::max(std::abs(at - low), std::abs(high - at));
    };
    const double x = reach(node.low.x_m, node.high.x_m, from.x_m);
    const double y = reach(node.low.y_m, node.high.y_m, from.y_m);
    const double z = reach(node.low.z_m, node.high.z_m, from.z_m);
    return x * x + y * y + z * z;
}

std::vector<std::uint32_t> PlaceTree::nearest(std::uint32_t centre, std::size_t count) const {
    using Found = std::pair<double, std::uint32_t>;
    std::vector<Found> heap;  // the farthest of the best on top
    if (count == 0) return {};
    search_best(
        centre, [](double, double min_chord_m) { return -min_chord_m; },
        [&](double bound) { return heap.size() == count && -bound > heap.front().first; },
        [&](std::uint32_t index, double chord_m) {
            const Found found{chord_m, index};
            if (index == centre || (heap.size() == count && !(found < heap.front()))) return;
            if (heap.size() == count) {
                std::pop_heap(heap.begin(), heap.end());
                heap.pop_back();
            }
            heap.push_back(found);
            std::push_heap(heap.begin(), heap.end());
        });
    std::sort_heap(heap.begin(), heap.end());
    std::vector<std::uint32_t> indices;
    indices.reserve(heap.size());
    for (const auto& [chord_m, index] : heap) indices.push_back(index);
    return indices;
}

void PlaceTree::collect_within(std::uint32_t centre, double chord_m,
                               std::vector<std::uint32_t>& found) const {
    search_best(
        centre, [](double, double min_chord_m) { return -min_chord_m; },
        [&](double bound) { return -bound > chord_m; },
        [&](std::uint32_t index, double) {
            if (index != centre) found.push_back(index);
        });
}

double PlaceTree::sum_within(std::uint32_t centre, double inner_chord_m, double outer_chord_m,
                             std::vector<std::uint32_t>& between) const {
    const EcefPoint from = points_[centre].position;
    const double inner_m2 = inner_chord_m * inner_chord_m;
    const double outer_m2 = outer_chord_m * outer_chord_m;
    double mass = 0.0;
    std::vector<std::uint32_t> waiting;
    if (!nodes_.empty()) waiting.push_back(0);
    while (!waiting.empty()) {
        const Node& node = nodes_[waiting.back()];
        waiting.pop_back();
        if (min_chord_m2(node, from) > outer_m2) continue;
        if (max_chord_m2(node, from) <= inner_m2) {
            mass += node.mass;
        } else if (node.left != 0) {
            waiting.push_back(node.right);
            waiting.push_back(node.left);
        } else {
            for (std::uint32_t i = node.begin; i < node.end; ++i) {
                const double chord_m2 = chord_squared_m2(from, points_[order_[i]].position);
                if (chord_m2 <= inner_m2) {
                    mass += points_[order_[i]].mass;
                } else if (chord_m2 <= outer_m2) {
                    between.push_back(order_[i]);
                }
            }
        }
    }
    return mass;
}

}  // namespace domino::geo
