#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "geo/polygon.h"
#include "scenarios/built_world.h"
#include "scenarios/reading_progress.h"
#include "scenarios/scenario.h"
#include "scenarios/world/pack.h"
#include "sim/world.h"

namespace domino::scenarios {

/// Adds a column to @p table for each covariate of the scenario, in its order. Over the point of a place it
/// is the value there. Over areas it is drawn together from every cell or polygon by the exact share of its
/// area inside, each place's area being what CovariateZone says (@p own_areas by place id: those of its own
/// layer).
///
/// Totals (Covariate::is_amount) add up: places that have no area of their own share what their region holds
/// beyond the areas within it, by people, so the sum over a region's places is the region's total. The
/// coverage of a grid by the areas is worked out once and used for every raster on that grid. A place has no
/// value where nothing is known: off the raster, on nodata, or where no boundary of its region is in the
/// pack; places known in part are named in a warning (KnownShares). @p progress is told of files as they are
/// read. Of a covariate that changes, every year is read, on the coverage of the first; the column holds the
/// first calendar year the run touches, CovariateSeries the rest. Files are added to @p files, what is wrong
/// to @p problems at the covariate's place in the scenario.
std::vector<CovariateSeries> add_covariates(const PlacesSection& section,
                                            const std::map<std::string, geo::MultiPolygon>& own_areas,
                                            Pack& pack, int first_year, geo::PlaceTable& table,
                                            std::vector<InputFile>& files, Problems& problems,
                                            const ReadingProgress& progress = {});

/// The covariates that move propensities (those with a beta), about the fixed centre the scenario states. A
/// place without a value moves neither way. One that changes has its value of each calendar year the run
/// touches.
std::vector<sim::HazardCovariate> hazard_covariates(const PlacesSection& section,
                                                    const geo::PlaceTable& table,
                                                    const std::vector<CovariateSeries>& series,
                                                    const sim::Calendar& calendar);

}  // namespace domino::scenarios
