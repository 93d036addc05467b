#include "scenarios/world/covariate_files.h"

namespace domino::scenarios {

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

std::optional<geo::io::Raster> open_weights(const Covariate& covariate) {
    if (covariate.weights.empty()) return std::nullopt;
    geo::io::RasterRequest request{covariate.weights, std::nullopt};
    if (!covariate.weights_crs.empty()) request.crs_override = covariate.weights_crs;
    // The CRS given for the values says nothing against one that the weights' own file states.
    if (!covariate.is_vector() && !covariate.crs_override.empty())
        request.crs_otherwise = covariate.crs_override;
    return geo::io::Raster::open(request);
}

const geo::ZoneCoverage& cover(const geo::io::Raster& raster, const std::vector<geo::MultiPolygon>& zones,
                               KnownCoverages& coverages) {
    const std::string key = raster.grid_key();
    const auto known = coverages.find(key);
    return known != coverages.end() ? known->second
                                    : coverages.emplace(key, raster.cover_zones(zones)).first->second;
}

bool is_of_class(const Covariate& covariate, double value) {
    const double low = covariate.class_low.value_or(0.0);
    return value >= low && value <= covariate.class_high.value_or(low);
}

}  // namespace domino::scenarios
