#pragma once

#include <CLI/CLI.hpp>

namespace domino::cli {

/// Whether a value may be the limit itself.
enum class LowEnd : unsigned char { excluded, included };

/// A check for options that take numbers, which says what is wanted in a sentence. Not-a-number and infinity
/// pass none.
///
///     --memory: 0 is no number above 0 and up to 1e+09
CLI::Validator number_from(double low, LowEnd end, double high);

/// For whole numbers, written without sign, that begin at 1.
///
///     --count: 0 is no whole number from 1 on
CLI::Validator whole_number_above_zero();

}  // namespace domino::cli
