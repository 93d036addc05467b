#include "viz/picture/map_picture.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/portable_math.h"
#include "viz/picture/shown_rectangle.h"

namespace domino::viz {

namespace {

const Colour sea{0.925, 0.945, 0.955, 1.0};
const Colour land{0.975, 0.972, 0.965, 1.0};
const Colour shore{0.62, 0.62, 0.60, 1.0};
const Colour border{0.30, 0.28, 0.26, 0.5};
const Colour behind_text{1.0, 1.0, 1.0, 0.7};
const Colour graticule_ink{0.55, 0.58, 0.60, 0.35};

/// Sizes in pixels of a picture 1000 pixels wide; others scale.
constexpr double reference_width = 1000.0;
constexpr double margin = 24.0, header = 78.0, footer = 118.0;

/// The number a label begins with: "5,000,000" of "5,000,000 t CO2e/yr".
std::string number_of(const std::string& label) {
    return label.substr(0, label.find(' '));
}

Colour mix(Colour a, Colour b, double share) {
    const auto between = [share](double from, double to) { return from + share * (to - from); };
    return {between(a.red, b.red), between(a.green, b.green), between(a.blue, b.blue), 1.0};
}

/// Outlines have edges of many degrees along parallels, which bend on a projection: cut into pieces of a
/// degree, the shorter way round the earth.
geo::Ring bend_edges(const geo::Ring& ring) {
    constexpr double longest_deg = 1.0;
    geo::Ring bent;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const geo::LonLat from = ring[i], to = ring[(i + 1) % ring.size()];
        const double east =
            to.lon_deg - from.lon_deg - 360.0 * std::round((to.lon_deg - from.lon_deg) / 360.0);
        const double north = to.lat_deg - from.lat_deg;
        const int pieces = std::max(
            1, static_cast<int>(std::ceil(std::max(std::fabs(east), std::fabs(north)) / longest_deg)));
        for (int k = 0; k < pieces; ++k)
            bent.push_back({from.lon_deg + east * k / pieces, from.lat_deg + north * k / pieces});
    }
    return bent;
}

/// Columns or rows of a grid, half open.
struct CellRange {
    std::int64_t from = 0, to = 0;
};

/// Of a line of @p most cells those under a pixel that begins at the cell @p begin and is @p length cells
/// long: the one at its beginning where it is smaller than a cell.
CellRange cells_within(double begin, double length, std::int64_t most) {
    const auto from = static_cast<std::int64_t>(std::floor(begin));
    const auto to = std::max(from + 1, static_cast<std::int64_t>(std::floor(begin + length)));
    return {std::clamp<std::int64_t>(from, 0, most), std::clamp<std::int64_t>(to, 0, most)};
}

/// The mean of cells that have a value.
struct CellMean {
    double sum = 0.0;
    int count = 0;

    void add(const geo::RasterBand& band, CellRange across, CellRange down) {
        for (std::int64_t row = down.from; row < down.to; ++row) {
            for (std::int64_t column = across.from; column < across.to; ++column) {
                const double value = band.values[static_cast<std::size_t>(band.grid.index({column, row}))];
                if (std::isnan(value)) continue;
                sum += value;
                ++count;
            }
        }
    }
};

}  // namespace

Colour colour_of(const RasterStyle& style, double value) {
    for (std::size_t i = 0; i < style.stops.size(); ++i) {
        if (value > style.stops[i].value) continue;
        const Colour own = parse_colour(style.stops[i].colour);
        if (style.kind == RampKind::discrete || i == 0) return own;
        const ColourStop& before = style.stops[i - 1];
        return mix(parse_colour(before.colour), own,
                   (value - before.value) / (style.stops[i].value - before.value));
    }
    return style.stops.empty() ? Colour{} : parse_colour(style.stops.back().colour);
}

