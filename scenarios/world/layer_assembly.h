#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/built_world.h"
#include "scenarios/reading_progress.h"
#include "scenarios/scenario.h"
#include "scenarios/world/example_layers.h"
#include "scenarios/world/networks.h"
#include "scenarios/world/parameters.h"
#include "scenarios/world/programme_plan.h"

namespace domino::scenarios {

/// A dated tie between a Japanese municipality and a partner that is no project.
struct Agreement {
    std::uint32_t japan = 0, partner = 0;
    sim::Month from, to;
    double weight = 1.0;  ///< share of the tie
    std::string source;
    std::string archetype = {};
    bool hypothetical = false;  ///< chosen by a rule or the planner's list, not on record
};

struct LayerInputs {
    const Scenario& scenario;
    const geo::PlaceTable& table;
    const std::map<std::string, std::string>& authority;  ///< admin-1 id → place that carries it
    const std::vector<Agreement>& agreements;
    const std::vector<PlannedProject>& projects;
    const std::map<std::string, Network>& networks;  ///< by id
    const std::vector<ExampleLayer>& examples;       ///< in the order they are added
    const Parameters& parameters;
    const ReadingProgress& progress;  ///< told of the user's tables
};

/// Adds the layers and their couplings to @p world, in the order proximity, hierarchy, collaboration, each
/// named network by its id, the example layers, then the user's by name, leaving out those the scenario
/// switches off; fills @p links with ties of collaboration, example and user layers.
///
/// Hierarchy: the authority of a unit (the state) acts on every other place of the unit (`down`) and they on
/// it
/// (`up`), times the tier of the lower end: city, or county for a part of the rest of the region.
/// Collaboration: both ends act on each other while the tie lives, with the scenario's intensity. Networks:
/// see network_edges. User layers: rows of a CSV file (from, to, weight[, from_date, to_date]) with ids of
/// places; an unknown id, a negative weight or a date that is none is a problem naming file and line.
void build_layers(const LayerInputs& inputs, sim::World& world, std::vector<Link>& links,
                  std::vector<InputFile>& files, Problems& problems);

}  // namespace domino::scenarios
