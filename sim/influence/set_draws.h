#pragma once

#include <array>
#include <cstdint>

#include "sim/random.h"

namespace domino::sim {

/// The random numbers of one reverse-reachable set, one after the other: a stream of Philox words addressed
/// by the seed and the number of the set, so that sets are the same whoever makes them and when.
class SetDraws {
 public:
    SetDraws(std::uint64_t seed, std::uint32_t what, std::uint64_t set)
        : address_{seed, Process::dynamics, what, 0, 0, set, 0} {}

    std::uint64_t word() {
        if (used_ == words_.size()) {
            words_ = random_words(address_);
            ++address_.index;
            used_ = 0;
        }
        return words_[used_++];
    }
    /// 0 … below − 1, all alike to 2⁻³²·below (Lemire 2019, without the rejection).
    std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>((static_cast<std::uint64_t>(half_word()) * bound) >> 32U);
    }
    double uniform() { return to_uniform(word()); }

 private:
    std::uint32_t half_word() {
        if (has_half_) {
            has_half_ = false;
            return static_cast<std::uint32_t>(half_);
        }
        half_ = word();
        has_half_ = true;
        return static_cast<std::uint32_t>(half_ >> 32U);
    }

    DrawAddress address_;
    std::array<std::uint64_t, 4> words_{};
    std::size_t used_ = 4;
    std::uint64_t half_ = 0;
    bool has_half_ = false;
};

}  // namespace domino::sim
