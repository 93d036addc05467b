#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

#include "sim/kernel/lane.h"

namespace domino::sim {

/// Rows of lanes put away without those that hold no member. `Row` is Lanes or IntLanes.
template <class Row>
class Packed {
 public:
    Packed() = default;
    /// `members` in 1 … lane_count.
    Packed(std::span<const Row> rows, std::size_t members) : members_(members) {
        values_.reserve(rows.size() * members);
        for (const Row& row : rows) {
            for (std::size_t m = 0; m < members; ++m) values_.push_back(row[m]);
        }
    }

    /// Into as many rows as were put away; lanes without a member repeat the last.
    void unpack(std::span<Row> rows) const {
        const Value* from = values_.data();
        for (Row& row : rows) {
            for (std::size_t m = 0; m < lane_count; ++m) row[m] = from[std::min(m, members_ - 1)];
            from += members_;
        }
    }

    std::size_t bytes() const { return values_.capacity() * sizeof(Value); }

 private:
    using Value = std::remove_cvref_t<decltype(Row{}[0])>;

    std::size_t members_ = 0;
    std::vector<Value> values_;
};

using PackedLanes = Packed<Lanes>;

}  // namespace domino::sim
