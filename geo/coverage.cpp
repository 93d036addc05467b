#include "geo/coverage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <deque>
#include <limits>
#include <span>
#include <utility>

#include "geo/ellipsoid.h"
#include "geo/half_plane.h"

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

void clip_into(GridRing& cut, const GridRing& ring, Axis axis, double at, KeptSide kept) {
    if (axis == Axis::u) {
        cut_ring_into(cut, ring, &GridPoint::u, &GridPoint::v, at, kept);
    } else {
        cut_ring_into(cut, ring, &GridPoint::v, &GridPoint::u, at, kept);
    }
}

/// Area on the ellipsoid by degree of longitude and latitude, up to a constant, as a function of v in one
/// row. In rows of 6′ and less it is a parabola through the row's edges and middle: off by h³ d‴/72√3, under
/// 1e-11.
class RowDensity {
 public:
    RowDensity() = default;
    RowDensity(const GeoGrid& grid, std::int64_t row)
        : top_(static_cast<double>(row)), north_(grid.north), height_(grid.cell_height) {
        constexpr double finest_deg = 0.1;
        const double upper = exact(0.0), middle = exact(0.5), lower = exact(1.0);
        is_parabola_ = height_ <= finest_deg;
        constant_ = upper;
        slope_ = -3.0 * upper + 4.0 * middle - lower;
        bend_ = 2.0 * upper - 4.0 * middle + 2.0 * lower;
        whole_ = (upper + 4.0 * middle + lower) / 6.0;
        if (is_parabola_) return;
        constexpr double node = 0.77459666924148337704;  // sqrt(3/5)
        whole_ = (5.0 * exact(0.5 - 0.5 * node) + 8.0 * middle + 5.0 * exact(0.5 + 0.5 * node)) / 18.0;
    }

    bool is_known() const { return whole_ > 0.0; }
    /// ∫ over the whole cell.
    double whole() const { return whole_; }
    double operator()(double v) const {
        const double share = v - top_;
        return is_parabola_ ? constant_ + share * (slope_ + share * bend_) : exact(share);
    }

 private:
    double exact(double share) const {
        return zone_area_density(std::clamp(north_ - (top_ + share) * height_, -90.0, 90.0));
    }

    double top_ = 0.0, north_ = 0.0, height_ = 0.0;
    double constant_ = 0.0, slope_ = 0.0, bend_ = 0.0, whole_ = 0.0;
    bool is_parabola_ = false;
};

/// ∫ u dA/dv dv along one edge by 3-point Gauss–Legendre, u counted from @p u_origin.
double integrate_edge(const GridPoint& from, const GridPoint& to, double u_origin,
                      const RowDensity& density) {
    constexpr double node = 0.77459666924148337704;  // sqrt(3/5)
    constexpr double middle_weight = 4.0 / 9.0;
    constexpr double outer_weight = 5.0 / 18.0;
    const double dv = to.v - from.v;
    if (dv == 0.0) return 0.0;
    const auto value = [&](double share) {
        return (from.u - u_origin + share * (to.u - from.u)) * density(from.v + share * dv);
    };
    return dv *
           (outer_weight * (value(0.5 - 0.5 * node) + value(0.5 + 0.5 * node)) + middle_weight * value(0.5));
}

double ellipsoidal_fraction(const GridRing& piece, std::int64_t column, const RowDensity& density) {
    const auto left = static_cast<double>(column);
    double inside = 0.0;
    for (std::size_t i = 0; i < piece.size(); ++i)
        inside += integrate_edge(piece[i], piece[i + 1 == piece.size() ? 0 : i + 1], left, density);
    return density.is_known() ? std::abs(inside) / density.whole() : 0.0;
}

bool all_finite(const Ring& ring) {
    return std::all_of(ring.begin(), ring.end(),
                       [](LonLat p) { return std::isfinite(p.lon_deg) && std::isfinite(p.lat_deg); });
}

/// What a ring covers of one cell.
struct Part {
    std::int64_t cell = 0;
    double fraction = 0.0;   ///< negative for a hole
    std::uint32_t ring = 0;  ///< the piece, where pieces are asked for
};

/// Where whole coverage by some ring begins (+) or ends (−).
struct Step {
    std::int64_t cell = 0;
    std::int32_t change = 0;
};

}  // namespace

/// Halves the block round a ring until the ring covers it whole, misses it, or it is one cell.
class ZoneCoverer::Work {
 public:
    explicit Work(const GeoGrid& grid) : grid_(grid) {
        if (grid.space == GridSpace::lonlat_degrees) rows_.resize(static_cast<std::size_t>(grid.rows));
    }

