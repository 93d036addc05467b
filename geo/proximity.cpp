#include "geo/proximity.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "geo/chord_bounds.h"
#include "geo/ellipsoid.h"
#include "geo/place_tree.h"
#include "geo/radiation.h"

namespace domino::geo {

namespace {

/// A place seen from another: which, how far (rounded to 1 m), and who lives nearer or as near.
struct Neighbour {
    std::uint32_t node = 0;
    double distance_m = 0.0;
    double people_between = 0.0;
};

void check(std::span<const Place> places, const ProximityOptions& options) {
    if (!(options.decay_m > 0.0) || !(options.long_range_beyond_m >= 0.0)) {
        throw std::invalid_argument(
            "build_proximity: decay_m must be positive and long_range_beyond_m not negative");
    }
    for (const Place& place : places) {
        const bool on_earth =
            std::abs(place.position.lon_deg) <= 360.0 && std::abs(place.position.lat_deg) <= 90.0;
        if (!on_earth)
            throw std::invalid_argument("build_proximity: place " + place.id + " is off the earth");
        if (!(place.population >= 0.0) || !std::isfinite(place.population)) {
            throw std::invalid_argument("build_proximity: place " + place.id + " has no proper population");
        }
    }
}

/// Rows of the connected places, ordered by id: whatever follows depends on ids, not on rows.
std::vector<std::uint32_t> order_by_id(std::span<const Place> places) {
    std::vector<std::uint32_t> rows(places.size());
    std::iota(rows.begin(), rows.end(), 0U);
    std::sort(rows.begin(), rows.end(),
              [&](std::uint32_t a, std::uint32_t b) { return places[a].id < places[b].id; });
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (places[rows[i]].id == places[rows[i - 1]].id) {
            throw std::invalid_argument("build_proximity: place id " + places[rows[i]].id + " appears twice");
        }
    }
    std::erase_if(rows, [&](std::uint32_t row) { return places[row].coupling == Coupling::isolated; });
    return rows;
}

std::vector<MassPoint> to_mass_points(std::span<const Place> places, const std::vector<std::uint32_t>& rows) {
    std::vector<MassPoint> points;
    points.reserve(rows.size());
    for (const std::uint32_t row : rows)
        points.push_back({to_ecef(places[row].position), places[row].population});
    return points;
}

/// Finds whom each place looks to. Nodes are the connected places in the order of their ids.
class NeighbourSearch {
 public:
    NeighbourSearch(std::span<const Place> places, const std::vector<std::uint32_t>& rows,
                    const ProximityOptions& options, const DistanceFunction& distance_m)
        : places_(places),
          rows_(rows),
          options_(options),
          distance_m_(distance_m),
          tree_(to_mass_points(places, rows)) {}

    std::vector<Neighbour> find(std::uint32_t node) const {
        std::vector<Neighbour> neighbours = find_nearest(node);
        add_long_range(node, neighbours);
        return neighbours;
    }

    double population(std::uint32_t node) const { return tree_.points()[node].mass; }

 private:
    double rounded_distance_m(std::uint32_t a, std::uint32_t b) const {
        // Both ways round must give one number: ask in the order of ids.
        const auto [first, second] = std::minmax(a, b);
        return std::round(distance_m_(places_[rows_[first]].position, places_[rows_[second]].position));
    }

    /// The k nearest by geodesic. The k nearest in a straight line give a distance; whoever is as near as
    /// that lies within the straight line belonging to it.
    std::vector<Neighbour> find_nearest(std::uint32_t node) const {
        double reach_m = 0.0;
        const std::vector<std::uint32_t> first = tree_.nearest(node, options_.nearest);
        for (const std::uint32_t other : first) reach_m = std::max(reach_m, rounded_distance_m(node, other));
        if (first.empty()) return {};
        std::vector<std::uint32_t> candidates;
        tree_.collect_within(node, longest_chord_m(reach_m + 1.0), candidates);
        std::vector<Neighbour> near;
        near.reserve(candidates.size());
        for (const std::uint32_t other : candidates)
            near.push_back({other, rounded_distance_m(node, other), 0.0});
        std::sort(near.begin(), near.end(), [](const Neighbour& a, const Neighbour& b) {
            return a.distance_m != b.distance_m ? a.distance_m < b.distance_m : a.node < b.node;
        });
        count_people_between(near);
        near.resize(std::min<std::size_t>(near.size(), options_.nearest));
        return near;
    }

