#include "geo/portable_math.h"

#include <cmath>
#include <cstdint>
#include <limits>

namespace domino::portable {
namespace {

double rational(const double* numerator, const double* denominator, double r) {
    double n = numerator[7];
    double d = denominator[7];
    for (int i = 6; i >= 0; --i) {
        n = n * r + numerator[i];
        d = d * r + denominator[i];
    }
    return n / d;
}

// Coefficients: Wichura, M. J. (1988), Algorithm AS 241, Applied Statistics 37, 477–484.
constexpr double central_a[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                 1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                 3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr double central_b[8] = {1.0,
                                 4.2313330701600911252e+1,
                                 6.8718700749205790830e+2,
                                 5.3941960214247511077e+3,
                                 2.1213794301586595867e+4,
                                 3.9307895800092710610e+4,
                                 2.8729085735721942674e+4,
                                 5.2264952788528545610e+3};
constexpr double middle_c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                5.76949722146069140550e0,  3.64784832476320460504e0,
                                1.27045825245236838258e0,  2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr double middle_d[8] = {1.0,
                                2.05319162663775882187e0,
                                1.67638483018380384940e0,
                                6.89767334985100004550e-1,
                                1.48103976427480074590e-1,
                                1.51986665636164571966e-2,
                                5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
constexpr double far_e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                             2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                             2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr double far_f[8] = {1.0,
                             5.99832206555887937690e-1,
                             1.36929880922735805310e-1,
                             1.48753612908506148525e-2,
                             7.86869131145613259100e-4,
                             1.84631831751005468180e-5,
                             1.42151175831644588870e-7,
                             2.04426310338993978564e-15};

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

double log(double x) {
    if (!(x > 0.0)) {
        return x == 0.0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    }
    if (x == std::numeric_limits<double>::infinity()) return x;
    int k = 0;
    if (x < std::numeric_limits<double>::min()) {
        x *= 18014398509481984.0;  // 2^54: out of the subnormals
        k = -54;
    }
    return log_of_normal(x, k);
}

double log1p(double x) {
    if (x > -0.25 && x < 0.25) {
        const double s = x / (2.0 + x);
        const double z = s * s;
        double series = 2.0 / 25.0;
        for (int n = 23; n >= 3; n -= 2) series = series * z + 2.0 / n;
        return 2.0 * s + s * z * series;
    }
    return log(1.0 + x);
}

double expm1(double x) {
    if (x > -0.25 && x < 0.25) {
        double p = 1.0 / 6227020800.0;
        double factorial = 6227020800.0;
        for (int n = 13; n >= 2; --n) {
            factorial /= n;
            p = p * x + 1.0 / factorial;
        }
        return p * x;
    }
    return exp(x) - 1.0;
}

double pow(double x, double y) {
    return exp(y * log(x));
}

double normal_cdf(double z) {
    if (z < -8.0) return 0.0;
    if (z > 8.0) return 1.0;
    double term = z;
    double sum = z;
    for (int n = 3; n < 400; n += 2) {
        term *= z * z / n;
        if (sum + term == sum) break;
        sum += term;
    }
    constexpr double half_log_two_pi = 0.91893853320467274178;
    return 0.5 + sum * exp(-0.5 * z * z - half_log_two_pi);
}

double normal_quantile(double u) {
    const double q = u - 0.5;
    if (q > -0.425 && q < 0.425) return q * rational(central_a, central_b, 0.180625 - q * q);
    const double tail = q < 0.0 ? u : 1.0 - u;
    // std::sqrt is correctly rounded everywhere (IEEE 754).
    const double r = std::sqrt(-log(tail));
    const double value = r <= 5.0 ? rational(middle_c, middle_d, r - 1.6) : rational(far_e, far_f, r - 5.0);
    return q < 0.0 ? -value : value;
}

double sin_deg(double angle_deg) {
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

double cos_deg(double angle_deg) {
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

}  // namespace domino::portable
