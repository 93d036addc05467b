#include "geo/coverage.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "geo/ellipsoid.h"
#include "geo/half_plane.h"
#include "geo/portable_math.h"

namespace domino::geo {

namespace {

/// A point in cells from the grid's north-west corner: u eastward, v southward.
struct GridPoint {
    double u = 0.0;
    double v = 0.0;
};
using GridRing = std::vector<GridPoint>;

/// Whole cells: columns [left, right), rows [top, bottom).
struct Block {
    std::int64_t left = 0;
    std::int64_t top = 0;
    std::int64_t right = 0;
    std::int64_t bottom = 0;

    std::int64_t width() const { return right - left; }
    std::int64_t height() const { return bottom - top; }
};

enum class Axis { u, v };

/// Areas smaller than this share of a cell are rounding, not land.
constexpr double negligible_area_cells = 1e-13;

double planar_area(const GridRing& ring) {
    if (ring.size() < 3) return 0.0;
    const GridPoint origin = ring.front();
    double twice = 0.0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        twice += (ring[i].u - origin.u) * (ring[i + 1].v - origin.v) -
                 (ring[i + 1].u - origin.u) * (ring[i].v - origin.v);
    }
    return 0.5 * twice;
}

GridRing clip(const GridRing& ring, Axis axis, double at, KeptSide kept) {
    return axis == Axis::u ? cut_ring(ring, &GridPoint::u, &GridPoint::v, at, kept)
                           : cut_ring(ring, &GridPoint::v, &GridPoint::u, at, kept);
}

/// Area on the ellipsoid per degree of longitude and of latitude, up to a constant: d(zone area)/dφ (Snyder
/// 1987).
double area_density(double lat_deg) {
    const double s = portable::sin_deg(lat_deg);
    const double root = 1.0 - Wgs84::eccentricity_squared * s * s;
    return portable::cos_deg(lat_deg) / (root * root);
}

/// ∫ u dA/dv dv along one edge by 3-point Gauss–Legendre, u counted from @p u_origin.
double integrate_edge(const GridPoint& from, const GridPoint& to, double u_origin, const GeoGrid& grid) {
    constexpr double node = 0.77459666924148337704;  // sqrt(3/5)
    constexpr double middle_weight = 4.0 / 9.0;
    constexpr double outer_weight = 5.0 / 18.0;
    const double dv = to.v - from.v;
    if (dv == 0.0) return 0.0;
    const auto value = [&](double share) {
        const double u = from.u - u_origin + share * (to.u - from.u);
        const double lat = grid.north - (from.v + share * dv) * grid.cell_height;
        return u * area_density(std::clamp(lat, -90.0, 90.0));
    };
    return dv *
           (outer_weight * (value(0.5 - 0.5 * node) + value(0.5 + 0.5 * node)) + middle_weight * value(0.5));
}

double ellipsoidal_fraction(const GridRing& piece, std::int64_t column, std::int64_t row,
                            const GeoGrid& grid) {
    const auto left = static_cast<double>(column);
    double inside = 0.0;
    for (std::size_t i = 0; i < piece.size(); ++i) {
        inside += integrate_edge(piece[i], piece[i + 1 == piece.size() ? 0 : i + 1], left, grid);
    }
    const auto top = static_cast<double>(row);
    const double whole = integrate_edge({left + 1.0, top}, {left + 1.0, top + 1.0}, left, grid);
    return whole > 0.0 ? std::abs(inside) / whole : 0.0;
}

/// Halves the block until the ring covers it whole, misses it, or it is one cell.
class RingCoverage {
 public:
    RingCoverage(const GeoGrid& grid, double sign, std::vector<CellFraction>& found)
        : grid_(grid), sign_(sign), found_(found) {}

    void cover(const GridRing& ring, const Block& block) {
        const double area = std::abs(planar_area(ring));
        if (area <= negligible_area_cells) return;
        const double whole = static_cast<double>(block.width()) * static_cast<double>(block.height());
        if (area >= whole * (1.0 - 1e-12)) {
            fill(block);
            return;
        }
        if (block.width() == 1 && block.height() == 1) {
            const double fraction = grid_.space == GridSpace::lonlat_degrees
                                        ? ellipsoidal_fraction(ring, block.left, block.top, grid_)
                                        : area;
            found_.push_back({grid_.index({block.left, block.top}), sign_ * fraction});
            return;
        }
        Block first = block;
        Block second = block;
        const Axis axis = block.width() >= block.height() ? Axis::u : Axis::v;
        std::int64_t& first_end = axis == Axis::u ? first.right : first.bottom;
        std::int64_t& second_begin = axis == Axis::u ? second.left : second.top;
        first_end = second_begin = second_begin + (axis == Axis::u ? block.width() : block.height()) / 2;
        const auto at = static_cast<double>(first_end);
        cover(clip(ring, axis, at, KeptSide::below), first);
        cover(clip(ring, axis, at, KeptSide::above), second);
    }

