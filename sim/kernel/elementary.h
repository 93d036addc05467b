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

/// e^x in float, relative error ≤ 2 ulp; 0 below −87, e^88 above 88. Cody and Waite's reduction by ln 2 in
/// two parts, then the Taylor polynomial of degree 7 on |r| ≤ ½ ln 2.
DOMINO_INLINE float exponential(float x) {
    constexpr float rounder = 12582912.0f;  // 1.5·2²³: adding it rounds to the nearest integer
    const float inside = larger(smaller(x, 88.0f), -87.0f);
    const float n = (inside * 1.44269504f + rounder) - rounder;
    const float r = (inside - n * 0.693359375f) - n * -2.12194440e-4f;
    float p = 1.0f / 5040.0f;
    p = p * r + 1.0f / 720.0f;
    p = p * r + 1.0f / 120.0f;
    p = p * r + 1.0f / 24.0f;
    p = p * r + 1.0f / 6.0f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    const float scaled = p * std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
    return x < -87.0f ? 0.0f : scaled;
}
DOMINO_INLINE double exponential(double x) {
    return portable::exp(x);
}

/// 1 − e^(−x) for any x, relative error ≤ 4 ulp: the share that leaves at rate x.
DOMINO_INLINE float gone_share(float x) {
    float p = 1.0f / 5040.0f;
    p = 1.0f / 720.0f - p * x;
    p = 1.0f / 120.0f - p * x;
    p = 1.0f / 24.0f - p * x;
    p = 1.0f / 6.0f - p * x;
    p = 0.5f - p * x;
    p = 1.0f - p * x;
    const float near_zero = p * x;
    const float far = 1.0f - exponential(-x);
    const float size = x < 0.0f ? -x : x;
    return size < 0.25f ? near_zero : far;
}
DOMINO_INLINE double gone_share(double x) {
    return x >= 0.0 ? portable::decayed(x) : -portable::expm1(-x);
}

/// ln(1 + x) for x ≥ 0, relative error ≤ 4 ulp: the series of 2·artanh(x/(2+x)) below ¼, and above it the
/// same after the power of two has been taken out of 1 + x.
DOMINO_INLINE float log1p_growth(float x) {
    constexpr std::int32_t bits_of_sqrt_half = 0x3F3504F3;
    const float whole = x + 1.0f;
    const std::int32_t exponent = (std::bit_cast<std::int32_t>(whole) - bits_of_sqrt_half) >> 23;
    const float mantissa = std::bit_cast<float>(std::bit_cast<std::int32_t>(whole) - (exponent << 23));
    const bool near_zero = x < 0.25f;
    const float above = near_zero ? x : mantissa - 1.0f;
    const float below = near_zero ? x + 2.0f : mantissa + 1.0f;
    const float powers = near_zero ? 0.0f : static_cast<float>(exponent);
    const float s = above / below;
    const float z = s * s;
    float p = 1.0f / 11.0f;
    p = p * z + 1.0f / 9.0f;
    p = p * z + 1.0f / 7.0f;
    p = p * z + 1.0f / 5.0f;
    p = p * z + 1.0f / 3.0f;
    p = p * z + 1.0f;
    return powers * 0.693147181f + 2.0f * s * p;
}
DOMINO_INLINE double log1p_growth(double x) {
    return portable::log1p_growth(x);
}

}  // namespace domino::sim
