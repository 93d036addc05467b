#pragma once

#include <string>

namespace domino::cli {

/// For the options --seed: what a scenario's run.seed may be, a whole number from 0 to 2^63 − 1. Empty where
/// the text is one, else why not.
std::string check_seed(const std::string& text);

}  // namespace domino::cli
