#pragma once

#include <array>
#include <string_view>

#include "geo/place_table.h"
#include "scenarios/scenario.h"

namespace domino::scenarios {

/// The words a scenario writes for the values of an enumeration, in their order.
constexpr std::array<std::string_view, 2> choices_of(geo::Coupling) {
    return {"connected", "isolated"};
}
constexpr std::array<std::string_view, 2> choices_of(RasterSampling) {
    return {"nearest", "bilinear"};
}
constexpr std::array<std::string_view, 3> choices_of(CovariateZone) {
    return {"point", "area", "voronoi"};
}
constexpr std::array<std::string_view, 2> choices_of(CovariateQuantity) {
    return {"count", "density"};
}
constexpr std::array<std::string_view, 2> choices_of(BetweenYears) {
    return {"linear", "step"};
}
constexpr std::array<std::string_view, 4> choices_of(ZonalStatistic) {
    return {"sum", "mean", "weighted_mean", "class_share"};
}
constexpr std::array<std::string_view, 2> choices_of(FootprintKind) {
    return {"disc", "voronoi"};
}
constexpr std::array<std::string_view, 2> choices_of(ProximityWeight) {
    return {"radiation", "gravity"};
}
constexpr std::array<std::string_view, 2> choices_of(sim::Response) {
    return {"exposure", "threshold"};
}
constexpr std::array<std::string_view, 4> choices_of(ExpansionRule) {
    return {"none", "largest", "nearest", "highest_emissions"};
}
constexpr std::array<std::string_view, 8> choices_of(StrategyRule) {
    return {"none", "observed", "largest", "highest_emissions", "nearest", "hubs", "equity", "list"};
}
constexpr std::array<std::string_view, 3> choices_of(StrategyAgreements) {
    return {"none", "with_projects", "alone"};
}
constexpr std::array<std::string_view, 2> choices_of(sim::AdjustmentMethod) {
    return {"averaging", "trajectory"};
}
constexpr std::array<std::string_view, 3> choices_of(sim::CreditUse) {
    return {"yearly", "target_year", "hold"};
}
constexpr std::array<std::string_view, 3> choices_of(sim::FirstTransferRule) {
    return {"authorisation", "issuance", "use_or_cancellation"};
}

constexpr std::array<std::string_view, 2> choices_of(BauLevel) {
    return {"stated", "reference_run"};
}
constexpr std::array<std::string_view, 2> choices_of(AreaRule) {
    return {"none", "largest"};
}

/// What an agreement is: `AgreementEntry::project` false or true.
inline constexpr std::array<std::string_view, 2> agreement_kinds = {"agreement", "project"};
/// Proxies of EmissionsSection beside the scenario's own covariates.
inline constexpr std::string_view population_proxy = "population", night_lights_proxy = "night_lights";
/// Types of a target that a scenario may add; ids as in the pack's targets.
inline constexpr std::array<std::string_view, 9> target_types = {
    "base_year",  "bau",        "intensity", "fixed_level", "absolute_reduction",
    "peak_minus", "trajectory", "budget",    "sectoral"};
inline constexpr std::array<std::string_view, 3> target_conditions = {"unconditional", "conditional",
                                                                      "combined"};
inline constexpr std::array<std::string_view, 3> land_use_treatments = {"excluded", "included", "gross_net"};
inline constexpr std::array<std::string_view, 2> year_bases = {"calendar", "fiscal"};
/// Parts of a national inventory a sectoral target may be for.
inline constexpr std::array<std::string_view, 9> inventory_parts = {
    "buildings",        "transport",   "industry", "processes", "waste",
    "electricity_heat", "agriculture", "fugitive", "other_fuel"};

}  // namespace domino::scenarios
