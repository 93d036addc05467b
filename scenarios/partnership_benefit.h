#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace domino::scenarios {

/// Whom a benefit of city-to-city projects reaches.
enum class Beneficiary : std::uint8_t { partner_city, local_company };

/// What of a run tells that a benefit is delivered. Places are partner places: those a city-to-city agreement
/// or project of the world reaches.
enum class BenefitMeasure : std::uint8_t {
    implementing_places,  ///< reached the stage implementing
    studied_places,       ///< a funded project with feasibility studies
    adopting_places,      ///< mean use of a technology of the benefit grew by 5 % of its potential
    enabled_places,       ///< reached the stage enabled
    tied_places,          ///< a live agreement or project
    supported_places,     ///< a funded project
    committed_places,     ///< reached the stage committed
    supported_equipment,  ///< yearly reduction of units that credit projects bought since the start, t
                          ///< CO2e/yr
    credited_reduction,   ///< reductions of the year for which credits are issued, t CO2e/yr
    trained_places,       ///< a funded project with capacity building
};
inline constexpr std::array<std::string_view, 10> benefit_measure_ids = {
    "implementing_places", "studied_places",   "adopting_places",     "enabled_places",     "tied_places",
    "supported_places",    "committed_places", "supported_equipment", "credited_reduction", "trained_places"};

/// A benefit that the guidebook names for partner cities (its Table 1) or for companies there (Table 2).
struct PartnershipBenefit {
    std::string id;
    Beneficiary beneficiary = Beneficiary::partner_city;
    std::string label;
    BenefitMeasure measure = BenefitMeasure::tied_places;
    std::vector<std::size_t> technologies;  ///< of the world that bear on it, ascending
    std::string source;
};

}  // namespace domino::scenarios
