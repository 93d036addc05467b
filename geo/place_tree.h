#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/ellipsoid.h"

namespace domino::geo {

/// A place as the tree sees it.
struct MassPoint {
    EcefPoint position;
    double mass = 0.0;  ///< persons, >= 0
};

/// A k-d tree over points on the ellipsoid in earth-centred coordinates: straight lines through the earth
/// know no dateline and no pole. Each node carries the sum and the largest of its masses, so that people
/// within a distance are summed without visiting them. Built and searched in an order that depends only on
/// the points' indices.
class PlaceTree {
 public:
    explicit PlaceTree(std::vector<MassPoint> points);

    std::span<const MassPoint> points() const { return points_; }

    /// Indices of the @p count points nearest to point @p centre in a straight line, itself left out; nearest
    /// first, ties by index. Fewer when the tree holds fewer.
    std::vector<std::uint32_t> nearest(std::uint32_t centre, std::size_t count) const;

    /// Appends the points within @p chord_m of point @p centre in a straight line, itself left out, in no
    /// useful order.
    void collect_within(std::uint32_t centre, double chord_m, std::vector<std::uint32_t>& found) const;

    /// Mass within @p inner_chord_m of point @p centre, its own included. Points beyond that but within
    /// @p outer_chord_m are appended to @p between for the caller to decide.
    double sum_within(std::uint32_t centre, double inner_chord_m, double outer_chord_m,
                      std::vector<std::uint32_t>& between) const;

    /// Visits nodes in the order of what they promise. bound(max_mass, min_chord_m) is an upper bound of a
    /// point's score that must not grow with distance; enough(bound) says that nothing so low can matter any
    /// more; visit(index, chord_m) sees every point that could.
    template <class Bound, class Enough, class Visit>
    void search_best(std::uint32_t centre, const Bound& bound, const Enough& enough,
                     const Visit& visit) const {
        if (nodes_.empty()) return;
        search_node(0, points_[centre].position, bound, enough, visit);
    }

 private:
    struct Node {
        EcefPoint low;
        EcefPoint high;
        double mass = 0.0;
        double largest_mass = 0.0;
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        std::uint32_t left = 0;  ///< 0 for a leaf
        std::uint32_t right = 0;
    };

    std::uint32_t build(std::uint32_t begin, std::uint32_t end);
    void describe(Node& node) const;
    static double min_chord_m2(const Node& node, const EcefPoint& from);
    static double max_chord_m2(const Node& node, const EcefPoint& from);

    template <class Bound, class Enough, class Visit>
    void search_node(std::uint32_t at, const EcefPoint& from, const Bound& bound, const Enough& enough,
                     const Visit& visit) const;

    std::vector<MassPoint> points_;
    std::vector<std::uint32_t> order_;
    std::vector<Node> nodes_;
};

template <class Bound, class Enough, class Visit>
void PlaceTree::search_node(std::uint32_t at, const EcefPoint& from, const Bound& bound, const Enough& enough,
                            const Visit& visit) const {
    const Node& node = nodes_[at];
    if (node.left == 0) {
        for (std::uint32_t i = node.begin; i < node.end; ++i) {
            const std::uint32_t index = order_[i];
            const MassPoint& point = points_[index];
            const double chord_m = std::sqrt(chord_squared_m2(from, point.position));
            if (!enough(bound(point.mass, chord_m))) visit(index, chord_m);
        }
        return;
    }
    const auto promise = [&](std::uint32_t child) {
        return bound(nodes_[child].largest_mass, std::sqrt(min_chord_m2(nodes_[child], from)));
    };
    const double left_promise = promise(node.left);
    const double right_promise = promise(node.right);
    const bool left_first = left_promise >= right_promise;
    const double first_promise = left_first ? left_promise : right_promise;
    const double second_promise = left_first ? right_promise : left_promise;
    if (!enough(first_promise)) search_node(left_first ? node.left : node.right, from, bound, enough, visit);
    if (!enough(second_promise)) search_node(left_first ? node.right : node.left, from, bound, enough, visit);
}

}  // namespace domino::geo
