#pragma once

#include <cstdint>

#include "sim/world.h"

namespace domino::bench {

struct BenchWorldSize {
    std::uint32_t places = 10'000;
    int steps = 240;
    std::uint32_t technologies = 8;
};

/// An invented world with everything on: four layers (twelve neighbours, gravity links, each place and the
/// largest of its region, dated pairs), priors everywhere, a count to meet in each of ten countries, projects
/// under a budget, JCM credits, a price scheme. All layers carry technologies. The same world for the same
/// size on every machine.
sim::World make_bench_world(const BenchWorldSize& size);

/// The graph of W1 as the one layer of a world in which places commit and nothing else happens: p = 2e-4 and
/// q = 0.06 a month as everywhere in W1, without frailty.
sim::World make_commitment_world(std::uint32_t places, int steps = 240);

}  // namespace domino::bench
