#include "sim/place_years.h"

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

void PlaceYears::put_year(std::size_t touched_year, const StockLanes& stock, const CapacityLanes& capacity,
                          const EmissionLanes& emissions, const Threads* threads) {
    if (touched_year < first_whole || touched_year >= first_whole + years) return;
    const std::size_t year = touched_year - first_whole;
    // Each technology, capacity, emissions.
    run_shared(threads, technologies + 2, [&](std::size_t part) {
        if (part > technologies) {
            for (std::size_t n = 0; n < places; ++n) {
                const DoubleLanes& emitted = emissions.year_at(n);
                float* row = &emissions_t[(place_at[n] * years + year) * members];
                for (std::size_t m = 0; m < members; ++m) row[m] = static_cast<float>(emitted[m]);
            }
        } else if (part == technologies) {
            sum_shares(capacity.capacities(), {}, members, year_of(capacity_sum, 0, year));
        } else {
            std::vector<Lanes> units, potentials;
            sum_shares(stock.stocks(part, units), stock.potentials(part, potentials), members,
                       year_of(adoption_sum, part, year));
        }
    });
}

}  // namespace domino::sim
