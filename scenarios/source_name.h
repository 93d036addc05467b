#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace domino::scenarios {

/// Whether GDAL opens @p text by its own naming: a database ("PG:dbname=gis") or a file within an archive
/// ("/vsizip/places.zip/places.shp"). Everything else is the path of a file.
bool is_gdal_name(std::string_view text);

/// A file within an archive with the archive's path made absolute, where it is relative to @p folder; every
/// other name as it is.
std::string anchor_gdal_name(const std::string& text, const std::filesystem::path& folder);

/// Whether a name carries a password, which would end up in the results.
bool holds_password(std::string_view text);

/// The file on disk behind an input: itself, or the archive it is in; empty for a database.
std::filesystem::path file_behind(const std::filesystem::path& source);

}  // namespace domino::scenarios
