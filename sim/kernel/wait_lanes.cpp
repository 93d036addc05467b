#include "sim/kernel/wait_lanes.h"

#include <algorithm>
#include <array>

#include "geo/portable_math.h"
#include "sim/kernel/lane.h"
#include "sim/kernel/pressure.h"
#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t wait_draw = sub_of("wait of a node");
/// Members that share the words of one address.
constexpr std::uint32_t members_at_address = 4;

std::array<std::uint64_t, members_at_address> wait_words(std::uint64_t seed, std::uint32_t member,
                                                         std::uint64_t key) {
    return random_words({seed, Process::dynamics, wait_draw, member / members_at_address, 0, key});
}

/// −ln of the word as a uniform, in fixed point. A uniform is at least 2⁻⁵⁴, so a draw is below 38.
DOMINO_INLINE std::uint32_t to_wait(std::uint64_t word) {
    const auto cell = static_cast<double>(static_cast<std::int64_t>(word >> 11));
    const double units = -portable::log_of_normal((cell + 0.5) * 0x1.0p-53) * one_hazard;
    const auto below = static_cast<std::int64_t>(units);
    return static_cast<std::uint32_t>(below + (static_cast<double>(below) < units ? 1 : 0));
}

/// Words into waits, inlined into a function for each instruction set.
struct WaitKernel {
    const std::uint64_t* words;
    std::uint32_t* waits;
    std::size_t count;

    DOMINO_INLINE void run() const {
        for (std::size_t m = 0; m < count; ++m) waits[m] = to_wait(words[m]);
    }
};

}  // namespace

std::uint32_t fixed_wait(std::uint64_t seed, std::uint32_t member, std::uint64_t key) {
    return to_wait(wait_words(seed, member, key)[member % members_at_address]);
}

void fixed_waits(std::uint64_t seed, std::span<const std::uint32_t> members, std::uint64_t key,
                 std::uint32_t* waits, InstructionSet instructions) {
    std::array<std::uint64_t, word_members> words{};
    std::array<std::uint64_t, members_at_address> drawn{};
    for (std::size_t m = 0; m < members.size(); ++m) {
        const bool known = m > 0 && members[m] / members_at_address == members[m - 1] / members_at_address;
        if (!known) drawn = wait_words(seed, members[m], key);
        words[m] = drawn[members[m] % members_at_address];
    }
    run_kernel(WaitKernel{words.data(), waits, members.size()}, instructions);
}

}  // namespace domino::sim
