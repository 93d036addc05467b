#include "viz/vector_style.h"

#include "viz/number_text.h"

namespace domino::viz {

namespace {

FeatureSymbol symbol(const char* colour, double size_mm, double opacity = 1.0) {
    return {colour, size_mm, opacity};
}

FeatureClass category(const char* value, const char* label, FeatureSymbol drawn) {
    return {value, 0.0, 0.0, label, std::move(drawn)};
}

FeatureClass range(double low, double high, const char* label, FeatureSymbol drawn) {
    return {"", low, high, label, std::move(drawn)};
}

VectorStyle style_domino_links() {
    constexpr const char* colour = "#d55e00";
    return {"domino_links",
            "Dominoes: who set off whom",
            SymbolKind::arrow,
            ClassKind::graduated,
            "share_of_members",
            {range(0.05, 0.1, "in 5 to 10 % of members", symbol(colour, 0.15, 0.35)),
             range(0.1, 0.25, "10 to 25 %", symbol(colour, 0.3, 0.5)),
             range(0.25, 0.5, "25 to 50 %", symbol(colour, 0.5, 0.7)),
             range(0.5, 1.0, "50 to 100 %", symbol(colour, 0.8, 0.9))},
            "valid_from",
            ""};
}

VectorStyle style_events() {
    return {"events",
            "Commitments by cause",
            SymbolKind::dot,
            ClassKind::categorised,
            "cause_group",
            {category("own_accord", "of its own accord", symbol("#999999", 1.2, 0.8)),
             category("joint_declaration", "joint declaration", symbol("#56b4e9", 1.4, 0.8)),
             category("programme", "programme support", symbol("#009e73", 1.6, 0.8)),
             category("agreement", "agreement", symbol("#d55e00", 1.6, 0.8)),
             category("network", "network", symbol("#cc79a7", 1.6, 0.8)),
             category("nearby", "nearby place", symbol("#e69f00", 1.4, 0.8)),
             category("own_province", "own province", symbol("#0072b2", 1.4, 0.8)),
             category("", "other layer", symbol("#000000", 1.4, 0.8))},
            "valid_from",
            ""};
}

VectorStyle style_links() {
    return {"links",
            "Agreements and projects",
            SymbolKind::line,
            ClassKind::categorised,
            "hypothetical",
            {category("false", "on record", symbol("#0072b2", 0.3, 0.6)),
             category("true", "chosen by the expansion rule", symbol("#e69f00", 0.3, 0.6))},
            "valid_from",
            "valid_to"};
}

VectorStyle style_place_years() {
    constexpr const char* colour = "#8c4a1a";
    return {"results_place_year",
            "Emissions of places by year",
            SymbolKind::dot,
            ClassKind::graduated,
            "emissions_t_co2e_mean",
            {range(0, 1e5, "under 0.1 Mt CO2e", symbol(colour, 0.6, 0.6)),
             range(1e5, 1e6, "0.1 to 1 Mt", symbol(colour, 1.2, 0.6)),
             range(1e6, 1e7, "1 to 10 Mt", symbol(colour, 2.4, 0.6)),
             range(1e7, 1e8, "10 to 100 Mt", symbol(colour, 4.8, 0.6)),
             range(1e8, 1e12, "over 100 Mt", symbol(colour, 9.6, 0.6))},
            "valid_from",
            "valid_to"};
}

std::vector<VectorStyle> make_styles() {
    return {style_domino_links(),
            style_events(),
            {"projects",
             "Supported projects",
             SymbolKind::dot,
             ClassKind::single,
             "",
             {category("", "supported project", symbol("#009e73", 2.0))},
             "valid_from",
             "valid_to"},
            style_links(),
            {"places",
             "Places",
             SymbolKind::dot,
             ClassKind::categorised,
             "kind",
             {category("city", "city", symbol("#1b1b1b", 1.0)),
              category("rest_of_region", "rest of region", symbol("#8c8c8c", 0.8))},
             "",
             ""},
            style_place_years(),
            {"boundaries",
             "Boundaries",
             SymbolKind::outline,
             ClassKind::single,
             "",
             {category("", "admin-1 units", symbol("#6f6a60", 0.1))},
             "",
             ""}};
}

/// "217,108,0,255" from "#d96c00".
std::string rgba(const FeatureSymbol& symbol) {
    const auto part = [&](std::size_t at) {
        return std::to_string(std::stoi(symbol.colour.substr(at, 2), nullptr, 16));
    };
    return part(1) + "," + part(3) + "," + part(5) + ",255";
}

std::string properties(const std::vector<std::pair<std::string, std::string>>& values) {
    std::string out = "<Option type=\"Map\">";
    for (const auto& [name, value] : values) {
        out += "<Option type=\"QString\" name=\"" + name + "\" value=\"" + markup(value) + "\"/>";
    }
    out += "</Option>";
    return out;
}

std::string symbol_layer(const char* kind, const std::vector<std::pair<std::string, std::string>>& values,
                         const std::string& inner = "") {
    return std::string("<layer class=\"") + kind + "\" enabled=\"1\" locked=\"0\" pass=\"0\">" +
           properties(values) + inner + "</layer>";
}

std::string wrap_symbol(const char* type, const std::string& name, double opacity, const std::string& layer) {
    return std::string("<symbol type=\"") + type + "\" name=\"" + name + "\" alpha=\"" +
           number_text(opacity, 3) + "\" clip_to_extent=\"1\" force_rhr=\"0\">" + layer + "</symbol>";
}

std::string draw_symbol(SymbolKind kind, const FeatureSymbol& symbol, const std::string& name) {
    const std::string size = number_text(symbol.size_mm, 3);
    const std::string head = number_text(1.2 + symbol.size_mm, 3);
    switch (kind) {
        case SymbolKind::dot:
            return wrap_symbol("marker", name, symbol.opacity,
                               symbol_layer("SimpleMarker", {{"name", "circle"},
                                                             {"color", rgba(symbol)},
                                                             {"outline_color", "255,255,255,255"},
                                                             {"outline_width", "0.1"},
                                                             {"outline_width_unit", "MM"},
                                                             {"size", size},
                                                             {"size_unit", "MM"}}));
        case SymbolKind::line:
            return wrap_symbol("line", name, symbol.opacity,
                               symbol_layer("SimpleLine", {{"line_color", rgba(symbol)},
                                                           {"line_width", size},
                                                           {"line_width_unit", "MM"}}));
        case SymbolKind::outline:
            return wrap_symbol("fill", name, symbol.opacity,
                               symbol_layer("SimpleFill", {{"style", "no"},
                                                           {"color", rgba(symbol)},
                                                           {"outline_style", "solid"},
                                                           {"outline_color", rgba(symbol)},
                                                           {"outline_width", size},
                                                           {"outline_width_unit", "MM"}}));
        case SymbolKind::arrow:
            return wrap_symbol("line", name, symbol.opacity,
                               symbol_layer("ArrowLine",
                                            {{"arrow_start_width", size},
                                             {"arrow_start_width_unit", "MM"},
                                             {"arrow_width", size},
                                             {"arrow_width_unit", "MM"},
                                             {"arrow_type", "0"},
                                             {"head_type", "0"},
                                             {"head_length", head},
                                             {"head_length_unit", "MM"},
                                             {"head_thickness", number_text(0.6 + symbol.size_mm, 3)},
                                             {"head_thickness_unit", "MM"},
                                             {"is_curved", "0"},
                                             {"is_repeated", "0"}},
                                            wrap_symbol("fill", "@" + name + "@0", 1.0,
                                                        symbol_layer("SimpleFill", {{"color", rgba(symbol)},
                                                                                    {"outline_style", "no"},
                                                                                    {"style", "solid"}}))));
    }
    return {};
}

std::string draw_classes(const VectorStyle& style) {
    std::string out;
    for (std::size_t i = 0; i < style.classes.size(); ++i) {
        const FeatureClass& c = style.classes[i];
        const std::string common =
            "\" label=\"" + markup(c.label) + "\" symbol=\"" + std::to_string(i) + "\" render=\"true\"/>";
        if (style.kind == ClassKind::categorised) {
            out += "<category type=\"string\" value=\"" + markup(c.value) + common;
        } else if (style.kind == ClassKind::graduated) {
            out += "<range lower=\"" + number_text(c.low) + "\" upper=\"" + number_text(c.high) + common;
        }
    }
    if (style.kind == ClassKind::categorised) return "<categories>" + out + "</categories>";
    if (style.kind == ClassKind::graduated) return "<ranges>" + out + "</ranges>";
    return {};
}

const char* renderer_type(ClassKind kind) {
    switch (kind) {
        case ClassKind::single:
            return "singleSymbol";
        case ClassKind::categorised:
            return "categorizedSymbol";
        case ClassKind::graduated:
            return "graduatedSymbol";
    }
    return "";
}

}  // namespace

const std::vector<VectorStyle>& vector_styles() {
    static const std::vector<VectorStyle> styles = make_styles();
    return styles;
}

const VectorStyle* find_vector_style(const std::string& layer) {
    for (const VectorStyle& style : vector_styles()) {
        if (style.layer == layer) return &style;
    }
    return nullptr;
}

std::string qgis_vector_elements(const VectorStyle& style) {
    // Mode 2 takes a feature's time from fields; an empty end is open.
    const bool timed = !style.start_field.empty();
    std::string out = std::string("<temporal enabled=\"") + (timed ? "1" : "0") + "\" mode=\"" +
                      (timed ? "2" : "0") + "\" startField=\"" + style.start_field + "\" endField=\"" +
                      style.end_field +
                      "\" durationField=\"\" durationUnit=\"min\" fixedDuration=\"0\" accumulate=\"0\" "
                      "limitMode=\"1\" startExpression=\"\" endExpression=\"\">"
                      "<fixedRange><start></start><end></end></fixedRange></temporal>\n";
    out += std::string("<renderer-v2 type=\"") + renderer_type(style.kind) +
           "\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\" referencescale=\"-1\"";
    if (style.kind == ClassKind::graduated) out += " graduatedMethod=\"GraduatedColor\"";
    if (style.kind != ClassKind::single) out += " attr=\"" + markup(style.attribute) + "\"";
    out += ">" + draw_classes(style) + "\n<symbols>\n";
    for (std::size_t i = 0; i < style.classes.size(); ++i) {
        out += draw_symbol(style.symbol, style.classes[i].symbol, std::to_string(i)) + "\n";
    }
    out += "</symbols><rotation/><sizescale/></renderer-v2>\n";
    return out;
}

std::string qgis_vector_style(const VectorStyle& style) {
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
           "<qgis version=\"3.22.0\" styleCategories=\"Symbology|Temporal\">\n" +
           qgis_vector_elements(style) +
           "<blendMode>0</blendMode><featureBlendMode>0</featureBlendMode><layerOpacity>1</layerOpacity>\n"
           "</qgis>\n";
}

}  // namespace domino::viz
