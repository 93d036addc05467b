#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace domino::test {

/// A folder of its own under the system's temporary folder, removed at the end.
class TemporaryFolder {
 public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

/// Writes the part of a data pack that the outputs read, for the countries of make_small_run(): boundaries
/// (AAA-1 a box round Tokyo Bay; BBB-1 two boxes on either side of the antimeridian; CCC a neighbour out of
/// scope), a world population grid of 2.5′ with people only there, datapackage.json with two sources.
void write_small_pack(const std::filesystem::path& dir);

std::string read_text(const std::filesystem::path& path);

/// A CSV file as rows of cells, the header first.
std::vector<std::vector<std::string>> read_csv(const std::filesystem::path& path);

/// Index of a column; fails when there is none.
std::size_t column_of(const std::vector<std::vector<std::string>>& table, const std::string& name);

}  // namespace domino::test
