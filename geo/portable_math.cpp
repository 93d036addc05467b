#include "geo/portable_math.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace domino::geo {

namespace {

constexpr double radians_per_degree = 0.017453292519943295769;

/// sin(x) for |x| <= π/4: Taylor series to x^19; the first term left out is below 2e-22.
double sin_of_small(double x) {
    const double x2 = x * x;
    double sum = -1.0 / 121645100408832000.0;
    sum = sum * x2 + 1.0 / 355687428096000.0;
    sum = sum * x2 - 1.0 / 1307674368000.0;
    sum = sum * x2 + 1.0 / 6227020800.0;
    sum = sum * x2 - 1.0 / 39916800.0;
    sum = sum * x2 + 1.0 / 362880.0;
    sum = sum * x2 - 1.0 / 5040.0;
    sum = sum * x2 + 1.0 / 120.0;
    sum = sum * x2 - 1.0 / 6.0;
    return x + x * x2 * sum;
}

/// cos(x) for |x| <= π/4: Taylor series to x^18; the first term left out is below 4e-21.
double cos_of_small(double x) {
    const double x2 = x * x;
    double sum = -1.0 / 6402373705728000.0;
    sum = sum * x2 + 1.0 / 20922789888000.0;
    sum = sum * x2 - 1.0 / 87178291200.0;
    sum = sum * x2 + 1.0 / 479001600.0;
    sum = sum * x2 - 1.0 / 3628800.0;
    sum = sum * x2 + 1.0 / 40320.0;
    sum = sum * x2 - 1.0 / 720.0;
    sum = sum * x2 + 1.0 / 24.0;
    return 1.0 + x2 * (-0.5 + x2 * sum);
}

/// Quarter turns to take off, and what stays: an angle within 45°, exact because degrees are subtracted.
struct ReducedAngle {
    int quarter = 0;
    double rest_rad = 0.0;
};

ReducedAngle reduce(double angle_deg) {
    const double turns = std::floor(angle_deg / 90.0 + 0.5);
    const double rest_deg = angle_deg - 90.0 * turns;
    const auto quarter = static_cast<std::int64_t>(turns) & 3;
    return {static_cast<int>(quarter), rest_deg * radians_per_degree};
}

}  // namespace

double portable_sin_deg(double angle_deg) {
    const ReducedAngle angle = reduce(angle_deg);
    switch (angle.quarter) {
        case 0:
            return sin_of_small(angle.rest_rad);
        case 1:
            return cos_of_small(angle.rest_rad);
        case 2:
            return -sin_of_small(angle.rest_rad);
        default:
            return -cos_of_small(angle.rest_rad);
    }
}

double portable_cos_deg(double angle_deg) {
    const ReducedAngle angle = reduce(angle_deg);
    switch (angle.quarter) {
        case 0:
            return cos_of_small(angle.rest_rad);
        case 1:
            return -sin_of_small(angle.rest_rad);
        case 2:
            return -cos_of_small(angle.rest_rad);
        default:
            return sin_of_small(angle.rest_rad);
    }
}

double portable_exp(double x) {
    if (!(x > -708.0)) return 0.0;
    // ln 2 in two parts, the first with trailing zero bits, so that x - n ln 2 loses nothing (Cody & Waite
    // 1980).
    constexpr double ln2_high = 0x1.62e42fefa0000p-1;
    constexpr double ln2_low = 0x1.cf79abc9e3b39p-40;
    constexpr double log2_e = 1.4426950408889634074;
    const double n = std::floor(x * log2_e + 0.5);
    const double r = (x - n * ln2_high) - n * ln2_low;
    // Taylor series on |r| <= ln 2 / 2 to r^14; the first term left out is below 1e-19.
    double sum = 1.0 / 87178291200.0;
    constexpr double inverse_factorials[] = {1.0 / 6227020800.0,
                                             1.0 / 479001600.0,
                                             1.0 / 39916800.0,
                                             1.0 / 3628800.0,
                                             1.0 / 362880.0,
                                             1.0 / 40320.0,
                                             1.0 / 5040.0,
                                             1.0 / 720.0,
                                             1.0 / 120.0,
                                             1.0 / 24.0,
                                             1.0 / 6.0,
                                             0.5,
                                             1.0};
    for (const double term : inverse_factorials) sum = sum * r + term;
    const double mantissa = 1.0 + r * sum;
    const auto exponent = static_cast<std::uint64_t>(static_cast<std::int64_t>(n) + 1023);
    return mantissa * std::bit_cast<double>(exponent << 52U);
}

}  // namespace domino::geo
