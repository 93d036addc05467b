#pragma once

#include <cstdint>
#include <string>

namespace domino::sim {

/// Families of prior distributions (`data/tables/parameters.csv`).
enum class Family : std::uint8_t {
    fixed,        ///< always a
    normal,       ///< N(a, b)
    half_normal,  ///< |N(0, a)|
    uniform,      ///< U(a, b)
    log_uniform,  ///< log-uniform on [a, b], a > 0
};

/// A prior: with probability `zero_mass` exactly zero, else the family. Units are the parameter's own.
struct Prior {
    Family family = Family::fixed;
    double a = 0.0;
    double b = 0.0;
    double zero_mass = 0.0;

    friend bool operator==(const Prior&, const Prior&) = default;
};

constexpr Prior fixed(double value) {
    return Prior{Family::fixed, value, 0.0, 0.0};
}
constexpr Prior normal(double mean, double sd) {
    return Prior{Family::normal, mean, sd, 0.0};
}
constexpr Prior half_normal(double sd) {
    return Prior{Family::half_normal, sd, 0.0, 0.0};
}
constexpr Prior uniform(double low, double high) {
    return Prior{Family::uniform, low, high, 0.0};
}
constexpr Prior log_uniform(double low, double high) {
    return Prior{Family::log_uniform, low, high, 0.0};
}
/// The prior of a quantity whose every value is `factor` times the other's.
constexpr Prior scaled(Prior prior, double factor) {
    prior.a *= factor;
    prior.b *= factor;
    return prior;
}
constexpr Prior or_zero(Prior prior, double zero_mass = 0.5) {
    prior.zero_mass = zero_mass;
    return prior;
}

/// The value of the prior at two independent uniforms in (0, 1): `u_zero` decides the point mass, `u` the
/// rest, by inversion. Deterministic; the same bits on every machine.
double draw(const Prior& prior, double u_zero, double u);

/// The median, used where uncertainty is switched off; a prior with zero_mass ≥ ½ has median 0.
double median(const Prior& prior);

/// Mean absolute description such as "half normal(0.5), zero with probability 0.5", for the resolved
/// scenario.
std::string describe(const Prior& prior);

}  // namespace domino::sim
