#pragma once

#include <cstdint>
#include <vector>

#include "sim/member_draws.h"
#include "sim/prepared_world.h"

namespace domino::sim {

/// Joint declarations of an admin-1 unit in a month.
struct JointDeclaration {
    std::int32_t step = 0;
    std::uint16_t admin1 = 0;
    std::uint8_t count = 0;
};

/// The joint declarations of one member in order of months, then units: a Poisson process a unit at its
/// country's rate, by the exponential waits between events. The waits of a unit are addressed by member,
/// calendar year and number, and begin anew each year: what happens in a year does not depend on when the run
/// starts. Units without places have none.
std::vector<JointDeclaration> draw_joint_declarations(const PreparedWorld& prepared, const MemberDraws& draws,
                                                      MemberId id);

}  // namespace domino::sim
