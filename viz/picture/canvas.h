#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace domino::viz {

struct Colour {
    double red = 0.0, green = 0.0, blue = 0.0, alpha = 1.0;  ///< 0 … 1
};

/// Of letters, and of those that say less.
inline constexpr Colour ink{0.13, 0.12, 0.11, 1.0};
inline constexpr Colour faint_ink{0.42, 0.40, 0.37, 1.0};

/// "#rrggbb" or "#rgb"; black for anything else.
Colour parse_colour(const std::string& text);

struct CanvasPoint {
    double x = 0.0, y = 0.0;  ///< pixels from the upper left corner
};

enum class TextAnchor : unsigned char { left, middle, right };
enum class TextWeight : unsigned char { normal, bold };

/// A picture of pixels to draw on with Cairo. Text is set in a sans-serif font of the system. Not for use
/// from two threads at once.
class Canvas {
 public:
    /// White. Throws std::bad_alloc when there is no room for it.
    Canvas(int width, int height);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;
    Canvas(Canvas&&) noexcept;
    Canvas& operator=(Canvas&&) noexcept;

    int width() const;
    int height() const;

    void fill_rectangle(double x, double y, double width, double height, Colour colour);
    /// Rings of one area, holes among them (even-odd rule).
    void fill_rings(std::span<const std::vector<CanvasPoint>> rings, Colour colour);
    void stroke_rings(std::span<const std::vector<CanvasPoint>> rings, double line_width, Colour colour);
    void stroke_lines(std::span<const std::vector<CanvasPoint>> lines, double line_width, Colour colour);
    void fill_circle(CanvasPoint centre, double radius, Colour colour);
    /// @p baseline is where the letters stand, at the anchor.
    void write_text(const std::string& text, CanvasPoint baseline, double size, Colour colour,
                    TextAnchor anchor = TextAnchor::left, TextWeight weight = TextWeight::normal);
    double text_width(const std::string& text, double size, TextWeight weight = TextWeight::normal) const;
    /// Draws only within a rectangle until unclip().
    void clip(double x, double y, double width, double height);
    void unclip();

    /// Pixels row by row, 0xRRGGBB.
    std::vector<std::uint32_t> pixels() const;
    /// Throws WriteError.
    void save_png(const std::filesystem::path& path) const;

 private:
    class Surface;
    std::unique_ptr<Surface> surface_;
};

}  // namespace domino::viz
