#include "viz/maps.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "geo/io/cog_writer.h"
#include "viz/checked_file.h"
#include "viz/raster_style.h"

namespace domino::viz {

namespace {

/// What the three maps have in common.
struct MapVariable {
    std::string id;
    std::string unit;
    std::string note;
    std::string gwp;
    /// Values of a year's cells; NaN where no place is.
    std::function<std::vector<double>(std::size_t year)> values;
};

std::vector<double> column_of_year(const std::vector<double>& cells, const PlaceSummary& summary,
                                   std::size_t year) {
    std::vector<double> column(summary.places);
    for (std::size_t place = 0; place < summary.places; ++place) {
        column[place] = cells[summary.at(place, year)];
    }
    return column;
}

geo::io::CogFile make_cog(const RunContext& context, const MapVariable& variable, const geo::GeoGrid& grid,
                          const std::function<void(std::size_t, std::span<const float>)>& inspect) {
    const sim::RunResults& results = context.results.scenario;
    geo::io::CogFile file;
    file.grid = grid;
    file.metadata = {{"VARIABLE", variable.id},
                     {"SCENARIO", context.scenario.name},
                     {"NOTE", variable.note},
                     {"SOFTWARE", "domino " + context.program.version}};
    for (std::size_t year = 0; year < results.years; ++year) {
        const std::string year_text = std::to_string(results.calendar.first_year() + static_cast<int>(year));
        geo::io::CogBand band;
        band.description = variable.id + " " + year_text + " mean";
        band.unit = variable.unit;
        band.metadata = {{"YEAR", year_text},
                         {"VARIABLE", variable.id},
                         {"SCENARIO", context.scenario.name},
                         {"QUANTILE", "mean"}};
        if (!variable.gwp.empty()) {
            band.metadata["GWP"] = variable.gwp;
        }
        band.fill = [&variable, &inspect, year](std::span<float> cells) {
            const std::vector<double> values = variable.values(year);
            std::transform(values.begin(), values.end(), cells.begin(),
                           [](double value) { return static_cast<float>(value); });
            inspect(year, cells);
        };
        file.bands.push_back(std::move(band));
    }
    return file;
}

void write_style(const RunContext& context, const std::filesystem::path& tif, RasterStyle style) {
    style.first_year = context.results.scenario.calendar.first_year();
    style.years = static_cast<int>(context.results.scenario.years);
    std::filesystem::path qml = tif;
    write_file(qml.replace_extension(".qml"), qgis_raster_style(style));
}

const std::vector<std::string>& emission_colours() {
    static const std::vector<std::string> colours = {"#f5f3ee", "#f0d9b8", "#d9a874",
                                                     "#b37641", "#8c4a1a", "#5a2b0a"};
    return colours;
}

/// Writes a map that adds up once a cell counts `weight(row)` times, and says how well it does.
sim::IdentityCheck write_additive_map(const RunContext& context, const PlaceSummary& summary,
                                      const geo::PlaceCells& cells, const MapVariable& variable,
                                      const std::function<double(std::int64_t row)>& weight,
                                      const std::filesystem::path& path) {
    double largest = 0.0;
    sim::IdentityCheck check{"sum of " + path.filename().string() + " = sum of places", 0.0, map_tolerance};
    const auto inspect = [&](std::size_t year, std::span<const float> values) {
        double sum = 0.0;
        for (std::int64_t row = 0, cell = 0; row < cells.grid.rows; ++row) {
            double of_row = 0.0;
            for (std::int64_t column = 0; column < cells.grid.columns; ++column, ++cell) {
                const double value = static_cast<double>(values[static_cast<std::size_t>(cell)]);
                if (!std::isnan(value)) {
                    of_row += value;
                    largest = std::max(largest, value);
                }
            }
            sum += of_row * weight(row);
        }
        double table = 0.0;
        for (std::size_t place = 0; place < summary.places; ++place) {
            table += summary.mean_t[summary.at(place, year)];
        }
        const double error = table == 0.0 ? std::fabs(sum) : std::fabs(sum / table - 1.0);
        check.largest_relative_error = std::max(check.largest_relative_error, error);
    };
    geo::io::write_cog(path, make_cog(context, variable, cells.grid, inspect));
    RasterStyle style;
    style.stops = logarithmic_stops(largest, emission_colours(), variable.unit);
    style.maximum = style.stops.back().value;
    write_style(context, path, style);
    return check;
}

}  // namespace

sim::IdentityCheck write_emissions_map(const RunContext& context, const PlaceSummary& summary,
                                       const geo::PlaceCells& cells, const std::filesystem::path& path) {
    const MapVariable variable{"emissions_co2e", "t CO2e/yr",
                               "Total of each cell, mean over members; cells add up to places.csv. The "
                               "national remainder is not mapped.",
                               "AR5 GWP-100", [&](std::size_t year) {
                                   return geo::rasterize_totals(
                                       cells, column_of_year(summary.mean_t, summary, year));
                               }};
    return write_additive_map(
        context, summary, cells, variable, [](std::int64_t) { return 1.0; }, path);
}

sim::IdentityCheck write_density_map(const RunContext& context, const PlaceSummary& summary,
                                     const geo::PlaceCells& cells, const std::filesystem::path& path) {
    const geo::GeoGrid& grid = cells.grid;
    const MapVariable variable{
        "emissions_co2e_density", "t CO2e/km2/yr",
        "Mean over members by km2 of the whole cell on the WGS 84 ellipsoid.", "AR5 GWP-100",
        [&](std::size_t year) {
            std::vector<double> values =
                geo::rasterize_totals(cells, column_of_year(summary.mean_t, summary, year));
            for (std::int64_t row = 0, cell = 0; row < grid.rows; ++row) {
                const double area_km2 = grid.cell_area_km2(row);
                for (std::int64_t column = 0; column < grid.columns; ++column, ++cell) {
                    values[static_cast<std::size_t>(cell)] /= area_km2;
                }
            }
            return values;
        }};
    return write_additive_map(
        context, summary, cells, variable, [&](std::int64_t row) { return grid.cell_area_km2(row); }, path);
}

void write_commitment_map(const RunContext& context, const PlaceSummary& summary,
                          const geo::PlaceCells& cells, const std::filesystem::path& path) {
    const MapVariable variable{
        "commitment_probability", "1",
        "Chance that a person's place has committed by the end of the year: mean over the places that share "
        "the cell, weighted by their people in it. Does not add up.",
        "", [&](std::size_t year) {
            return geo::rasterize_means(cells, column_of_year(summary.committed_probability, summary, year),
                                        column_of_year(summary.population, summary, year));
        }};
    const auto ignore = [](std::size_t, std::span<const float>) {};
    geo::io::write_cog(path, make_cog(context, variable, cells.grid, ignore));
    RasterStyle style;
    style.kind = RampKind::discrete;
    style.stops = {{0.10, "#ffffff", "very unlikely, under 10%"},
                   {0.33, "#cfe4ea", "unlikely, 10 to 33%"},
                   {0.66, "#8cc0d0", "about even, 33 to 66%"},
                   {0.90, "#3d89aa", "likely, 66 to 90%"},
                   {1.00, "#0f4467", "very likely, over 90%"}};
    write_style(context, path, style);
}

}  // namespace domino::viz
