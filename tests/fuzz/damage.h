#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace domino::fuzz {

/// Damages files the way bad discs, bad downloads and bad writers do: the same seed always in the same way.
/// Most of it falls on the beginning, where headers are.
class Damage {
 public:
    explicit Damage(std::uint64_t seed) : state_(seed) {}

    std::string apply(std::string bytes) {
        for (std::uint64_t left = 1 + next(4); left > 0 && !bytes.empty(); --left) {
            const std::size_t at = choose_place(bytes.size());
            switch (next(6)) {
                case 0:
                    bytes[at] = static_cast<char>(bytes[at] ^ (1 << next(8)));
                    break;
                case 1:
                    bytes[at] = static_cast<char>(next(256));
                    break;
                case 2:
                    overwrite_number(bytes, at);
                    break;
                case 3:
                    bytes.erase(at, 1 + next(16));
                    break;
                case 4:
                    bytes.insert(at, bytes.substr(choose_place(bytes.size()), 1 + next(32)));
                    break;
                default:
                    bytes.resize(next(3) == 0 ? next(bytes.size()) : bytes.size());
            }
        }
        return bytes;
    }

 private:
    /// SplitMix64 (Steele, Lea and Flood 2014).
    std::uint64_t next(std::uint64_t below) {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return (z ^ (z >> 31U)) % below;
    }
    std::size_t choose_place(std::size_t size) {
        constexpr std::size_t header = 512;
        return next(next(4) == 0 ? size : std::min(size, header));
    }
    /// Sizes, counts and offsets as no reader should believe them.
    void overwrite_number(std::string& bytes, std::size_t at) {
        constexpr std::array<std::uint32_t, 8> odd = {0,          1,          0x7fff,     0xffff,
                                                      0x00010000, 0x7fffffff, 0x80000000, 0xffffffff};
        const std::uint32_t number = odd[next(odd.size())];
        const std::size_t length = next(2) == 0 ? 2 : 4;
        std::memcpy(bytes.data() + at, &number, std::min(length, bytes.size() - at));
    }

    std::uint64_t state_;
};

}  // namespace domino::fuzz
