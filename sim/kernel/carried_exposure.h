#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/kernel/carried_ties.h"
#include "sim/kernel/lane.h"

namespace domino::sim {

/// Technologies that look at other places together: a tie is looked up once for all of them.
inline constexpr std::size_t group_width = 4;

/// What comes from other places, `r Σ w x_j`, of a group of technologies. Sums run over ties in their order.
/// For the loops over lanes alone: everything is inlined into them.
struct CarriedExposure {
    const CarriedTies& ties;
    const Lanes* share;           ///< x by [place][technology of the group]
    const Lanes* between_places;  ///< r by technology of the group

    /// Places that are looked around from for all technologies of a group before each technology runs through
    /// them: long enough that the memory's prefetching keeps up with each technology's arrays.
    static constexpr std::uint32_t stretch_places = 256;
    /// Ties ahead of the one being added whose place is asked for from memory: places stand anywhere, so no
    /// prefetching of the machine's own finds them. Measured: 16 to 40 are alike, 8 is slower.
    static constexpr std::uint32_t ties_ahead = 24;
    /// What comes to a place. Not zeroed, which would cost as much as an edge: look_around() sets it.
    struct alignas(64) Incoming {
        std::array<float, lane_count> of;
    };
    using Stretch = std::array<Incoming, stretch_places>;

    /// Σ w x_j of a group's technologies at a place.
    struct AtPlace {
        Lanes first, second, third, fourth;
    };

    /// r Σ w x_j of a group's technologies at places.
    template <std::size_t width>
    DOMINO_INLINE void look_around(std::uint32_t first, std::uint32_t count,
                                   std::array<Stretch, width>& incoming) const {
        const std::uint32_t* row = ties.row_begin().data() + first;
        for (std::uint32_t b = 0; b < count; ++b) {
            const AtPlace sum = add_edges<width>(ties.fixed(), row[b], row[b + 1]);
            each_technology<width>(sum, [&](std::size_t k, const float* from) {
                float* into = incoming[k][b].of.data();
                each_lane([&](std::size_t m) { into[m] = from[m]; });
            });
        }
        const std::vector<std::uint32_t>& live = ties.live_places();
        auto n = static_cast<std::size_t>(std::lower_bound(live.begin(), live.end(), first) - live.begin());
        for (; n < live.size() && live[n] < first + count; ++n) {
            const AtPlace sum = add_edges<width>(ties.live(), ties.live_begin()[n], ties.live_begin()[n + 1]);
            each_technology<width>(sum, [&](std::size_t k, const float* from) {
                float* into = incoming[k][live[n] - first].of.data();
                each_lane([&](std::size_t m) { into[m] += from[m]; });
            });
        }
        for (std::size_t k = 0; k < width; ++k) {
            const float* r = between_places[k].of.data();
            for (std::uint32_t b = 0; b < count; ++b) {
                float* into = incoming[k][b].of.data();
                each_lane([&](std::size_t m) { into[m] *= r[m]; });
            }
        }
    }

    template <std::size_t width, class Function>
    DOMINO_INLINE void each_technology(const AtPlace& sum, const Function& function) const {
        function(0, sum.first.of.data());
        if constexpr (width > 1) function(1, sum.second.of.data());
        if constexpr (width > 2) function(2, sum.third.of.data());
        if constexpr (width > 3) function(3, sum.fourth.of.data());
    }

    template <std::size_t width>
    DOMINO_INLINE AtPlace add_edges(const CarriedTies::Edges& edges, std::uint32_t begin,
                                    std::uint32_t end) const {
        const auto last = static_cast<std::uint32_t>(edges.source.size() - 1);
        if (edges.by_member()) {
            return add_edges<width>(edges.source.data(), begin, end, last, [&](std::uint32_t e) {
                return [weight = edges.drawn[e].of.data()](std::size_t m) { return weight[m]; };
            });
        }
        return add_edges<width>(edges.source.data(), begin, end, last, [&](std::uint32_t e) {
            return [weight = edges.weight[e]](std::size_t) { return weight; };
        });
    }

    template <std::size_t width>
    DOMINO_INLINE void fetch_share(std::uint32_t place) const {
        const Lanes* x = share + std::size_t{place} * group_width;
        for (std::size_t k = 0; k < width; ++k) __builtin_prefetch(x + k);
    }

    template <std::size_t width, class WeightOf>
    DOMINO_INLINE AtPlace add_edges(const std::uint32_t* source, std::uint32_t begin, std::uint32_t end,
                                    std::uint32_t last, const WeightOf& weight_of) const {
        Lanes first, second, third, fourth;
        each_lane([&](std::size_t m) { first.of[m] = 0.0f; });
        each_lane([&](std::size_t m) { second.of[m] = 0.0f; });
        each_lane([&](std::size_t m) { third.of[m] = 0.0f; });
        each_lane([&](std::size_t m) { fourth.of[m] = 0.0f; });
        for (std::uint32_t e = begin; e < end; ++e) {
            fetch_share<width>(source[std::min(e + ties_ahead, last)]);
            const Lanes* x = share + std::size_t{source[e]} * group_width;
            const auto weight = weight_of(e);
            const float* x0 = x[0].of.data();
            each_lane([&](std::size_t m) { first.of[m] += weight(m) * x0[m]; });
            if constexpr (width > 1) {
                const float* x1 = x[1].of.data();
                each_lane([&](std::size_t m) { second.of[m] += weight(m) * x1[m]; });
            }
            if constexpr (width > 2) {
                const float* x2 = x[2].of.data();
                each_lane([&](std::size_t m) { third.of[m] += weight(m) * x2[m]; });
            }
            if constexpr (width > 3) {
                const float* x3 = x[3].of.data();
                each_lane([&](std::size_t m) { fourth.of[m] += weight(m) * x3[m]; });
            }
        }
        return {first, second, third, fourth};
    }
};

}  // namespace domino::sim
