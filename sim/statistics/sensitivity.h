#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace domino::sim {

/// A model seen from outside: inputs as independent uniforms in (0, 1), one number out. A prior is brought in
/// by its quantile (sim/prior.h: draw).
using UnitCubeModel = std::function<double(std::span<const double>)>;

enum class PairIndices : std::uint8_t { no, yes };

struct SensitivityOptions {
    std::size_t inputs = 1;               ///< k
    std::size_t base_sample = 1U << 14U;  ///< N, best a power of two
    PairIndices pairs = PairIndices::no;
    std::uint64_t seed = 1;
};

/// Shares of the output's variance (Sobol 1993).
struct SensitivityIndices {
    double mean = 0.0;
    double variance = 0.0;
    std::vector<double> first;  ///< S_i: what fixing input i would take away
    std::vector<double> total;  ///< ST_i: what would be left if all others were fixed
    std::vector<double> pair;   ///< S_ij beyond S_i + S_j, [i · k + j], symmetric, diagonal 0; or empty
    std::size_t evaluations = 0;
};

/// Variance-based indices from two samples A and B of N points and A with one column (or two) from B:
///   S_i  = mean( f(B) (f(A_B^i) − f(A)) ) / V          (Saltelli et al. 2010, Comput. Phys. Commun. 181)
///   ST_i = mean( (f(A) − f(A_B^i))² ) / (2V)           (Jansen 1999)
///   S_ij = mean( f(B) (f(A_B^ij) − f(A)) ) / V − S_i − S_j
/// with A and B from Sobol points. Costs N(k + 2) evaluations, and N k(k−1)/2 more with pairs. A model that
/// does not vary has all indices 0. The model is called in a fixed order, from one thread. Throws
/// std::invalid_argument for no inputs, a base sample below 2, or a model that returns what is not finite.
SensitivityIndices sensitivity_indices(const UnitCubeModel& model, const SensitivityOptions& options);

/// Ishigami & Homma 1990: sin x1 + a sin² x2 + b x3⁴ sin x1, x_i uniform in (−π, π), from three uniforms. The
/// usual test, because x3 acts only through x1.
double ishigami(std::span<const double> unit, double a = 7.0, double b = 0.1);

/// Sobol's G function, Π (|4u_i − 2| + a_i)/(1 + a_i): the larger a_i ≥ 0, the less input i matters. `unit`
/// and `a` of equal size.
double sobol_g(std::span<const double> unit, std::span<const double> a);

}  // namespace domino::sim