MapPicture::MapPicture(const geo::RasterBand& first, geo::io::MapProjection projection,
                       const MapOutlines& outlines, RasterStyle style,
                       const std::optional<geo::LonLatExtent>& shown, int width)
    : projection_(std::move(projection)),
      style_(std::move(style)),
      box_(shown ? show_extent(*shown, first.grid, projection_) : show_values(first)),
      width_(std::max(200, width)),
      scale_(width_ / reference_width) {
    // Degrees of longitude are drawn as long as they are in the middle of the map.
    double aspect = (box_.north - box_.south) / (box_.east - box_.west);
    if (first.grid.space == geo::GridSpace::lonlat_degrees) {
        constexpr double steepest_deg = 80.0;
        const double middle = std::clamp(0.5 * (box_.north + box_.south), -steepest_deg, steepest_deg);
        aspect /= portable::cos_deg(middle);
    }
    map_width_ = width_ - 2.0 * margin * scale_;
    map_height_ = std::clamp(map_width_ * aspect, 0.25 * map_width_, 1.6 * map_width_);
    // Where the height is limited the sides widen, so that shapes keep their proportions.
    const double wanted_width = map_height_ / aspect;
    const double middle_x = 0.5 * (box_.west + box_.east);
    const double middle_y = 0.5 * (box_.south + box_.north);
    if (wanted_width < map_width_) {
        const double half = 0.5 * (box_.east - box_.west) * map_width_ / wanted_width;
        box_.west = middle_x - half;
        box_.east = middle_x + half;
    } else if (wanted_width > map_width_) {
        const double half = 0.5 * (box_.north - box_.south) * wanted_width / map_width_;
        box_.south = middle_y - half;
        box_.north = middle_y + half;
    }
    height_ = std::ceil(map_height_ + (header + footer) * scale_);
    for (const geo::MultiPolygon& area : outlines.land) land_.push_back(project(area));
    for (const geo::MultiPolygon& area : outlines.borders) borders_.push_back(project(area));
    for (GraticuleLine& line : make_graticule(box_, projection_)) {
        DrawnLine drawn{std::move(line), {}, 0.0};
        for (const auto& part : drawn.line.parts) {
            drawn.parts.emplace_back();
            for (const geo::LonLat p : part) drawn.parts.back().push_back(place(p));
        }
        graticule_.push_back(std::move(drawn));
    }
}

CanvasPoint MapPicture::place(geo::LonLat p) const {
    return {margin * scale_ + (p.lon_deg - box_.west) / (box_.east - box_.west) * map_width_,
            header * scale_ + (box_.north - p.lat_deg) / (box_.north - box_.south) * map_height_};
}

std::vector<double> MapPicture::turns(double west, double east) const {
    if (projection_.crs().space == geo::GridSpace::lonlat_degrees) return turns_into_view(box_, west, east);
    if (east < box_.west || west > box_.east) return {};
    return {0.0};
}

MapPicture::Rings MapPicture::project(const geo::MultiPolygon& area) const {
    Rings rings;
    const geo::ToMap to_map = projection_.to_map();
    const bool degrees = projection_.crs().space == geo::GridSpace::lonlat_degrees;
    const auto add = [&](const geo::Ring& ring) {
        geo::Ring moved = degrees ? ring : bend_edges(ring);
        if (to_map) to_map(moved);
        std::erase_if(moved, [](geo::LonLat p) { return !std::isfinite(p.lon_deg); });
        // A ring that steps across 180 goes on beyond it instead of all the way back.
        for (std::size_t i = 1; degrees && i < moved.size(); ++i)
            moved[i].lon_deg -= 360.0 * std::round((moved[i].lon_deg - moved[i - 1].lon_deg) / 360.0);
        double west = 1e300, east = -1e300;
        for (const geo::LonLat p : moved) {
            west = std::min(west, p.lon_deg);
            east = std::max(east, p.lon_deg);
        }
        // A shape torn over the seam of a projection would smear across the picture.
        const bool torn = !degrees && east - west > 2.0e7;
        if (moved.empty() || torn) return;
        for (const double turn : turns(west, east)) {
            std::vector<CanvasPoint> drawn;
            for (const geo::LonLat p : moved) drawn.push_back(place({p.lon_deg + turn, p.lat_deg}));
            rings.push_back(std::move(drawn));
        }
    };
    for (const geo::Polygon& polygon : area) {
        add(polygon.outer);
        for (const geo::Ring& hole : polygon.holes) add(hole);
    }
    return rings;
}

void MapPicture::draw_cells(Canvas& canvas, const geo::RasterBand& band) const {
    const geo::GeoGrid& grid = band.grid;
    const auto columns = static_cast<int>(map_width_), rows = static_cast<int>(map_height_);
    const double cells_across = (box_.east - box_.west) / grid.cell_width / columns;
    const double cells_down = (box_.north - box_.south) / grid.cell_height / rows;
    const std::vector<double> copies = turns(grid.west, grid.east());
    for (int y = 0; y < rows; ++y) {
        const CellRange down = cells_within((grid.north - box_.north) / grid.cell_height + y * cells_down,
                                            cells_down, grid.rows);
        for (int x = 0; x < columns; ++x) {
            CellMean mean;
            for (const double turn : copies) {
                const double begin = (box_.west - grid.west - turn) / grid.cell_width + x * cells_across;
                mean.add(band, cells_within(begin, cells_across, grid.columns), down);
            }
            if (mean.count == 0) continue;
            canvas.fill_rectangle(std::floor(margin * scale_) + x, std::floor(header * scale_) + y, 1.0, 1.0,
                                  colour_of(style_, mean.sum / mean.count));
        }
    }
}

void MapPicture::draw_graticule(Canvas& canvas) const {
    for (const DrawnLine& drawn : graticule_) canvas.stroke_lines(drawn.parts, 0.5 * scale_, graticule_ink);
}

