#include "viz/raster_style.h"

#include <algorithm>

#include "viz/number_text.h"

namespace domino::viz {

namespace {

void append_attribute(std::string& out, const char* name, const std::string& value) {
    out += ' ';
    out += name;
    out += "=\"";
    append_markup(out, value);
    out += '"';
}

void append_temporal(std::string& out, const RasterStyle& style) {
    constexpr const char* midnight = "-01-01T00:00:00Z";
    out += "  <temporal enabled=\"1\" mode=\"3\" fetchMode=\"0\">\n    <ranges>\n";
    for (int band = 1; band <= style.years; ++band) {
        const int year = style.first_year + band - 1;
        out += "      <range";
        append_attribute(out, "band", std::to_string(band));
        append_attribute(out, "begin", std::to_string(year) + midnight);
        append_attribute(out, "end", std::to_string(year + 1) + midnight);
        append_attribute(out, "includeBeginning", "1");
        append_attribute(out, "includeEnd", "0");
        out += "/>\n";
    }
    out += "    </ranges>\n  </temporal>\n";
}

void append_shader(std::string& out, const RasterStyle& style) {
    out += "        <colorrampshader";
    append_attribute(out, "colorRampType",
                     style.kind == RampKind::interpolated ? "INTERPOLATED" : "DISCRETE");
    append_attribute(out, "classificationMode", "1");
    append_attribute(out, "clip", "0");
    append_attribute(out, "minimumValue", number_text(style.minimum));
    append_attribute(out, "maximumValue", number_text(style.maximum));
    append_attribute(out, "labelPrecision", "4");
    out += ">\n";
    for (std::size_t i = 0; i < style.stops.size(); ++i) {
        const ColourStop& stop = style.stops[i];
        const bool open_ended = style.kind == RampKind::discrete && i + 1 == style.stops.size();
        out += "          <item";
        append_attribute(out, "value", open_ended ? "inf" : number_text(stop.value));
        append_attribute(out, "color", stop.colour);
        append_attribute(out, "alpha", "255");
        append_attribute(out, "label", stop.label);
        out += "/>\n";
    }
    // The stops by name: QGIS would draw one bar, linear in values that grow by tens.
    out += "          <rampLegendSettings useContinuousLegend=\"0\"/>\n        </colorrampshader>\n";
}

/// "5,000,000" of "5000000"; four digits stand together.
std::string set_thousands_apart(const std::string& number) {
    const std::size_t whole = std::min(number.find('.'), number.size());
    constexpr std::size_t group = 3, ungrouped = 4;
    const bool digits_only = std::all_of(number.begin(), number.begin() + static_cast<std::ptrdiff_t>(whole),
                                         [](char c) { return c >= '0' && c <= '9'; });
    if (!digits_only || whole <= ungrouped) return number;
    std::string grouped;
    for (std::size_t i = 0; i < number.size(); ++i) {
        if (i > 0 && i < whole && (whole - i) % group == 0) grouped += ',';
        grouped += number[i];
    }
    return grouped;
}

double round_up_125(double value) {
    if (!(value > 0.0)) {
        return 1.0;
    }
    double power = 1.0;
    while (power > value) {
        power /= 10.0;
    }
    while (power * 10.0 <= value) {
        power *= 10.0;
    }
    for (const double step : {1.0, 2.0, 5.0}) {
        if (value <= step * power) {
            return step * power;
        }
    }
    return 10.0 * power;
}

}  // namespace

std::string qgis_raster_pipe(const RasterStyle& style) {
    std::string out =
        "  <pipe>\n"
        "    <provider>\n      <resampling enabled=\"false\" zoomedInResamplingMethod=\"nearestNeighbour\""
        " zoomedOutResamplingMethod=\"nearestNeighbour\" maxOversampling=\"2\"/>\n    </provider>\n"
        "    <rasterrenderer type=\"singlebandpseudocolor\" band=\"1\" opacity=\"1\" alphaBand=\"-1\""
        " nodataColor=\"\"";
    append_attribute(out, "classificationMin", number_text(style.minimum));
    append_attribute(out, "classificationMax", number_text(style.maximum));
    out +=
        ">\n      <rasterTransparency/>\n"
        "      <minMaxOrigin>\n        <limits>None</limits>\n        <extent>WholeRaster</extent>\n"
        "        <statAccuracy>Exact</statAccuracy>\n      </minMaxOrigin>\n      <rastershader>\n";
    append_shader(out, style);
    out +=
        "      </rastershader>\n    </rasterrenderer>\n"
        "    <brightnesscontrast brightness=\"0\" contrast=\"0\" gamma=\"1\"/>\n"
        "    <huesaturation saturation=\"0\" grayscaleMode=\"0\" colorizeOn=\"0\"/>\n"
        "    <rasterresampler maxOversampling=\"2\"/>\n"
        "  </pipe>\n  <blendMode>0</blendMode>\n";
    return out;
}

std::string qgis_raster_style(const RasterStyle& style) {
    std::string out =
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        "<qgis version=\"3.38.0\" styleCategories=\"Symbology|Temporal\" "
        "hasScaleBasedVisibilityFlag=\"0\">\n";
    append_temporal(out, style);
    out += qgis_raster_pipe(style);
    out += "</qgis>\n";
    return out;
}

std::vector<ColourStop> logarithmic_stops(double largest, const std::vector<std::string>& colours,
                                          const std::string& unit) {
    const double maximum = round_up_125(largest);
    std::vector<ColourStop> stops;
    double value = maximum;
    for (std::size_t i = colours.size(); i-- > 1;) {
        stops.insert(stops.begin(),
                     {value, colours[i], set_thousands_apart(number_text(value, 2)) + " " + unit});
        value /= 10.0;
    }
    stops.insert(stops.begin(), {0.0, colours.front(), "0"});
    return stops;
}

}  // namespace domino::viz
