#pragma once

#include <span>
#include <vector>

#include "sim/calendar.h"
#include "sim/graph/multiplex.h"

namespace domino::sim {

/// PageRank of each place on the ties alive in a month (Brin and Page 1998, Computer Networks 30:107-117;
/// damping 0.85), every tie an arrow from the place acted on to the place that acts: a place ranks high where
/// many look to it, and they are looked to themselves. Ties of all layers count alike, whatever their weight,
/// which layers measure in units of their own. A hundred rounds, after which ranks move by less than 1e-7.
/// Ranks average 1 where every place looks to some other. They depend on neither the order of edges nor the
/// machine. Empty for no places.
std::vector<double> page_rank(std::span<const FrozenLayer> layers, std::size_t places, Month alive);

}  // namespace domino::sim
