#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/scenario.h"
#include "scenarios/world/networks.h"
#include "scenarios/world/parameters.h"
#include "sim/world.h"

namespace domino::scenarios {

/// The places of a country that stay when it leaves. The document states only that the coalition has 60 % of
/// the people and 70 % of GDP, so the list is a declared proxy: members of Race to Zero, then the largest
/// cities, then the largest rests of regions, until the share of people is reached (ties by id). One flag a
/// place of the table.
std::vector<std::uint8_t> coalition_of(const std::string& iso3, double share, const geo::PlaceTable& table,
                                       const std::map<std::string, Network>& networks);

/// Adds the scenario's withdrawals to @p world. A note states each coalition's places, its share of people
/// and, beside the documented 70 % of GDP, its share of people weighted by night lights, the only trace of
/// GDP by place there is.
void add_withdrawals(const Scenario& scenario, const geo::PlaceTable& table,
                     const std::map<std::string, Network>& networks, const Parameters& parameters,
                     sim::World& world, std::vector<std::string>& notes);

}  // namespace domino::scenarios
