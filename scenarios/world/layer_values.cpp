#include "scenarios/world/layer_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>

#include "geo/io/layer_weights.h"
#include "geo/io/polygon_overlay.h"
#include "geo/io/vector_layer.h"
#include "geo/problem.h"
#include "scenarios/world/unit_areas.h"

namespace domino::scenarios {
namespace {

/// A feature of a vector layer with its value and, where a column weights it, an amount.
struct ValuedShape {
    geo::LonLat point;
    geo::MultiPolygon area;
    double value = 0.0;
    double weight = 0.0;  ///< where a column has it
};

[[noreturn]] void refuse_negative(const std::string& where, const std::string& field,
                                  const std::vector<std::string>& features) {
    constexpr std::size_t most_named = 6;
    const std::size_t named = std::min(features.size(), most_named);
    const std::string more =
        features.size() > named ? fmt::format(" and {} more", features.size() - named) : "";
    throw geo::ProblemError(
        {fmt::format("{}, column {}", where, field),
         fmt::format("the weights are negative in {}{}",
                     fmt::join(features.begin(), features.begin() + static_cast<std::ptrdiff_t>(named), ", "),
                     more),
         "weights are amounts, such as people", "correct them, or leave them null where there are none"});
}

std::vector<ValuedShape> read_shapes(const Covariate& covariate, const std::filesystem::path& path,
                                     const ReadingProgress& told) {
    constexpr auto real = geo::io::FieldType::real;
    constexpr auto required = geo::io::FieldPresence::required;
    geo::io::VectorLayerRequest request;
    request.path = path;
    request.layer = covariate.layer;
    request.fields = {{covariate.field, real, required}};
    const bool has_weights = !covariate.weights_field.empty();
    if (has_weights) request.fields.push_back({covariate.weights_field, real, required});
    request.polygons = geo::io::PolygonUse::repair;
    if (!covariate.crs_override.empty()) request.crs_override = covariate.crs_override;
    request.progress = progress_of(told, path);
    std::vector<ValuedShape> shapes;
    std::vector<std::string> negative;
    for (auto& feature : geo::io::read_vector_layer(request).features) {
        const auto* value = std::get_if<double>(&feature.values[0]);
        const auto* weight = has_weights ? std::get_if<double>(&feature.values[1]) : nullptr;
        if (weight != nullptr && *weight < 0.0) negative.push_back("feature " + feature.id);
        if (value == nullptr || (has_weights && weight == nullptr)) continue;
        shapes.push_back({feature.point, std::move(feature.polygons), *value, has_weights ? *weight : 0.0});
    }
    if (!negative.empty()) refuse_negative(path.string(), covariate.weights_field, negative);
    return shapes;
}

[[noreturn]] void refuse_points(const Covariate& covariate, const std::filesystem::path& path) {
    throw geo::ProblemError(
        {path.string(), "the layer holds points or lines",
         covariate.over == CovariateZone::point
             ? "a place lies on none of them"
             : "a density is averaged over area, which a point does not have",
         covariate.statistic == ZonalStatistic::weighted_mean
             ? "give polygons, or weight the points by a column of theirs with weights_field"
             : "give polygons, or count the points: over = \"area\" with quantity = \"count\""});
}

void add_points(const Covariate& covariate, const std::filesystem::path& path,
                const std::vector<ValuedShape>& shapes, const std::vector<geo::MultiPolygon>& zones,
                std::vector<ZoneSum>& sums) {
    const bool counts =
        covariate.quantity == CovariateQuantity::count && covariate.statistic != ZonalStatistic::class_share;
    for (const ValuedShape& shape : shapes) {
        if (!shape.area.empty()) continue;
        if (!counts && covariate.weights_field.empty()) refuse_points(covariate, path);
        for (std::size_t z = 0; z < zones.size(); ++z) {
            if (!contains(zones[z], shape.point)) continue;
            sums[z].amount += counts ? shape.value : shape.value * shape.weight;
            if (!counts) sums[z].weight += shape.weight;
        }
    }
    // Where points are counted, none is a number too.
    if (counts) {
        for (std::size_t z = 0; z < zones.size(); ++z) sums[z].weight += zones[z].empty() ? 0.0 : 1.0;
    }
}

/// Adds what a polygon adds to a zone through the part they share.
void add_part(const Covariate& covariate, const ValuedShape& shape, double polygon_km2, double shared_km2,
              ZoneSum& sum) {
    sum.known_km2 += shared_km2;
    if (covariate.statistic == ZonalStatistic::weighted_mean) {
        const double weight = shape.weight * (shared_km2 / polygon_km2);
        sum.amount += shape.value * weight;
        sum.weight += weight;
        return;
    }
    sum.weight += shared_km2;
    if (covariate.statistic == ZonalStatistic::class_share) {
        sum.amount += is_of_class(covariate, shape.value) ? shared_km2 : 0.0;
    } else if (covariate.quantity == CovariateQuantity::count) {
        sum.amount += shape.value / polygon_km2 * shared_km2;
    } else {
        sum.amount += shape.value * shared_km2;
    }
}

void add_polygons(const Covariate& covariate, const std::vector<ValuedShape>& shapes,
                  const std::vector<geo::MultiPolygon>& areas, const std::vector<geo::MultiPolygon>& zones,
                  const ReadingProgress& told, std::vector<ZoneSum>& sums) {
    if (const auto weights = open_weights(covariate)) {
        std::vector<double> values;
        for (const ValuedShape& shape : shapes) values.push_back(shape.value);
        const auto found = geo::io::weigh_polygons(zones, areas, values, *weights, covariate.weights_band,
                                                   progress_of(told, covariate.weights));
        for (std::size_t z = 0; z < sums.size(); ++z) sums[z].add(found[z]);
        return;
    }
    std::vector<double> area_km2;
    for (const geo::MultiPolygon& area : areas) area_km2.push_back(geo::io::polygon_area_km2(area));
    for (const geo::io::SharedArea& shared : geo::io::overlay_areas(zones, areas))
        add_part(covariate, shapes[shared.polygon], area_km2[shared.polygon], shared.km2, sums[shared.zone]);
}

}  // namespace

FileAreas add_layers(const Covariate& covariate, const std::vector<geo::MultiPolygon>& zones,
                     const ReadingProgress& told, std::vector<ZoneSum>& sums) {
    FileAreas file_areas = FileAreas::none;
    for (const auto& path : files_of(covariate)) {
        const auto shapes = read_shapes(covariate, path, told);
        std::vector<geo::MultiPolygon> areas;
        for (const ValuedShape& shape : shapes) areas.push_back(shape.area);
        add_points(covariate, path, shapes, zones, sums);
        add_polygons(covariate, shapes, areas, zones, told, sums);
        const bool has_area =
            std::any_of(areas.begin(), areas.end(), [](const auto& a) { return !a.empty(); });
        if (has_area) file_areas = FileAreas::some;
    }
    return file_areas;
}

std::vector<std::optional<double>> at_points_of_layers(const Covariate& covariate,
                                                       const std::vector<geo::LonLat>& points,
                                                       const ReadingProgress& told) {
    std::vector<std::optional<double>> values(points.size());
    for (const auto& path : files_of(covariate)) {
        for (const ValuedShape& shape : read_shapes(covariate, path, told)) {
            if (shape.area.empty()) refuse_points(covariate, path);
            for (std::size_t i = 0; i < points.size(); ++i) {
                if (!values[i] && contains(shape.area, points[i])) values[i] = shape.value;
            }
        }
    }
    return values;
}

}  // namespace domino::scenarios