void MapPicture::name_graticule(Canvas& canvas) const {
    const double left = margin * scale_, top = header * scale_, size = 9.5 * scale_;
    std::vector<DrawnLine> lines = graticule_;
    for (DrawnLine& drawn : lines) drawn.name_width = canvas.text_width(drawn.line.label, size);
    for (const LineName& name : place_names(lines, {left, top, left + map_width_, top + map_height_}, size)) {
        const DrawnLine& drawn = lines[name.line];
        if (name.is_within) {
            const double pad = 0.2 * size;
            const double begin = name.anchor == TextAnchor::left     ? name.at.x
                                 : name.anchor == TextAnchor::middle ? name.at.x - 0.5 * drawn.name_width
                                                                     : name.at.x - drawn.name_width;
            canvas.fill_rectangle(begin - pad, name.at.y - 0.95 * size, drawn.name_width + 2.0 * pad,
                                  1.2 * size, behind_text);
        }
        canvas.write_text(drawn.line.label, name.at, size, faint_ink, name.anchor);
    }
}

void MapPicture::draw_legend(Canvas& canvas, const std::string& title) const {
    const double top = header * scale_ + map_height_ + 32.0 * scale_;
    const double left = margin * scale_;
    const double bar_height = 12.0 * scale_, size = 12.0 * scale_;
    const double length = std::min(620.0 * scale_, map_width_);
    canvas.write_text(title, {left, top + size}, 13.0 * scale_, ink);
    const double bar_top = top + 22.0 * scale_;
    const auto classes = static_cast<int>(style_.stops.size());
    if (style_.kind == RampKind::discrete) {
        for (int i = 0; i < classes; ++i) {
            const ColourStop& stop = style_.stops[static_cast<std::size_t>(i)];
            const double x = left + length * i / classes;
            canvas.fill_rectangle(x, bar_top, length / classes, bar_height, parse_colour(stop.colour));
            const auto comma = stop.label.find(", ");
            canvas.write_text(stop.label.substr(0, comma), {x, bar_top + bar_height + size}, size, ink);
            if (comma != std::string::npos)
                canvas.write_text(stop.label.substr(comma + 2), {x, bar_top + bar_height + 2.2 * size}, size,
                                  faint_ink);
        }
    } else {
        // Stops stand at equal distances: they are powers of ten.
        const int steps = std::max(1, static_cast<int>(length));
        for (int i = 0; i < steps; ++i) {
            const double at = static_cast<double>(i) / steps * (classes - 1);
            const auto stop = static_cast<std::size_t>(at);
            canvas.fill_rectangle(std::floor(left) + i, bar_top, 1.0, bar_height,
                                  mix(parse_colour(style_.stops[stop].colour),
                                      parse_colour(style_.stops[stop + 1].colour), at - std::floor(at)));
        }
        for (int i = 0; i < classes; ++i) {
            const std::string& label = style_.stops[static_cast<std::size_t>(i)].label;
            const TextAnchor anchor = i == 0             ? TextAnchor::left
                                      : i + 1 == classes ? TextAnchor::right
                                                         : TextAnchor::middle;
            canvas.write_text(number_of(label),
                              {left + length * i / (classes - 1), bar_top + bar_height + 1.2 * size}, size,
                              ink, anchor);
        }
    }
    const std::vector<std::vector<CanvasPoint>> frame = {{{left, bar_top},
                                                          {left + length, bar_top},
                                                          {left + length, bar_top + bar_height},
                                                          {left, bar_top + bar_height}}};
    canvas.stroke_rings(frame, 0.6 * scale_, shore);
}

Canvas MapPicture::draw(const geo::RasterBand& band, const MapPictureText& text) const {
    Canvas canvas(static_cast<int>(width_), static_cast<int>(height_));
    const double left = margin * scale_, top = header * scale_;
    canvas.write_text(text.title, {left, 36.0 * scale_}, 24.0 * scale_, ink, TextAnchor::left,
                      TextWeight::bold);
    canvas.write_text(text.subtitle, {left, 60.0 * scale_}, 14.0 * scale_, faint_ink);
    canvas.clip(left, top, map_width_, map_height_);
    canvas.fill_rectangle(left, top, map_width_, map_height_, sea);
    for (const Rings& area : land_) {
        canvas.fill_rings(area, land);
        canvas.stroke_rings(area, 0.7 * scale_, shore);
    }
    draw_graticule(canvas);
    draw_cells(canvas, band);
    for (const Rings& area : borders_) canvas.stroke_rings(area, 0.35 * scale_, border);
    canvas.unclip();
    canvas.stroke_rings(std::vector<std::vector<CanvasPoint>>{{{left, top},
                                                               {left + map_width_, top},
                                                               {left + map_width_, top + map_height_},
                                                               {left, top + map_height_}}},
                        0.6 * scale_, shore);
    name_graticule(canvas);
    draw_legend(canvas, text.legend);
    canvas.write_text(text.source, {width_ - margin * scale_, height_ - 12.0 * scale_}, 10.5 * scale_,
                      faint_ink, TextAnchor::right);
    return canvas;
}

}  // namespace domino::viz
