#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "geo/io/gpkg_writer.h"

namespace domino::geo::io {

/// Writes one layer of points as FlatGeobuf in WGS 84, with a packed spatial index. The same rows give the
/// same bytes. Errors as GpkgWriter; a writer destroyed before finish() removes its file. The caller renames
/// the file into place.
class FlatGeobufWriter {
 public:
    /// @p path must not exist and should end in .fgb; @p layer must hold points.
    FlatGeobufWriter(std::filesystem::path path, const GpkgLayer& layer);
    ~FlatGeobufWriter();
    FlatGeobufWriter(const FlatGeobufWriter&) = delete;
    FlatGeobufWriter& operator=(const FlatGeobufWriter&) = delete;

    /// Adds a row; @p values holds one value per field of the layer.
    void append(LonLat point, std::span<const GpkgValue> values);
    /// Builds the index and closes the file.
    void finish();

 private:
    class Target;
    std::unique_ptr<Target> target_;
};

}  // namespace domino::geo::io
