#pragma once

#include <filesystem>

namespace domino::cli {

enum class Overwrite : unsigned char { refuse, replace };

/// A folder as an absolute path without a slash at its end.
std::filesystem::path normal_folder(const std::filesystem::path& path);

/// Creates the folders above a target that are missing. Throws Failure.
void make_parent(const std::filesystem::path& target);

/// Renames a finished folder to where results are wanted; earlier ones are exchanged in one step, and then
/// removed. Throws Failure.
void put_in_place(const std::filesystem::path& made, const std::filesystem::path& target);

/// A folder of results that appears whole or not at all: files are written into a partial folder beside it,
/// which commit() renames. One that is not committed is removed.
class OutputFolder {
 public:
    /// Creates the partial folder, and the folders above it that are missing. Throws Failure (usage) when @p
    /// target exists and may not be replaced – only an empty folder or earlier results (those with a
    /// manifest.json, shard.json, comparison.json or plan.json) may – and Failure (failed) when the folder
    /// cannot be created.
    OutputFolder(const std::filesystem::path& target, Overwrite overwrite);
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    const std::filesystem::path& partial() const { return partial_; }
    const std::filesystem::path& target() const { return target_; }

    /// Puts the results in place; earlier results are exchanged in one step and then removed. Throws Failure.
    void commit();

    /// The checks of the constructor, without creating anything.
    static void check(const std::filesystem::path& target, Overwrite overwrite);

 private:
    std::filesystem::path target_;
    std::filesystem::path partial_;
};

}  // namespace domino::cli
