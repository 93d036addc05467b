#include "sim/stock_turnover.h"

#include <array>
#include <cmath>
#include <stdexcept>

#include "geo/portable_math.h"

namespace domino::sim {

namespace {

void check(WeibullLifetime lifetime) {
    if (!(lifetime.shape > 0.0) || !(lifetime.scale_years > 0.0) || !std::isfinite(lifetime.shape) ||
        !std::isfinite(lifetime.scale_years)) {
        throw std::invalid_argument("a Weibull lifetime needs a finite shape > 0 and a finite scale > 0");
    }
}

/// Γ(x) for x ≥ 1, Lanczos' approximation with g = 7 and nine terms (Godfrey's coefficients).
double gamma_function(double x) {
    constexpr std::array<double, 9> terms = {0.99999999999980993227684700473478,
                                             676.520368121885098567009190444019,
                                             -1259.13921672240287047156078755283,
                                             771.3234287776530788486528258894,
                                             -176.61502916214059906584551354,
                                             12.507343278686904814458936853,
                                             -0.13857109526572011689554707,
                                             9.984369578019570859563e-6,
                                             1.50563273514931155834e-7};
    const double z = x - 1.0;
    double sum = terms[0];
    for (std::size_t i = 1; i < terms.size(); ++i) sum += terms[i] / (z + static_cast<double>(i));
    const double t = z + 7.5;
    constexpr double sqrt_two_pi = 2.5066282746310005024;
    return sqrt_two_pi * portable::exp((z + 0.5) * portable::log(t) - t) * sum;
}

}  // namespace

double weibull_survival(WeibullLifetime lifetime, double age_years) {
    check(lifetime);
    if (!(age_years >= 0.0)) throw std::invalid_argument("an age is >= 0");
    if (age_years == 0.0) return 1.0;
    return portable::exp(-portable::pow(age_years / lifetime.scale_years, lifetime.shape));
}

double weibull_mean_years(WeibullLifetime lifetime) {
    check(lifetime);
    return lifetime.scale_years * gamma_function(1.0 + 1.0 / lifetime.shape);
}

double weibull_median_years(WeibullLifetime lifetime) {
    check(lifetime);
    constexpr double ln2 = 0.69314718055994530942;
    return lifetime.scale_years * portable::pow(ln2, 1.0 / lifetime.shape);
}

double erlang_survival(int stages, double lifetime_years, double age_years) {
    if (stages < 1 || !(lifetime_years > 0.0) || !std::isfinite(lifetime_years) || !(age_years >= 0.0)) {
        throw std::invalid_argument(
            "stages of age need at least one stage, a finite lifetime > 0, an age >= 0");
    }
    const double passed = stages * age_years / lifetime_years;
    double term = portable::exp(-passed);
    double sum = term;
    for (int j = 1; j < stages; ++j) {
        term *= passed / j;
        sum += term;
    }
    return sum;
}

CohortStock::CohortStock(WeibullLifetime lifetime) : lifetime_(lifetime) {
    check(lifetime);
}

double CohortStock::step(double sales) {
    if (!(sales >= 0.0) || !std::isfinite(sales)) throw std::invalid_argument("sales are finite and >= 0");
    double retired = 0.0;
    double age = 0.0;
    for (auto cohort = sales_.rbegin(); cohort != sales_.rend(); ++cohort, age += 1.0) {
        retired += *cohort * (weibull_survival(lifetime_, age) - weibull_survival(lifetime_, age + 1.0));
    }
    sales_.push_back(sales);
    return retired;
}

double CohortStock::units() const {
    double sum = 0.0;
    double age = 0.0;
    for (auto cohort = sales_.rbegin(); cohort != sales_.rend(); ++cohort, age += 1.0) {
        sum += *cohort * weibull_survival(lifetime_, age);
    }
    return sum;
}

}  // namespace domino::sim
