#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "geo/antimeridian.h"
#include "geo/lonlat.h"
#include "geo/polygon.h"

namespace domino::geo::io {

enum class GpkgGeometry : std::uint8_t { none, point, line, area };
enum class GpkgFieldType : std::uint8_t { text, integer, real, boolean, date, datetime };

struct GpkgField {
    std::string name;  ///< letters, digits and underscores
    GpkgFieldType type = GpkgFieldType::text;
};

struct GpkgLayer {
    std::string name;  ///< snake_case
    GpkgGeometry geometry = GpkgGeometry::none;
    std::vector<GpkgField> fields;
    std::string title;
    std::string description;
    std::string fid_name = "fid";  ///< column of the row numbers, which count from 1
};

/// Null, text (dates as "2035-01-31", times as "2035-01-31T00:00:00Z" too), whole number (booleans 0 or 1
/// too) or real (NaN is stored as null).
using GpkgValue = std::variant<std::monostate, std::string, std::int64_t, double>;
/// Nothing, a point, a line or an area, in WGS 84. Lines are stored in parts, cut at the antimeridian.
using GpkgShape = std::variant<std::monostate, LonLat, Line, MultiPolygon>;

/// Identifies a layer of one writer.
struct GpkgLayerId {
    std::size_t index = 0;
};

/// Writes a GeoPackage in WGS 84: all rows in one transaction, a spatial index per geometry layer, timestamps
/// fixed at 2000-01-01T00:00:00Z so that the same rows give the same bytes. Errors (a full disk, a name that
/// is not snake_case, a value of the wrong type) throw ProblemError. A writer destroyed before finish()
/// removes its file. The caller renames the file into place. Not for use from two threads at once, nor handed
/// between threads.
class GpkgWriter {
 public:
    /// @p path must not exist and should end in .gpkg.
    explicit GpkgWriter(std::filesystem::path path);
    ~GpkgWriter();
    GpkgWriter(GpkgWriter&&) noexcept;
    GpkgWriter& operator=(GpkgWriter&&) noexcept;

    GpkgLayerId add_layer(const GpkgLayer& layer);
    /// Adds a row; @p values holds one value per field of the layer.
    void append(GpkgLayerId layer, const GpkgShape& shape, std::span<const GpkgValue> values);
    /// Commits, builds the spatial indexes and closes the file.
    void finish();

 private:
    class Target;
    std::unique_ptr<Target> target_;
};

}  // namespace domino::geo::io
