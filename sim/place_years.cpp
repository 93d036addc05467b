#include "sim/place_years.h"

#include <algorithm>

#include "sim/kernel/capacity_lanes.h"
#include "sim/kernel/emission_lanes.h"
#include "sim/kernel/stock_lanes.h"

namespace domino::sim {

std::uint64_t share_units(double share) {
    return static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * share_unit + 0.5);
}

PlaceYears::PlaceYears(const PreparedWorld& prepared, std::size_t batch_members)
    : places(prepared.places),
      technologies(prepared.technologies),
      first_whole(static_cast<std::size_t>(prepared.world->calendar.first_year() -
                                           prepared.world->calendar.first.year())),
      years(static_cast<std::size_t>(prepared.world->calendar.years())),
      members(batch_members),
      emissions_t(places * years * members),
      capacity_sum(places * years, 0),
      adoption_sum(technologies * places * years, 0) {}

void PlaceYears::add_year(std::size_t touched_year, const StockLanes& stock, const CapacityLanes& capacity,
                          const EmissionLanes& emissions, const Threads* threads) {
    if (touched_year < first_whole || touched_year >= first_whole + years) return;
    const std::size_t year = touched_year - first_whole;
    run_shared(threads, places, [&](std::size_t i) {
        const DoubleLanes& emitted = emissions.place_year(i);
        float* row = &emissions_t[(i * years + year) * members];
        for (std::size_t m = 0; m < members; ++m) row[m] = static_cast<float>(emitted[m]);
        const Lanes& reached = capacity.capacity(i);
        for (std::size_t m = 0; m < members; ++m) {
            capacity_sum[i * years + year] += share_units(static_cast<double>(reached[m]));
        }
        for (std::size_t k = 0; k < technologies; ++k) {
            std::uint64_t& sum = adoption_sum[(k * places + i) * years + year];
            const Lanes& in_use = stock.stock(i, k);
            const Lanes& potential = stock.potential(i, k);
            for (std::size_t m = 0; m < members; ++m) {
                const float whole = potential[m];
                sum += share_units(whole > 0.0f ? static_cast<double>(in_use[m] / whole) : 0.0);
            }
        }
    });
}

void PlaceYears::forget_from(std::size_t touched_year) {
    const std::size_t kept = std::clamp(touched_year, first_whole, first_whole + years) - first_whole;
    for (std::vector<std::uint64_t>* sums : {&capacity_sum, &adoption_sum}) {
        for (std::size_t row = 0; row < sums->size(); row += years)
            std::fill(sums->begin() + static_cast<std::ptrdiff_t>(row + kept),
                      sums->begin() + static_cast<std::ptrdiff_t>(row + years), 0);
    }
}

}  // namespace domino::sim
