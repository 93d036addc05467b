#pragma once

namespace domino::sim {

/// Members by their place among those of a run: slot n is member first_member + n.
struct SlotRange {
    int begin = 0;
    int end = 0;

    int size() const { return end - begin; }
    friend bool operator==(const SlotRange&, const SlotRange&) = default;
};

}  // namespace domino::sim
