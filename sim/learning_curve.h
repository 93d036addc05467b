#pragma once

namespace domino::sim {

/// Wright's law (Wright 1936): each doubling of cumulated production lowers unit cost by the learning rate.
/// ω = −log2(1 − LR). LR < 1, may be negative (costs that rise). Throws std::invalid_argument for LR ≥ 1 or
/// not finite. Deterministic.
double learning_exponent(double learning_rate);

/// Cost relative to where cumulated production was `growth` times smaller: growth^(−ω), growth > 0. Depends
/// on where production stands, not on the way there. Throws std::invalid_argument for growth ≤ 0 or not
/// finite.
double learned_cost(double exponent, double growth);

}  // namespace domino::sim
