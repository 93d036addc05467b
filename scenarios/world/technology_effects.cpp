#include "scenarios/world/technology_effects.h"

namespace domino::scenarios {

namespace {

using sim::Sector;

/// The table's room air conditioner runs in a hospital round the clock; homes and offices run about a fifth
/// of those hours (guess).
constexpr double home_cooling_hours = 0.2;
/// Full-load hours of chillers: 1,000 in Japan against the table's 3,500 in the tropics.
constexpr double chiller_hours_japan = 1000.0 / 3500.0;
/// Retrofits save 10–20 % of a building's electricity (technologies, energy formula).
constexpr double largest_retrofit_share = 0.2;
/// A chiller of COP 6.1 for one of 4.6 saves a quarter of cooling, itself about 40 % of the user (guess).
constexpr double largest_chiller_share = 0.1;
/// Inverters save about 30 % of cooling, itself about 40 % of a home (guess).
constexpr double largest_air_conditioner_share = 0.12;

const std::vector<EffectRule>& effect_rules() {
    static const std::vector<EffectRule> rules = {
        {"solar_pv_residential", std::nullopt, {{Sector::electricity_residential, 1.0}}, 1.0, 1.0, 1.0, true},
        {"solar_pv_commercial",
         std::nullopt,
         {{Sector::electricity_commercial, 0.5}, {Sector::electricity_industry, 0.5}},
         1.0,
         1.0,
         1.0,
         true},
        {"building_led_bems", std::nullopt, {{Sector::electricity_commercial, 1.0}}, largest_retrofit_share},
        {"room_ac_inverter",
         std::nullopt,
         {{Sector::electricity_residential, 1.0}},
         largest_air_conditioner_share,
         home_cooling_hours},
        {"chiller_high_eff",
         std::nullopt,
         {{Sector::electricity_commercial, 1.0}},
         largest_chiller_share,
         1.0,
         chiller_hours_japan},
        {"heat_pump_building", Sector::buildings_fuel, {{Sector::electricity_residential, 1.0}}},
        {"industrial_heat_pump", Sector::industry_fuel, {{Sector::electricity_industry, 1.0}}},
        {"boiler_high_eff", Sector::industry_fuel, {}},
        {"ev_car", Sector::transport_fuel, {{Sector::electricity_transport, 1.0}}},
        {"e2w", Sector::transport_fuel, {{Sector::electricity_transport, 1.0}}},
        {"e_bus", Sector::transport_fuel, {{Sector::electricity_transport, 1.0}}},
        {"waste_to_energy", Sector::waste, {{Sector::electricity_industry, 1.0}}},
        {"landfill_gas", Sector::waste, {{Sector::electricity_industry, 1.0}}},
        {"biogas_digestion", Sector::industry_fuel, {}},
    };
    return rules;
}

}  // namespace

const EffectRule* find_effect_rule(std::string_view tech_id) {
    for (const auto& rule : effect_rules()) {
        if (rule.tech_id == tech_id) return &rule;
    }
    return nullptr;
}

}  // namespace domino::scenarios
