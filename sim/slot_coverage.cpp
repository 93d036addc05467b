#include "sim/slot_coverage.h"

#include <algorithm>
#include <stdexcept>

namespace domino::sim {

void SlotCoverage::add(SlotRange slots) {
    if (slots.begin < 0 || slots.size() < 1 || slots.end > static_cast<int>(there_.size()))
        throw std::invalid_argument("a block of members that are not of this run");
    const auto begin = there_.begin() + slots.begin;
    const auto end = there_.begin() + slots.end;
    if (std::find(begin, end, true) != end)
        throw std::invalid_argument("a block of members that are there already");
    std::fill(begin, end, true);
}

std::vector<SlotRange> SlotCoverage::missing(SlotRange within) const {
    std::vector<SlotRange> ranges;
    for (int slot = within.begin; slot < within.end; ++slot) {
        if (there_[static_cast<std::size_t>(slot)]) continue;
        if (!ranges.empty() && ranges.back().end == slot) {
            ++ranges.back().end;
        } else {
            ranges.push_back({slot, slot + 1});
        }
    }
    return ranges;
}

}  // namespace domino::sim
