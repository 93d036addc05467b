#pragma once

#include "scenarios/scenario.h"
#include "scenarios/world/parameters.h"
#include "sim/world.h"

namespace domino::scenarios {

/// The parameters that belong to no country, technology or layer.
sim::ModelParameters read_model_parameters(const Parameters& parameters);

/// r, the coupling of adoption between places; 0 where the scenario switches couplings off.
sim::Prior read_between_places(const Scenario& scenario, const Parameters& parameters);

/// Real discount rate, 1/yr; the pack gives it in per cent.
sim::Prior read_discount_rate(const Parameters& parameters);

}  // namespace domino::scenarios
