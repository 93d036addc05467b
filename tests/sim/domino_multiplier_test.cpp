#include "sim/domino_multiplier.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace domino::sim {
namespace {

CommitmentEvent event(std::uint32_t member, std::uint32_t place, std::uint32_t source = no_place,
                      double avoided_t = 0.0) {
    CommitmentEvent e;
    e.member = member;
    e.place = place;
    e.source = source;
    e.cause = source == no_place ? Cause::spontaneous : Cause::layer;
    e.avoided_t = avoided_t;
    return e;
}

std::vector<double> multipliers(const std::vector<CommitmentEvent>& events, std::size_t places) {
    std::vector<double> values;
    for (const auto& m : count_downstream(events, places)) values.push_back(m.events());
    return values;
}

std::vector<double> tonnes(const std::vector<CommitmentEvent>& events, std::size_t places) {
    std::vector<double> values;
    for (const auto& m : count_downstream(events, places)) values.push_back(m.tonnes());
    return values;
}

double direct_total(const std::vector<CommitmentEvent>& events, std::size_t places) {
    double total = 0.0;
    for (const auto& m : count_downstream(events, places)) total += m.direct_t;
    return total;
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

TEST_CASE("tonnes go the way of the events: star, chain and diamond") {
    const std::vector<CommitmentEvent> star = {event(0, 0), event(0, 1, 0, 5), event(0, 2, 0, 7)};
    CHECK(tonnes(star, 3) == Values{12, 0, 0});
    CHECK(direct_total(star, 3) == 12.0);
    // What the first place itself avoids is nobody's inducement.
    const std::vector<CommitmentEvent> chain = {event(0, 0, no_place, 100), event(0, 1, 0, 5),
                                                event(0, 2, 1, 7), event(0, 3, 2, 11)};
    CHECK(tonnes(chain, 4) == Values{23, 18, 11, 0});
    CHECK(direct_total(chain, 4) == 23.0);
    // 0 to 1 and 2, both to 3: one of the two is drawn in each member, and both go back to 0.
    const std::vector<CommitmentEvent> diamond = {event(0, 0),       event(0, 1, 0, 2), event(0, 2, 0, 4),
                                                  event(0, 3, 1, 8), event(1, 0),       event(1, 1, 0, 2),
                                                  event(1, 2, 0, 4), event(1, 3, 2, 8)};
    CHECK(tonnes(diamond, 4) == Values{14, 4, 4, 0});
    CHECK(direct_total(diamond, 4) == 28.0);
}

TEST_CASE("two symmetric sources get the same tonnes, and together all of them") {
    std::vector<CommitmentEvent> events;
    for (std::uint32_t member = 0; member < 10; ++member) {
        events.push_back(event(member, 0));
        events.push_back(event(member, 1));
        events.push_back(event(member, 2, member % 2, 3));
    }
    CHECK(tonnes(events, 3) == Values{1.5, 1.5, 0});
    CHECK(direct_total(events, 3) == 30.0);
}

TEST_CASE("tonnes that were not measured are not told as zero") {
    const auto counts =
        count_downstream({event(0, 0), event(0, 1, 0, std::numeric_limits<double>::quiet_NaN())}, 2);
    CHECK(counts[0].events() == 1.0);
    CHECK(std::isnan(counts[0].tonnes()));
    CHECK(counts[1].tonnes() == 0.0);
}

TEST_CASE("a ring, which no run writes, ends, and unknown places are left out") {
    const auto counts = count_downstream({event(0, 0, 1), event(0, 1, 0), event(0, 9, 0)}, 2);
    CHECK(counts[0].downstream == 1);
    CHECK(counts[1].downstream == 1);
}

}  // namespace
}  // namespace domino::sim
