#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace domino::geo {

/// The stable number of a place: a 64-bit hash of its textual id. Random draws are addressed by it, so it
/// must not depend on which other places a scenario holds or on their order.
struct PlaceKey {
    std::uint64_t value = 0;

    friend auto operator<=>(const PlaceKey&, const PlaceKey&) = default;
};

/// FNV-1a (64 bit) of a textual id such as "GN1850147" or "JP-13.rest". Deterministic on every machine.
constexpr PlaceKey place_key(std::string_view id) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : id) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    return PlaceKey{hash};
}

}  // namespace domino::geo
