#pragma once

#include <string>

namespace domino::scenarios {

/// A scenario to start from: Japan and Viet Nam, every key there is in a comment with its default, meaning
/// and source. It loads as it stands. Deterministic.
std::string template_toml();

}  // namespace domino::scenarios
