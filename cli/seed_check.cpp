#include "cli/seed_check.h"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>

namespace domino::cli {

std::string check_seed(const std::string& text) {
    std::uint64_t seed = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, seed);
    if (error == std::errc{} && stop == end && seed <= INT64_MAX) return {};
    return fmt::format("\"{}\" is no seed; give a whole number from 0 to {}", text, INT64_MAX);
}

}  // namespace domino::cli
