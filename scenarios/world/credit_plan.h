#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/world/pack.h"
#include "scenarios/world/parameters.h"

namespace domino::scenarios {

/// Fills world.credit_accounting from the scenario's [credits], after world.countries and world.credits.
///
/// The existing portfolio is read from jcm_projects: projects with a yearly reduction and a fiscal year are
/// credited on their own, from their fiscal year plus the start lag over the crediting years of their
/// technology. What is missing to the portfolio's total (parameter jcm_portfolio_2024) stands as one row per
/// host and fiscal year: hosts by their share of listed projects (half a project added to each partner),
/// fiscal years 2013 to 2024 evenly from the host's signing on, crediting years the mean of the list. Hosts
/// outside the run, and Japan where the run leaves it out, become outside parties. @p partners by signing
/// month.
void fill_credit_accounting(Pack& pack, const Scenario& scenario,
                            const std::map<std::string, sim::Month>& partners, const Parameters& parameters,
                            sim::World& world, std::vector<std::string>& notes);

}  // namespace domino::scenarios
