#pragma once

#include <string>

namespace domino::scenarios {

/// A proposal to start from: every key there is, with its meaning; what must be there stands open with an
/// example. It loads as it stands. Deterministic.
std::string proposal_template();

}  // namespace domino::scenarios
