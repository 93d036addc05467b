#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "sim/ensemble.h"

namespace domino::viz {

inline constexpr const char* shard_note_name = "shard.json";

/// What a shard is of: enough to run the scenario's worlds again and to tell whether shards belong together.
struct ShardNote {
    std::string fingerprint;
    std::string version, commit;
    std::filesystem::path scenario;  ///< absolute, as it was on the machine that ran it
    int members = 0;                 ///< of the whole run
    std::uint64_t seed = 1;
    int shard = 1;  ///< counted from 1
    int shards = 1;
    sim::SlotRange slots;  ///< of this shard
};

/// Members of shard @p shard (counted from 1) of @p shards: as even as possible, in order.
sim::SlotRange shard_slots(int members, int shard, int shards);

/// Writes shard.json into @p folder. Throws WriteError.
void write_shard_note(const ShardNote& note, const std::filesystem::path& folder);
/// Reads it back. Throws geo::ProblemError when it is missing or not one of domino's.
ShardNote read_shard_note(const std::filesystem::path& folder);

}  // namespace domino::viz
