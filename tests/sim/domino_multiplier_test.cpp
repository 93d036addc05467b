#include "sim/domino_multiplier.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace domino::sim {
namespace {

CommitmentEvent event(std::uint32_t member, std::uint32_t place, std::uint32_t source = no_place) {
    CommitmentEvent e;
    e.member = member;
    e.place = place;
    e.source = source;
    e.cause = source == no_place ? Cause::spontaneous : Cause::layer;
    return e;
}

std::vector<double> multipliers(const std::vector<CommitmentEvent>& events, std::size_t places) {
    std::vector<double> values;
    for (const auto& m : count_downstream(events, places)) values.push_back(m.value());
    return values;
}

using Values = std::vector<double>;

TEST_CASE("a star induces its leaves, a chain everybody behind") {
    CHECK(multipliers({event(0, 0), event(0, 1, 0), event(0, 2, 0), event(0, 3, 0)}, 4) ==
          Values{3, 0, 0, 0});
    CHECK(multipliers({event(0, 0), event(0, 1, 0), event(0, 2, 1), event(0, 3, 2)}, 4) ==
          Values{3, 2, 1, 0});
}

TEST_CASE("per own commitment: members count apart, and those in which it never commits do not") {
    // Member 0: chain 0, 1, 2. Member 1: 1 by itself, 2 by itself. Member 2: 0 alone.
    std::vector<CommitmentEvent> events = {event(0, 0), event(0, 1, 0), event(0, 2, 1),
                                           event(1, 1), event(1, 2),    event(2, 0)};
    CHECK(multipliers(events, 3) == Values{1.0, 0.5, 0.0});
    std::reverse(events.begin(), events.end());
    CHECK(multipliers(events, 3) == Values{1.0, 0.5, 0.0});
}

TEST_CASE("a source that had committed before the run counts once a member") {
    CHECK(multipliers({event(0, 1, 0), event(0, 2, 0), event(1, 1, 0)}, 3) == Values{1.5, 0, 0});
}

TEST_CASE("a ring, which no run writes, ends, and unknown places are left out") {
    const auto counts = count_downstream({event(0, 0, 1), event(0, 1, 0), event(0, 9, 0)}, 2);
    CHECK(counts[0].downstream == 1);
    CHECK(counts[1].downstream == 1);
}

}  // namespace
}  // namespace domino::sim
