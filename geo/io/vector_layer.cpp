#include "geo/io/vector_layer.h"

#include <ogrsf_frmts.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "geo/ellipsoid.h"
#include "geo/io/crs.h"
#include "geo/io/feature_fields.h"
#include "geo/io/feature_shapes.h"
#include "geo/io/gdal_session.h"

namespace domino::geo::io {

namespace {

constexpr std::size_t most_problems = 50;

struct FreeStringList {
    void operator()(char** list) const { CSLDestroy(list); }
};
using StringList = std::unique_ptr<char*, FreeStringList>;

/// CSV is the one vector format that does not say which columns are coordinates.
StringList collect_open_options(const VectorLayerRequest& request) {
    char** options = nullptr;
    for (const std::string& option : request.open_options) options = CSLAddString(options, option.c_str());
    if (options == nullptr && request.path.extension() == ".csv") {
        options = CSLAddString(options, "X_POSSIBLE_NAMES=lon,longitude,lng,x");
        options = CSLAddString(options, "Y_POSSIBLE_NAMES=lat,latitude,y");
    }
    return StringList(options);
}

/// "PG:…", "MySQL:…": what comes before the colon names a driver.
bool is_database(std::string_view name) {
    const auto colon = name.find(':');
    return colon != std::string_view::npos && colon >= 2 && name.find('/') > colon;
}

GDALDatasetUniquePtr open_vector(const std::filesystem::path& path, const StringList& options,
                                 const GdalSession& session) {
    const std::string name = path.string();
    GDALDatasetUniquePtr dataset(GDALDataset::Open(name.c_str(),
                                                   GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                                   nullptr, options.get(), nullptr));
    if (dataset) return dataset;
    std::error_code ignored;
    if (is_database(name)) {
        throw ProblemError({name, "the database cannot be opened", session.last_error("GDAL gave no reason"),
                            "check that it runs, its name, host and user, and PGPASSWORD or PGPASSFILE"});
    }
    const bool in_archive = name.starts_with("/vsi");
    if (!in_archive && !std::filesystem::exists(path, ignored)) {
        throw ProblemError({name, "there is no such file", "", "check the path"});
    }
    throw ProblemError({name, "the file cannot be read as a vector layer",
                        session.last_error("GDAL gave no reason"),
                        "convert it to GeoPackage, GeoJSON or Shapefile"});
}

std::vector<std::string> name_layers(GDALDataset& dataset) {
    std::vector<std::string> names;
    for (int i = 0; i < dataset.GetLayerCount(); ++i) names.emplace_back(dataset.GetLayer(i)->GetName());
    return names;
}

std::string list_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

OGRLayer& pick_layer(GDALDataset& dataset, const VectorLayerRequest& request) {
    const std::string where = request.path.string();
    const std::vector<std::string> names = name_layers(dataset);
    if (names.empty()) {
        throw ProblemError({where, "the file holds no layer", "", "write a layer with places into it"});
    }
    if (request.layer.empty()) {
        if (names.size() == 1) return *dataset.GetLayer(0);
        throw ProblemError({where, "the file holds " + std::to_string(names.size()) + " layers",
                            list_names(names), "say which with layer = \"…\""});
    }
    if (OGRLayer* layer = dataset.GetLayerByName(request.layer.c_str())) return *layer;
    const std::string near = closest_spelling(request.layer, names);
    throw ProblemError({where, "there is no layer \"" + request.layer + "\"", "it has " + list_names(names),
                        near.empty() ? "name one of these" : "did you mean \"" + near + "\"?"});
}

/// Reads one layer feature by feature, keeping account of everything wrong.
class LayerReader {
 public:
    LayerReader(const VectorLayerRequest& request, OGRLayer& layer)
        : request_(request),
          layer_(layer),
          where_(request.path.string() + " (" + layer.GetName() + ")"),
          fields_(layer, request, where_, problems_) {}

