#include "sim/learning_curve.h"

#include <cmath>
#include <stdexcept>

#include "geo/portable_math.h"

namespace domino::sim {

double learning_exponent(double learning_rate) {
    if (!std::isfinite(learning_rate) || learning_rate >= 1.0) {
        throw std::invalid_argument("a learning rate is the fall of cost per doubling, below 1");
    }
    return -portable::log(1.0 - learning_rate) * 1.4426950408889634074;
}

double learned_cost(double exponent, double growth) {
    if (!(growth > 0.0) || !std::isfinite(growth)) {
        throw std::invalid_argument("cumulated production grows by a finite factor > 0");
    }
    return portable::exp(-exponent * portable::log(growth));
}

}  // namespace domino::sim
