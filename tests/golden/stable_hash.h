#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace domino::golden {

/// FNV-1a (64 bit) over values byte by byte, the lowest first, so that machines of any byte order agree.
/// Floating-point numbers go in with every bit.
class StableHash {
 public:
    template <class Value>
    requires std::integral<Value> || std::is_enum_v<Value>
    void add(Value value) {
        const auto bits = static_cast<std::uint64_t>(value);
        for (std::size_t byte = 0; byte < sizeof(Value); ++byte) add_byte(bits >> (8 * byte));
    }
    void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
    void add(float value) { add(std::bit_cast<std::uint32_t>(value)); }
    void add(std::string_view text) {
        for (const char c : text) add(c);
    }
    /// Its length, then every value.
    template <class Values>
    requires(!std::convertible_to<Values, std::string_view>) && requires(const Values& v) { v.size(); }
    void add(const Values& values) {
        add(static_cast<std::uint64_t>(values.size()));
        for (const auto& value : values) add(value);
    }

    std::uint64_t value() const { return hash_; }

 private:
    void add_byte(std::uint64_t byte) {
        hash_ ^= byte & 0xFFU;
        hash_ *= 1099511628211ULL;
    }

    std::uint64_t hash_ = 14695981039346656037ULL;
};

}  // namespace domino::golden
