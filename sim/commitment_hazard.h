#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "geo/portable_math.h"
#include "sim/kernel/elementary.h"
#include "sim/kernel/lane.h"
#include "sim/world.h"

/// The arithmetic of commitment (model §2.1), one text for the path that runs sixteen members side by side
/// and for the plain one: exposures are whole numbers in units of 2⁻³⁰, rates are in float, and hazards are
/// counted down in units of 2⁻²⁶, so that both commit at the same step.
namespace domino::sim {

inline constexpr float largest_step_hazard = 31.0f;  ///< of a part of a month; e⁻³¹ never comes
inline constexpr float hazard_units_in_one = 0x1.0p26f;

/// The Exp(1) draw of a place in units, at least 1: the hazard still to come before it commits.
inline std::int32_t fixed_draw(double draw) {
    return static_cast<std::int32_t>(std::min(std::ceil(draw * 0x1.0p26), 2147483647.0));
}

/// How a layer's exposure enters the hazard: itself, or whether it has reached the threshold φ, to a
/// millionth, since exposures are rounded.
DOMINO_INLINE float respond(Response response, float exposure, float threshold) {
    if (response == Response::exposure) return exposure;
    return exposure * 1.000001f >= threshold ? 1.0f : 0.0f;
}

/// `(θ_i e^a (1 + Σ γ respond(E)) + s S) Δt + joint declarations`, in units.
DOMINO_INLINE std::int32_t hazard_units(float own, float pull, float support, float years, float declared) {
    const float amount = (own * pull + support) * years + declared;
    return static_cast<std::int32_t>(smaller(amount, largest_step_hazard) * hazard_units_in_one + 0.5f);
}

/// What is left of a draw after a hazard; 0: the place commits.
DOMINO_INLINE std::int32_t left_after(std::int32_t due, std::int32_t units) {
    return due > units ? due - units : 0;
}

/// `−ln(1 − c)` in units: a newly committed source commits its target with probability c.
inline std::int32_t coercion_units(double probability) {
    return static_cast<std::int32_t>(
        std::min(std::ceil(-portable::log1p(-probability) * 0x1.0p26), 2080374784.0));
}

/// Sums of coercion stay what they are at the largest number, in any order.
DOMINO_INLINE std::int32_t add_coercion(std::int32_t sum, std::int32_t units) {
    return sum > INT32_MAX - units ? INT32_MAX : sum + units;
}

}  // namespace domino::sim
