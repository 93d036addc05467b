#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace domino::viz {

enum class FileFault : std::uint8_t { altered, missing };

/// One file that is not as the manifest has it.
struct FileMismatch {
    std::string file;  ///< relative to the manifest's folder
    FileFault fault = FileFault::altered;
    std::string what;  ///< in words: its size or sum, and what the manifest says
};

struct VerifyResult {
    std::size_t files = 0;                 ///< files the manifest lists
    std::vector<FileMismatch> mismatches;  ///< in the manifest's order
    std::vector<std::string> unlisted;     ///< files beside it that it does not list; no fault
    bool holds() const { return mismatches.empty(); }
};

/// Hashes again every file a manifest lists, and reports those that are altered or missing. @p manifest is
/// manifest.json or its folder. Throws geo::ProblemError when the manifest itself cannot be read or is not
/// one of domino's.
VerifyResult verify_manifest(const std::filesystem::path& manifest);

}  // namespace domino::viz
