#pragma once

#include <span>

namespace domino::sim {

/// The continuous ranked probability score of forecasts (Gneiting & Raftery 2007, J. Am. Stat. Assoc. 102):
/// ∫ (F(x) − [x ≥ y])² dx, in the unit of what is forecast; smaller is better, 0 is perfect. All functions
/// throw std::invalid_argument for what is not finite, and are deterministic.

/// Of a normal forecast N(mean, sd²), sd > 0, when `observed` = y:
/// sd·(z(2Φ(z) − 1) + 2φ(z) − 1/√π), z = (y − mean)/sd.
double crps_normal(double mean, double sd, double observed);

/// Of an ensemble, seen as the distribution with mass 1/n on each member:
/// (1/n) Σ|x_i − y| − (1/2n²) ΣΣ|x_i − x_j|. n ≥ 1.
double crps_ensemble(std::span<const double> members, double observed);

/// Of the distribution an ensemble was drawn from, without the penalty a small ensemble pays (Ferro 2014, Q.
/// J. R. Meteorol. Soc. 140): the second sum is divided by 2n(n−1). n ≥ 2. May be negative.
double crps_fair(std::span<const double> members, double observed);

}  // namespace domino::sim
