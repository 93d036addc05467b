#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/cell_holders.h"
#include "geo/downscale.h"
#include "geo/io/map_projection.h"
#include "scenarios/built_world.h"
#include "scenarios/reading_progress.h"
#include "scenarios/scenario.h"

namespace domino::viz {

/// The cells all maps of a run share.
struct MapFrame {
    geo::io::MapProjection projection;
    geo::PlaceCells cells;                     ///< how each place's emissions are spread
    std::optional<geo::PlaceCells> by_people;  ///< how its people are, where that differs
    std::vector<geo::AdminArea> areas;         ///< the units of the scenario's countries
    geo::CellHolders holders;                  ///< `cells`, cell by cell
    std::optional<geo::CellHolders> holders_by_people;
    std::vector<double> covered_area_km2;  ///< of each covered cell, on the WGS 84 ellipsoid

    const geo::GeoGrid& grid() const { return cells.grid; }
    const geo::PlaceCells& people() const { return by_people ? *by_people : cells; }
    const geo::CellHolders& people_holders() const {
        return holders_by_people ? *holders_by_people : holders;
    }
    /// Cells that hold a place, ascending.
    const std::vector<std::int64_t>& covered() const { return holders.cells; }
};

/// The admin-1 units of the scenario's countries, from the pack's boundaries.gpkg. Throws geo::ProblemError.
std::vector<geo::AdminArea> read_admin_areas(const scenarios::BuiltWorld& built,
                                             const std::filesystem::path& data_dir,
                                             const scenarios::ReadingProgress& progress = {});

/// The areas that places have of their own, by id: those of their layer, of output.footprint's layer, or with
/// kind voronoi the part of their unit that is nearest to them, in this order of precedence from last to
/// first. Throws geo::ProblemError, also where the layer names a place the run does not have.
std::map<std::string, geo::MultiPolygon> read_own_areas(const scenarios::Scenario& scenario,
                                                        const scenarios::BuiltWorld& built,
                                                        const std::vector<geo::AdminArea>& areas,
                                                        const scenarios::ReadingProgress& progress = {});

/// The grid of the maps: over every place and every unit of its country, or the extent the scenario states,
/// in cells of the size it states, else of the finest of 2.5, 5, 10, 30 arc minutes (5, 10, 20, 50 km in
/// metres) that keeps a band under 4 M cells. In degrees it crosses the antimeridian where that is the
/// shorter way round. Throws geo::ProblemError for a map of more than 40 M cells.
geo::GeoGrid choose_map_grid(const scenarios::BuiltWorld& built, const std::vector<geo::AdminArea>& areas,
                             const std::map<std::string, geo::MultiPolygon>& own_areas,
                             const scenarios::OutputGrid& wanted, const geo::io::MapProjection& projection);

/// Where each place is on the maps, from the pack's boundaries, population grid and night lights. What a
/// place emits in a sector follows the proxy output.downscaling names for it, sectors weighing as in its
/// country's base year; a covariate that changes spreads as in the latest of its years not after the run's
/// first. @p progress is told of rasters and layers as they are read. Throws geo::ProblemError when the pack
/// cannot be read or the map does not hold a place whole.
MapFrame frame_maps(const scenarios::Scenario& scenario, const scenarios::BuiltWorld& built,
                    const std::filesystem::path& data_dir, const scenarios::ReadingProgress& progress = {});

/// The frame of maps whose places are already spread.
MapFrame make_frame(geo::io::MapProjection projection, geo::PlaceCells cells);

}  // namespace domino::viz
