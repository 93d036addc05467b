#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/kernel/lane_array.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// Ties along which technologies spread, of all layers together: the rows of places one after the other by
/// position (PlaceOrder), each a list of sources (positions too) and weights in the order of layers and
/// edges. Weights are shared by the members of a batch or each member's own.
class CarriedTies {
 public:
    /// Edges of a list of rows.
    struct Edges {
        std::vector<std::uint32_t> source;
        std::vector<float> weight;  ///< by edge, where all members have the same
        LaneArray drawn;            ///< by edge, where they differ

        bool by_member() const { return !drawn.empty(); }
    };

    CarriedTies() = default;
    /// `ties_of` holds each lane's preparation of the world, with its own weights of ties, or the shared one.
    CarriedTies(const PreparedWorld& prepared, std::span<const PreparedWorld* const> ties_of);

    bool empty() const { return row_begin_.empty(); }

    /// Dated ties as they are live in a step, divided by what their rows have summed to so far. Asks for no
    /// memory.
    void begin_step(int step);

    /// Ties that always act: those of position n stand at row_begin[n] … row_begin[n + 1].
    const std::vector<std::uint32_t>& row_begin() const { return row_begin_; }
    const Edges& fixed() const { return fixed_; }

    /// Ties live in the step begun: those of position live_places[n] stand at live_begin[n] … live_begin[n +
    /// 1].
    const std::vector<std::uint32_t>& live_places() const { return live_places_; }
    const std::vector<std::uint32_t>& live_begin() const { return live_begin_; }
    const Edges& live() const { return live_; }

 private:
    /// One layer, as each lane sees it.
    using Layer = std::array<const PreparedLayer*, lane_count>;

    void add_fixed(const std::vector<Layer>& layers, const PlaceOrder& order);
    void add_live(const Layer& layer, std::uint32_t place, int step);

    int steps_ = 0;
    bool live_by_member_ = false;
    std::vector<std::uint32_t> row_begin_;
    Edges fixed_;
    std::vector<Layer> dated_;
    PlaceOrder order_;
    std::vector<std::uint32_t> dated_places_;  ///< positions with a row in a dated layer, ascending
    std::vector<std::uint32_t> live_places_, live_begin_;
    Edges live_;
};

}  // namespace domino::sim
