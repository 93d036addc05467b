#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include "geo/portable_math.h"
#include "sim/kernel/lane.h"

/// Exponentials and logarithms for float lanes: our own, elementwise, without branches, tables or library
/// calls, so that loops over them vectorise and the same bits come out for any vector width. For double they
/// are those of portable_math.
namespace domino::sim {

template <class Real>
DOMINO_INLINE Real smaller(Real a, Real b) {
    return a < b ? a : b;
}

template <class Real>
DOMINO_INLINE Real larger(Real a, Real b) {
    return a > b ? a : b;
}

/// e^r − 1 for |r| ≤ ½ ln 2: the Taylor polynomial of degree 7, in Estrin's order, whose chain of operations
/// is short.
DOMINO_INLINE float exponential_rest(float r) {
    const float z = r * r;
    const float low = 0.5f + (1.0f / 6.0f) * r;
    const float middle = 1.0f / 24.0f + (1.0f / 120.0f) * r;
    const float high = 1.0f / 720.0f + (1.0f / 5040.0f) * r;
    return r + z * (low + z * (middle + z * high));
}

/// e^x as 2ⁿ·(1 + rest), |ln(1 + rest)| ≤ ½ ln 2: Cody and Waite's reduction by ln 2 in two parts, then
/// exponential_rest(). x within [−87, 88].
struct ReducedExponential {
    float power;  ///< 2ⁿ
    float rest;   ///< e^r − 1
};
DOMINO_INLINE ReducedExponential reduced_exponential(float x) {
    constexpr float rounder = 12582912.0f;  // 1.5·2²³: adding it rounds to the nearest integer
    const float n = (x * 1.44269504f + rounder) - rounder;
    const float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
    const float power = std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
    return {power, exponential_rest(r)};
}

/// e^x in float, relative error ≤ 2 ulp; 0 below −87, e^88 above 88.
DOMINO_INLINE float exponential(float x) {
    const ReducedExponential e = reduced_exponential(larger(smaller(x, 88.0f), -87.0f));
    return x < -87.0f ? 0.0f : e.power + e.power * e.rest;
}
DOMINO_INLINE double exponential(double x) {
    return portable::exp(x);
}

/// 1 − e^(−x), relative error ≤ 4 ulp: the share that leaves at rate x; below −88 as at −88. (1 − 2ⁿ) is
/// exact and nothing near 0, so no digit is lost.
DOMINO_INLINE float gone_share(float x) {
    const ReducedExponential e = reduced_exponential(larger(smaller(-x, 88.0f), -87.0f));
    return (1.0f - e.power) - e.power * e.rest;
}
DOMINO_INLINE double gone_share(double x) {
    return x >= 0.0 ? portable::decayed(x) : -portable::expm1(-x);
}

/// Whether x is so near to 0 that the power of two in e^(−x) is 1: |x| < ½ ln 2.
DOMINO_INLINE bool gone_near_zero(float x) {
    return -0.3465f <= x && x <= 0.3465f;
}
/// gone_share() where gone_near_zero() holds: the same bits for a third of the operations.
DOMINO_INLINE float gone_share_near_zero(float x) {
    return 0.0f - exponential_rest(-x);
}

/// ln(1 + f) for f in [√½ − 1, √2 − 1]: `f − f²/2 + f³ P(f)`. P is of degree 7, fitted to the least largest
/// relative error of the whole (Lawson's weighted least squares), 0.1·2⁻²⁴; in Estrin's order.
DOMINO_INLINE float log1p_of_mantissa(float f) {
    const float z = f * f;
    const float a = 0.3333333134651184f - 0.2500081956386566f * f;
    const float b = 0.20001226663589478f - 0.16623356938362122f * f;
    const float c = 0.14201755821704865f - 0.13160187005996704f * f;
    const float d = 0.12761592864990234f - 0.0763450488448143f * f;
    const float p = (a + z * b) + (z * z) * (c + z * d);
    return f - z * (0.5f - f * p);
}

/// ln(1 + x) for x ≥ 0, relative error ≤ 4 ulp: log1p_of_mantissa() after the power of two has been taken out
/// of 1 + x.
DOMINO_INLINE float log1p_growth(float x) {
    constexpr std::int32_t bits_of_sqrt_half = 0x3F3504F3;
    const float whole = x + 1.0f;
    const std::int32_t exponent = (std::bit_cast<std::int32_t>(whole) - bits_of_sqrt_half) >> 23;
    const float mantissa = std::bit_cast<float>(std::bit_cast<std::int32_t>(whole) - (exponent << 23));
    // Where the power is 0, x itself has digits that 1 + x has not.
    const float f = exponent == 0 ? x : mantissa - 1.0f;
    const float powers = static_cast<float>(exponent) * 0.693147181f;
    return powers + log1p_of_mantissa(f);
}
DOMINO_INLINE double log1p_growth(double x) {
    return portable::log1p_growth(x);
}

/// Whether x is so near to 0 that the power of two in 1 + x is 1: √½ < 1 + x < √2.
DOMINO_INLINE bool log1p_near_zero(float x) {
    return -0.29f <= x && x <= 0.414f;
}
/// log1p_growth() where log1p_near_zero() holds: the same bits for half of the operations.
DOMINO_INLINE float log1p_growth_near_zero(float x) {
    return 0.0f + log1p_of_mantissa(x);
}

}  // namespace domino::sim
