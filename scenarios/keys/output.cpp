#include "scenarios/keys/sections.h"

namespace domino::scenarios {
namespace {

void add_files(Keys& keys) {
    add(keys,
        {.table = "output",
         .key = "quantile_maps",
         .type = ValueType::on_off,
         .doc = "Write emissions_co2e_p05.tif, _p50 and _p95. Quantiles do not add up."},
        FIELD(output.quantile_maps));
    add(keys, {.table = "output", .key = "netcdf", .type = ValueType::on_off, .doc = "Write results.nc."},
        FIELD(output.netcdf));
    add(keys,
        {.table = "output",
         .key = "realizations",
         .type = ValueType::on_off,
         .doc = "Put every member into results.nc, not only mean and quantiles. Refused where that is more "
                "than 16 GB."},
        FIELD(output.realizations));
    add(keys,
        {.table = "output",
         .key = "qgis_project",
         .type = ValueType::on_off,
         .doc = "Write project.qgz, which shows maps and GeoPackage; needs both."},
        FIELD(output.qgis_project));
    add(keys,
        {.table = "output",
         .key = "flatgeobuf",
         .type = ValueType::on_off,
         .doc = "Write places.fgb, the places as FlatGeobuf."},
        FIELD(output.flatgeobuf));
}

void add_grid(Keys& keys) {
    add(keys,
        {.table = "output.grid",
         .key = "crs",
         .type = ValueType::text,
         .doc =
             "CRS of the maps: longitude and latitude without it, any in degrees or metres that GDAL knows "
             "with it, such as EPSG:6933, whose cells all have the same area.",
         .example = "\"EPSG:6933\"",
         .absence = Absence::unset},
        FIELD(output.grid.crs));
    add(keys,
        {.table = "output.grid",
         .key = "resolution",
         .type = ValueType::quantity,
         .doc = "Cell size of maps in degrees; 0 takes the finest of 2.5, 5, 10, 30 arcmin that keeps a band "
                "under 4 million cells.",
         .unit = "arcmin",
         .low = 0,
         .high = 600},
        FIELD(output.grid.resolution_arcmin));
    add(keys,
        {.table = "output.grid",
         .key = "cell_size",
         .type = ValueType::quantity,
         .doc =
             "Cell size of maps in metres; 0 takes the finest of 5, 10, 20, 50 km that keeps a band under 4 "
             "million cells.",
         .unit = "km",
         .low = 0,
         .high = 1e6},
        FIELD(output.grid.cell_size_m));
    const auto add_side = [&keys](std::string_view key, std::string_view doc, std::string_view example,
                                  double limit, auto access) {
        add(keys,
            {.table = "output.grid",
             .key = key,
             .type = ValueType::number,
             .doc = doc,
             .low = -limit,
             .high = limit,
             .example = example,
             .absence = Absence::unset},
            access);
    };
    add_side("west", "Longitude at the western side; all four sides, or none: then over every place.",
             "122.0", 180.0, FIELD(output.grid.west_deg));
    add_side("south", "Latitude at the southern side.", "20.0", 90.0, FIELD(output.grid.south_deg));
    add_side("east", "Longitude at the eastern side; less than west where 180 lies between.", "154.0", 180.0,
             FIELD(output.grid.east_deg));
    add_side("north", "Latitude at the northern side.", "46.0", 90.0, FIELD(output.grid.north_deg));
}

void add_footprint(Keys& keys) {
    add(keys,
        {.table = "output.footprint",
         .key = "kind",
         .type = ValueType::choice,
         .doc = "disc: a city is a disc as large as its people need, a rest-of-region its whole region. "
                "voronoi: every place is the part of its region nearer to it than to other places.",
         .mark = 'G'},
        FIELD(output.footprint.kind));
    const auto add_text = [&keys](std::string_view key, ValueType type, std::string_view doc,
                                  std::string_view example, auto access) {
        add(keys,
            {.table = "output.footprint",
             .key = key,
             .type = type,
             .doc = doc,
             .example = example,
             .absence = Absence::unset},
            access);
    };
    add_text("path", ValueType::source, "A vector layer with the areas of places, in any CRS.",
             "\"built_up.gpkg\"", FIELD(output.footprint.path));
    add_text("layer", ValueType::text, "Layer of the file, where it has several.", "\"2020\"",
             FIELD(output.footprint.layer));
    add_text("id", ValueType::text, "Column of place ids; needed with path.", "\"place_id\"",
             FIELD(output.footprint.id_field));
    add_text("crs", ValueType::text, "CRS of the layer, where it does not say its own.", "\"EPSG:4326\"",
             FIELD(output.footprint.crs_override));
}

template <std::size_t Sector>
void add_downscaling_of(Keys& keys) {
    add(keys,
        {.table = "output.downscaling",
         .key = sim::sector_ids[Sector],
         .type = ValueType::text,
         .doc = "population, night_lights, uniform (by area), or a raster of places.covariates that says its "
                "quantity."},
        FIELD(output.downscaling[Sector]));
}

template <std::size_t... Sector>
void add_each_downscaling(Keys& keys, std::index_sequence<Sector...>) {
    (add_downscaling_of<Sector>(keys), ...);
}

void add_downscaling(Keys& keys) {
    add_each_downscaling(keys, std::make_index_sequence<sim::sector_count>{});
}

}  // namespace

void add_output(Keys& keys) {
    add(keys, {.table = "output", .key = "maps", .type = ValueType::on_off, .doc = "Write the GeoTIFF maps."},
        FIELD(output.maps));
    add(keys,
        {.table = "output", .key = "geopackage", .type = ValueType::on_off, .doc = "Write results.gpkg."},
        FIELD(output.geopackage));
    add(keys, {.table = "output", .key = "report", .type = ValueType::on_off, .doc = "Write report.html."},
        FIELD(output.report));
    add(keys,
        {.table = "output", .key = "ledger", .type = ValueType::on_off, .doc = "Write domino_ledger.csv."},
        FIELD(output.ledger));
    add_files(keys);
    add_grid(keys);
    add_footprint(keys);
    add_downscaling(keys);
}

}  // namespace domino::scenarios
