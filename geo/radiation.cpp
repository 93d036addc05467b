#include "geo/radiation.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace domino::geo {

namespace {

bool is_size(double value) {
    return value >= 0.0 && value <= 1.7e308;
}

struct Other {
    double distance = 0.0;
    std::size_t row = 0;
};

/// All places but `i`, nearest first.
std::vector<Other> others_by_distance(std::size_t i, std::size_t count,
                                      const std::function<double(std::size_t, std::size_t)>& distance) {
    std::vector<Other> others;
    for (std::size_t j = 0; j < count; ++j) {
        if (j == i) continue;
        const double d = distance(i, j);
        if (!is_size(d)) {
            throw std::invalid_argument("distance from row " + std::to_string(i) + " to row " +
                                        std::to_string(j) + " is negative or not finite; give a length");
        }
        others.push_back({d, j});
    }
    std::sort(others.begin(), others.end(), [](const Other& a, const Other& b) {
        return a.distance != b.distance ? a.distance < b.distance : a.row < b.row;
    });
    return others;
}

}  // namespace

std::vector<double> radiation_shares(std::span<const double> populations,
                                     const std::function<double(std::size_t, std::size_t)>& distance) {
    const std::size_t n = populations.size();
    for (std::size_t i = 0; i < n; ++i) {
        if (!is_size(populations[i])) {
            throw std::invalid_argument("population of row " + std::to_string(i) +
                                        " is negative or not finite; give a number of people");
        }
    }
    std::vector<double> shares(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        const std::vector<Other> others = others_by_distance(i, n, distance);
        double nearer = 0.0;
        for (std::size_t from = 0; from < others.size();) {
            std::size_t to = from;
            double ring = 0.0;
            while (to < others.size() && others[to].distance == others[from].distance) {
                ring += populations[others[to++].row];
            }
            for (; from < to; ++from) {
                const double there = populations[others[from].row];
                const double between = nearer + (ring - there);
                shares[i * n + others[from].row] = radiation_share(populations[i], there, between);
            }
            nearer += ring;
        }
    }
    return shares;
}

}  // namespace domino::geo
