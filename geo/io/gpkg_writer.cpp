#include "geo/io/gpkg_writer.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string_view>
#include <system_error>
#include <utility>

#include "geo/io/crs.h"
#include "geo/io/feature_values.h"
#include "geo/io/gdal_session.h"
#include "geo/problem.h"

namespace domino::geo::io {

namespace {

/// What makes the driver write the same bytes at any time on any machine; held while it works.
class SteadyDriver {
 public:
    SteadyDriver() = default;

 private:
    CPLConfigOptionSetter date_{"OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z", false};
    // Where there is a second core, GDAL would build its spatial index beside the table and lay the file out
    // otherwise.
    CPLConfigOptionSetter one_thread_{"OGR_GPKG_ALLOW_THREADED_RTREE", "NO", false};
    // The file is written beside its place and renamed when whole: a crash leaves nothing that syncing would
    // save.
    CPLConfigOptionSetter no_sync_{"OGR_SQLITE_SYNCHRONOUS", "OFF", false};
};

bool is_name(std::string_view name, bool capitals) {
    const auto allowed = [capitals](unsigned char c) {
        return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '_' || (capitals && std::isupper(c) != 0);
    };
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::all_of(name.begin(), name.end(), allowed);
}

OGRwkbGeometryType geometry_type(GpkgGeometry geometry) {
    switch (geometry) {
        case GpkgGeometry::none:
            return wkbNone;
        case GpkgGeometry::point:
            return wkbPoint;
        case GpkgGeometry::line:
            return wkbMultiLineString;
        case GpkgGeometry::area:
            return wkbMultiPolygon;
    }
    return wkbNone;
}

OGRGeometryUniquePtr make_lines(const Line& line) {
    auto lines = std::make_unique<OGRMultiLineString>();
    for (const Line& part : split_at_antimeridian(line)) {
        auto piece = std::make_unique<OGRLineString>();
        piece->setNumPoints(static_cast<int>(part.size()), FALSE);
        for (std::size_t i = 0; i < part.size(); ++i) {
            piece->setPoint(static_cast<int>(i), part[i].lon_deg, part[i].lat_deg);
        }
        lines->addGeometryDirectly(piece.release());
    }
    return OGRGeometryUniquePtr(lines.release());
}

std::unique_ptr<OGRLinearRing> make_ring(const Ring& ring) {
    auto made = std::make_unique<OGRLinearRing>();
    for (const LonLat point : ring) made->addPoint(point.lon_deg, point.lat_deg);
    made->closeRings();
    return made;
}

OGRGeometryUniquePtr make_area(const MultiPolygon& area) {
    auto polygons = std::make_unique<OGRMultiPolygon>();
    for (const Polygon& part : area) {
        auto polygon = std::make_unique<OGRPolygon>();
        polygon->addRingDirectly(make_ring(part.outer).release());
        for (const Ring& hole : part.holes) polygon->addRingDirectly(make_ring(hole).release());
        polygons->addGeometryDirectly(polygon.release());
    }
    return OGRGeometryUniquePtr(polygons.release());
}

}  // namespace

class GpkgWriter::Target {
 public:
    explicit Target(std::filesystem::path path) : path_(std::move(path)) {
        std::error_code ignored;
        if (std::filesystem::exists(path_, ignored)) {
            throw ProblemError({path_.string(), "the file exists already", "", "choose another name"});
        }
        const GdalSession session;
        const SteadyDriver steady;
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
        if (driver == nullptr) {
            throw ProblemError(
                {path_.string(), "this GDAL cannot write GeoPackage", "", "install GDAL with SQLite"});
        }
        dataset_.reset(driver->Create(path_.string().c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!dataset_ || dataset_->StartTransaction() != OGRERR_NONE) {
            dataset_.reset();
            std::filesystem::remove(path_, ignored);
            fail(session);
        }
        crs_.importFromEPSG(4326);
        crs_.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    }

    ~Target() {
        if (!finished_) discard();
    }
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    GpkgLayerId add_layer(const GpkgLayer& layer) {
        check_names(layer);
        const GdalSession session;
        const SteadyDriver steady;
        CPLStringList options;
        options.SetNameValue("FID", layer.fid_name.c_str());
        options.SetNameValue("GEOMETRY_NAME", "geom");
        options.SetNameValue("SPATIAL_INDEX", "YES");
        if (!layer.title.empty()) options.SetNameValue("IDENTIFIER", layer.title.c_str());
        if (!layer.description.empty()) options.SetNameValue("DESCRIPTION", layer.description.c_str());
        const bool spatial = layer.geometry != GpkgGeometry::none;
        OGRLayer* made = dataset_->CreateLayer(layer.name.c_str(), spatial ? &crs_ : nullptr,
                                               geometry_type(layer.geometry), options.List());
        if (made == nullptr) fail(session);
        for (const GpkgField& field : layer.fields) {
            OGRFieldDefn definition(field.name.c_str(), OFTString);
            set_field_type(definition, field.type);
            if (made->CreateField(&definition) != OGRERR_NONE) fail(session);
        }
        layers_.push_back(
            {layer, made, OGRFeatureUniquePtr(OGRFeature::CreateFeature(made->GetLayerDefn()))});
        return {layers_.size() - 1};
    }

    void append(GpkgLayerId id, const GpkgShape& shape, std::span<const GpkgValue> values) {
        OpenLayer& layer = layers_.at(id.index);
        const GdalSession session;
        OGRFeature& feature = *layer.feature;
        feature.Reset();
        set_values(layer, values);
        set_shape(layer, shape);
        if (layer.layer->CreateFeature(&feature) != OGRERR_NONE) fail(session);
    }

    void finish() {
        const GdalSession session;
        const SteadyDriver steady;
        if (dataset_->CommitTransaction() != OGRERR_NONE) fail(session);
        layers_.clear();
        dataset_.reset();
        if (!session.errors().empty()) fail(session);
        finished_ = true;
    }

 private:
    struct OpenLayer {
        GpkgLayer description;
        OGRLayer* layer = nullptr;
        OGRFeatureUniquePtr feature;
    };

    [[noreturn]] void fail(const GdalSession& session) const {
        const std::string reason =
            session.errors().empty() ? "GDAL gave no reason" : session.errors().front();
        throw ProblemError(
            {path_.string(), "the GeoPackage cannot be written", reason, "check free space and permissions"});
    }

    void check_names(const GpkgLayer& layer) const {
        if (!is_name(layer.name, false)) {
            throw ProblemError({path_.string(), "the layer name \"" + layer.name + "\" is not snake_case", "",
                                "use small letters, digits and underscores"});
        }
        for (const GpkgField& field : layer.fields) {
            if (is_name(field.name, true)) continue;
            throw ProblemError({path_.string() + " (" + layer.name + ")",
                                "the field name \"" + field.name + "\" is not a plain name", "",
                                "use letters, digits and underscores"});
        }
    }

    std::string where(const OpenLayer& layer) const {
        return path_.string() + " (" + layer.description.name + ")";
    }

    void set_values(OpenLayer& layer, std::span<const GpkgValue> values) const {
        const std::vector<GpkgField>& fields = layer.description.fields;
        if (values.size() != fields.size()) {
            throw ProblemError({where(layer),
                                "a row holds " + std::to_string(values.size()) + " values for " +
                                    std::to_string(fields.size()) + " fields",
                                "", "give one value a field"});
        }
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (set_field_value(*layer.feature, static_cast<int>(i), values[i], fields[i].type)) continue;
            throw ProblemError({where(layer), "a value does not fit the field \"" + fields[i].name + "\"", "",
                                "give text, a whole number or a finite real as the field's type says"});
        }
    }

