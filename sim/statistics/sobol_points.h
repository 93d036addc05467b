#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace domino::sim {

/// The first `count` points of the Sobol sequence in [0, 1)^dimensions (direction numbers of Joe & Kuo 2008),
/// each coordinate's binary digits shifted by one addressed draw per dimension, which keeps the sequence's
/// evenness and makes averages over seeds unbiased (random digital shift). Row-major, [point][dimension]. No
/// coordinate is exactly 0 or 1. `count` should be a power of two. Throws std::invalid_argument for
/// dimensions outside 1 … 3,667. Deterministic.
std::vector<double> sobol_points(std::size_t count, std::size_t dimensions, std::uint64_t seed);

}  // namespace domino::sim
