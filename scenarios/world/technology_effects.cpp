#include "scenarios/world/technology_effects.h"

#include <utility>

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

/// The largest shares of transport computed from vehicles per head are 0.49 (cars, Japan) and 0.46
/// (two-wheelers, Viet Nam): where U is interpolated it does not go far beyond (guess).
constexpr double largest_car_share = 0.6;
constexpr double largest_two_wheeler_share = 0.5;
constexpr double largest_bus_share = 0.15;

std::vector<EffectRule> make_effect_rules() {
    const auto rule = [](std::string_view id, std::optional<Sector> direct,
                         std::vector<ElectricityUser> users) {
        EffectRule out;
        out.tech_id = id;
        out.direct = direct;
        out.users = std::move(users);
        return out;
    };
    const ElectricityUser homes{Sector::electricity_residential, 1.0};
    const ElectricityUser shops{Sector::electricity_commercial, 1.0};
    const ElectricityUser factories{Sector::electricity_industry, 1.0};
    const ElectricityUser vehicles{Sector::electricity_transport, 1.0};
    std::vector<EffectRule> rules;

    rules.push_back(rule("solar_pv_residential", std::nullopt, {homes}));
    rules.back().solar = true;
    rules.push_back(rule("solar_pv_commercial", std::nullopt,
                         {{Sector::electricity_commercial, 0.5}, {Sector::electricity_industry, 0.5}}));
    rules.back().solar = true;
    rules.push_back(rule("building_led_bems", std::nullopt, {shops}));
    rules.back().largest_electricity_share = largest_retrofit_share;
    rules.push_back(rule("room_ac_inverter", std::nullopt, {homes}));
    rules.back().largest_electricity_share = largest_air_conditioner_share;
    rules.back().electricity_factor = home_cooling_hours;
    rules.push_back(rule("chiller_high_eff", std::nullopt, {shops}));
    rules.back().largest_electricity_share = largest_chiller_share;
    rules.back().electricity_factor_japan = chiller_hours_japan;
    rules.push_back(rule("heat_pump_building", Sector::buildings_fuel, {homes}));
    rules.push_back(rule("industrial_heat_pump", Sector::industry_fuel, {factories}));
    rules.back().units_from_industry = true;
    rules.push_back(rule("boiler_high_eff", Sector::industry_fuel, {}));
    rules.back().units_from_industry = true;
    rules.push_back(rule("biogas_digestion", Sector::industry_fuel, {}));
    rules.push_back(rule("ev_car", Sector::transport_fuel, {vehicles}));
    rules.back().largest_direct_share = largest_car_share;
    rules.push_back(rule("e2w", Sector::transport_fuel, {vehicles}));
    rules.back().largest_direct_share = largest_two_wheeler_share;
    rules.push_back(rule("e_bus", Sector::transport_fuel, {vehicles}));
    rules.back().largest_direct_share = largest_bus_share;
    rules.push_back(rule("waste_to_energy", Sector::waste, {factories}));
    rules.push_back(rule("landfill_gas", Sector::waste, {factories}));
    return rules;
}

const std::vector<EffectRule>& effect_rules() {
    static const std::vector<EffectRule> rules = make_effect_rules();
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