    void set_shape(OpenLayer& layer, const GpkgShape& shape) const {
        const GpkgGeometry wanted = layer.description.geometry;
        if (std::holds_alternative<std::monostate>(shape)) return;
        const auto* point = std::get_if<LonLat>(&shape);
        const auto* line = std::get_if<Line>(&shape);
        const auto* area = std::get_if<MultiPolygon>(&shape);
        const GpkgGeometry given = point != nullptr  ? GpkgGeometry::point
                                   : line != nullptr ? GpkgGeometry::line
                                                     : GpkgGeometry::area;
        if (given != wanted) {
            throw ProblemError({where(layer), "a row's shape is not of the layer's kind", "",
                                "give points to point layers"});
        }
        if (point != nullptr) {
            layer.feature->SetGeometryDirectly(
                std::make_unique<OGRPoint>(point->lon_deg, point->lat_deg).release());
        } else {
            layer.feature->SetGeometryDirectly(
                (line != nullptr ? make_lines(*line) : make_area(*area)).release());
        }
    }

    void discard() {
        const GdalSession session;
        if (dataset_) dataset_->RollbackTransaction();
        layers_.clear();
        dataset_.reset();
        std::error_code ignored;
        for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
            std::filesystem::remove(path_.string() + suffix, ignored);
        }
    }

    std::filesystem::path path_;
    OGRSpatialReference crs_;
    GDALDatasetUniquePtr dataset_;
    std::vector<OpenLayer> layers_;
    bool finished_ = false;
};

GpkgWriter::GpkgWriter(std::filesystem::path path) : target_(std::make_unique<Target>(std::move(path))) {}
GpkgWriter::~GpkgWriter() = default;
GpkgWriter::GpkgWriter(GpkgWriter&&) noexcept = default;
GpkgWriter& GpkgWriter::operator=(GpkgWriter&&) noexcept = default;

GpkgLayerId GpkgWriter::add_layer(const GpkgLayer& layer) {
    return target_->add_layer(layer);
}

void GpkgWriter::append(GpkgLayerId layer, const GpkgShape& shape, std::span<const GpkgValue> values) {
    target_->append(layer, shape, values);
}

void GpkgWriter::finish() {
    target_->finish();
}

}  // namespace domino::geo::io
