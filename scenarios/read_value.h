#pragma once

#include <optional>

#include "scenarios/key.h"
#include "scenarios/toml_document.h"
#include "scenarios/vocabulary.h"

namespace domino::scenarios {

/// What reading a value needs to know of its surroundings.
struct ReadContext {
    const TomlDocument& document;
    const Vocabulary& names;
    Problems& problems;
};

/// The value of a key in base units; empty, with a problem in the list, when type, unit, range or name is
/// wrong. @p key is the key as the user sees it.
std::optional<Value> read_value(const toml::node& node, const KeyInfo& info, const std::string& key,
                                ReadContext& context);

/// A prior: a number, or an inline table such as { half_normal = 0.5, zero = 0.5 }.
std::optional<sim::Prior> read_prior(const toml::node& node, const std::string& key, Support support,
                                     ReadContext& context);

/// Whether the prior can give a value below zero.
bool can_be_negative(const sim::Prior& prior);

}  // namespace domino::scenarios
