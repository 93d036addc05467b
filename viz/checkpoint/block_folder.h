#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/ensemble.h"

namespace domino::viz {

/// Finished members of a run on disk, a file a batch, so that a run that is stopped at any moment loses only
/// the batches it was at. A file appears whole (written beside, then renamed) and carries the run's
/// fingerprint and the SHA-256 of its contents.
class BlockFolder {
 public:
    /// @p fingerprint of the run the blocks belong to. The folder exists.
    BlockFolder(std::filesystem::path folder, std::string fingerprint);

    /// Writes a block. Throws WriteError.
    void keep(const sim::EnsembleBlock& block) const;
    /// Writes the bytes of a block, as block_bytes gave them, of members from @p slots.
    void keep(const std::string& bytes, sim::SlotRange slots) const;

    /// The block files of the folder, ordered by their first member.
    std::vector<std::filesystem::path> files() const;

    /// Reads one. Throws geo::ProblemError that names the file and says why it is refused.
    sim::EnsembleBlock read(const std::filesystem::path& file, const sim::EnsembleRun& run) const;

 private:
    std::filesystem::path folder_;
    std::string fingerprint_;
};

}  // namespace domino::viz
