#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace domino::sim {

/// Which nodes are active, in the order they became so. Clearing costs what was activated, not the size of
/// the graph, so that a million small cascades on a large graph stay cheap.
class Activation {
 public:
    explicit Activation(std::size_t nodes = 0) : active_(nodes, 0), influence_(nodes, 0.0) {}

    /// Nobody active, no influence.
    void clear() {
        for (const std::uint32_t row : rows_) active_[row] = 0;
        for (const std::uint32_t row : influenced_) influence_[row] = 0.0;
        rows_.clear();
        influenced_.clear();
    }
    /// Clears, then activates @p seeds, each once.
    void start(std::span<const std::uint32_t> seeds) {
        clear();
        for (const std::uint32_t row : seeds) activate(row);
    }

    bool contains(std::uint32_t row) const { return active_[row] != 0; }
    /// No effect when it is active already.
    void activate(std::uint32_t row) {
        if (active_[row] != 0) return;
        active_[row] = 1;
        rows_.push_back(row);
    }
    /// Adds to what acts on @p row and returns the sum.
    double add_influence(std::uint32_t row, double weight) {
        if (influence_[row] == 0.0) influenced_.push_back(row);
        return influence_[row] += weight;
    }

    std::span<const std::uint32_t> rows() const { return rows_; }
    std::size_t size() const { return rows_.size(); }
    std::uint32_t operator[](std::size_t order) const { return rows_[order]; }

 private:
    std::vector<std::uint8_t> active_;
    std::vector<double> influence_;
    std::vector<std::uint32_t> rows_;
    std::vector<std::uint32_t> influenced_;
};

}  // namespace domino::sim
