#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/kernel/lane.h"
#include "sim/results.h"

namespace domino::sim {

/// Fills CommitmentEvent::avoided_t of a batch while its members run without coupling, so that nobody keeps
/// their emissions place by place. Both sides are taken as published, in single precision, and summed in
/// double, year after year: runs that do not differ give exactly 0.
class AvoidedByEvents {
 public:
    /// `coupled`: members side by side, the first of them numbered `first_member`, their emissions kept
    /// place by place. Sets the tonnes of their events to 0.
    AvoidedByEvents(RunResults& coupled, std::uint32_t first_member);

    /// Adds a touched year of the run without coupling; `place_year(place)` gives the place's emissions of
    /// each member, t CO2e. Years that the run does not cover whole are left out.
    template <class PlaceYear>
    void add_uncoupled_year(std::size_t touched_year, const PlaceYear& place_year) {
        if (touched_year < first_whole_ || touched_year >= first_whole_ + coupled_.years) return;
        const std::size_t year = touched_year - first_whole_;
        for (CommitmentEvent& event : coupled_.events) {
            if (touched_year < touched_year_of(event)) continue;
            const std::size_t member = event.member - first_member_;
            const DoubleLanes& off = place_year(event.place);
            event.avoided_t +=
                static_cast<double>(static_cast<float>(off[member])) -
                static_cast<double>(coupled_.emissions_t[coupled_.place_year(event.place, year, member)]);
        }
    }

 private:
    std::size_t touched_year_of(const CommitmentEvent& event) const {
        return static_cast<std::size_t>(coupled_.calendar.month(event.step).year() -
                                        coupled_.calendar.first.year());
    }

    RunResults& coupled_;
    std::uint32_t first_member_;
    std::size_t first_whole_;
};

}  // namespace domino::sim
