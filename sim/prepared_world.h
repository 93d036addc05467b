#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/frozen_array.h"
#include "sim/place_order.h"
#include "sim/world.h"

namespace domino::sim {

/// A row of a dated layer in which an edge begins or ceases to act at the start of a step after the first.
struct RowChange {
    std::int32_t step = 0;
    std::uint32_t place = 0;
};

/// The edges of a layer seen from their sources, for whoever pushes: outgoing edges of place j stand at
/// begin[j] … begin[j + 1].
struct OutgoingEdges {
    FrozenArray<std::uint32_t> begin;
    FrozenArray<std::uint32_t> target;
    FrozenArray<std::uint32_t> edge;  ///< position in the rows
};

/// A layer ready for the kernel. Exposure `E_i(t) = Σ_j w_ij(t) y_j / N_i(t)`: N_i is max(1, the largest sum
/// of live weights the row has had up to t), so an ended edge does not strengthen the others and a future one
/// changes nothing before it starts. Preparations of one layer with other weights share all the rest.
struct PreparedLayer {
    LayerKind kind = LayerKind::user;
    bool carries_technology = false;
    Response response = Response::exposure;
    FrozenArray<std::uint32_t> row_begin;
    FrozenArray<std::uint32_t> source;
    FrozenArray<std::uint32_t> given;     ///< position in the arrays of FrozenLayer, by edge
    FrozenArray<double> weight;           ///< of undated layers: already divided by N_i
    FrozenArray<std::int32_t> from_step;  ///< empty where every edge is always live
    FrozenArray<std::int32_t> to_step;
    FrozenArray<RowChange> changes;          ///< of dated layers, in order of steps
    FrozenArray<double> inverse_normaliser;  ///< dated layers: [nonempty row][step]
    FrozenArray<std::uint32_t> row_slot;     ///< dated layers: place → nonempty row, or no_slot
    OutgoingEdges outgoing;

    static constexpr std::uint32_t no_slot = 0xFFFFFFFF;
    bool dated() const { return !from_step.empty(); }
    bool live(std::size_t edge, int step) const {
        return from_step.empty() || (from_step[edge] <= step && step < to_step[edge]);
    }
    /// 1/N_i(t) of a dated row that has edges.
    double scale(std::uint32_t place, int step, int steps) const {
        return inverse_normaliser[static_cast<std::size_t>(row_slot[place]) *
                                      static_cast<std::size_t>(steps) +
                                  static_cast<std::size_t>(step)];
    }
    /// The least k ≥ 0 with 2^k ≥ N_i(t) of a dated row that has edges; 0 of the others, whose weights are
    /// divided by N_i.
    int exponent(std::uint32_t place, int step, int steps) const {
        if (!dated() || row_slot[place] == no_slot) return 0;
        constexpr std::uint64_t exponent_of_one = 1023;
        const auto bits = std::bit_cast<std::uint64_t>(scale(place, step, steps));
        return static_cast<int>(exponent_of_one - (bits >> 52));
    }
    /// An edge's weight at an exponent of its row: in units of 2^(k − 30), rounded up. Sums over a row are
    /// below 2³¹, exact in any order, and a threshold met exactly is met.
    std::int32_t fixed_weight(std::size_t edge, int exponent) const {
        const double units = std::ceil(weight[edge] * power_of_two(fixed_bits - exponent));
        return static_cast<std::int32_t>(std::min(units, power_of_two(fixed_bits)));
    }
    /// What a unit of fixed weight counts for in E_i(t).
    float unit(std::uint32_t place, int step, int steps) const {
        if (!dated() || row_slot[place] == no_slot) return fixed_exposure;
        return static_cast<float>(scale(place, step, steps) *
                                  power_of_two(exponent(place, step, steps) - fixed_bits));
    }
    static constexpr int fixed_bits = 30;
    static constexpr float fixed_exposure = 0x1.0p-30f;

 private:
    static double power_of_two(int n) {
        return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52);
    }
};

/// What a technology does to one sector of one country.
struct DirectEffect {
    std::uint16_t technology = 0;
    Sector sector = Sector::buildings_fuel;
    double alpha = 0.0;  ///< α_ks: share of the sector's activity emissions saved when all units are modern
};

struct ElectricityEffect {
    std::uint16_t technology = 0;
    Sector sector = Sector::electricity_residential;
    double kwh_per_unit_year = 0.0;  ///< saved or generated (+), used (−)
};

struct CountryEffects {
    std::vector<DirectEffect> direct;
    std::vector<ElectricityEffect> electricity;
};

/// A world with everything computed that no member changes. Refers to the world, which must outlive it.
/// Copies share its arrays.
struct PreparedWorld {
    const World* world = nullptr;
    int steps = 0;
    std::size_t places = 0;
    std::size_t technologies = 0;
    std::vector<PreparedLayer> layers;
    PlaceOrder order;
    FrozenArray<CountryEffects> effects;                     ///< by country
    FrozenArray<std::vector<std::uint32_t>> country_places;  ///< ascending
    FrozenArray<std::vector<std::uint32_t>> admin1_places;   ///< ascending
    /// The same places in ascending order of key: for draws that walk a list, so that the order of rows does
    /// not decide who is drawn.
    FrozenArray<std::vector<std::uint32_t>> country_places_by_key;
    FrozenArray<std::vector<std::uint32_t>> scheme_places;  ///< of each price scheme's countries, ascending
    FrozenArray<double> units_serving_all;                  ///< U at the start, [place][technology]
    FrozenArray<double> initial_stock;                      ///< A(t0), [place][technology]
    FrozenArray<std::uint8_t> supported;                    ///< [step][place], row of support_levels; 0: none
    FrozenArray<SupportLevel> support_levels;               ///< S by activity; the first is no support
    FrozenArray<double> programme_spent_jpy;                ///< nominal, [programme][year]
    FrozenArray<std::uint16_t> support_months;  ///< funded months, a bit each, [window][touched year]
    FrozenArray<std::int32_t>
        committed_from_step;                  ///< observed commitments; −1 before the run, INT32_MAX none
    FrozenArray<std::uint16_t> engaged_step;  ///< first step with a live agreement, never_step none
    const SupportLevel& support_at(int step, std::size_t place) const {
        return support_levels[supported[static_cast<std::size_t>(step) * places + place]];
    }
    double allocation_error = 0.0;  ///< largest relative error of places' base emissions against their sector
};

/// The layer with other weights of its edges, in the order of FrozenLayer::weight; rows are normalised anew.
PreparedLayer with_weights(const PreparedLayer& layer, const std::vector<double>& weight, int steps);

/// Checks a world's shapes and numbers and prepares it. Programmes fund their windows by start date, then
/// place id, while the year's budget lasts (model §3). Throws std::invalid_argument naming the first field
/// that is out of shape, not finite or negative. Deterministic.
PreparedWorld prepare(const World& world);

}  // namespace domino::sim
