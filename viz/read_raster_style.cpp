#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

#include "geo/problem.h"
#include "viz/raster_style.h"

namespace domino::viz {

namespace {

std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        bool replaced = false;
        for (const auto& [name, character] :
             {std::pair{std::string_view("&amp;"), '&'}, std::pair{std::string_view("&lt;"), '<'},
              std::pair{std::string_view("&gt;"), '>'}, std::pair{std::string_view("&quot;"), '"'}}) {
            if (text.substr(i, name.size()) != name) continue;
            out += character;
            i += name.size();
            replaced = true;
            break;
        }
        if (!replaced) out += text[i++];
    }
    return out;
}

/// Value of an attribute within one tag.
std::string attribute(std::string_view tag, std::string_view name) {
    const std::string opening = " " + std::string(name) + "=\"";
    const auto begin = tag.find(opening);
    if (begin == std::string_view::npos) return {};
    const auto value = begin + opening.size();
    const auto end = tag.find('"', value);
    return end == std::string_view::npos ? std::string() : unescape(tag.substr(value, end - value));
}

/// The next tag that opens with @p name from @p at on, and where it ends.
std::optional<std::string_view> next_tag(std::string_view text, std::string_view name, std::size_t& at) {
    const std::string opening = "<" + std::string(name) + " ";
    const auto begin = text.find(opening, at);
    if (begin == std::string_view::npos) return std::nullopt;
    const auto end = text.find('>', begin);
    at = end == std::string_view::npos ? text.size() : end;
    return text.substr(begin, at - begin);
}

double number_of(const std::string& text) {
    if (text == "inf") return std::numeric_limits<double>::infinity();
    double value = 0.0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = fault == std::errc() && end == text.data() + text.size();
    return whole ? value : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

RasterStyle read_raster_style(const std::string& qml, const std::string& where) {
    RasterStyle style;
    std::size_t at = 0;
    if (const auto shader = next_tag(qml, "colorrampshader", at)) {
        style.kind =
            attribute(*shader, "colorRampType") == "DISCRETE" ? RampKind::discrete : RampKind::interpolated;
        style.minimum = number_of(attribute(*shader, "minimumValue"));
        style.maximum = number_of(attribute(*shader, "maximumValue"));
        while (const auto item = next_tag(qml, "item", at)) {
            style.stops.push_back(
                {number_of(attribute(*item, "value")), attribute(*item, "color"), attribute(*item, "label")});
        }
    }
    bool usable = style.stops.size() >= 2 && std::isfinite(style.minimum) && std::isfinite(style.maximum);
    for (std::size_t i = 0; usable && i < style.stops.size(); ++i) {
        usable =
            !std::isnan(style.stops[i].value) && (i == 0 || style.stops[i].value > style.stops[i - 1].value);
    }
    if (!usable) {
        throw geo::ProblemError({where, "the style holds no colours that could be read",
                                 "pictures take their colours from the style beside a map",
                                 "run the scenario again"});
    }
    return style;
}

}  // namespace domino::viz
