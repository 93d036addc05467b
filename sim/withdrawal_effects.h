#pragma once

#include <span>
#include <vector>

#include "sim/world.h"

namespace domino::sim {

/// Into `factors`, the factor on θ of every place in a month: the product of the factors of all withdrawals
/// that act on it then, 1 for places of a coalition and of other countries. Each counts from its first month
/// up to but not including `to`.
void withdrawal_propensity(const World& world, const std::vector<WithdrawalDraws>& draws, int step,
                           std::span<double> factors);

/// Into `factors`, the factor on what every place emits without new technology: `exp(drift · months outside /
/// 12)`, counted from the withdrawal, but not from before the end of the country's base year, whose emissions
/// are observed. What was lost stays lost once the nation is back.
void withdrawal_drift(const World& world, const std::vector<WithdrawalDraws>& draws, int step,
                      std::span<double> factors);

}  // namespace domino::sim
