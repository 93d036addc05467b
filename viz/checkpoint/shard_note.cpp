#include "viz/checkpoint/shard_note.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "geo/problem.h"
#include "viz/checked_file.h"

namespace domino::viz {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr const char* format_name = "domino shard 1";

[[noreturn]] void refuse(const fs::path& file, const std::string& why) {
    throw geo::ProblemError({file.string(), "this is no shard of a run", why,
                             "name folders that domino run --shard has written"});
}

}  // namespace

sim::SlotRange shard_slots(int members, int shard, int shards) {
    const auto cut = [&](int n) { return static_cast<int>(static_cast<std::int64_t>(members) * n / shards); };
    return {cut(shard - 1), cut(shard)};
}

void write_shard_note(const ShardNote& note, const fs::path& folder) {
    const Json json = {{"format", format_name},
                       {"fingerprint", note.fingerprint},
                       {"version", note.version},
                       {"commit", note.commit},
                       {"scenario", note.scenario.string()},
                       {"members", note.members},
                       {"seed", std::to_string(note.seed)},
                       {"shard", note.shard},
                       {"shards", note.shards},
                       {"first_member", note.slots.begin},
                       {"end_member", note.slots.end}};
    write_file(folder / shard_note_name, json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

ShardNote read_shard_note(const fs::path& folder) {
    const fs::path file = folder / shard_note_name;
    std::ifstream in(file, std::ios::binary);
    if (!in) refuse(file, "it has no shard.json that can be read");
    const Json json = Json::parse(in, nullptr, false);
    if (!json.is_object() || json.value("format", Json()) != format_name)
        refuse(file, "it is not in the format \"domino shard 1\"");
    try {
        ShardNote note;
        note.fingerprint = json.at("fingerprint").get<std::string>();
        note.version = json.at("version").get<std::string>();
        note.commit = json.at("commit").get<std::string>();
        note.scenario = json.at("scenario").get<std::string>();
        note.members = json.at("members").get<int>();
        note.seed = std::stoull(json.at("seed").get<std::string>());
        note.shard = json.at("shard").get<int>();
        note.shards = json.at("shards").get<int>();
        note.slots = {json.at("first_member").get<int>(), json.at("end_member").get<int>()};
        if (note.members < 1 || note.shards < 1 || note.shard < 1 || note.shard > note.shards ||
            note.slots != shard_slots(note.members, note.shard, note.shards))
            refuse(file, "its numbers of members do not fit together");
        return note;
    } catch (const Json::exception& error) {
        refuse(file, error.what());
    } catch (const std::logic_error&) {
        refuse(file, "its seed is no number");
    }
}

}  // namespace domino::viz
