#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace domino::sim {

/// The five domino stages, labelled at first passage.
enum class Stage : std::uint8_t { engaged, committed, enabled, implementing, replicating };
inline constexpr std::size_t stage_count = 5;
inline constexpr std::array<std::string_view, stage_count> stage_ids = {"engaged", "committed", "enabled",
                                                                        "implementing", "replicating"};

inline constexpr std::uint16_t never_step = 0xFFFF;

}  // namespace domino::sim
