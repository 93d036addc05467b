#pragma once

#include <string>
#include <vector>

#include "geo/polygon.h"
#include "scenarios/reading_progress.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {

/// The area of an admin-1 unit.
struct UnitArea {
    std::string id, iso3;
    geo::MultiPolygon area;
};

/// All units of the pack's boundaries, ordered by id. Throws geo::ProblemError.
std::vector<UnitArea> read_unit_areas(Pack& pack, const ReadingProgress& progress = {});

/// True when @p point lies inside @p area; points on an edge may fall on either side. Holes are outside.
bool contains(const geo::MultiPolygon& area, geo::LonLat point);

}  // namespace domino::scenarios
