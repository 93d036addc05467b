#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace domino::sim {

/// What a place's emissions are split into: fuel burnt, processes and waste (scope 1), and the electricity
/// of its users (location-based scope 2). GPC codes: I.1–I.3, II, IV, III.
enum class Sector : std::uint8_t {
    buildings_fuel,
    transport_fuel,
    industry_fuel,
    processes,
    waste,
    electricity_residential,
    electricity_commercial,
    electricity_industry,
    electricity_transport,
};

inline constexpr std::size_t sector_count = 9;
inline constexpr std::size_t first_electricity_sector = 5;

inline constexpr std::array<std::string_view, sector_count> sector_ids = {"buildings_fuel",
                                                                          "transport_fuel",
                                                                          "industry_fuel",
                                                                          "processes",
                                                                          "waste",
                                                                          "electricity_residential",
                                                                          "electricity_commercial",
                                                                          "electricity_industry",
                                                                          "electricity_transport"};

constexpr std::size_t index(Sector s) {
    return static_cast<std::size_t>(s);
}
constexpr bool is_electricity(Sector s) {
    return index(s) >= first_electricity_sector;
}

/// What no place owns and stays in the national remainder.
enum class RemainderPart : std::uint8_t {
    agriculture,
    fugitive,
    other_fuel,
    heat_and_captive_power,
    unallocated
};

inline constexpr std::size_t remainder_count = 5;
inline constexpr std::array<std::string_view, remainder_count> remainder_ids = {
    "agriculture", "fugitive", "other_fuel", "heat_and_captive_power", "unallocated"};

}  // namespace domino::sim
