#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <toml++/toml.h>

#include "scenarios/problem.h"

namespace domino::scenarios {

/// A parsed TOML file.
struct TomlDocument {
    std::filesystem::path file;  ///< absolute, normal
    std::string shown;           ///< the file as the user named it, for messages
    toml::table table;
};

/// Reads and parses a file. Nothing in it can crash the reader: a missing or unreadable file, a folder, more
/// than 1 MiB, bytes that are not UTF-8 text, keys nested deeper than 64, and anything that is not TOML are
/// each one problem with the place it stands at.
std::optional<TomlDocument> read_toml(const std::filesystem::path& file, const std::string& shown,
                                      const SourceLocation& named_at, Problems& problems);

/// The value of an integer or floating-point node; whole numbers above 2^53 are rounded.
double number_of(const toml::node& node);

/// Where a node stands.
SourceLocation locate(const toml::node& node, const std::string& file);
SourceLocation locate(const toml::key& key, const std::string& file);

}  // namespace domino::scenarios
