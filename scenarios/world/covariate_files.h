#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/io/raster.h"
#include "geo/polygon.h"
#include "geo/weighted_sum.h"
#include "geo/zone_coverage.h"
#include "scenarios/scenario.h"

namespace domino::scenarios {

/// Grids already covered by one set of zones, by the key of the grid.
using KnownCoverages = std::map<std::string, geo::ZoneCoverage>;

/// A zone's value as a fraction that several files add to, and the areas it is known for.
struct ZoneSum {
    double amount = 0.0, weight = 0.0;
    double known_km2 = 0.0, within_km2 = 0.0;

    void add(const geo::WeightedSum& weighted) {
        amount += weighted.product;
        weight += weighted.weight;
        known_km2 += weighted.known_km2;
    }
};

/// Of a covariate of one year, in the order in which they are read.
std::vector<std::filesystem::path> files_of(const Covariate& covariate);

geo::io::Raster open_raster(const std::filesystem::path& path, const std::string& crs);

/// The raster of weights; nullopt where there is none.
std::optional<geo::io::Raster> open_weights(const Covariate& covariate);

/// The coverage of the raster's grid, worked out where it is not known yet.
const geo::ZoneCoverage& cover(const geo::io::Raster& raster, const std::vector<geo::MultiPolygon>& zones,
                               KnownCoverages& coverages);

/// Whether a value is of the class whose share is asked.
bool is_of_class(const Covariate& covariate, double value);

}  // namespace domino::scenarios
