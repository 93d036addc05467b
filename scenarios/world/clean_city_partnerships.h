#pragma once

#include <map>
#include <string>

#include "scenarios/world/programmes.h"
#include "scenarios/world/technology_tags.h"

namespace domino::scenarios {

/// Adds the Clean City Partnership Programme (guidebook Box 2): a programme of its own that supports every
/// partner city abroad while it has an agreement or a project, from the programme's start, within the
/// scenario's budget. It helps the adoption of technologies of waste and water alone, and opens no JCM
/// projects. A run without such technologies, or without partner cities, is a warning with the reason.
void add_clean_city_partnerships(const Scenario& scenario, const Collaboration& collaboration,
                                 const std::map<std::string, TechnologyTags>& tags,
                                 const geo::PlaceTable& table, sim::World& world, Problems& problems);

}  // namespace domino::scenarios
