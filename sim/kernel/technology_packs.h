#pragma once

#include <algorithm>
#include <cstddef>

#include "sim/kernel/lane.h"

namespace domino::sim {

/// How technologies and members share the sixteen lanes of a row. Where members are few, most lanes would
/// only repeat the last: two technologies of up to eight members then stand side by side, or four of up to
/// four. Lanes never look at each other, so what stands beside a technology changes none of its bits.
class TechnologyPacks {
 public:
    TechnologyPacks() = default;
    /// 1 to lane_count members; at most `widest` technologies side by side.
    TechnologyPacks(std::size_t technologies, std::size_t members, std::size_t widest = 4)
        : technologies_(technologies), members_(members) {
        while (width() < widest && width() < technologies && 2 * width() * members <= lane_count) ++halvings_;
    }

    std::size_t technologies() const { return technologies_; }
    std::size_t members() const { return members_; }
    /// Technologies side by side: 1, 2 or 4.
    std::size_t width() const { return std::size_t{1} << halvings_; }
    bool side_by_side() const { return halvings_ > 0; }
    /// Lanes of each technology.
    std::size_t stride() const { return lane_count >> halvings_; }
    std::size_t count() const { return (technologies_ + width() - 1) >> halvings_; }

    std::size_t pack_of(std::size_t technology) const { return technology >> halvings_; }
    std::size_t first_lane(std::size_t technology) const { return technology % width() * stride(); }
    std::size_t lane_of(std::size_t technology, std::size_t member) const {
        return first_lane(technology) + member;
    }
    /// Lanes beyond the last technology repeat it.
    std::size_t technology_in(std::size_t pack, std::size_t lane) const {
        return std::min(pack * width() + lane / stride(), technologies_ - 1);
    }
    /// Lanes beyond the last member repeat it.
    std::size_t member_in(std::size_t lane) const { return std::min(lane % stride(), members_ - 1); }

    /// Calls `act(lane, technology, member)` for each lane of a pack.
    template <class Act>
    void each_lane_of(std::size_t pack, const Act& act) const {
        for (std::size_t lane = 0; lane < lane_count; ++lane)
            act(lane, technology_in(pack, lane), member_in(lane));
    }

    /// Of a pack's lanes those of a technology, as lanes of members: the rest repeat them.
    template <class Row>
    void gather(const Row& pack, std::size_t technology, Row& into) const {
        repeat(pack, first_lane(technology), into);
    }
    /// From lanes of members to those of a pack, where technologies do not differ.
    template <class Row>
    void deal(const Row& members_only, Row& into) const {
        repeat(members_only, 0, into);
    }
    /// The same where they do: `of_technology` gives the lanes of members of each.
    template <class OfTechnology>
    void deal(std::size_t pack, const OfTechnology& of_technology, Lanes& into) const {
        for (std::size_t lane = 0; lane < lane_count; lane += stride()) {
            const Lanes& from = of_technology(technology_in(pack, lane));
            std::copy_n(from.of.begin(), stride(), into.of.begin() + lane);
        }
    }

 private:
    template <class Row>
    void repeat(const Row& from, std::size_t first, Row& into) const {
        if (halvings_ == 2) {
            repeat<lane_count / 4>(from, first, into);
        } else if (halvings_ == 1) {
            repeat<lane_count / 2>(from, first, into);
        } else {
            into = from;
        }
    }
    template <std::size_t stride, class Row>
    static void repeat(const Row& from, std::size_t first, Row& into) {
        for (std::size_t lane = 0; lane < lane_count; lane += stride)
            std::copy_n(from.of.begin() + first, stride, into.of.begin() + lane);
    }

    std::size_t technologies_ = 0, members_ = 0;
    unsigned halvings_ = 0;  ///< of the lanes of a technology
};

}  // namespace domino::sim
