#include "sim/avoided_by_events.h"

namespace domino::sim {

AvoidedByEvents::AvoidedByEvents(RunResults& coupled, std::uint32_t first_member)
    : coupled_(coupled),
      first_member_(first_member),
      first_whole_(static_cast<std::size_t>(coupled.calendar.first_year() - coupled.calendar.first.year())) {
    for (CommitmentEvent& event : coupled_.events) event.avoided_t = 0.0;
}

}  // namespace domino::sim
