#include "sim/results.h"

namespace domino::sim {

double RunResults::national_total_t(std::size_t country, std::size_t year, std::size_t member) const {
    double total = 0.0;
    for (std::size_t s = 0; s < sector_count; ++s) {
        total += sector_t[sector_at(country, static_cast<Sector>(s), year, member)];
    }
    for (std::size_t r = 0; r < remainder_count; ++r) {
        total += remainder_t[remainder_at(country, static_cast<RemainderPart>(r), year, member)];
    }
    return total;
}

}  // namespace domino::sim
