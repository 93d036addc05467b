#pragma once

#include <cstdint>

#include <CLI/CLI.hpp>

namespace domino::cli {

/// Whether a value may be the limit itself.
enum class LowEnd : unsigned char { excluded, included };

/// A check for options that take numbers, which says what is wanted in a sentence. Not-a-number and infinity
/// pass none.
///
///     --memory: 0 is no number above 0 and up to 1e+09
CLI::Validator number_from(double low, LowEnd end, double high);

/// For whole numbers, written without sign.
///
///     --count: 0 is no whole number from 1 on
CLI::Validator whole_number_from(std::uint64_t low, std::uint64_t high = UINT64_MAX);

/// What a scenario's run.seed may be: a whole number from 0 to 2^63 − 1.
CLI::Validator seed_number();

}  // namespace domino::cli
