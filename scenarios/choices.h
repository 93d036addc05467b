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
constexpr std::array<std::string_view, 2> choices_of(ProximityWeight) {
    return {"radiation", "gravity"};
}
constexpr std::array<std::string_view, 2> choices_of(sim::Response) {
    return {"exposure", "threshold"};
}
constexpr std::array<std::string_view, 4> choices_of(ExpansionRule) {
    return {"none", "largest", "nearest", "highest_emissions"};
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

/// What an agreement is: `AgreementEntry::project` false or true.
inline constexpr std::array<std::string_view, 2> agreement_kinds = {"agreement", "project"};
/// Types of a target that a scenario may add; ids as in the pack's targets.
inline constexpr std::array<std::string_view, 4> target_types = {"base_year", "intensity", "fixed_level",
                                                                 "peak_minus"};

}  // namespace domino::scenarios
