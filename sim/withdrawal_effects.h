#pragma once

#include <vector>

#include "sim/world.h"

namespace domino::sim {

/// Factor on θ of every place in a month: the product of the factors of all withdrawals that act on it then,
/// 1 for places of a coalition and of other countries. Each counts from its first month up to but not
/// including `to`.
std::vector<double> withdrawal_propensity(const World& world, const std::vector<WithdrawalDraws>& draws,
                                          int step);

/// Factor on what every place emits without new technology: `exp(drift · months outside / 12)`, counted from
/// the withdrawal, but not from before the end of the country's base year, whose emissions are observed. What
/// was lost stays lost once the nation is back.
std::vector<double> withdrawal_drift(const World& world, const std::vector<WithdrawalDraws>& draws, int step);

}  // namespace domino::sim
