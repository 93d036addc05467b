#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "geo/cell_split.h"
#include "geo/grid.h"
#include "geo/place_table.h"
#include "geo/polygon.h"
#include "geo/raster_band.h"

namespace domino::geo {

/// How a place is spread over a grid: for each place, in the order of the place table, its cells ordered by
/// index; a place's shares add up to 1 (1e-12).
struct PlaceCells {
    GeoGrid grid;
    std::vector<std::size_t> first;  ///< places + 1 offsets into `shares`
    std::vector<CellShare> shares;

    std::size_t places() const { return first.empty() ? 0 : first.size() - 1; }
    std::span<const CellShare> of_place(std::size_t place) const {
        return std::span(shares).subspan(first[place], first[place + 1] - first[place]);
    }
};

/// An admin-1 unit's area; units of one country share `iso3`.
struct AdminArea {
    std::string admin1_id;
    std::string iso3;
    MultiPolygon area;
};

/// How wide a city's footprint is: a disc of population / density people per km², its radius within limits.
/// All three are guesses [G]: 4,000 per km² is a mid value of dense urban areas, 3 km about one 2.5′ cell,
/// 40 km about the radius of the largest built-up areas.
struct FootprintOptions {
    double city_density_per_km2 = 4000.0;
    double min_radius_km = 3.0;
    double max_radius_km = 40.0;
    /// By place id: what these are spread over, instead of a disc or their unit.
    std::map<std::string, MultiPolygon> own_areas = {};
};

/// Radius of a city's disc: sqrt(population / density / π) within the limits, km.
double footprint_radius_km(double population, const FootprintOptions& options);

/// A map to be filled: its grid, and the way from WGS 84 into it (empty for longitude and latitude).
struct MapTarget {
    GeoGrid grid;
    ToMap to_map = {};
};

/// What a place's total is spread by: amounts per cell of one lon/lat grid (people, light times area, area).
/// The first is the one to fall back to.
struct SpreadingProxies {
    std::vector<RasterBand> bands;
    /// [place][band], which part of a place's total follows which band; each place's add up to 1. Empty:
    /// all follows the first.
    std::vector<double> parts;
};

/// Spreads each place over the cells of @p target, weighted by what @p proxies hold. A city takes the cells
/// whose centre lies within its disc, and the cell it stands in, each weighted by amount × the share of the
/// cell that belongs to its own country; a rest-of-region place takes every cell of its admin-1 unit,
/// weighted by amount × share of the cell inside; a place with an area of its own
/// (FootprintOptions::own_areas) every cell of that, likewise. Where a proxy finds nothing in the footprint
/// the first stands in; where that finds nobody (no polygon, an island smaller than the grid sees) the place
/// goes to the one cell that holds its point. Cells are divided among the map's cells by area (CellSplitter).
/// The antimeridian is no border. Deterministic. Throws ProblemError when the map does not hold a place
/// whole, naming all such places.
PlaceCells spread_places(std::span<const Place> places, std::span<const AdminArea> areas,
                         const SpreadingProxies& proxies, const MapTarget& target,
                         const FootprintOptions& options = {});

/// The same by @p population (persons a cell) alone, on a map in longitude and latitude.
PlaceCells spread_places(std::span<const Place> places, std::span<const AdminArea> areas,
                         const RasterBand& population, const GeoGrid& output,
                         const FootprintOptions& options = {});

}  // namespace domino::geo
