#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace domino::sim {

/// Which nodes a sampler has met, cleared in the time of one addition.
class ReverseScratch {
 public:
    explicit ReverseScratch(std::size_t nodes) : met_in_(nodes, 0) {}

    void start() {
        if (++set_ != 0) return;
        met_in_.assign(met_in_.size(), 0);
        set_ = 1;
    }
    /// False when the node has been met already.
    bool meet(std::uint32_t row) {
        if (met_in_[row] == set_) return false;
        met_in_[row] = set_;
        return true;
    }
    bool met(std::uint32_t row) const { return met_in_[row] == set_; }

    /// Sets made, before they are kept elsewhere.
    std::vector<std::uint32_t> rows;
    /// For samplers that go by time: (step, row), earliest first.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> queue;

 private:
    std::vector<std::uint32_t> met_in_;
    std::uint32_t set_ = 0;
};

/// Draws reverse-reachable sets (Borgs et al. 2014): a target is drawn uniformly, and with it a course of
/// chance; the set holds every node from which, as the only seed, the target would be reached. Then
/// nodes × P(a set holds one of S) is what seeds S add to the expected spread.
class ReverseSampler {
 public:
    virtual ~ReverseSampler() = default;

    virtual std::size_t nodes() const = 0;
    /// Appends the rows of set number @p set, each once. Depends on the sampler and the number alone.
    virtual void sample(std::uint64_t set, ReverseScratch& scratch,
                        std::vector<std::uint32_t>& rows) const = 0;
};

}  // namespace domino::sim
