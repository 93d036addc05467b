#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "sim/ensemble.h"

namespace domino::sim {

/// Bytes that are not a block of the run they are read for.
class BlockDamaged : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

/// A block as bytes: numbers as they stand in memory, little end first, each array led by its length. The
/// same block gives the same bytes on every machine domino runs on.
std::string block_bytes(const EnsembleBlock& block);

/// Reads a block of `run` back. Every length and every index is held against the run, so that bytes of
/// whatever origin either are a block of its shape or are refused. Throws BlockDamaged with the reason.
EnsembleBlock read_block(std::string_view bytes, const EnsembleRun& run);

}  // namespace domino::sim
