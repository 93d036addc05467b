#pragma once

#include <optional>
#include <string>
#include <vector>

namespace domino::viz {

/// How one class of a layer's features is drawn: a dot, or an arrow along a line.
struct FeatureSymbol {
    std::string colour;    ///< "#rrggbb"
    double size_mm = 2.0;  ///< diameter of a dot, width of a line
    double opacity = 1.0;
};

struct FeatureClass {
    std::string value;  ///< of a categorised attribute
    double low = 0.0;   ///< range of a graduated attribute
    double high = 0.0;
    std::string label;
    FeatureSymbol symbol;
};

enum class ClassKind : unsigned char { single, categorised, graduated };
enum class SymbolKind : unsigned char { dot, line, arrow, outline };

/// How a vector layer of results.gpkg is drawn in QGIS.
struct VectorStyle {
    std::string layer;  ///< its name in the GeoPackage
    std::string title;
    SymbolKind symbol = SymbolKind::dot;
    ClassKind kind = ClassKind::single;
    std::string attribute;  ///< field or expression classes are told by
    std::vector<FeatureClass> classes;
    std::string start_field;  ///< empty: shown at all times
    std::string end_field;
};

/// The styles of all layers that have a geometry, in drawing order from the top. Colours are those of the
/// report, told apart by the colour-blind too (Okabe and Ito 2008).
const std::vector<VectorStyle>& vector_styles();
const VectorStyle* find_vector_style(const std::string& layer);

/// <temporal> and <renderer-v2>, as a QGIS layer and a .qml hold them. Made for QGIS 3.22 and newer.
std::string qgis_vector_elements(const VectorStyle& style);

/// A whole .qml document.
std::string qgis_vector_style(const VectorStyle& style);

}  // namespace domino::viz