    const std::vector<CellRun>& cover(const MultiPolygon& zone, std::vector<CellPiece>* pieces) {
        whole_.clear();
        parts_.clear();
        pieces_ = pieces;
        rings_.clear();
        if (pieces != nullptr) pieces->clear();
        for (const Polygon& polygon : zone) {
            cover_ring(polygon.outer, 1);
            for (const Ring& hole : polygon.holes) cover_ring(hole, -1);
        }
        merge();
        return runs_;
    }

 private:
    void cover_ring(const Ring& ring, int sign) {
        if (ring.size() < 3 || !all_finite(ring)) return;
        sign_ = sign;
        if (grid_.space == GridSpace::projected_metres) {
            cover_shifted_ring(ring, 0.0);
            return;
        }
        for (const double shift : {-720.0, -360.0, 0.0, 360.0, 720.0}) cover_shifted_ring(ring, shift);
    }

    void cover_shifted_ring(const Ring& ring, double shift) {
        GridRing& shifted = scratch(0);
        shifted.clear();
        constexpr double infinity = std::numeric_limits<double>::infinity();
        double left = infinity, right = -infinity, top = infinity, bottom = -infinity;
        for (const LonLat point : ring) {
            const GridPoint p{(point.lon_deg + shift - grid_.west) / grid_.cell_width,
                              (grid_.north - point.lat_deg) / grid_.cell_height};
            shifted.push_back(p);
            left = std::min(left, p.u);
            right = std::max(right, p.u);
            top = std::min(top, p.v);
            bottom = std::max(bottom, p.v);
        }
        const auto columns = static_cast<double>(grid_.columns);
        const auto rows = static_cast<double>(grid_.rows);
        if (right <= 0.0 || left >= columns || bottom <= 0.0 || top >= rows) return;
        const Block block{static_cast<std::int64_t>(std::floor(std::max(left, 0.0))),
                          static_cast<std::int64_t>(std::floor(std::max(top, 0.0))),
                          static_cast<std::int64_t>(std::ceil(std::min(right, columns))),
                          static_cast<std::int64_t>(std::ceil(std::min(bottom, rows)))};
        const auto cut = [this](Axis axis, double at, KeptSide kept) {
            clip_into(scratch(1), scratch(0), axis, at, kept);
            std::swap(scratch(0), scratch(1));
        };
        if (left < 0.0) cut(Axis::u, 0.0, KeptSide::above);
        if (right > columns) cut(Axis::u, columns, KeptSide::below);
        if (top < 0.0) cut(Axis::v, 0.0, KeptSide::above);
        if (bottom > rows) cut(Axis::v, rows, KeptSide::below);
        cover_block(0, block);
    }

    /// The ring lies in scratch(depth).
    void cover_block(std::size_t depth, const Block& block) {
        const double area = std::abs(planar_area(scratch(depth)));
        if (area <= negligible_area_cells) return;
        const double whole = static_cast<double>(block.width()) * static_cast<double>(block.height());
        if (area >= whole * (1.0 - 1e-12)) return fill(block);
        if (block.width() == 1 && block.height() == 1) {
            const double fraction = grid_.space == GridSpace::lonlat_degrees
                                        ? ellipsoidal_fraction(scratch(depth), block.left, density(block.top))
                                        : area;
            parts_.push_back({grid_.index({block.left, block.top}), sign_ * fraction,
                              static_cast<std::uint32_t>(rings_.size())});
            if (pieces_ != nullptr) rings_.push_back(to_coordinates(scratch(depth)));
            return;
        }
        Block first = block;
        Block second = block;
        const Axis axis = block.width() >= block.height() ? Axis::u : Axis::v;
        std::int64_t& first_end = axis == Axis::u ? first.right : first.bottom;
        std::int64_t& second_begin = axis == Axis::u ? second.left : second.top;
        first_end = second_begin = second_begin + (axis == Axis::u ? block.width() : block.height()) / 2;
        const auto at = static_cast<double>(first_end);
        clip_into(scratch(depth + 1), scratch(depth), axis, at, KeptSide::below);
        cover_block(depth + 1, first);
        clip_into(scratch(depth + 1), scratch(depth), axis, at, KeptSide::above);
        cover_block(depth + 1, second);
    }

    void fill(const Block& block) {
        for (std::int64_t row = block.top; row < block.bottom; ++row) {
            whole_.push_back({grid_.index({block.left, row}), sign_});
            whole_.push_back({grid_.index({block.left, row}) + block.width(), -sign_});
        }
    }

