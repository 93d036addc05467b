#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "geo/lonlat.h"
#include "geo/polygon.h"
#include "geo/problem.h"
#include "geo/read_progress.h"

namespace domino::geo::io {

enum class FieldType : std::uint8_t { text, integer, real };
enum class FieldPresence : std::uint8_t { required, optional };
/// What becomes of areas: left out, kept as they are (of layers known to be sound), or kept with rings that
/// cross themselves repaired (GEOS makes them valid: what lies inside stays inside), or refused by name.
enum class PolygonUse : std::uint8_t { skip, keep, repair };

struct FieldRequest {
    std::string name;
    FieldType type = FieldType::text;
    FieldPresence presence = FieldPresence::required;
};

struct VectorLayerRequest {
    std::filesystem::path path;
    std::string layer;     ///< empty: the file's only layer
    std::string id_field;  ///< empty: GDAL's feature number
    std::vector<FieldRequest> fields;
    std::optional<std::string> crs_override;  ///< e.g. "EPSG:32654", for a layer that does not say its own
    PolygonUse polygons = PolygonUse::skip;
    std::vector<std::string> open_options;  ///< handed to the driver, e.g. "X_POSSIBLE_NAMES=lon"
    ReadProgress progress;                  ///< from feature to feature, where the file knows their number
};

/// A field's value; monostate where it is null, unset or the column is absent.
using FieldValue = std::variant<std::monostate, std::string, std::int64_t, double>;

struct Feature {
    std::string id;
    LonLat point;           ///< the point itself, the middle of a line, or a point inside the largest polygon
    MultiPolygon polygons;  ///< kept only when asked for
    std::vector<FieldValue> values;  ///< one per VectorLayerRequest::fields
};

struct VectorLayer {
    std::string name;
    std::string crs;  ///< name of the layer's own CRS, e.g. "WGS 84 / UTM zone 54N"
    std::vector<Feature> features;
};

/// Reads a layer of any vector format GDAL knows into WGS 84 longitude and latitude, in file order.
/// Throws ProblemError with every problem found: the file or layer is missing, empty or ambiguous; the CRS is
/// missing (and how to state it), unknown, or contradicts `crs_override` or the coordinates; a field is
/// missing or of the wrong type; a feature has no geometry, an empty one, NaN or infinite coordinates, cannot
/// be projected, or repeats an id.
VectorLayer read_vector_layer(const VectorLayerRequest& request);

/// Names of the layers in a vector file. Throws ProblemError when it cannot be opened.
std::vector<std::string> list_layers(const std::filesystem::path& path);

}  // namespace domino::geo::io
