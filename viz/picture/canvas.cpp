#include "viz/picture/canvas.h"

#include <cairo.h>

#include <new>

#include "viz/write_results.h"

namespace domino::viz {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Colour parse_colour(const std::string& text) {
    const bool is_long = text.size() == 7;
    if ((!is_long && text.size() != 4) || text[0] != '#') return {};
    double parts[3] = {};
    for (std::size_t i = 0; i < 3; ++i) {
        const int high = hex_digit(text[is_long ? 1 + 2 * i : 1 + i]);
        const int low = hex_digit(text[is_long ? 2 + 2 * i : 1 + i]);
        if (high < 0 || low < 0) return {};
        parts[i] = (16 * high + low) / 255.0;
    }
    return {parts[0], parts[1], parts[2], 1.0};
}

class Canvas::Surface {
 public:
    Surface(int width, int height)
        : image(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)), pen(cairo_create(image)) {
        if (cairo_status(pen) != CAIRO_STATUS_SUCCESS) {
            cairo_destroy(pen);
            cairo_surface_destroy(image);
            throw std::bad_alloc();
        }
    }
    ~Surface() {
        cairo_destroy(pen);
        cairo_surface_destroy(image);
    }
    Surface(const Surface&) = delete;
    Surface& operator=(const Surface&) = delete;

    void set(Colour c) const { cairo_set_source_rgba(pen, c.red, c.green, c.blue, c.alpha); }
    void select_font(double size, TextWeight weight) const {
        cairo_select_font_face(
            pen, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
            weight == TextWeight::bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
        cairo_set_font_size(pen, size);
    }
    void trace(std::span<const std::vector<CanvasPoint>> rings) const {
        cairo_new_path(pen);
        for (const std::vector<CanvasPoint>& ring : rings) {
            if (ring.size() < 2) continue;
            cairo_move_to(pen, ring.front().x, ring.front().y);
            for (std::size_t i = 1; i < ring.size(); ++i) cairo_line_to(pen, ring[i].x, ring[i].y);
            cairo_close_path(pen);
        }
    }

    cairo_surface_t* image;
    cairo_t* pen;
};

Canvas::Canvas(int width, int height) : surface_(std::make_unique<Surface>(width, height)) {
    fill_rectangle(0, 0, width, height, {1.0, 1.0, 1.0, 1.0});
}
Canvas::~Canvas() = default;
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;

int Canvas::width() const {
    return cairo_image_surface_get_width(surface_->image);
}

int Canvas::height() const {
    return cairo_image_surface_get_height(surface_->image);
}

void Canvas::fill_rectangle(double x, double y, double width, double height, Colour colour) {
    surface_->set(colour);
    cairo_rectangle(surface_->pen, x, y, width, height);
    cairo_fill(surface_->pen);
}

void Canvas::fill_rings(std::span<const std::vector<CanvasPoint>> rings, Colour colour) {
    surface_->trace(rings);
    surface_->set(colour);
    cairo_set_fill_rule(surface_->pen, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_fill(surface_->pen);
}

void Canvas::stroke_rings(std::span<const std::vector<CanvasPoint>> rings, double line_width, Colour colour) {
    surface_->trace(rings);
    surface_->set(colour);
    cairo_set_line_width(surface_->pen, line_width);
    cairo_set_line_join(surface_->pen, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(surface_->pen);
}

void Canvas::stroke_lines(std::span<const std::vector<CanvasPoint>> lines, double line_width, Colour colour) {
    cairo_new_path(surface_->pen);
    for (const std::vector<CanvasPoint>& line : lines) {
        cairo_new_sub_path(surface_->pen);
        for (const CanvasPoint p : line) cairo_line_to(surface_->pen, p.x, p.y);
    }
    surface_->set(colour);
    cairo_set_line_width(surface_->pen, line_width);
    cairo_stroke(surface_->pen);
}

void Canvas::fill_circle(CanvasPoint centre, double radius, Colour colour) {
    constexpr double full_turn = 6.283185307179586;
    cairo_new_path(surface_->pen);
    cairo_arc(surface_->pen, centre.x, centre.y, radius, 0.0, full_turn);
    surface_->set(colour);
    cairo_fill(surface_->pen);
}

double Canvas::text_width(const std::string& text, double size, TextWeight weight) const {
    surface_->select_font(size, weight);
    cairo_text_extents_t extents;
    cairo_text_extents(surface_->pen, text.c_str(), &extents);
    return extents.x_advance;
}

void Canvas::write_text(const std::string& text, CanvasPoint baseline, double size, Colour colour,
                        TextAnchor anchor, TextWeight weight) {
    const double width = anchor == TextAnchor::left ? 0.0 : text_width(text, size, weight);
    surface_->select_font(size, weight);
    surface_->set(colour);
    cairo_move_to(surface_->pen, baseline.x - (anchor == TextAnchor::middle ? 0.5 * width : width),
                  baseline.y);
    cairo_show_text(surface_->pen, text.c_str());
    cairo_new_path(surface_->pen);
}

void Canvas::clip(double x, double y, double width, double height) {
    cairo_save(surface_->pen);
    cairo_rectangle(surface_->pen, x, y, width, height);
    cairo_clip(surface_->pen);
}

void Canvas::unclip() {
    cairo_restore(surface_->pen);
}

std::vector<std::uint32_t> Canvas::pixels() const {
    cairo_surface_flush(surface_->image);
    const unsigned char* data = cairo_image_surface_get_data(surface_->image);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface_->image));
    std::vector<std::uint32_t> all;
    all.reserve(static_cast<std::size_t>(width()) * static_cast<std::size_t>(height()));
    for (std::size_t row = 0; row < static_cast<std::size_t>(height()); ++row) {
        const auto* line = reinterpret_cast<const std::uint32_t*>(data + row * stride);
        for (std::size_t column = 0; column < static_cast<std::size_t>(width()); ++column)
            all.push_back(line[column] & 0xFFFFFF);
    }
    return all;
}

void Canvas::save_png(const std::filesystem::path& path) const {
    const cairo_status_t state = cairo_surface_write_to_png(surface_->image, path.c_str());
    if (state != CAIRO_STATUS_SUCCESS) {
        throw WriteError(geo::Problem{path.string(), "the picture cannot be written",
                                      cairo_status_to_string(state),
                                      "choose a folder that can be written with -o"});
    }
}

}  // namespace domino::viz
