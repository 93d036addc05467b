#pragma once

#include <ogr_geometry.h>

#include "geo/polygon.h"

namespace domino::geo::io {

/// Calls @p visit with the geometry, or with each part of a collection that is not empty, however deep.
template <class Visit>
void for_each_part(const OGRGeometry& geometry, const Visit& visit) {
    if (!OGR_GT_IsSubClassOf(wkbFlatten(geometry.getGeometryType()), wkbGeometryCollection)) {
        visit(geometry);
        return;
    }
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) {
        if (!part->IsEmpty()) for_each_part(*part, visit);
    }
}

/// Adds the polygons of a geometry, moved east by @p east_deg. Lines and points, which intersections and
/// repairs may leave, are passed over.
void append_polygons(const OGRGeometry& geometry, double east_deg, MultiPolygon& polygons);

}  // namespace domino::geo::io
