#include "geo/io/layer_weights.h"

#include <cstddef>
#include <utility>

#include "geo/io/polygon_overlay.h"

namespace domino::geo::io {

std::vector<WeightedSum> weigh_polygons(std::span<const MultiPolygon> zones,
                                        std::span<const MultiPolygon> polygons,
                                        std::span<const double> values, const Raster& weights,
                                        int weight_band, const ReadProgress& progress) {
    std::vector<SharedPiece> pieces = overlay_pieces(zones, polygons);
    std::vector<MultiPolygon> areas;
    areas.reserve(pieces.size());
    for (SharedPiece& piece : pieces) areas.push_back(std::move(piece.area));
    const ZoneCoverage coverage = weights.cover_zones(areas);
    const std::vector<double> amounts = weights.sum_weights(coverage, weight_band, progress);
    const std::vector<double> within_km2 = weights.covered_km2(coverage);
    std::vector<WeightedSum> sums(zones.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        WeightedSum& sum = sums[pieces[i].zone];
        sum.add(values[pieces[i].polygon], amounts[i]);
        sum.known_km2 += within_km2[i];
    }
    return sums;
}

}  // namespace domino::geo::io
