#include "scenarios/world/zone_values.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "geo/io/polygon_overlay.h"
#include "geo/io/raster.h"
#include "geo/io/vector_layer.h"
#include "geo/problem.h"
#include "scenarios/world/unit_areas.h"

namespace domino::scenarios {
namespace {

using Values = std::vector<std::optional<double>>;

std::vector<std::filesystem::path> files_of(const Covariate& covariate) {
    std::vector<std::filesystem::path> files = {covariate.path};
    files.insert(files.end(), covariate.more_paths.begin(), covariate.more_paths.end());
    return files;
}

geo::io::Raster open_raster(const std::filesystem::path& path, const std::string& crs) {
    geo::io::RasterRequest request{path, std::nullopt};
    if (!crs.empty()) request.crs_override = crs;
    return geo::io::Raster::open(request);
}

/// The coverage of the raster's grid, worked out where it is not known yet.
const geo::ZoneCoverage& cover(const geo::io::Raster& raster, const std::vector<geo::MultiPolygon>& zones,
                               KnownCoverages& coverages) {
    const std::string key = raster.grid_key();
    const auto known = coverages.find(key);
    return known != coverages.end() ? known->second
                                    : coverages.emplace(key, raster.cover_zones(zones)).first->second;
}

/// A zone's value as a fraction that several files add to, and the areas it is known for.
struct Sum {
    double amount = 0.0, weight = 0.0;
    double known_km2 = 0.0, within_km2 = 0.0;
};

/// Whether files have cells or polygons, or points alone.
enum class FileAreas : std::uint8_t { none, some };

std::vector<ZoneValue> close(const Covariate& covariate, const std::vector<Sum>& sums, FileAreas areas) {
    std::vector<ZoneValue> values;
    for (const Sum& sum : sums) {
        ZoneValue zone;
        if (sum.weight > 0.0) zone.value = covariate.is_amount() ? sum.amount : sum.amount / sum.weight;
        if (areas == FileAreas::some) zone.known_km2 = sum.known_km2;
        if (!covariate.is_vector()) zone.within_km2 = sum.within_km2;
        values.push_back(zone);
    }
    return values;
}

bool is_of_class(const Covariate& covariate, double value) {
    const double low = covariate.class_low.value_or(0.0);
    return value >= low && value <= covariate.class_high.value_or(low);
}

std::vector<double> weigh(const Covariate& covariate, const geo::io::Raster& raster,
                          const std::vector<geo::MultiPolygon>& zones, KnownCoverages& coverages,
                          const geo::ReadProgress& progress) {
    const auto weights = open_raster(
        covariate.weights, covariate.weights_crs.empty() ? covariate.crs_override : covariate.weights_crs);
    if (weights.grid_key() != raster.grid_key())
        return raster.weigh_zones_across(zones, covariate.band, weights, covariate.weights_band, progress);
    return raster.weigh_zones(cover(raster, zones, coverages), covariate.band, weights,
                              covariate.weights_band, progress);
}

/// Adds one raster's cells to the zones: amounts to amounts, areas to areas.
void add_raster(const Covariate& covariate, const geo::io::Raster& raster,
                const std::vector<geo::MultiPolygon>& zones, KnownCoverages& coverages,
                const geo::ReadProgress& progress, std::vector<Sum>& sums) {
    const geo::ZoneCoverage& coverage = cover(raster, zones, coverages);
    const std::vector<double> within_km2 = raster.covered_km2(coverage);
    for (std::size_t z = 0; z < sums.size(); ++z) sums[z].within_km2 += within_km2[z];
    if (covariate.statistic == ZonalStatistic::class_share) {
        const auto classes = raster.classify_zones(coverage, covariate.band, progress);
        for (std::size_t z = 0; z < sums.size(); ++z) {
            for (const auto& [value, km2] : classes[z]) {
                sums[z].weight += km2;
                sums[z].known_km2 += km2;
                if (is_of_class(covariate, value)) sums[z].amount += km2;
            }
        }
        return;
    }
    if (covariate.statistic == ZonalStatistic::weighted_mean) {
        const auto means = weigh(covariate, raster, zones, coverages, progress);
        for (std::size_t z = 0; z < sums.size(); ++z) {
            if (!std::isnan(means[z])) sums[z] = {means[z], 1.0, within_km2[z], within_km2[z]};
        }
        return;
    }
    const auto zonal = raster.summarize_zones(coverage, covariate.band, progress);
    for (std::size_t z = 0; z < sums.size(); ++z) {
        sums[z].known_km2 += zonal[z].valid_area_km2;
        if (zonal[z].valid_area_km2 <= 0.0) continue;
        sums[z].weight += zonal[z].valid_area_km2;
        sums[z].amount += covariate.quantity == CovariateQuantity::count
                              ? zonal[z].sum
                              : zonal[z].mean * zonal[z].valid_area_km2;
    }
}

std::vector<ZoneValue> over_rasters(const Covariate& covariate, const std::vector<geo::MultiPolygon>& zones,
                                    KnownCoverages& coverages, const ReadingProgress& told) {
    std::vector<Sum> sums(zones.size());
    for (const auto& path : files_of(covariate)) {
        const auto raster = open_raster(path, covariate.crs_override);
        const auto progress = progress_of(told, path);
        if (progress) progress(0.0);
        add_raster(covariate, raster, zones, coverages, progress, sums);
    }
    return close(covariate, sums, FileAreas::some);
}

/// A feature of a vector layer with its value.
struct ValuedShape {
    geo::LonLat point;
    geo::MultiPolygon area;
    double value = 0.0;
};

std::vector<ValuedShape> read_shapes(const Covariate& covariate, const std::filesystem::path& path,
                                     const ReadingProgress& told) {
    geo::io::VectorLayerRequest request;
    request.path = path;
    request.layer = covariate.layer;
    request.fields = {{covariate.field, geo::io::FieldType::real, geo::io::FieldPresence::required}};
    request.polygons = geo::io::PolygonUse::repair;
    if (!covariate.crs_override.empty()) request.crs_override = covariate.crs_override;
    request.progress = progress_of(told, path);
    std::vector<ValuedShape> shapes;
    for (auto& feature : geo::io::read_vector_layer(request).features) {
        const auto* value = std::get_if<double>(&feature.values[0]);
        if (value != nullptr) shapes.push_back({feature.point, std::move(feature.polygons), *value});
    }
    return shapes;
}

[[noreturn]] void refuse_points(const Covariate& covariate, const std::filesystem::path& path) {
    throw geo::ProblemError(
        {path.string(), "the layer holds points or lines",
         covariate.over == CovariateZone::point
             ? "a place lies on none of them"
             : "a density is averaged over area, which a point does not have",
         "give polygons, or count the points: over = \"area\" with quantity = \"count\""});
}

void add_points(const Covariate& covariate, const std::filesystem::path& path,
                const std::vector<ValuedShape>& shapes, const std::vector<geo::MultiPolygon>& zones,
                std::vector<Sum>& sums) {
    const bool counts =
        covariate.quantity == CovariateQuantity::count && covariate.statistic != ZonalStatistic::class_share;
    for (const ValuedShape& shape : shapes) {
        if (!shape.area.empty()) continue;
        if (!counts) refuse_points(covariate, path);
        for (std::size_t z = 0; z < zones.size(); ++z) {
            if (contains(zones[z], shape.point)) sums[z].amount += shape.value;
        }
    }
    // Where points are counted, none is a number too.
    if (counts) {
        for (std::size_t z = 0; z < zones.size(); ++z) sums[z].weight += zones[z].empty() ? 0.0 : 1.0;
    }
}

/// What a polygon adds to a zone for each km² of it that lies there.
double amount_per_km2(const Covariate& covariate, double value, double polygon_km2) {
    if (covariate.statistic == ZonalStatistic::class_share) return is_of_class(covariate, value) ? 1.0 : 0.0;
    return covariate.quantity == CovariateQuantity::count ? value / polygon_km2 : value;
}

std::vector<ZoneValue> over_layers(const Covariate& covariate, const std::vector<geo::MultiPolygon>& zones,
                                   const ReadingProgress& told) {
    std::vector<Sum> sums(zones.size());
    FileAreas file_areas = FileAreas::none;
    for (const auto& path : files_of(covariate)) {
        const auto shapes = read_shapes(covariate, path, told);
        std::vector<geo::MultiPolygon> areas;
        std::vector<double> area_km2;
        for (const ValuedShape& shape : shapes) {
            areas.push_back(shape.area);
            area_km2.push_back(geo::io::polygon_area_km2(shape.area));
        }
        for (const geo::io::SharedArea& shared : geo::io::overlay_areas(zones, areas)) {
            sums[shared.zone].amount +=
                amount_per_km2(covariate, shapes[shared.polygon].value, area_km2[shared.polygon]) *
                shared.km2;
            sums[shared.zone].weight += shared.km2;
            sums[shared.zone].known_km2 += shared.km2;
        }
        add_points(covariate, path, shapes, zones, sums);
        const bool has_area =
            std::any_of(areas.begin(), areas.end(), [](const auto& a) { return !a.empty(); });
        if (has_area) file_areas = FileAreas::some;
    }
    return close(covariate, sums, file_areas);
}

Values at_points_of_layers(const Covariate& covariate, const std::vector<geo::LonLat>& points,
                           const ReadingProgress& told) {
    Values values(points.size());
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

}  // namespace

std::vector<ZoneValue> read_zone_values(const Covariate& covariate,
                                        const std::vector<geo::MultiPolygon>& zones,
                                        KnownCoverages& coverages, const ReadingProgress& progress) {
    return covariate.is_vector() ? over_layers(covariate, zones, progress)
                                 : over_rasters(covariate, zones, coverages, progress);
}

std::vector<std::optional<double>> read_point_values(const Covariate& covariate,
                                                     const std::vector<geo::LonLat>& points,
                                                     const ReadingProgress& progress) {
    if (covariate.is_vector()) return at_points_of_layers(covariate, points, progress);
    const auto sampling = covariate.sampling == RasterSampling::bilinear ? geo::io::Sampling::bilinear
                                                                         : geo::io::Sampling::nearest;
    Values values(points.size());
    for (const auto& path : files_of(covariate)) {
        const auto found = open_raster(path, covariate.crs_override).sample(points, covariate.band, sampling);
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (!values[i]) values[i] = found[i];
        }
    }
    return values;
}

std::string crs_of(const Covariate& covariate) {
    return covariate.is_vector() ? std::string() : open_raster(covariate.path, covariate.crs_override).crs();
}

std::string stated_unit(const Covariate& covariate) {
    if (covariate.is_vector()) return {};
    return open_raster(covariate.path, covariate.crs_override).unit(covariate.band);
}

}  // namespace domino::scenarios
