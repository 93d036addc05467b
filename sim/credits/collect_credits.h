#pragma once

#include <vector>

#include "sim/credits/member_credits.h"

namespace domino::sim {

/// Puts members' credits side by side, by number: every kind of entry any member has, zero where a member
/// has none. Empty where credits are off.
CreditResults collect_credits(const World& world, const std::vector<MemberCredits>& members);

}  // namespace domino::sim
