#include "sim/domino_multiplier.h"

#include <unordered_map>
#include <unordered_set>

namespace domino::sim {
namespace {

/// A place in one member.
std::uint64_t key_of(std::uint32_t member, std::uint32_t place) {
    return static_cast<std::uint64_t>(member) << 32U | place;
}

}  // namespace

std::vector<DominoMultiplier> count_downstream(const std::vector<CommitmentEvent>& events,
                                               std::size_t places) {
    std::vector<DominoMultiplier> out(places);
    std::unordered_map<std::uint64_t, std::uint32_t> source_of;
    for (const CommitmentEvent& event : events) {
        if (event.place < places && source_of.emplace(key_of(event.member, event.place), event.source).second)
            ++out[event.place].own;
    }
    std::unordered_set<std::uint64_t> counted_sources;
    for (const CommitmentEvent& event : events) {
        if (event.place >= places) continue;
        std::uint32_t source = event.source;
        if (source < places && source != event.place) out[source].direct_t += event.avoided_t;
        for (std::size_t length = 0; source < places && source != event.place && length < places; ++length) {
            ++out[source].downstream;
            out[source].downstream_t += event.avoided_t;
            const auto found = source_of.find(key_of(event.member, source));
            if (found == source_of.end()) {
                if (counted_sources.insert(key_of(event.member, source)).second) ++out[source].own;
                break;
            }
            source = found->second;
        }
    }
    return out;
}

}  // namespace domino::sim
