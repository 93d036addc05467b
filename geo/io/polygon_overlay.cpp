#include "geo/io/polygon_overlay.h"

#include <ogr_geometry.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>

#include "geo/ellipsoid.h"
#include "geo/io/gdal_session.h"
#include "geo/io/geometry_parts.h"
#include "geo/problem.h"

namespace domino::geo::io {
namespace {

using GeometryPtr = std::unique_ptr<OGRGeometry>;

constexpr double radians_per_degree = 0.017453292519943295769;

/// ∫ λ dZ(φ) along an edge, Z the ellipsoid's area between equator and parallel (m² per radian): by 3-point
/// Gauss–Legendre over pieces of a tenth of a degree of latitude at most.
double integrate_edge(LonLat from, LonLat to, double lon_origin) {
    constexpr double longest_deg = 0.1;
    const double height = to.lat_deg - from.lat_deg;
    if (height == 0.0) return 0.0;
    const int pieces = std::max(1, static_cast<int>(std::ceil(std::abs(height) / longest_deg)));
    constexpr double node = 0.77459666924148337704;  // Gauss–Legendre, three points: sqrt(3/5)
    double sum = 0.0;
    for (int k = 0; k < pieces; ++k) {
        const double step = 1.0 / pieces;
        const double middle = (k + 0.5) * step;
        const auto value = [&](double share) {
            const double lon = from.lon_deg - lon_origin + share * (to.lon_deg - from.lon_deg);
            return lon * zone_area_density(from.lat_deg + share * height);
        };
        sum += step *
               (5.0 * value(middle - 0.5 * step * node) + 8.0 * value(middle) +
                5.0 * value(middle + 0.5 * step * node)) /
               18.0;
    }
    constexpr double scale =
        Wgs84::semi_minor_m * Wgs84::semi_minor_m * radians_per_degree * radians_per_degree;
    return scale * sum * height;
}

double ring_area_m2(const Ring& ring) {
    if (ring.size() < 3) return 0.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i)
        sum += integrate_edge(ring[i], ring[i + 1 == ring.size() ? 0 : i + 1], ring[0].lon_deg);
    return std::abs(sum);
}

void add_ring(OGRPolygon& polygon, const Ring& ring) {
    auto line = std::make_unique<OGRLinearRing>();
    for (const LonLat p : ring) line->addPoint(p.lon_deg, p.lat_deg);
    line->closeRings();
    polygon.addRingDirectly(line.release());
}

GeometryPtr to_geometry(const MultiPolygon& area) {
    auto shape = std::make_unique<OGRMultiPolygon>();
    for (const Polygon& part : area) {
        if (part.outer.size() < 3) continue;
        auto polygon = std::make_unique<OGRPolygon>();
        add_ring(*polygon, part.outer);
        for (const Ring& hole : part.holes) {
            if (hole.size() >= 3) add_ring(*polygon, hole);
        }
        shape->addGeometryDirectly(polygon.release());
    }
    if (shape->IsValid() != 0) return shape;
    return GeometryPtr(shape->MakeValid());
}

struct BoxedShape {
    GeometryPtr shape;
    OGREnvelope box;
};

std::vector<BoxedShape> to_geometries(std::span<const MultiPolygon> areas) {
    std::vector<BoxedShape> shapes;
    for (const MultiPolygon& area : areas) {
        BoxedShape boxed{to_geometry(area), {}};
        if (boxed.shape && !boxed.shape->IsEmpty()) boxed.shape->getEnvelope(&boxed.box);
        shapes.push_back(std::move(boxed));
    }
    return shapes;
}

}  // namespace

double polygon_area_km2(const MultiPolygon& area) {
    double sum = 0.0;
    for (const Polygon& polygon : area) {
        sum += ring_area_m2(polygon.outer);
        for (const Ring& hole : polygon.holes) sum -= ring_area_m2(hole);
    }
    return 1e-6 * sum;
}

std::vector<SharedPiece> overlay_pieces(std::span<const MultiPolygon> zones,
                                        std::span<const MultiPolygon> polygons) {
    const GdalSession session;
    const std::vector<BoxedShape> of_zones = to_geometries(zones), of_polygons = to_geometries(polygons);
    std::vector<SharedPiece> found;
    for (std::size_t z = 0; z < of_zones.size(); ++z) {
        for (std::size_t p = 0; p < of_polygons.size(); ++p) {
            const BoxedShape &zone = of_zones[z], &polygon = of_polygons[p];
            if (!zone.shape || !polygon.shape || zone.box.Intersects(polygon.box) == 0) continue;
            const GeometryPtr shared(zone.shape->Intersection(polygon.shape.get()));
            if (!shared) {
                throw ProblemError(
                    {"polygon " + std::to_string(p + 1), "cannot be laid over the places' areas",
                     session.last_error("GEOS gave no reason"), "repair the layer's geometries"});
            }
            MultiPolygon area;
            append_polygons(*shared, 0.0, area);
            if (!area.empty())
                found.push_back(
                    {static_cast<std::uint32_t>(z), static_cast<std::uint32_t>(p), std::move(area)});
        }
    }
    return found;
}

std::vector<SharedArea> overlay_areas(std::span<const MultiPolygon> zones,
                                      std::span<const MultiPolygon> polygons) {
    std::vector<SharedArea> found;
    for (const SharedPiece& piece : overlay_pieces(zones, polygons)) {
        const double km2 = polygon_area_km2(piece.area);
        if (km2 > 0.0) found.push_back({piece.zone, piece.polygon, km2});
    }
    return found;
}

}  // namespace domino::geo::io
