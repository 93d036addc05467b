#pragma once

#include "sim/member_draws.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// Whether members of the world differ in the weights of its ties: some layer has an uncertain intensity or
/// decay length.
bool draws_ties(const World& world);

/// Whether edges count for the same in two preparations of one layer, at any time.
bool same_weights(const PreparedLayer& a, const PreparedLayer& b);

/// Weights of a layer's edges as the member believes them, in the order of FrozenLayer::weight. The drawn
/// part of a weight is multiplied by the member's draw; a gravity weight `m_j·exp(−d/r0)` becomes
/// `m_j·exp(−d/r0')`, d being read back from the weight.
std::vector<double> drawn_weights(const World& world, std::size_t layer, const LayerDraws& draws);

/// The world with the ties of one member; rows are normalised anew. What the draws leave as it is, it shares
/// with `prepared`. Deterministic.
PreparedWorld with_drawn_ties(const PreparedWorld& prepared, const MemberDraws& draws);

}  // namespace domino::sim
