#pragma once

#include <cstddef>
#include <vector>

#include "sim/kernel/lane.h"

namespace domino::sim {

/// In which members of a batch places have reached a stage, so that each member is told once and a place
/// where nothing is new costs one look for all members.
class StageMarks {
 public:
    StageMarks(std::size_t places, std::size_t members)
        : marked_(places, 0), everybody_((1U << members) - 1U) {}

    /// Whether every member has been told of the place.
    bool complete(std::size_t place) const { return marked_[place] == everybody_; }

    /// Calls tell(member) for each member that is new among `reached`.
    template <class Tell>
    void mark(std::size_t place, MemberBits reached, const Tell& tell) {
        const auto fresh = static_cast<MemberBits>(reached & everybody_ & ~unsigned{marked_[place]});
        marked_[place] = static_cast<MemberBits>(marked_[place] | fresh);
        each_member(fresh, tell);
    }

 private:
    std::vector<MemberBits> marked_;
    unsigned everybody_;
};

}  // namespace domino::sim
