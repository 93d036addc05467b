#include "geo/io/flatgeobuf_writer.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <ogrsf_frmts.h>

#include <system_error>
#include <utility>

#include "geo/io/crs.h"
#include "geo/io/feature_values.h"
#include "geo/io/gdal_session.h"
#include "geo/problem.h"

namespace domino::geo::io {

class FlatGeobufWriter::Target {
 public:
    Target(std::filesystem::path path, const GpkgLayer& layer)
        : path_(std::move(path)), fields_(layer.fields) {
        const GdalSession session;
        std::error_code ignored;
        if (std::filesystem::exists(path_, ignored)) {
            throw ProblemError({path_.string(), "the file exists already", "", "choose another name"});
        }
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("FlatGeobuf");
        if (driver == nullptr) {
            throw ProblemError({path_.string(), "this GDAL cannot write FlatGeobuf", "",
                                "install GDAL 3.6 or newer, or set output.flatgeobuf = false"});
        }
        dataset_.reset(driver->Create(path_.string().c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!dataset_) fail(session);
        OGRSpatialReference crs;
        crs.importFromEPSG(4326);
        crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        CPLStringList options;
        options.SetNameValue("SPATIAL_INDEX", "YES");
        if (!layer.title.empty()) options.SetNameValue("TITLE", layer.title.c_str());
        if (!layer.description.empty()) options.SetNameValue("DESCRIPTION", layer.description.c_str());
        layer_ = dataset_->CreateLayer(layer.name.c_str(), &crs, wkbPoint, options.List());
        if (layer_ == nullptr) fail(session);
        for (const GpkgField& field : fields_) {
            OGRFieldDefn definition(field.name.c_str(), OFTString);
            set_field_type(definition, field.type);
            if (layer_->CreateField(&definition) != OGRERR_NONE) fail(session);
        }
    }

    ~Target() {
        if (!finished_) discard();
    }
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    void append(LonLat point, std::span<const GpkgValue> values) {
        if (values.size() != fields_.size()) {
            throw ProblemError({path_.string(),
                                "a row holds " + std::to_string(values.size()) + " values for " +
                                    std::to_string(fields_.size()) + " fields",
                                "", "give one value a field"});
        }
        const GdalSession session;
        const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer_->GetLayerDefn()));
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (set_field_value(*feature, static_cast<int>(i), values[i], fields_[i].type)) continue;
            throw ProblemError({path_.string(), "a value does not fit the field \"" + fields_[i].name + "\"",
                                "", "give text, a whole number or a finite real as the field's type says"});
        }
        feature->SetGeometryDirectly(std::make_unique<OGRPoint>(point.lon_deg, point.lat_deg).release());
        if (layer_->CreateFeature(feature.get()) != OGRERR_NONE) fail(session);
    }

    void finish() {
        const GdalSession session;
        dataset_.reset();
        if (!session.errors().empty()) fail(session);
        finished_ = true;
    }

 private:
    [[noreturn]] void fail(const GdalSession& session) {
        const std::string reason = session.last_error("GDAL gave no reason");
        discard();
        throw ProblemError(
            {path_.string(), "the FlatGeobuf cannot be written", reason, "check free space and permissions"});
    }

    void discard() {
        const GdalSession session;
        dataset_.reset();
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

    std::filesystem::path path_;
    std::vector<GpkgField> fields_;
    GDALDatasetUniquePtr dataset_;
    OGRLayer* layer_ = nullptr;
    bool finished_ = false;
};

FlatGeobufWriter::FlatGeobufWriter(std::filesystem::path path, const GpkgLayer& layer)
    : target_(std::make_unique<Target>(std::move(path), layer)) {}
FlatGeobufWriter::~FlatGeobufWriter() = default;

void FlatGeobufWriter::append(LonLat point, std::span<const GpkgValue> values) {
    target_->append(point, values);
}

void FlatGeobufWriter::finish() {
    target_->finish();
}

}  // namespace domino::geo::io
