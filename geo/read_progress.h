#pragma once

#include <functional>

namespace domino::geo {

/// Told, while a file is read, which share of it is done: from 0 to 1, never falling, 1 at its end. What it
/// throws ends the reading.
using ReadProgress = std::function<void(double share)>;

}  // namespace domino::geo
