#pragma once

#include <filesystem>
#include <string>

#include "cli/output_folder.h"

namespace domino::cli {

/// The folder OUT.unfinished beside the results of a run, in which they come into being: `blocks` holds the
/// members that are done, `results` the files. One run at a time works in it; a killed one leaves it behind.
class UnfinishedRun {
 public:
    /// Opens or creates it. Throws Failure (usage) when @p target exists and may not be replaced, or another
    /// process is at work there, and Failure (failed) when it cannot be created.
    UnfinishedRun(const std::filesystem::path& target, Overwrite overwrite);
    /// Removes what can be made again; finished members stay unless the run was committed.
    ~UnfinishedRun();
    UnfinishedRun(const UnfinishedRun&) = delete;
    UnfinishedRun& operator=(const UnfinishedRun&) = delete;

    const std::filesystem::path& target() const { return target_; }
    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path blocks() const { return folder_ / "blocks"; }
    /// Created empty by the constructor.
    std::filesystem::path results() const { return folder_ / "results"; }

    /// Members an earlier run left here are forgotten.
    void drop_blocks() const;
    /// Puts the results in place in one step and removes the rest. Throws Failure.
    void commit();

 private:
    void take_blocks_back() const;

    std::filesystem::path target_;
    std::filesystem::path folder_;
    int lock_ = -1;
};

/// Tells, when a run ends before its results are in place, what is kept of it; empty where nothing is.
std::string describe_unfinished(const std::filesystem::path& target);

}  // namespace domino::cli