    /// Adds up what several rings say of a cell; drops what cancels, caps what overlaps.
    void merge() {
        const auto by_cell = [](const auto& a, const auto& b) { return a.cell < b.cell; };
        std::stable_sort(parts_.begin(), parts_.end(), by_cell);
        std::sort(whole_.begin(), whole_.end(), by_cell);
        runs_.clear();
        std::size_t step = 0, part = 0;
        std::int64_t level = 0, at = 0;
        while (step < whole_.size() || part < parts_.size()) {
            constexpr std::int64_t beyond = std::numeric_limits<std::int64_t>::max();
            const std::int64_t next_step = step < whole_.size() ? whole_[step].cell : beyond;
            const std::int64_t next_part = part < parts_.size() ? parts_[part].cell : beyond;
            const std::int64_t next = std::min(next_step, next_part);
            add_run(at, next - at, static_cast<double>(level));
            at = next;
            for (; step < whole_.size() && whole_[step].cell == next; ++step) level += whole_[step].change;
            if (next_part != next) continue;
            const std::size_t first = part;
            double fraction = static_cast<double>(level);
            for (; part < parts_.size() && parts_[part].cell == next; ++part)
                fraction += parts_[part].fraction;
            const std::size_t runs = runs_.size();
            add_run(next, 1, fraction);
            if (pieces_ != nullptr && runs_.size() > runs && runs_.back().fraction < 1.0)
                keep_piece(next, level, std::span<const Part>(parts_).subspan(first, part - first));
            at = next + 1;
        }
    }

    /// What `level` rings cover whole, and others in part.
    void keep_piece(std::int64_t cell, std::int64_t level, std::span<const Part> parts) {
        CellPiece piece{cell, {}};
        const CellPosition at = grid_.position(cell);
        const auto u = static_cast<double>(at.column), v = static_cast<double>(at.row);
        for (std::int64_t n = 0; n < level; ++n)
            piece.inside.push_back(
                {to_coordinates({{u, v}, {u + 1.0, v}, {u + 1.0, v + 1.0}, {u, v + 1.0}}), {}});
        for (const Part& part : parts) {
            Ring& ring = rings_[part.ring];
            if (part.fraction > 0.0) {
                piece.inside.push_back({std::move(ring), {}});
            } else {
                piece.inside.push_back({{}, {std::move(ring)}});
            }
        }
        pieces_->push_back(std::move(piece));
    }

    Ring to_coordinates(const GridRing& ring) const {
        Ring moved;
        moved.reserve(ring.size());
        for (const GridPoint p : ring)
            moved.push_back({grid_.west + p.u * grid_.cell_width, grid_.north - p.v * grid_.cell_height});
        return moved;
    }

    void add_run(std::int64_t cell, std::int64_t count, double fraction) {
        if (count <= 0 || fraction <= negligible_area_cells) return;
        fraction = std::min(fraction, 1.0);
        // A run stays within its row.
        while (count > 0) {
            const std::int64_t in_row = std::min(count, grid_.columns - cell % grid_.columns);
            const bool joins = !runs_.empty() && fraction == 1.0 && runs_.back().fraction == 1.0 &&
                               runs_.back().cell + runs_.back().count == cell && cell % grid_.columns != 0;
            if (joins) {
                runs_.back().count += in_row;
            } else {
                runs_.push_back({cell, in_row, fraction});
            }
            cell += in_row;
            count -= in_row;
        }
    }

    GridRing& scratch(std::size_t depth) {
        while (scratch_.size() <= depth) scratch_.emplace_back();
        return scratch_[depth];
    }

    const RowDensity& density(std::int64_t row) {
        RowDensity& known = rows_[static_cast<std::size_t>(row)];
        if (!known.is_known()) known = RowDensity(grid_, row);
        return known;
    }

    GeoGrid grid_;
    int sign_ = 1;
    std::vector<RowDensity> rows_;
    std::deque<GridRing> scratch_;  ///< by depth of halving; a deque keeps references
    std::vector<Step> whole_;
    std::vector<Part> parts_;
    std::vector<CellPiece>* pieces_ = nullptr;  ///< to be filled, or none
    std::vector<Ring> rings_;
    std::vector<CellRun> runs_;
};

ZoneCoverer::ZoneCoverer(const GeoGrid& grid) : work_(std::make_unique<Work>(grid)) {}
ZoneCoverer::~ZoneCoverer() = default;

const std::vector<CellRun>& ZoneCoverer::cover(const MultiPolygon& zone) {
    return work_->cover(zone, nullptr);
}

const std::vector<CellRun>& ZoneCoverer::cover(const MultiPolygon& zone, std::vector<CellPiece>& pieces) {
    return work_->cover(zone, &pieces);
}

std::vector<CellFraction> cover_cells(const MultiPolygon& zone, const GeoGrid& grid) {
    std::vector<CellFraction> found;
    ZoneCoverer coverer(grid);
    for (const CellRun& run : coverer.cover(zone)) {
        for (std::int64_t i = 0; i < run.count; ++i) found.push_back({run.cell + i, run.fraction});
    }
    return found;
}

}  // namespace domino::geo
