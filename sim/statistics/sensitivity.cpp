#include "sim/statistics/sensitivity.h"

#include <cmath>
#include <stdexcept>

#include "geo/portable_math.h"
#include "sim/statistics/sobol_points.h"

namespace domino::sim {

namespace {

class Saltelli {
 public:
    Saltelli(const UnitCubeModel& model, const SensitivityOptions& options)
        : model_(model),
          inputs_(options.inputs),
          count_(options.base_sample),
          points_(sobol_points(options.base_sample, 2 * options.inputs, options.seed)),
          row_(options.inputs),
          at_a_(evaluate({}, false)),
          at_b_(evaluate({}, true)) {
        centre();
    }

    SensitivityIndices run(PairIndices pairs) {
        SensitivityIndices out;
        out.mean = mean_;
        out.variance = variance_;
        for (std::size_t i = 0; i < inputs_; ++i) {
            const std::vector<double> mixed = evaluate({i}, false);
            out.first.push_back(share(covered(mixed)));
            out.total.push_back(share(left_to(mixed)));
        }
        if (pairs == PairIndices::yes) out.pair = pair_indices(out.first);
        out.evaluations = evaluations_;
        return out;
    }

 private:
    /// f at A with the columns `from_b` taken from B, or at B, less the mean once it is known.
    std::vector<double> evaluate(const std::vector<std::size_t>& from_b, bool all_from_b) {
        std::vector<double> values(count_);
        for (std::size_t n = 0; n < count_; ++n) {
            const double* point = points_.data() + n * 2 * inputs_;
            for (std::size_t d = 0; d < inputs_; ++d) row_[d] = point[all_from_b ? inputs_ + d : d];
            for (const std::size_t d : from_b) row_[d] = point[inputs_ + d];
            const double value = model_(row_);
            if (!std::isfinite(value)) {
                throw std::invalid_argument(
                    "the model returned a number that is not finite; indices need its "
                    "variance");
            }
            values[n] = value - mean_;
        }
        evaluations_ += count_;
        return values;
    }

    /// Mean and variance over A and B together. Taking the mean off leaves the estimators' expectation as it
    /// is and their error smaller.
    void centre() {
        double sum = 0.0;
        for (std::size_t n = 0; n < count_; ++n) sum += at_a_[n] + at_b_[n];
        const double both = 2.0 * static_cast<double>(count_);
        mean_ = sum / both;
        double squares = 0.0;
        for (std::size_t n = 0; n < count_; ++n) {
            at_a_[n] -= mean_;
            at_b_[n] -= mean_;
            squares += at_a_[n] * at_a_[n] + at_b_[n] * at_b_[n];
        }
        variance_ = squares / both;
    }

    double covered(const std::vector<double>& mixed) const {
        double sum = 0.0;
        for (std::size_t n = 0; n < count_; ++n) sum += at_b_[n] * (mixed[n] - at_a_[n]);
        return sum / static_cast<double>(count_);
    }

    double left_to(const std::vector<double>& mixed) const {
        double sum = 0.0;
        for (std::size_t n = 0; n < count_; ++n) {
            const double difference = at_a_[n] - mixed[n];
            sum += difference * difference;
        }
        return 0.5 * sum / static_cast<double>(count_);
    }

    double share(double variance) const { return variance_ > 0.0 ? variance / variance_ : 0.0; }

    std::vector<double> pair_indices(const std::vector<double>& first) {
        std::vector<double> pair(inputs_ * inputs_, 0.0);
        for (std::size_t i = 0; i < inputs_; ++i) {
            for (std::size_t j = i + 1; j < inputs_; ++j) {
                const double both = share(covered(evaluate({i, j}, false)));
                pair[i * inputs_ + j] = pair[j * inputs_ + i] = both - first[i] - first[j];
            }
        }
        return pair;
    }

    const UnitCubeModel& model_;
    std::size_t inputs_;
    std::size_t count_;
    std::vector<double> points_;
    std::vector<double> row_;
    double mean_ = 0.0;
    double variance_ = 0.0;
    std::size_t evaluations_ = 0;
    std::vector<double> at_a_;
    std::vector<double> at_b_;
};

}  // namespace

SensitivityIndices sensitivity_indices(const UnitCubeModel& model, const SensitivityOptions& options) {
    if (options.inputs < 1 || options.base_sample < 2) {
        throw std::invalid_argument("sensitivity needs at least one input and a base sample of at least 2");
    }
    return Saltelli(model, options).run(options.pairs);
}

double ishigami(std::span<const double> unit, double a, double b) {
    if (unit.size() != 3) throw std::invalid_argument("the Ishigami function takes three inputs");
    constexpr double pi = 3.14159265358979323846;
    const double sine1 = portable::sin_deg(360.0 * unit[0] - 180.0);
    const double sine2 = portable::sin_deg(360.0 * unit[1] - 180.0);
    const double x3 = pi * (2.0 * unit[2] - 1.0);
    return sine1 + a * sine2 * sine2 + b * x3 * x3 * x3 * x3 * sine1;
}

double sobol_g(std::span<const double> unit, std::span<const double> a) {
    if (unit.size() != a.size()) throw std::invalid_argument("Sobol's G function takes one a per input");
    double product = 1.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product *= (std::abs(4.0 * unit[i] - 2.0) + a[i]) / (1.0 + a[i]);
    }
    return product;
}

}  // namespace domino::sim
