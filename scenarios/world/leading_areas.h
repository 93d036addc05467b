#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/scenario.h"
#include "scenarios/world/example_layers.h"
#include "scenarios/world/pack.h"
#include "sim/world.h"

namespace domino::scenarios {

/// A Decarbonization Leading Area: a place of Japan supported from its selection on.
struct LeadingArea {
    std::string id, source;
    std::uint32_t place = 0;
    sim::Month from;
    bool hypothetical = false;  ///< its number is on record or aimed at, its name is not
};

/// The areas of a run. Those known by name (leading_areas) start with the month of their selection; where a
/// round's total (leading_area_rounds), and in the end the scenario's aim for March 2026, exceeds them, the
/// rule takes the largest cities of Japan that are none yet, at most one of a prefecture in a round. A lead
/// government that is no place of the world is the rest of its prefecture. Sorted by month, then id; empty
/// where the scenario has no leading areas or no Japan.
std::vector<LeadingArea> plan_leading_areas(Pack& pack, const LeadingAreasSection& section,
                                            const geo::PlaceTable& table,
                                            const std::map<std::string, std::string>& authority,
                                            std::vector<std::string>& notes);

/// Ids of the places that leading_areas names.
std::vector<std::string> named_leading_areas(Pack& pack);

/// Adds the programme and its support windows: each area for the scenario's years; every place of Japan from
/// nationwide_from on. The documents state no budget: with a cost of 0 no account is kept, with a cost the
/// scenario's budget pays.
void add_leading_areas(const LeadingAreasSection& section, const std::vector<LeadingArea>& areas,
                       const geo::PlaceTable& table, sim::World& world);

/// Areas as examples: on the other places of their prefecture until the spread nationwide, on all of Japan
/// from then on.
ExampleLayer leading_area_layer(const LeadingAreasSection& section, const std::vector<LeadingArea>& areas,
                                const geo::PlaceTable& table);

}  // namespace domino::scenarios
