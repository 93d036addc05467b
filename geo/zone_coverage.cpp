#include "geo/zone_coverage.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace domino::geo {

ZoneCoverage cover_zones(std::span<const MultiPolygon> zones, const GeoGrid& grid,
                         const ShareOfPiece& share_of_piece) {
    if (zones.size() > std::numeric_limits<std::uint32_t>::max())
        throw std::invalid_argument("cover_zones: too many zones");
    ZoneCoverage coverage{grid, {}, zones.size(), {}};
    ZoneCoverer coverer(grid);
    std::vector<CellPiece> pieces;
    for (std::size_t zone = 0; zone < zones.size(); ++zone) {
        const auto number = static_cast<std::uint32_t>(zone);
        if (!share_of_piece) {
            for (const CellRun& run : coverer.cover(zones[zone]))
                coverage.runs.push_back({run.cell, run.count, number, run.fraction});
            continue;
        }
        const std::vector<CellRun>& runs = coverer.cover(zones[zone], pieces);
        auto piece = pieces.begin();
        for (const CellRun& run : runs) {
            const bool cut = piece != pieces.end() && piece->cell == run.cell;
            const double share = cut ? share_of_piece(*piece++, run.fraction) : run.fraction;
            coverage.runs.push_back({run.cell, run.count, number, share});
        }
    }
    // Zones were added in their order, so equal cells keep it.
    std::stable_sort(coverage.runs.begin(), coverage.runs.end(),
                     [](const ZoneRun& a, const ZoneRun& b) { return a.cell < b.cell; });
    return coverage;
}

}  // namespace domino::geo
