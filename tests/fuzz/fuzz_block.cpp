#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "sim/block_bytes.h"
#include "sim/ensemble_join.h"
#include "tests/sim/rich_world.h"

using namespace domino;

namespace {

/// A run of three members whose blocks are asked for; the world has credits, projects and both kinds of
/// layers.
struct SmallRun {
    sim::World world = [] {
        sim::World made = sim::test::rich_world(sim::test::identity_order(9));
        made.credit_accounting.active = true;
        return made;
    }();
    sim::EnsembleRun run{world, nullptr, [] {
                             sim::EnsembleOptions options;
                             options.members = 3;
                             options.threads = 1;
                             return options;
                         }()};
};

/// A genuine block of the run. Inputs are edits of it, so that they stay close to the format whatever it
/// becomes.
std::string genuine_block(const SmallRun& small) {
    std::string bytes;
    const sim::SlotRange slots{1, 3};
    small.run.run(std::span(&slots, 1), [&](sim::EnsembleBlock&& block) { bytes = sim::block_bytes(block); });
    return bytes;
}

void read(const SmallRun& small, std::string_view bytes) {
    try {
        sim::EnsembleJoin(small.run).add(sim::read_block(bytes, small.run));
    } catch (const sim::BlockDamaged&) {
    }
}

}  // namespace

/// The input as a block, and as edits of a genuine one: each five bytes are a place and what stands there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const SmallRun small;
    static const std::string genuine = genuine_block(small);
    read(small, {reinterpret_cast<const char*>(data), size});
    std::string edited = genuine;
    for (std::size_t at = 0; at + 5 <= size; at += 5) {
        std::uint32_t place = 0;
        std::memcpy(&place, data + at, sizeof(place));
        edited[place % edited.size()] = static_cast<char>(data[at + 4]);
    }
    read(small, edited);
    if (size > 0) read(small, std::string_view(edited).substr(0, edited.size() * data[0] / 256));
    return 0;
}
