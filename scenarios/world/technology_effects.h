#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "sim/sector.h"

namespace domino::scenarios {

/// A user of electricity and its part of a technology's effect.
struct ElectricityUser {
    sim::Sector sector;
    double share;
};

/// What a technology of the pack does in the model.
struct EffectRule {
    std::string_view tech_id;
    std::optional<sim::Sector> direct;       ///< sector whose direct emissions it cuts
    std::vector<ElectricityUser> users;      ///< who saves, makes or uses the electricity
    double largest_direct_share = 1.0;       ///< most of the sector's direct emissions it can serve (α)
    double largest_electricity_share = 1.0;  ///< most of the users' demand it can save or make
    double electricity_factor = 1.0;         ///< × the table's kWh, where that stands for another use
    double electricity_factor_japan = 1.0;   ///< further factor in Japan
    bool solar = false;                      ///< kWh follow GHI
    bool units_from_industry = false;        ///< U follows the fuel industry burns where no figure is
};

/// The rule of a technology; nullptr where the model has none.
const EffectRule* find_effect_rule(std::string_view tech_id);

}  // namespace domino::scenarios
