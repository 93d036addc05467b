#pragma once

#include <string>

#include "scenarios/key.h"

namespace domino::scenarios {

/// A value as TOML, with its unit; reads back to the same bits. Empty for a value that is not set.
std::string write_value(const Value& value, const KeyInfo& info);

/// A prior as TOML: 0.5, or { half_normal = 0.5, zero = 0.5 }.
std::string write_prior(const sim::Prior& prior);

/// A text as a TOML basic string.
std::string quote(std::string_view text);

}  // namespace domino::scenarios
