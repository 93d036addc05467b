#pragma once

#include <optional>

namespace domino::sim {

/// Mean degrees between which one seed can set off a global cascade.
struct CascadeWindow {
    double low = 0.0;
    double high = 0.0;
};

/// Watts (2002) on G(n, z/n) with one threshold φ for all: nodes of degree k with 1/k ≥ φ are vulnerable to
/// one active neighbour, and global cascades need Σ_k k(k−1)·p_k over them ≥ z. With Poisson degrees that is
/// z·P(Poisson(z) ≤ K−2) = 1, K the largest vulnerable degree; both solutions to relative 1e-14. None where
/// the left side stays below 1 (K ≤ 3). Throws std::invalid_argument unless 1/500 ≤ φ ≤ 1.
std::optional<CascadeWindow> solve_cascade_window(double threshold);

/// z·P(Poisson(z) ≤ K−2), the mean number of vulnerable nodes that a vulnerable neighbour sets off. Same
/// limits; 0 ≤ z ≤ 500.
double vulnerable_offspring(double mean_degree, double threshold);

/// Share active in the end on G(n, z/n) when a random share of nodes starts active and the others follow once
/// active neighbours / degree ≥ φ; isolated nodes never do (Gleeson & Cahalane 2007, eqs. 1–3): from q =
/// seeds,
///   q ← ρ0 + (1−ρ0) Σ_k (k p_k/z) P(Bin(k−1, q)/k ≥ φ),   ρ = ρ0 + (1−ρ0) Σ_k p_k P(Bin(k, q)/k ≥ φ),
/// until q rises by less than 1e-15. Throws std::invalid_argument unless 0 < φ, 0 ≤ seeds ≤ 1, 0 ≤ z ≤ 500.
double solve_final_fraction(double mean_degree, double threshold, double seed_fraction);

}  // namespace domino::sim
