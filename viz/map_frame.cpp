#include "viz/map_frame.h"

#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "geo/extent.h"
#include "geo/io/raster.h"
#include "geo/io/vector_layer.h"

namespace domino::viz {

namespace {

constexpr int population_band = 1;

geo::GridResolution resolution_of(double arcmin, const geo::LonLatExtent& extent) {
    using enum geo::GridResolution;
    for (const auto& [size, resolution] : {std::pair{2.5, arcmin_2_5}, std::pair{5.0, arcmin_5},
                                           std::pair{10.0, arcmin_10}, std::pair{30.0, arcmin_30}}) {
        if (std::fabs(arcmin - size) < 1e-9) {
            return resolution;
        }
    }
    return geo::choose_resolution(extent);
}

}  // namespace

std::vector<geo::AdminArea> read_admin_areas(const scenarios::BuiltWorld& built,
                                             const std::filesystem::path& data_dir) {
    std::set<std::string> countries;
    for (const sim::Country& country : built.world.countries) {
        countries.insert(country.iso3);
    }
    geo::io::VectorLayerRequest request;
    request.path = data_dir / "boundaries.gpkg";
    request.layer = "admin1";
    request.id_field = "admin1_id";
    request.fields = {{"admin1_id", geo::io::FieldType::text, geo::io::FieldPresence::required},
                      {"iso3", geo::io::FieldType::text, geo::io::FieldPresence::required}};
    request.polygons = geo::io::PolygonUse::keep;
    std::vector<geo::AdminArea> areas;
    geo::io::VectorLayer layer = geo::io::read_vector_layer(request);
    for (geo::io::Feature& feature : layer.features) {
        const auto* iso3 = std::get_if<std::string>(&feature.values[1]);
        if (iso3 != nullptr && countries.contains(*iso3)) {
            areas.push_back({feature.id, *iso3, std::move(feature.polygons)});
        }
    }
    return areas;
}

geo::GeoGrid choose_map_grid(const scenarios::BuiltWorld& built, const std::vector<geo::AdminArea>& areas,
                             double grid_arcmin) {
    std::vector<geo::LonLat> points;
    for (const geo::Place& place : built.places.places) {
        points.push_back(place.position);
    }
    for (const geo::AdminArea& area : areas) {
        for (const geo::Polygon& polygon : area.area) {
            points.insert(points.end(), polygon.outer.begin(), polygon.outer.end());
        }
    }
    const geo::LonLatExtent extent = geo::extent_of(points);
    return geo::make_grid(extent, resolution_of(grid_arcmin, extent));
}

geo::PlaceCells locate_places(const scenarios::Scenario& scenario, const scenarios::BuiltWorld& built,
                              const std::filesystem::path& data_dir) {
    const std::vector<geo::AdminArea> areas = read_admin_areas(built, data_dir);
    const geo::GeoGrid grid = choose_map_grid(built, areas, scenario.output.grid_arcmin);
    geo::io::RasterRequest request;
    request.path = data_dir / "rasters" / "population_2020_2p5min.tif";
    const geo::RasterBand population = geo::io::Raster::open(request).read_band(population_band);
    return geo::spread_places(built.places.places, areas, population, grid);
}

}  // namespace domino::viz
