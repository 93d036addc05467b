#include "scenarios/world/zone_values.h"

#include <algorithm>
#include <filesystem>

#include "geo/io/raster.h"
#include "scenarios/world/layer_values.h"

namespace domino::scenarios {
namespace {

using Values = std::vector<std::optional<double>>;

std::vector<ZoneValue> close(const Covariate& covariate, const std::vector<ZoneSum>& sums, FileAreas areas) {
    std::vector<ZoneValue> values;
    for (const ZoneSum& sum : sums) {
        ZoneValue zone;
        if (sum.weight > 0.0) zone.value = covariate.is_amount() ? sum.amount : sum.amount / sum.weight;
        if (areas == FileAreas::some) zone.known_km2 = sum.known_km2;
        if (areas == FileAreas::some && (!covariate.is_vector() || !covariate.weights.empty()))
            zone.within_km2 = sum.within_km2;
        values.push_back(zone);
    }
    return values;
}

/// Adds one raster's weighted cells to the zones.
void weigh(const Covariate& covariate, const geo::io::Raster& raster,
           const std::vector<geo::MultiPolygon>& zones, KnownCoverages& coverages,
           const geo::ReadProgress& progress, std::vector<ZoneSum>& sums) {
    const auto weights = open_weights(covariate);
    const auto found =
        weights->grid_key() == raster.grid_key()
            ? raster.weigh_zones(cover(raster, zones, coverages), covariate.band, *weights,
                                 covariate.weights_band, progress)
            : raster.weigh_zones_across(zones, covariate.band, *weights, covariate.weights_band, progress);
    for (std::size_t z = 0; z < sums.size(); ++z) sums[z].add(found[z]);
}

/// Adds one raster's cells to the zones: amounts to amounts, areas to areas.
void add_raster(const Covariate& covariate, const geo::io::Raster& raster,
                const std::vector<geo::MultiPolygon>& zones, KnownCoverages& coverages,
                const geo::ReadProgress& progress, std::vector<ZoneSum>& sums) {
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
        weigh(covariate, raster, zones, coverages, progress, sums);
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

void add_rasters(const Covariate& covariate, const std::vector<geo::MultiPolygon>& zones,
                 KnownCoverages& coverages, const ReadingProgress& told, std::vector<ZoneSum>& sums) {
    for (const auto& path : files_of(covariate)) {
        const auto raster = open_raster(path, covariate.crs_override);
        const auto progress = progress_of(told, path);
        if (progress) progress(0.0);
        add_raster(covariate, raster, zones, coverages, progress, sums);
    }
}

}  // namespace

std::vector<ZoneValue> read_zone_values(const Covariate& covariate,
                                        const std::vector<geo::MultiPolygon>& zones,
                                        KnownCoverages& coverages, const ReadingProgress& progress) {
    std::vector<ZoneSum> sums(zones.size());
    FileAreas areas = FileAreas::some;
    if (covariate.is_vector()) {
        areas = add_layers(covariate, zones, progress, sums);
    } else {
        add_rasters(covariate, zones, coverages, progress, sums);
    }
    if (const auto weights = open_weights(covariate)) {
        const std::vector<double> within_km2 = weights->covered_km2(cover(*weights, zones, coverages));
        for (std::size_t z = 0; z < sums.size(); ++z)
            sums[z].within_km2 =
                covariate.is_vector() ? within_km2[z] : std::min(sums[z].within_km2, within_km2[z]);
    }
    return close(covariate, sums, areas);
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
