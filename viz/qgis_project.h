#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viz/map_frame.h"
#include "viz/raster_style.h"
#include "viz/write_results.h"

namespace domino::viz {

/// A map of the results as the project shows it.
struct ProjectMap {
    std::string file;   ///< "emissions_co2e.tif"
    std::string title;  ///< "Emissions, t CO2e a year"
    RasterStyle style;
};

/// Where the one-band views of a map's years stand: "years/emissions_co2e_2035.vrt".
std::string year_view_name(const std::string& map_file, int year);

/// A GDAL virtual raster that shows one band of a map. Its path is relative, so that the results can move.
std::string year_view(const ProjectMap& map, const MapFrame& frame, int year);

/// project.qgz: the GeoPackage's layers over the maps, grouped, paths relative, a year a step of QGIS's
/// temporal controller, colours fixed over the years. Older QGIS (3.22) cannot play bands, so each year is a
/// layer of its own that shows a year view. The first map is switched on.
void write_qgis_project(const RunContext& context, const MapFrame& frame, const std::vector<ProjectMap>& maps,
                        const std::filesystem::path& path);

}  // namespace domino::viz
