#include "geo/zone_coverage.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "geo/coverage.h"

namespace domino::geo {

ZoneCoverage cover_zones(std::span<const MultiPolygon> zones, const GeoGrid& grid) {
    if (zones.size() > std::numeric_limits<std::uint32_t>::max())
        throw std::invalid_argument("cover_zones: too many zones");
    ZoneCoverage coverage{grid, {}, zones.size(), {}};
    ZoneCoverer coverer(grid);
    for (std::size_t zone = 0; zone < zones.size(); ++zone) {
        for (const CellRun& run : coverer.cover(zones[zone]))
            coverage.runs.push_back({run.cell, run.count, static_cast<std::uint32_t>(zone), run.fraction});
    }
    // Zones were added in their order, so equal cells keep it.
    std::stable_sort(coverage.runs.begin(), coverage.runs.end(),
                     [](const ZoneRun& a, const ZoneRun& b) { return a.cell < b.cell; });
    return coverage;
}

}  // namespace domino::geo
