#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace domino::viz {

/// A file's SHA-256 in lower-case hex, and its size.
struct FileDigest {
    std::string sha256;
    std::uintmax_t bytes = 0;
};

/// Reads and hashes a file. Throws geo::ProblemError naming it when it cannot be read.
FileDigest digest_file(const std::filesystem::path& path);

/// SHA-256 of bytes in memory, lower-case hex.
std::string digest_text(std::string_view bytes);

}  // namespace domino::viz
