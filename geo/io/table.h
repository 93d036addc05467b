#pragma once

#include <filesystem>

#include "geo/table.h"

namespace domino::geo::io {

/// Reads a CSV file, or one packed with gzip (.gz), whole. Throws ProblemError when the file cannot be read
/// or unpacked, or for anything Table::parse_csv rejects.
Table read_table(const std::filesystem::path& path, char separator = ',', const ReadProgress& progress = {});

}  // namespace domino::geo::io
