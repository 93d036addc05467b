#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/influence/reverse_collection.h"

namespace domino::sim {

/// Sets of some parts seen from their nodes. Nodes are thrown together by the last bits of their rows, few to
/// a bucket: to make it takes one pass and neither sorting nor a count of every node there is.
class SetHolders {
 public:
    using Part = ReverseCollection::Part;

    /// Refers to the parts' rows, which are below `nodes`. Their sets are numbered one after the other.
    SetHolders(const std::vector<const Part*>& parts, std::size_t nodes) {
        std::size_t rows = 0;
        for (const Part* part : parts) {
            rows += part->rows.size();
            for (std::size_t s = 0; s < part->sets(); ++s) rows_.push_back(part->rows_of(s));
        }
        const std::size_t buckets = std::bit_ceil(std::min(rows / 4 + 1, nodes));
        last_bits_ = static_cast<std::uint32_t>(buckets - 1);
        begin_.assign(buckets + 1, 0);
        for (const Part* part : parts)
            for (const std::uint32_t row : part->rows) ++begin_[(row & last_bits_) + 1];
        for (std::size_t b = 0; b < buckets; ++b) begin_[b + 1] += begin_[b];
        put_in_buckets(rows);
    }

    std::size_t sets() const { return rows_.size(); }
    std::span<const std::uint32_t> rows_of(std::uint32_t set) const { return rows_[set]; }

    /// Calls with each set that holds the node, ascending.
    template <class Call>
    void for_each_set_of(std::uint32_t row, const Call& call) const {
        const std::size_t bucket = row & last_bits_;
        for (std::uint64_t at = begin_[bucket]; at < begin_[bucket + 1]; ++at)
            if (held_[at].row == row) call(held_[at].set);
    }

    std::size_t bytes() const {
        return rows_.capacity() * sizeof(rows_[0]) + begin_.capacity() * sizeof(std::uint64_t) +
               held_.capacity() * sizeof(Held);
    }

 private:
    struct Held {
        std::uint32_t row, set;
    };

    void put_in_buckets(std::size_t rows) {
        held_.resize(rows);
        for (std::uint32_t set = 0; set < rows_.size(); ++set)
            for (const std::uint32_t row : rows_[set]) held_[begin_[row & last_bits_]++] = {row, set};
        // Each bucket's begin has moved to its end, which is where the next one's was.
        for (std::size_t b = begin_.size() - 1; b > 0; --b) begin_[b] = begin_[b - 1];
        begin_[0] = 0;
    }

    std::vector<std::span<const std::uint32_t>> rows_;  ///< by set
    std::uint32_t last_bits_ = 0;
    std::vector<std::uint64_t> begin_;  ///< by bucket
    std::vector<Held> held_;
};

}  // namespace domino::sim
