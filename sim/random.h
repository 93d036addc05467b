#pragma once

#include <array>
#include <cstdint>

#include "geo/place_id.h"

namespace domino::sim {

/// What a random number decides. The values are part of every address: never renumber, only append.
enum class Process : std::uint32_t {
    parameter = 1,          ///< sub: hash of the symbol
    country_parameter = 2,  ///< sub: hash of the symbol
    frailty = 3,
    commitment_threshold = 4,
    commitment_cause = 5,
    block_shock = 6,
    block_join = 7,
    cost_noise = 8,  ///< sub: hash of the technology id
    credit_count = 9,
    credit_place = 10,
    credit_size = 11,
    credit_technology = 12,
    linked_credit = 13,
    dynamics = 100,  ///< the textbook dynamics of sim/dynamics; sub: hash of what is drawn
    statistics =
        101,  ///< sim/statistics: shifts of quasi-random points, test series; sub: hash of what is drawn
};

/// Everything a random number is addressed by. The same address gives the same number in every scenario,
/// for any number of threads and any order of rows (model §7).
struct DrawAddress {
    std::uint64_t seed = 0;
    Process process = Process::parameter;
    std::uint32_t sub = 0;  ///< technology, layer or symbol
    std::uint32_t member = 0;
    std::int32_t time = 0;    ///< calendar month or year; 0 for draws made once
    std::uint64_t id = 0;     ///< stable id of the place, unit or country
    std::uint32_t index = 0;  ///< several draws at one address
};

/// Four independent 64-bit words of Philox4x64-10 (Salmon et al. 2011; Random123): key (seed, process and
/// sub), counter (member, time, id, index).
std::array<std::uint64_t, 4> random_words(const DrawAddress& address);

/// Uniform in the open interval (0, 1): the top 53 bits, centred in their cell.
constexpr double to_uniform(std::uint64_t word) {
    return (static_cast<double>(word >> 11) + 0.5) * 0x1.0p-53;
}

/// The first word as a uniform in (0, 1).
double uniform(const DrawAddress& address);
/// A standard normal by inversion of the first word.
double standard_normal(const DrawAddress& address);
/// A standard exponential, −ln u.
double standard_exponential(const DrawAddress& address);

/// 32-bit FNV-1a, for the `sub` of an address.
constexpr std::uint32_t sub_of(std::string_view name) {
    std::uint32_t hash = 2166136261U;
    for (const char c : name) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 16777619U;
    }
    return hash;
}

}  // namespace domino::sim
