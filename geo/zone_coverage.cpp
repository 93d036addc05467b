#include "geo/zone_coverage.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "geo/coverage.h"

namespace domino::geo {

ZoneCoverage cover_zones(std::span<const MultiPolygon> zones, const GeoGrid& grid) {
    if (zones.size() > std::numeric_limits<std::uint32_t>::max())
        throw std::invalid_argument("cover_zones: too many zones");
    ZoneCoverage coverage{grid, zones.size(), {}};
    for (std::size_t zone = 0; zone < zones.size(); ++zone) {
        for (const CellFraction& part : cover_cells(zones[zone], grid))
            coverage.cells.push_back({part.cell, static_cast<std::uint32_t>(zone), part.fraction});
    }
    std::stable_sort(coverage.cells.begin(), coverage.cells.end(),
                     [](const ZoneCell& a, const ZoneCell& b) { return a.cell < b.cell; });
    return coverage;
}

}  // namespace domino::geo
