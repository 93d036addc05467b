#pragma once

#include <optional>

namespace domino::geo {

/// What a weighted mean over a zone is made of: sums, so that parts of the zone and files add up and are
/// divided once.
struct WeightedSum {
    double product = 0.0;    ///< Σ value · weight
    double weight = 0.0;     ///< Σ weight
    double known_km2 = 0.0;  ///< area of the zone that has a value and lies within the weights' edges

    void add(double value, double weight_of_value) {
        product += value * weight_of_value;
        weight += weight_of_value;
    }
    /// nullopt where nothing weighs.
    std::optional<double> mean() const {
        return weight > 0.0 ? std::optional(product / weight) : std::nullopt;
    }
};

}  // namespace domino::geo
