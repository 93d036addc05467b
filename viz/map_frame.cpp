#include "viz/map_frame.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "geo/extent.h"
#include "geo/io/raster.h"
#include "geo/io/vector_layer.h"
#include "geo/voronoi.h"
#include "scenarios/covariate_years.h"
#include "scenarios/world/covariate_files.h"

namespace domino::viz {

namespace {

constexpr int population_band = 1;

constexpr int lights_band = 1;
constexpr std::int64_t default_most_cells = 4'000'000;
constexpr std::int64_t most_cells = 40'000'000;

double choose_metric_size(const geo::io::MapRectangle& box) {
    constexpr double finest_m = 5'000.0, coarsest_m = 50'000.0;
    for (const double size_m : {finest_m, 10'000.0, 20'000.0}) {
        const double cells = (box.east - box.west) / size_m * ((box.north - box.south) / size_m);
        if (cells < static_cast<double>(default_most_cells)) return size_m;
    }
    return coarsest_m;
}

/// Points along the sides of an extent and across it, so that its image in any projection lies within theirs.
std::vector<geo::LonLat> sample_extent(const geo::LonLatExtent& extent) {
    constexpr int steps = 64;
    std::vector<geo::LonLat> points;
    for (int i = 0; i <= steps; ++i) {
        for (int j = 0; j <= steps; ++j) {
            const double lon = extent.west_deg + extent.width_deg() * i / steps;
            points.push_back(
                {lon > 180.0 ? lon - 360.0 : lon, extent.south_deg + extent.height_deg() * j / steps});
        }
    }
    return points;
}

std::vector<geo::LonLat> collect_points(const scenarios::BuiltWorld& built,
                                        const std::vector<geo::AdminArea>& areas,
                                        const std::map<std::string, geo::MultiPolygon>& own_areas) {
    std::vector<geo::LonLat> points;
    for (const auto& [id, area] : own_areas) {
        for (const geo::Polygon& polygon : area) {
            points.insert(points.end(), polygon.outer.begin(), polygon.outer.end());
        }
    }
    for (const geo::Place& place : built.places.places) {
        points.push_back(place.position);
    }
    for (const geo::AdminArea& area : areas) {
        for (const geo::Polygon& polygon : area.area) {
            points.insert(points.end(), polygon.outer.begin(), polygon.outer.end());
        }
    }
    return points;
}

std::optional<geo::LonLatExtent> stated_extent(const scenarios::OutputGrid& wanted) {
    if (!wanted.west_deg || !wanted.south_deg || !wanted.east_deg || !wanted.north_deg) return std::nullopt;
    return geo::LonLatExtent{*wanted.west_deg, *wanted.south_deg, *wanted.east_deg, *wanted.north_deg};
}

geo::GeoGrid choose_degree_grid(const geo::LonLatExtent& extent, double arcmin) {
    using enum geo::GridResolution;
    for (const auto& [size, resolution] : {std::pair{2.5, arcmin_2_5}, std::pair{5.0, arcmin_5},
                                           std::pair{10.0, arcmin_10}, std::pair{30.0, arcmin_30}}) {
        if (std::fabs(arcmin - size) < 1e-9) return geo::make_grid(extent, resolution);
    }
    if (arcmin > 0.0) return geo::make_grid(extent, arcmin / 60.0);
    return geo::make_grid(extent, geo::choose_resolution(extent, default_most_cells));
}

geo::GeoGrid choose_metric_grid(std::vector<geo::LonLat> points, bool is_stated, double size_m,
                                const geo::io::MapProjection& projection) {
    geo::io::MapRectangle box = projection.enclose(std::move(points));
    // A cell of people reaches beyond the outline that cuts it: one of 2.5 arc minutes is under 5 km wide.
    const double margin_m = is_stated ? 0.0 : 5'000.0;
    box = {box.west - margin_m, box.south - margin_m, box.east + margin_m, box.north + margin_m};
    return geo::make_metric_grid(box.west, box.south, box.east, box.north,
                                 size_m > 0.0 ? size_m : choose_metric_size(box));
}

geo::RasterBand read_pack_band(const std::filesystem::path& path, int band,
                               const geo::ReadProgress& progress) {
    geo::io::RasterRequest request;
    request.path = path;
    return geo::io::Raster::open(request).read_band(band, progress);
}

/// Area of each cell, for what is spread evenly.
geo::RasterBand make_areas(const geo::GeoGrid& grid) {
    geo::RasterBand areas{grid, {}};
    areas.values.reserve(static_cast<std::size_t>(grid.cells()));
    for (std::int64_t row = 0; row < grid.rows; ++row) {
        areas.values.insert(areas.values.end(), static_cast<std::size_t>(grid.columns),
                            grid.cell_area_km2(row));
    }
    return areas;
}

/// Of the work on cells up to this one.
double share_done(std::int64_t cell, const geo::GeoGrid& grid) {
    return static_cast<double>(cell + 1) / static_cast<double>(grid.cells());
}

/// Half of the way, from `begin` on: reading, then what is made of it.
geo::ReadProgress half_of(const geo::ReadProgress& whole, double begin) {
    if (!whole) return {};
    return [whole, begin](double share) { whole(begin + 0.5 * share); };
}

/// Light × area in the cells of @p grid: each takes the brightness of the raster's cells it meets.
geo::RasterBand make_lights(const geo::RasterBand& lights, const geo::GeoGrid& grid,
                            const geo::ReadProgress& progress) {
    geo::RasterBand on_grid{grid, {}};
    on_grid.values.reserve(static_cast<std::size_t>(grid.cells()));
    geo::CellSplitter splitter(grid, lights.grid, {});
    for (std::int64_t cell = 0; cell < grid.cells(); ++cell) {
        double brightness = 0.0;
        for (const geo::CellShare& part : splitter.split(cell)) {
            const double value = lights.values[static_cast<std::size_t>(part.cell)];
            if (value > 0.0) brightness += value * part.share;
        }
        on_grid.values.push_back(brightness * grid.cell_area_km2(grid.position(cell).row));
        if (progress) progress(share_done(cell, grid));
    }
    return on_grid;
}

/// A covariate's raster as amounts in the cells of @p grid: what it holds by area, times the area of each
/// cell.
geo::RasterBand read_covariate_amounts(const scenarios::Covariate& covariate, const geo::LonLatExtent& extent,
                                       const geo::GeoGrid& grid, const scenarios::ReadingProgress& told) {
    geo::RasterBand amounts{grid, std::vector<double>(static_cast<std::size_t>(grid.cells()), 0.0)};
    for (const std::filesystem::path& file : scenarios::files_of(covariate)) {
        const geo::io::Raster raster = scenarios::open_raster(file, covariate.crs_override);
        const geo::io::MapProjection projection(raster.crs_definition());
        const bool in_degrees = projection.crs().space == geo::GridSpace::lonlat_degrees;
        const geo::ReadProgress whole = scenarios::progress_of(told, file);
        const geo::ReadProgress reading = half_of(whole, 0.0), dividing = half_of(whole, 0.5);
        geo::RasterBand band = in_degrees && projection.is_wgs84()
                                   ? raster.read_window(covariate.band, extent, reading)
                                   : raster.read_band(covariate.band, reading);
        if (covariate.quantity == scenarios::CovariateQuantity::count) {
            const std::vector<double> areas = in_degrees ? std::vector<double>() : raster.cell_areas_km2();
            for (std::int64_t cell = 0; cell < band.grid.cells(); ++cell) {
                const auto at = static_cast<std::size_t>(cell);
                band.values[at] /=
                    in_degrees ? band.grid.cell_area_km2(band.grid.position(cell).row) : areas[at];
            }
        }
        geo::CellSplitter splitter(grid, band.grid, projection.to_map());
        for (std::int64_t cell = 0; cell < grid.cells(); ++cell) {
            double by_area = 0.0;
            for (const geo::CellShare& part : splitter.split(cell)) {
                const double value = band.values[static_cast<std::size_t>(part.cell)];
                if (value > 0.0) by_area += value * part.share;
            }
            amounts.values[static_cast<std::size_t>(cell)] +=
                by_area * grid.cell_area_km2(grid.position(cell).row);
            if (dividing) dividing(share_done(cell, grid));
        }
    }
    return amounts;
}

/// Every unit divided among its places by nearness.
std::map<std::string, geo::MultiPolygon> divide_units(const scenarios::BuiltWorld& built,
                                                      const std::vector<geo::AdminArea>& areas) {
    std::map<std::string, std::vector<const geo::Place*>> by_unit;
    for (const geo::Place& place : built.places.places) by_unit[place.admin1_id].push_back(&place);
    std::map<std::string, geo::MultiPolygon> parts;
    for (const geo::AdminArea& unit : areas) {
        const std::vector<const geo::Place*>& places = by_unit[unit.admin1_id];
        std::vector<geo::LonLat> points;
        for (const geo::Place* place : places) points.push_back(place->position);
        std::vector<geo::MultiPolygon> cells = geo::divide_among_nearest(unit.area, points);
        for (std::size_t i = 0; i < places.size(); ++i) {
            geo::MultiPolygon& part = parts[places[i]->id];
            part.insert(part.end(), cells[i].begin(), cells[i].end());
        }
    }
    std::erase_if(parts, [](const auto& part) { return part.second.empty(); });
    return parts;
}

std::map<std::string, geo::MultiPolygon> read_footprint_layer(const scenarios::FootprintSection& section,
                                                              const scenarios::BuiltWorld& built,
                                                              const scenarios::ReadingProgress& progress) {
    std::map<std::string, geo::MultiPolygon> areas;
    if (section.path.empty()) return areas;
    geo::io::VectorLayerRequest request;
    request.path = section.path;
    request.layer = section.layer;
    request.id_field = section.id_field;
    request.polygons = geo::io::PolygonUse::repair;
    if (!section.crs_override.empty()) request.crs_override = section.crs_override;
    request.progress = scenarios::progress_of(progress, request.path);
    std::vector<geo::Problem> problems;
    for (geo::io::Feature& feature : geo::io::read_vector_layer(request).features) {
        const bool known = std::any_of(built.places.places.begin(), built.places.places.end(),
                                       [&](const geo::Place& place) { return place.id == feature.id; });
        if (!known || feature.polygons.empty()) {
            problems.push_back(
                {section.path.string(),
                 known ? "the footprint of place \"" + feature.id + "\" is no area"
                       : "the run has no place \"" + feature.id + "\"",
                 "each area is the footprint of one place",
                 known ? "give it a polygon" : "take it out of the layer; places.csv lists the ids"});
            continue;
        }
        areas.emplace(feature.id, std::move(feature.polygons));
    }
    if (!problems.empty()) throw geo::ProblemError(problems);
    return areas;
}

const std::string people_proxy = "population";

/// The proxies the scenario names, people first.
std::vector<std::string> list_proxies(const scenarios::Scenario& scenario) {
    std::vector<std::string> names = {people_proxy};
    for (const std::string& proxy : scenario.output.downscaling) {
        if (std::find(names.begin(), names.end(), proxy) == names.end()) names.push_back(proxy);
    }
    return names;
}

geo::SpreadingProxies read_proxies(const std::vector<std::string>& names, const scenarios::Scenario& scenario,
                                   const geo::LonLatExtent& extent, const std::filesystem::path& data_dir,
                                   const scenarios::ReadingProgress& progress) {
    const std::filesystem::path rasters = data_dir / "rasters";
    geo::SpreadingProxies proxies;
    const std::filesystem::path people = rasters / "population_2020_2p5min.tif";
    proxies.bands.push_back(
        geo::io::Raster::open({people, std::nullopt})
            .read_window(population_band, extent, scenarios::progress_of(progress, people)));
    const geo::GeoGrid grid = proxies.bands.front().grid;
    for (std::size_t i = 1; i < names.size(); ++i) {
        const auto& covariates = scenario.places.covariates;
        const auto own = std::find_if(covariates.begin(), covariates.end(),
                                      [&](const auto& covariate) { return covariate.name == names[i]; });
        if (own != covariates.end()) {
            proxies.bands.push_back(read_covariate_amounts(
                scenarios::covariate_in_year(*own, scenario.run.start.year()), extent, grid, progress));
            continue;
        }
        if (names[i] == "uniform") {
            proxies.bands.push_back(make_areas(grid));
            continue;
        }
        const std::filesystem::path lights = rasters / "night_lights.tif";
        const geo::ReadProgress whole = scenarios::progress_of(progress, lights);
        proxies.bands.push_back(
            make_lights(read_pack_band(lights, lights_band, half_of(whole, 0.0)), grid, half_of(whole, 0.5)));
    }
    return proxies;
}

/// [place][proxy]: the share of a place's base-year emissions whose sectors follow each proxy.
std::vector<double> weigh_proxies(const scenarios::Scenario& scenario, const scenarios::BuiltWorld& built,
                                  const std::vector<std::string>& names) {
    std::vector<double> parts(built.world.places.size() * names.size(), 0.0);
    for (std::size_t place = 0; place < built.world.places.size(); ++place) {
        double* row = &parts[place * names.size()];
        double total = 0.0;
        for (std::size_t sector = 0; sector < sim::sector_count; ++sector) {
            const auto name = std::find(names.begin(), names.end(), scenario.output.downscaling[sector]);
            const double amount = std::max(0.0, built.world.places[place].emissions_t[sector]);
            row[name - names.begin()] += amount;
            total += amount;
        }
        if (total <= 0.0) row[0] = total = 1.0;
        for (std::size_t i = 0; i < names.size(); ++i) row[i] /= total;
    }
    return parts;
}

}  // namespace

std::map<std::string, geo::MultiPolygon> read_own_areas(const scenarios::Scenario& scenario,
                                                        const scenarios::BuiltWorld& built,
                                                        const std::vector<geo::AdminArea>& areas,
                                                        const scenarios::ReadingProgress& progress) {
    const scenarios::FootprintSection& section = scenario.output.footprint;
    std::map<std::string, geo::MultiPolygon> own;
    if (section.kind == scenarios::FootprintKind::voronoi) own = divide_units(built, areas);
    for (auto& [id, area] : read_footprint_layer(section, built, progress)) own[id] = std::move(area);
    for (const auto& [id, area] : built.own_areas) own[id] = area;
    return own;
}

std::vector<geo::AdminArea> read_admin_areas(const scenarios::BuiltWorld& built,
                                             const std::filesystem::path& data_dir,
                                             const scenarios::ReadingProgress& progress) {
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
    request.progress = scenarios::progress_of(progress, request.path);
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
                             const std::map<std::string, geo::MultiPolygon>& own_areas,
                             const scenarios::OutputGrid& wanted, const geo::io::MapProjection& projection) {
    const std::optional<geo::LonLatExtent> stated = stated_extent(wanted);
    geo::GeoGrid grid;
    if (projection.crs().space == geo::GridSpace::lonlat_degrees) {
        const geo::LonLatExtent extent =
            stated ? *stated : geo::extent_of(collect_points(built, areas, own_areas));
        grid = choose_degree_grid(extent, wanted.resolution_arcmin);
    } else {
        std::vector<geo::LonLat> points =
            stated ? sample_extent(*stated) : collect_points(built, areas, own_areas);
        grid = choose_metric_grid(std::move(points), stated.has_value(), wanted.cell_size_m, projection);
    }
    if (grid.cells() > most_cells) {
        throw geo::ProblemError(
            {"output.grid",
             "the maps would have " + std::to_string(grid.cells() / 1'000'000) + " million cells a year",
             "maps are put together in memory, up to 40 million",
             "choose larger cells, or a smaller extent"});
    }
    return grid;
}

MapFrame make_frame(geo::io::MapProjection projection, geo::PlaceCells cells) {
    MapFrame frame{std::move(projection), std::move(cells), std::nullopt, {}, {}, std::nullopt, {}};
    frame.holders = geo::find_holders(frame.cells);
    frame.covered_area_km2 = frame.projection.cell_areas_km2(frame.grid(), frame.covered());
    return frame;
}

MapFrame frame_maps(const scenarios::Scenario& scenario, const scenarios::BuiltWorld& built,
                    const std::filesystem::path& data_dir, const scenarios::ReadingProgress& progress) {
    std::vector<geo::AdminArea> areas = read_admin_areas(built, data_dir, progress);
    geo::FootprintOptions footprints;
    footprints.own_areas = read_own_areas(scenario, built, areas, progress);
    const auto& own_areas = footprints.own_areas;
    geo::io::MapProjection projection(scenario.output.grid.crs);
    const geo::MapTarget target{choose_map_grid(built, areas, own_areas, scenario.output.grid, projection),
                                projection.to_map()};
    const std::vector<std::string> names = list_proxies(scenario);
    // Whoever is counted lives in a unit, or a cell around a place's point.
    constexpr double margin_deg = 0.1;
    geo::SpreadingProxies proxies = read_proxies(
        names, scenario, geo::grow(geo::extent_of(collect_points(built, areas, own_areas)), margin_deg),
        data_dir, progress);
    std::optional<geo::PlaceCells> by_people;
    if (names.size() > 1) {
        by_people = geo::spread_places(built.places.places, areas, proxies, target, footprints);
        proxies.parts = weigh_proxies(scenario, built, names);
    }
    MapFrame frame = make_frame(std::move(projection),
                                geo::spread_places(built.places.places, areas, proxies, target, footprints));
    frame.by_people = std::move(by_people);
    if (frame.by_people) frame.holders_by_people = geo::find_holders(*frame.by_people);
    frame.areas = std::move(areas);
    return frame;
}

}  // namespace domino::viz
