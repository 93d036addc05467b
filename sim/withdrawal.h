#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/calendar.h"
#include "sim/prior.h"

namespace domino::sim {

/// A nation leaves the Paris Agreement for some months; places that stay behind it keep their ways. Acts on
/// all other places of the country: their own propensity is multiplied, and the intensity of what they emit
/// declines more slowly while it lasts. What no place owns goes on as before.
struct Withdrawal {
    std::string id;
    std::uint16_t country = 0;
    Month from;
    Month to = never;                             ///< first month in which the nation is back
    std::vector<std::uint8_t> coalition;          ///< per place: 1 for those that stay
    Prior propensity_factor = fixed(1.0);         ///< multiplies θ, ≥ 0
    Prior intensity_drift_per_year = fixed(0.0);  ///< added to the yearly change of log intensity, 1/yr

    friend bool operator==(const Withdrawal&, const Withdrawal&) = default;
};

/// What one member believes about a withdrawal.
struct WithdrawalDraws {
    double propensity_factor = 1.0;
    double intensity_drift_per_year = 0.0;
};

}  // namespace domino::sim