    VectorLayer read(const GdalSession& session) {
        resolve_own_crs();
        throw_if_wrong();
        result_.name = layer_.GetName();
        result_.crs = crs_name(crs_);
        layer_.ResetReading();
        const GIntBig total = request_.progress ? layer_.GetFeatureCount(FALSE) : 0;
        while (OGRFeatureUniquePtr feature{layer_.GetNextFeature()}) {
            read_feature(*feature);
            if (total > 0) tell(static_cast<double>(features_seen_) / static_cast<double>(total));
        }
        if (request_.progress) request_.progress(1.0);
        if (!session.errors().empty()) {
            problems_.push_back(
                {where_, "reading failed", session.last_error(""), "check that the file is whole"});
        } else if (features_seen_ == 0) {
            problems_.push_back(
                {where_, "the layer is empty", "there is no place to simulate", "add features to it"});
        }
        report_repeated_ids();
        throw_if_wrong();
        return std::move(result_);
    }

 private:
    void resolve_own_crs() {
        auto resolved = resolve_crs(where_, "layer", layer_.GetSpatialRef(), request_.crs_override);
        if (auto* problem = std::get_if<Problem>(&resolved)) {
            problems_.push_back(std::move(*problem));
            return;
        }
        crs_ = std::get<OGRSpatialReference>(resolved);
        if (is_wgs84(crs_)) return;
        to_wgs84_ = make_transformation(crs_, wgs84_lonlat());
        if (!to_wgs84_) {
            problems_.push_back({where_, "there is no way from " + crs_name(crs_) + " to WGS 84", "",
                                 "reproject the layer to EPSG:4326"});
        }
    }

    /// A header may count fewer features than there are.
    void tell(double share) const { request_.progress(std::min(share, 1.0)); }

    std::string feature_name(const OGRFeature& feature, const std::string& id) const {
        std::string name = where_ + ", feature " + std::to_string(feature.GetFID());
        if (!request_.id_field.empty() && !id.empty()) name += " (" + request_.id_field + " " + id + ")";
        return name;
    }

    void read_feature(const OGRFeature& feature) {
        ++features_seen_;
        Feature read;
        read.id = fields_.read_id(feature);
        const std::string name = feature_name(feature, read.id);
        if (read.id.empty()) problems_.push_back({name, "the id is empty", "", "give each feature an id"});
        ids_[read.id].push_back(feature.GetFID());
        fields_.read_values(feature, name, read.values, problems_);
        auto shape = read_shape(feature.GetGeometryRef(), crs_, to_wgs84_.get(), name, request_.polygons);
        if (auto* problem = std::get_if<Problem>(&shape)) {
            problems_.push_back(std::move(*problem));
            return;
        }
        read.point = std::get<Shape>(shape).point;
        read.polygons = std::move(std::get<Shape>(shape).polygons);
        result_.features.push_back(std::move(read));
    }

    void report_repeated_ids() {
        for (const auto& [id, numbers] : ids_) {
            if (numbers.size() < 2 || id.empty()) continue;
            std::string list;
            for (const GIntBig number : numbers) list += (list.empty() ? "" : ", ") + std::to_string(number);
            problems_.push_back({where_,
                                 "the id \"" + id + "\" appears " + std::to_string(numbers.size()) + " times",
                                 "features " + list, "give each feature an id of its own"});
        }
    }

    void throw_if_wrong() {
        if (problems_.empty()) return;
        if (problems_.size() > most_problems) {
            const std::size_t more = problems_.size() - most_problems;
            problems_.resize(most_problems);
            problems_.push_back(
                {where_, "and " + std::to_string(more) + " more problems", "", "mend these first"});
        }
        throw ProblemError(std::move(problems_));
    }

    const VectorLayerRequest& request_;
    OGRLayer& layer_;
    std::string where_;
    std::vector<Problem> problems_;
    FeatureFields fields_;
    OGRSpatialReference crs_;
    Transformation to_wgs84_;
    VectorLayer result_;
    std::size_t features_seen_ = 0;
    std::map<std::string, std::vector<GIntBig>> ids_;
};

}  // namespace

VectorLayer read_vector_layer(const VectorLayerRequest& request) {
    GdalSession session;
    const GDALDatasetUniquePtr dataset = open_vector(request.path, collect_open_options(request), session);
    session.clear();
    OGRLayer& layer = pick_layer(*dataset, request);
    return LayerReader(request, layer).read(session);
}

std::vector<std::string> list_layers(const std::filesystem::path& path) {
    const GdalSession session;
    return name_layers(*open_vector(path, StringList(), session));
}

}  // namespace domino::geo::io
