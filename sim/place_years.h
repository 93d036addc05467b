#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/ensemble_threads.h"
#include "sim/prepared_world.h"

namespace domino::sim {

class CapacityLanes;
class EmissionLanes;
class StockLanes;

/// What is published of each place and whole calendar year of a batch of members, filled year by year while
/// they are stepped, so that no member has to keep it. Emissions are kept member by member; of capacity and
/// adoption only the sum, in which each share enters as an integer multiple of 2⁻⁴⁰, so that sums are exact
/// for up to 2²³ members and do not depend on the order of addition.
struct PlaceYears {
    PlaceYears(const PreparedWorld& prepared, std::size_t batch_members);
    PlaceYears() = default;

    /// Puts a calendar year down at its end, over what stood there, before the emissions account closes it.
    /// Years that the run touches but does not cover are left out. Threads, where there are any, share what
    /// is kept.
    void put_year(std::size_t touched_year, const StockLanes& stock, const CapacityLanes& capacity,
                  const EmissionLanes& emissions, const Threads* threads = nullptr);

    std::size_t places = 0;
    std::size_t technologies = 0;
    std::size_t first_whole = 0;  ///< index of the first whole year among the touched
    std::size_t years = 0;        ///< whole years
    std::size_t members = 0;
    FrozenArray<std::uint32_t> place_at;      ///< by position (PlaceOrder)
    std::vector<float> emissions_t;           ///< [place][year][member], t CO2e/yr
    std::vector<std::uint64_t> capacity_sum;  ///< [year][position], in 2⁻⁴⁰
    std::vector<std::uint64_t> adoption_sum;  ///< [technology][year][position], A/M in 2⁻⁴⁰

 private:
    std::span<std::uint64_t> year_of(std::vector<std::uint64_t>& sums, std::size_t table, std::size_t year) {
        return std::span(sums).subspan((table * years + year) * places, places);
    }
};

}  // namespace domino::sim
