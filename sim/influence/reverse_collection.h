#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "sim/ensemble_threads.h"
#include "sim/influence/reverse_sampler.h"

namespace domino::sim {

/// Reverse-reachable sets first_set, first_set + 1, … of a sampler, in parts of equal size that threads make
/// and search side by side. What is in it does not depend on threads.
class ReverseCollection {
 public:
    struct Part {
        std::vector<std::uint64_t> begin{0};  ///< by set, into rows
        std::vector<std::uint32_t> rows;

        std::size_t sets() const { return begin.size() - 1; }
        std::span<const std::uint32_t> rows_of(std::size_t set) const {
            return std::span(rows).subspan(begin[set], begin[set + 1] - begin[set]);
        }
    };

    /// Refers to the sampler. Sets are numbered from `first_set`.
    ReverseCollection(const ReverseSampler& sampler, std::uint64_t first_set)
        : sampler_(sampler), first_set_(first_set) {}

    /// Makes sets until there are `sets` of them, rounded up to a whole part. One of the threads does
    /// `meanwhile`, which must leave the collection alone. `stop` is asked before each part; true leaves the
    /// collection as it is and throws Cancelled.
    void grow(std::uint64_t sets, const Threads* threads, const std::function<bool()>& stop = {},
              const std::function<void()>& meanwhile = {});

    std::uint64_t sets() const { return parts_.size() * part_sets; }
    /// They stay where they are when more come.
    const std::deque<Part>& parts() const { return parts_; }
    std::size_t bytes() const;
    /// Sets that hold at least one of the first, the first two, … of the seeds.
    std::vector<std::uint64_t> covered(const std::vector<std::uint32_t>& seeds, const Threads* threads) const;

    static constexpr std::uint64_t part_sets = 256;

 private:
    /// Scratch of the threads that are at work; as many as there have ever been at once.
    class Scratches {
     public:
        std::unique_ptr<ReverseScratch> take(std::size_t nodes);
        void give(std::unique_ptr<ReverseScratch> scratch);

     private:
        std::mutex mutex_;
        std::vector<std::unique_ptr<ReverseScratch>> free_;
    };

    Part make_part(std::size_t number, const std::function<bool()>& stop);

    const ReverseSampler& sampler_;
    std::uint64_t first_set_;
    std::deque<Part> parts_;
    Scratches scratches_;
};

}  // namespace domino::sim
