#pragma once

#include <cstdint>

namespace domino::sim {

/// Whether couplings act (γ, r, coercion) or are held at zero with everything else unchanged.
enum class CouplingSwitch : std::uint8_t { on, off };

}  // namespace domino::sim
