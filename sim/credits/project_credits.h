#pragma once

#include <span>
#include <vector>

#include "sim/calendar.h"
#include "sim/sector.h"
#include "sim/world.h"

namespace domino::sim {

/// A project of the run once its units are in use.
struct InstalledProject {
    std::uint32_t place = 0;
    std::uint16_t technology = 0;
    Month funded;
    Month installed;                  ///< first monitored month
    double annual_reduction_t = 0.0;  ///< creditable, of the units that found room, all of them in use
};

/// What a project is credited with, by whole year of the run, t CO2e.
struct ProjectCredits {
    std::vector<double> monitored_t;  ///< measured at its own units
    std::vector<double> credited_t;   ///< of it within the modelled reduction of its place and sectors
};

/// Reductions of one place: [sector][touched year], t CO2e, below zero where technologies add emissions.
using PlaceReductions = std::vector<double>;

/// Reduction a project's own units yield in each whole year of the run: months of its crediting period in the
/// year, units in use falling as the stock's do (Erlang).
std::vector<double> monitored_by_year(const World& world, const InstalledProject& project);

/// Credits of all projects, in their order: each year and place, a project is credited with what it monitored
/// as far as the place's modelled reduction in the sectors its technology relieves, and in all sectors
/// together, is not already credited to projects before it (model §6). `reductions` by place of each project.
std::vector<ProjectCredits> credit_projects(const World& world, std::span<const InstalledProject> projects,
                                            std::span<const PlaceReductions* const> reductions);

/// Largest excess of credits over the modelled reduction, by place, by technology at a place, and year,
/// relative to the credits: 0 where the rule holds. Computed anew from the reductions.
double largest_excess(const World& world, std::span<const InstalledProject> projects,
                      std::span<const PlaceReductions* const> reductions,
                      std::span<const ProjectCredits> credits);

}  // namespace domino::sim
