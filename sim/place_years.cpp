#include "sim/place_years.h"

#include <algorithm>

#include "sim/kernel/capacity_lanes.h"
#include "sim/kernel/emission_lanes.h"
#include "sim/kernel/share_lanes.h"
#include "sim/kernel/stock_lanes.h"

namespace domino::sim {

PlaceYears::PlaceYears(const PreparedWorld& prepared, std::size_t batch_members)
    : places(prepared.places),
      technologies(prepared.technologies),
      first_whole(static_cast<std::size_t>(prepared.world->calendar.first_year() -
                                           prepared.world->calendar.first.year())),
      years(static_cast<std::size_t>(prepared.world->calendar.years())),
      members(batch_members),
      place_at(prepared.order.place_at),
      emissions_t(places * years * members),
      capacity_sum(places * years, 0),
      adoption_sum(technologies * places * years, 0) {}

void PlaceYears::add_year(std::size_t touched_year, const StockLanes& stock, const CapacityLanes& capacity,
                          const EmissionLanes& emissions, const Threads* threads) {
    if (touched_year < first_whole || touched_year >= first_whole + years) return;
    const std::size_t year = touched_year - first_whole;
    for (std::size_t i = 0; i < places; ++i) {
        const DoubleLanes& emitted = emissions.place_year(i);
        float* row = &emissions_t[(i * years + year) * members];
        for (std::size_t m = 0; m < members; ++m) row[m] = static_cast<float>(emitted[m]);
    }
    // Capacity, then each technology.
    run_shared(threads, 1 + technologies, [&](std::size_t part) {
        std::vector<double> sums(places);
        std::uint64_t* into = capacity_sum.data();
        if (part == 0) {
            sum_shares(capacity.capacities(), {}, members, sums);
        } else {
            const std::size_t k = part - 1;
            std::vector<Lanes> units, potentials;
            sum_shares(stock.stocks(k, units), stock.potentials(k, potentials), members, sums);
            into = adoption_sum.data() + k * places * years;
        }
        for (std::size_t n = 0; n < places; ++n)
            into[place_at[n] * years + year] += static_cast<std::uint64_t>(sums[n]);
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
