#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/world.h"

namespace domino::sim {

/// A dated edge that begins or ceases to act at the start of a step after the first.
struct EdgeChange {
    std::int32_t step = 0;
    std::uint32_t source = 0;
    std::uint32_t target = 0;
    std::uint32_t outgoing = 0;  ///< position among the outgoing edges
    bool begins = false;
};

/// The edges of a layer seen from their sources, for whoever pushes: outgoing edges of place j stand at
/// begin[j] … begin[j + 1].
struct OutgoingEdges {
    std::vector<std::uint32_t> begin;
    std::vector<std::uint32_t> target;
    std::vector<std::int32_t> weight;  ///< PreparedLayer::fixed_weight
    std::vector<std::uint32_t> edge;   ///< position in the rows
    std::vector<EdgeChange> changes;   ///< of dated layers, in order of steps
};

/// A layer ready for the kernel. Exposure `E_i(t) = Σ_j w_ij(t) y_j / N_i(t)`: N_i is max(1, the largest sum
/// of live weights the row has had up to t), so an ended edge does not strengthen the others and a future one
/// changes nothing before it starts.
struct PreparedLayer {
    LayerKind kind = LayerKind::user;
    bool carries_technology = false;
    Response response = Response::exposure;
    std::vector<std::uint32_t> row_begin;
    std::vector<std::uint32_t> source;
    std::vector<double> weight;           ///< of undated layers: already divided by N_i
    std::vector<std::int32_t> from_step;  ///< empty where every edge is always live
    std::vector<std::int32_t> to_step;
    std::vector<double> inverse_normaliser;  ///< dated layers: [nonempty row][step]
    std::vector<std::uint32_t> row_slot;     ///< dated layers: place → nonempty row, or no_slot
    /// w_ij over the largest N_i of the run, in units of 2⁻³⁰, rounded up: sums are exact in any order, and a
    /// threshold met exactly is met.
    std::vector<std::int32_t> fixed_weight;
    std::vector<float> exposure_unit;  ///< dated layers: 2⁻³⁰ · largest N_i / N_i(t), [nonempty row][step]
    OutgoingEdges outgoing;

    static constexpr std::uint32_t no_slot = 0xFFFFFFFF;
    bool dated() const { return !from_step.empty(); }
    bool live(std::size_t edge, int step) const {
        return from_step.empty() || (from_step[edge] <= step && step < to_step[edge]);
    }
    /// What a unit of fixed weight counts for in E_i(t).
    float unit(std::uint32_t place, int step, int steps) const {
        if (!dated() || row_slot[place] == no_slot) return fixed_exposure;
        return exposure_unit[static_cast<std::size_t>(row_slot[place]) * static_cast<std::size_t>(steps) +
                             static_cast<std::size_t>(step)];
    }
    static constexpr float fixed_exposure = 0x1.0p-30f;
    /// 1/N_i(t) of a dated row that has edges.
    double scale(std::uint32_t place, int step, int steps) const {
        return inverse_normaliser[static_cast<std::size_t>(row_slot[place]) *
                                      static_cast<std::size_t>(steps) +
                                  static_cast<std::size_t>(step)];
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
struct PreparedWorld {
    const World* world = nullptr;
    int steps = 0;
    std::size_t places = 0;
    std::size_t technologies = 0;
    std::vector<PreparedLayer> layers;
    std::vector<CountryEffects> effects;                     ///< by country
    std::vector<std::vector<std::uint32_t>> country_places;  ///< ascending
    std::vector<std::vector<std::uint32_t>> admin1_places;   ///< ascending
    /// The same places in ascending order of key: for draws that walk a list, so that the order of rows does
    /// not decide who is drawn.
    std::vector<std::vector<std::uint32_t>> country_places_by_key;
    std::vector<double> units_serving_all;      ///< U at the start, [place][technology]
    std::vector<double> initial_stock;          ///< A(t0), [place][technology]
    std::vector<std::uint8_t> supported;        ///< [step][place], row of support_levels; 0: none
    std::vector<SupportLevel> support_levels;   ///< S by activity; the first is no support
    std::vector<double> programme_spent_jpy;    ///< nominal, [programme][year]
    std::vector<std::uint16_t> support_months;  ///< funded months, a bit each, [window][touched year]
    std::vector<std::int32_t>
        committed_from_step;                  ///< observed commitments; −1 before the run, INT32_MAX none
    std::vector<std::uint16_t> engaged_step;  ///< first step with a live agreement, never_step none
    const SupportLevel& support_at(int step, std::size_t place) const {
        return support_levels[supported[static_cast<std::size_t>(step) * places + place]];
    }
    double allocation_error = 0.0;  ///< largest relative error of places' base emissions against their sector
};

/// A layer of the world made ready with the given weights of its edges, FrozenLayer::weight or a member's
/// own. The edges of a row stand in ascending order of their source's key, whatever the order of places.
PreparedLayer prepare_layer(const World& world, std::size_t layer, const std::vector<double>& weight);

/// Checks a world's shapes and numbers and prepares it. Programmes fund their windows by start date, then
/// place id, while the year's budget lasts (model §3). Throws std::invalid_argument naming the first field
/// that is out of shape, not finite or negative. Deterministic.
PreparedWorld prepare(const World& world);

}  // namespace domino::sim
