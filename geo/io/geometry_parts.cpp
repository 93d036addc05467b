#include "geo/io/geometry_parts.h"

namespace domino::geo::io {

namespace {

Ring to_ring(const OGRLinearRing& ring, double east_deg) {
    Ring points;
    points.reserve(static_cast<std::size_t>(ring.getNumPoints()));
    for (int i = 0; i < ring.getNumPoints(); ++i) points.push_back({ring.getX(i) + east_deg, ring.getY(i)});
    return points;
}

}  // namespace

void append_polygons(const OGRGeometry& geometry, double east_deg, MultiPolygon& polygons) {
    for_each_part(geometry, [&](const OGRGeometry& part) {
        if (wkbFlatten(part.getGeometryType()) != wkbPolygon || part.IsEmpty()) return;
        const OGRPolygon& polygon = *part.toPolygon();
        Polygon& added = polygons.emplace_back();
        added.outer = to_ring(*polygon.getExteriorRing(), east_deg);
        for (int i = 0; i < polygon.getNumInteriorRings(); ++i)
            added.holes.push_back(to_ring(*polygon.getInteriorRing(i), east_deg));
    });
}

}  // namespace domino::geo::io