 private:
    void fill(const Block& block) {
        for (std::int64_t row = block.top; row < block.bottom; ++row) {
            for (std::int64_t column = block.left; column < block.right; ++column) {
                found_.push_back({grid_.index({column, row}), sign_});
            }
        }
    }

    const GeoGrid& grid_;
    double sign_;
    std::vector<CellFraction>& found_;
};

bool all_finite(const Ring& ring) {
    return std::all_of(ring.begin(), ring.end(),
                       [](LonLat p) { return std::isfinite(p.lon_deg) && std::isfinite(p.lat_deg); });
}

void cover_shifted_ring(const Ring& ring, double shift, const GeoGrid& grid, double sign,
                        std::vector<CellFraction>& found) {
    GridRing shifted;
    shifted.reserve(ring.size());
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double left = infinity, right = -infinity, top = infinity, bottom = -infinity;
    for (const LonLat point : ring) {
        const GridPoint p{(point.lon_deg + shift - grid.west) / grid.cell_width,
                          (grid.north - point.lat_deg) / grid.cell_height};
        shifted.push_back(p);
        left = std::min(left, p.u);
        right = std::max(right, p.u);
        top = std::min(top, p.v);
        bottom = std::max(bottom, p.v);
    }
    const auto columns = static_cast<double>(grid.columns);
    const auto rows = static_cast<double>(grid.rows);
    if (right <= 0.0 || left >= columns || bottom <= 0.0 || top >= rows) return;
    const Block block{static_cast<std::int64_t>(std::floor(std::max(left, 0.0))),
                      static_cast<std::int64_t>(std::floor(std::max(top, 0.0))),
                      static_cast<std::int64_t>(std::ceil(std::min(right, columns))),
                      static_cast<std::int64_t>(std::ceil(std::min(bottom, rows)))};
    if (left < 0.0) shifted = clip(shifted, Axis::u, 0.0, KeptSide::above);
    if (right > columns) shifted = clip(shifted, Axis::u, columns, KeptSide::below);
    if (top < 0.0) shifted = clip(shifted, Axis::v, 0.0, KeptSide::above);
    if (bottom > rows) shifted = clip(shifted, Axis::v, rows, KeptSide::below);
    RingCoverage(grid, sign, found).cover(shifted, block);
}

void cover_ring(const Ring& ring, const GeoGrid& grid, double sign, std::vector<CellFraction>& found) {
    if (ring.size() < 3 || !all_finite(ring)) return;
    if (grid.space == GridSpace::projected_metres) {
        cover_shifted_ring(ring, 0.0, grid, sign, found);
        return;
    }
    for (const double shift : {-720.0, -360.0, 0.0, 360.0, 720.0}) {
        cover_shifted_ring(ring, shift, grid, sign, found);
    }
}

/// Adds up what several rings say of a cell; drops what cancels, caps what overlaps.
std::vector<CellFraction> merge_cells(std::vector<CellFraction> found) {
    std::stable_sort(found.begin(), found.end(),
                     [](const CellFraction& a, const CellFraction& b) { return a.cell < b.cell; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found.size();) {
        CellFraction cell{found[i].cell, 0.0};
        for (; i < found.size() && found[i].cell == cell.cell; ++i) cell.fraction += found[i].fraction;
        cell.fraction = std::min(cell.fraction, 1.0);
        if (cell.fraction > negligible_area_cells) found[kept++] = cell;
    }
    found.resize(kept);
    return found;
}

}  // namespace

std::vector<CellFraction> cover_cells(const MultiPolygon& zone, const GeoGrid& grid) {
    std::vector<CellFraction> found;
    for (const Polygon& polygon : zone) {
        cover_ring(polygon.outer, grid, 1.0, found);
        for (const Ring& hole : polygon.holes) cover_ring(hole, grid, -1.0, found);
    }
    return merge_cells(std::move(found));
}

}  // namespace domino::geo
