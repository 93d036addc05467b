#include "sim/prior.h"

#include <fmt/format.h>

#include "geo/portable_math.h"

namespace domino::sim {
namespace {

double quantile(const Prior& prior, double u) {
    switch (prior.family) {
        case Family::fixed:
            return prior.a;
        case Family::normal:
            return prior.a + prior.b * portable::normal_quantile(u);
        case Family::half_normal:
            return prior.a * portable::normal_quantile(0.5 + 0.5 * u);
        case Family::uniform:
            return prior.a + (prior.b - prior.a) * u;
        case Family::log_uniform:
            return prior.a * portable::exp(u * portable::log(prior.b / prior.a));
    }
    return prior.a;
}

std::string describe_family(const Prior& prior) {
    switch (prior.family) {
        case Family::fixed:
            return fmt::format("{}", prior.a);
        case Family::normal:
            return fmt::format("normal({}, {})", prior.a, prior.b);
        case Family::half_normal:
            return fmt::format("half normal({})", prior.a);
        case Family::uniform:
            return fmt::format("uniform({}, {})", prior.a, prior.b);
        case Family::log_uniform:
            return fmt::format("log-uniform({}, {})", prior.a, prior.b);
    }
    return {};
}

}  // namespace

double draw(const Prior& prior, double u_zero, double u) {
    if (prior.family == Family::fixed) return prior.a;
    return u_zero < prior.zero_mass ? 0.0 : quantile(prior, u);
}

double median(const Prior& prior) {
    if (prior.family == Family::fixed) return prior.a;
    // The families with a point mass at zero are non-negative, so the mass lies below the rest.
    if (prior.zero_mass >= 0.5) return 0.0;
    return quantile(prior, (0.5 - prior.zero_mass) / (1.0 - prior.zero_mass));
}

std::string describe(const Prior& prior) {
    if (prior.family == Family::fixed || prior.zero_mass == 0.0) return describe_family(prior);
    return fmt::format("{}, zero with probability {}", describe_family(prior), prior.zero_mass);
}

}  // namespace domino::sim
