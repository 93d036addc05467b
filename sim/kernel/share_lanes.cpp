#include "sim/kernel/share_lanes.h"

#include "sim/kernel/elementary.h"

namespace domino::sim {
namespace {

/// The largest whole number not above x, 0 ≤ x < 2⁵¹.
DOMINO_INLINE double whole_part(double x) {
    constexpr double rounder = 0x1.0p52;
    const double nearest = (x + rounder) - rounder;
    return nearest > x ? nearest - 1.0 : nearest;
}

struct Kernel {
    std::span<const Lanes> parts, wholes;
    std::size_t members;
    std::span<std::uint64_t> sums;

    DOMINO_INLINE void run() const {
        DoubleLanes counts;
        each_lane([&](std::size_t m) { counts.of[m] = m < members ? 1.0 : 0.0; });
        for (std::size_t n = 0; n < parts.size(); ++n) {
            const float* part = parts[n].of.data();
            Lanes share;
            if (wholes.empty()) {
                each_lane([&](std::size_t m) { share.of[m] = part[m]; });
            } else {
                const float* whole = wholes[n].of.data();
                each_lane([&](std::size_t m) {
                    const float x = part[m] / whole[m];
                    share.of[m] = whole[m] > 0.0f ? x : 0.0f;
                });
            }
            DoubleLanes units;
            each_lane([&](std::size_t m) {
                const auto x = static_cast<double>(larger(smaller(share.of[m], 1.0f), 0.0f));
                units.of[m] = counts.of[m] * whole_part(x * share_unit + 0.5);
            });
            // Whole numbers below 2⁵³: any order gives the same sum, and halves are added side by side.
            for (std::size_t half = lane_count / 2; half > 0; half /= 2) {
                for (std::size_t m = 0; m < half; ++m) units.of[m] += units.of[m + half];
            }
            sums[n] = static_cast<std::uint64_t>(units.of[0]);
        }
    }
};

}  // namespace

void sum_shares(std::span<const Lanes> parts, std::span<const Lanes> wholes, std::size_t members,
                std::span<std::uint64_t> sums, InstructionSet instructions) {
    run_kernel(Kernel{parts, wholes, members, sums}, instructions);
}

}  // namespace domino::sim