    /// s_ij from a complete list of nearer places: everybody nearer, and the others exactly as near.
    void count_people_between(std::vector<Neighbour>& near) const {
        double nearer = 0.0;
        for (std::size_t begin = 0; begin < near.size();) {
            std::size_t end = begin;
            while (end < near.size() && near[end].distance_m == near[begin].distance_m) ++end;
            double tied = 0.0;
            for (std::size_t i = begin; i < end; ++i) {
                double others = 0.0;
                for (std::size_t k = begin; k < end; ++k) {
                    if (k != i) others += population(near[k].node);
                }
                near[i].people_between = nearer + others;
                tied += population(near[i].node);
            }
            nearer += tied;
            begin = end;
        }
    }

    void add_long_range(std::uint32_t node, std::vector<Neighbour>& neighbours) const {
        for (Neighbour far : find_strongest_far(node)) {
            const bool known = std::any_of(neighbours.begin(), neighbours.end(),
                                           [&](const Neighbour& n) { return n.node == far.node; });
            if (known) continue;
            if (options_.kernel == ProximityKernel::radiation)
                far.people_between = sum_people_between(node, far);
            neighbours.push_back(far);
        }
    }

    /// The places beyond long_range_beyond_m with the largest population / d², ties by id.
    std::vector<Neighbour> find_strongest_far(std::uint32_t node) const {
        struct Pull {
            double strength = 0.0;
            Neighbour to;
        };
        std::vector<Pull> best;  // strongest first
        const std::size_t wanted = options_.long_range;
        if (wanted == 0) return {};
        const double nearest_m = std::max(1.0, std::ceil(options_.long_range_beyond_m));
        const auto bound = [&](double largest_population, double min_chord_m) {
            const double d = std::max(nearest_m, shortest_geodesic_m(min_chord_m) - 1.0);
            return largest_population / (d * d);
        };
        const auto enough = [&](double strength) {
            return strength <= 0.0 || (best.size() == wanted && strength < best.back().strength);
        };
        const double surely_too_near_m = shortest_chord_m(nearest_m - 1.0);
        const auto visit = [&](std::uint32_t other, double chord_m) {
            if (other == node || chord_m < surely_too_near_m) return;
            const double d = rounded_distance_m(node, other);
            if (d < nearest_m) return;
            const Pull pull{population(other) / (d * d), {other, d, 0.0}};
            const auto stronger = [](const Pull& a, const Pull& b) {
                return a.strength != b.strength ? a.strength > b.strength : a.to.node < b.to.node;
            };
            best.insert(std::upper_bound(best.begin(), best.end(), pull, stronger), pull);
            if (best.size() > wanted) best.pop_back();
        };
        tree_.search_best(node, bound, enough, visit);
        std::vector<Neighbour> far;
        far.reserve(best.size());
        for (const Pull& pull : best) far.push_back(pull.to);
        return far;
    }

    /// s_ij of one far place, by the tree; only who stands at nearly the same distance is measured.
    double sum_people_between(std::uint32_t node, const Neighbour& far) const {
        std::vector<std::uint32_t> between;
        const double inside = tree_.sum_within(node, shortest_chord_m(std::max(0.0, far.distance_m - 1.0)),
                                               longest_chord_m(far.distance_m + 1.0), between);
        std::sort(between.begin(), between.end());
        double people = std::max(0.0, inside - population(node));
        for (const std::uint32_t other : between) {
            if (other != far.node && other != node && rounded_distance_m(node, other) <= far.distance_m) {
                people += population(other);
            }
        }
        return people;
    }

    std::span<const Place> places_;
    const std::vector<std::uint32_t>& rows_;
    const ProximityOptions& options_;
    const DistanceFunction& distance_m_;
    PlaceTree tree_;
};

double weigh(const ProximityOptions& options, double own_population, double other_population,
             const Neighbour& neighbour) {
    switch (options.kernel) {
        case ProximityKernel::radiation:
            return radiation_share(own_population, other_population, neighbour.people_between);
        case ProximityKernel::gravity:
            return gravity_pull(other_population, neighbour.distance_m, options.decay_m);
    }
    return 0.0;
}

}  // namespace

EdgeList build_proximity(std::span<const Place> places, const ProximityOptions& options,
                         const DistanceFunction& distance_m) {
    check(places, options);
    const std::vector<std::uint32_t> rows = order_by_id(places);
    const NeighbourSearch search(places, rows, options, distance_m);
    EdgeList edges;
    edges.reserve(rows.size() * (options.nearest + options.long_range));
    for (std::uint32_t node = 0; node < rows.size(); ++node) {
        for (const Neighbour& neighbour : search.find(node)) {
            const double weight =
                weigh(options, search.population(node), search.population(neighbour.node), neighbour);
            if (weight > 0.0) edges.push_back({rows[neighbour.node], rows[node], weight});
        }
    }
    std::sort(edges.begin(), edges.end(),
              [](const Edge& a, const Edge& b) { return a.to != b.to ? a.to < b.to : a.from < b.from; });
    return edges;
}

}  // namespace domino::geo
