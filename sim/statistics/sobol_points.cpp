#include "sim/statistics/sobol_points.h"

#include <boost/random/sobol.hpp>
#include <stdexcept>

#include "sim/random.h"

namespace domino::sim {

std::vector<double> sobol_points(std::size_t count, std::size_t dimensions, std::uint64_t seed) {
    if (dimensions < 1 || dimensions > 3667) {
        throw std::invalid_argument("Sobol points are known for 1 to 3667 dimensions");
    }
    std::vector<std::uint64_t> shift(dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) {
        shift[d] = random_words({seed, Process::statistics, sub_of("digital_shift"), 0, 0, d, 0})[0];
    }
    boost::random::sobol engine(dimensions);
    std::vector<double> points(count * dimensions);
    for (std::size_t n = 0; n < count; ++n) {
        for (std::size_t d = 0; d < dimensions; ++d) {
            // The engine leaves out the sequence's first point, the origin.
            const std::uint64_t digits = n == 0 ? 0 : engine();
            points[n * dimensions + d] = to_uniform(digits ^ shift[d]);
        }
    }
    return points;
}

}  // namespace domino::sim
