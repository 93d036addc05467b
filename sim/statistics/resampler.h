#pragma once

#include <cstddef>
#include <cstdint>

namespace domino::sim {

/// SplitMix64 (Steele, Lea & Flood 2014): enough for a bootstrap, the same bits everywhere.
class Resampler {
 public:
    explicit Resampler(std::uint64_t seed) : state_(seed) {}

    /// A number in 0 … count − 1 (count < 2^32; bias below count/2^32).
    std::size_t pick(std::size_t count) {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        z ^= z >> 31U;
        return static_cast<std::size_t>(((z >> 32U) * count) >> 32U);
    }

 private:
    std::uint64_t state_;
};

/// Resamples of a paired bootstrap.
inline constexpr int bootstrap_replicates = 4000;

}  // namespace domino::sim
