#pragma once

#include <bit>
#include <cstdint>

namespace domino::portable {

/// Elementary functions that give the same bits on every machine: only +, −, ×, ÷ and integer operations,
/// no library call, contraction off. The loops that use them vectorise.

/// e^x for |x| ≤ 708; relative error ≤ 2 ulp (measured over 10⁷ points, tests). Below −708 it returns 0,
/// above 709 infinity; NaN stays NaN.
/// Method: x = k ln 2 + r, |r| ≤ ln 2 / 2, degree-13 Taylor polynomial of e^r, exact scaling by 2^k.
inline double exp(double x) {
    constexpr double inverse_ln2 = 1.4426950408889634074;
    constexpr double ln2_high = 6.93145751953125e-1;       // few bits: k·ln2_high is exact
    constexpr double ln2_low = 1.42860682030941723212e-6;  // ln 2 − ln2_high
    constexpr double shifter = 6755399441055744.0;         // 1.5·2^52: adding it rounds to an integer
    const double clamped = x < -708.0 ? -708.0 : (x > 709.0 ? 709.0 : x);
    const double shifted = clamped * inverse_ln2 + shifter;
    const double k = shifted - shifter;
    const double r = (clamped - k * ln2_high) - k * ln2_low;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    // The low bits of `shifted` hold k as an integer; moved into the exponent field they are 2^k.
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(shifted) << 52;
    const double scaled = std::bit_cast<double>(std::bit_cast<std::uint64_t>(p) + bits);
    const double bounded = x < -708.0 ? 0.0 : (x > 709.0 ? 1.0 / 0.0 : scaled);
    return x != x ? x : bounded;
}

/// ln(x · 2^k) of a finite normal x > 0, without branches, for loops over many. The mantissa m in [√½, √2)
/// gives 2 atanh(s), s = (m − 1)/(m + 1), |s| ≤ 0.1716: 2(s + s³/3 + … + s²¹/21), whose next term is below
/// 2⁻⁵⁶ of the sum.
[[gnu::always_inline]] inline double log_of_normal(double x, int k = 0) {
    constexpr double ln2_high = 6.93147180369123816490e-01;
    constexpr double ln2_low = 1.90821492927058770002e-10;
    const auto bits = std::bit_cast<std::int64_t>(x);
    const double whole = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
    const bool halved = whole > 1.4142135623730951;
    const double m = halved ? whole * 0.5 : whole;
    const auto n = static_cast<double>((bits >> 52) - 1023 + k + (halved ? 1 : 0));
    const double f = m - 1.0;
    const double s = f / (2.0 + f);
    const double z = s * s;
    double series = 2.0 / 21.0;
    series = series * z + 2.0 / 19.0;
    series = series * z + 2.0 / 17.0;
    series = series * z + 2.0 / 15.0;
    series = series * z + 2.0 / 13.0;
    series = series * z + 2.0 / 11.0;
    series = series * z + 2.0 / 9.0;
    series = series * z + 2.0 / 7.0;
    series = series * z + 2.0 / 5.0;
    series = series * z + 2.0 / 3.0;
    return n * ln2_high + (2.0 * s + s * z * series + n * ln2_low);
}

/// ln x for finite x > 0 (subnormals included); relative error ≤ 2 ulp away from 1, absolute ≤ 1e-16 near it.
/// ln 0 = −∞; NaN for x < 0. Method: x = 2^k·m with m in [√½, √2), atanh series in (m−1)/(m+1).
double log(double x);

/// ln(1 + x) without cancellation for small x.
double log1p(double x);

/// e^x − 1 without cancellation for small x; relative error ≤ 2 ulp for |x| ≤ ¼.
double expm1(double x);

/// 1 − e^(−x) for x ≥ 0, relative error ≤ 4 ulp: the share that leaves at rate x. Written without branches on
/// the common small arguments so that loops over it vectorise.
inline double decayed(double x) {
    if (x < 0.25) {
        double p = 1.0 / 39916800.0;
        p = 1.0 / 3628800.0 - p * x;
        p = 1.0 / 362880.0 - p * x;
        p = 1.0 / 40320.0 - p * x;
        p = 1.0 / 5040.0 - p * x;
        p = 1.0 / 720.0 - p * x;
        p = 1.0 / 120.0 - p * x;
        p = 1.0 / 24.0 - p * x;
        p = 1.0 / 6.0 - p * x;
        p = 0.5 - p * x;
        p = 1.0 - p * x;
        return p * x;
    }
    return 1.0 - exp(-x);
}

/// ln(1+x) for x ≥ 0, relative error ≤ 4 ulp. Written without branches on the common small arguments, like
/// `decayed`: the series of 2·artanh(x/(2+x)), whose first term left out is below 1e-16 of the sum.
inline double log1p_growth(double x) {
    if (x < 0.25) {
        const double s = x / (2.0 + x);
        const double z = s * s;
        double p = 1.0 / 15.0;
        p = 1.0 / 13.0 + p * z;
        p = 1.0 / 11.0 + p * z;
        p = 1.0 / 9.0 + p * z;
        p = 1.0 / 7.0 + p * z;
        p = 1.0 / 5.0 + p * z;
        p = 1.0 / 3.0 + p * z;
        p = 1.0 + p * z;
        return 2.0 * s * p;
    }
    return log1p(x);
}

/// x^y = e^(y ln x) for x > 0.
double pow(double x, double y);

/// The standard normal distribution function, absolute error ≤ 1e-15 (Marsaglia 2004, J. Stat. Softw. 11(4)).
double normal_cdf(double z);

/// The standard normal quantile at u in (0, 1), Wichura's AS 241 (PPND16), relative error about 1e-16
/// times the conditioning of the tail.
double normal_quantile(double u);

/// Sine and cosine of an angle in degrees, |angle| ≤ 1e6, absolute error below 2e-16.
double sin_deg(double angle_deg);
double cos_deg(double angle_deg);

}  // namespace domino::portable
