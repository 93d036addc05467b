#pragma once

#include <vector>

#include "sim/slot_range.h"

namespace domino::sim {

/// Which members of a run are there.
class SlotCoverage {
 public:
    explicit SlotCoverage(int members) : there_(static_cast<std::size_t>(members), false) {}

    /// Notes members. Throws std::invalid_argument for members that are not the run's, or there already.
    void add(SlotRange slots);
    /// Those of `within` that are not there, ascending.
    std::vector<SlotRange> missing(SlotRange within) const;

 private:
    std::vector<bool> there_;
};

}  // namespace domino::sim
