#include "viz/maps.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "geo/io/cog_writer.h"
#include "viz/checked_file.h"

namespace domino::viz {

namespace {

/// What the maps have in common.
struct MapVariable {
    std::string id;
    std::string quantile;  ///< "mean", "p05" …
    std::string unit;
    std::string note;
    std::string gwp;
    const std::vector<std::int64_t>& cells;  ///< of the grid; no place is in the others
    /// A year's values in these cells.
    std::function<std::vector<double>(std::size_t year)> values;
};

using Inspect = std::function<void(std::size_t year, std::span<const float> cells)>;

geo::io::CogFile make_cog(const RunContext& context, const MapVariable& variable, const MapFrame& frame,
                          const Inspect& inspect) {
    const sim::RunResults& results = context.results.scenario;
    geo::io::CogFile file;
    file.grid = frame.grid();
    file.crs = frame.projection.definition();
    file.metadata = {{"VARIABLE", variable.id},
                     {"SCENARIO", context.scenario.name},
                     {"QUANTILE", variable.quantile},
                     {"NOTE", variable.note},
                     {"SOFTWARE", "domino " + context.program.version}};
    for (std::size_t year = 0; year < results.years; ++year) {
        const std::string year_text = std::to_string(results.calendar.first_year() + static_cast<int>(year));
        geo::io::CogBand band;
        band.description = variable.id + " " + year_text + " " + variable.quantile;
        band.unit = variable.unit;
        band.metadata = {{"YEAR", year_text},
                         {"VARIABLE", variable.id},
                         {"SCENARIO", context.scenario.name},
                         {"QUANTILE", variable.quantile}};
        if (!variable.gwp.empty()) {
            band.metadata["GWP"] = variable.gwp;
        }
        band.fill = [&variable, &inspect, year](std::span<float> cells) {
            geo::fill_map(variable.cells, variable.values(year), cells);
            inspect(year, cells);
        };
        file.bands.push_back(std::move(band));
    }
    return file;
}

void write_style(const RunContext& context, const std::filesystem::path& tif, RasterStyle& style) {
    style.first_year = context.results.scenario.calendar.first_year();
    style.years = static_cast<int>(context.results.scenario.years);
    std::filesystem::path qml = tif;
    write_file(qml.replace_extension(".qml"), qgis_raster_style(style));
}

/// Colours of amounts from nothing to the largest, by powers of ten.
RasterStyle style_amounts(double largest, const std::string& unit) {
    RasterStyle style;
    style.stops =
        logarithmic_stops(largest, {"#f5f3ee", "#f0d9b8", "#d9a874", "#b37641", "#8c4a1a", "#5a2b0a"}, unit);
    style.maximum = style.stops.back().value;
    return style;
}

/// Writes a map that adds up once the cells count as @p weights say (empty: once), and says how well it does.
WrittenMap write_additive_map(const RunContext& context, const PlaceSummary& summary, const MapFrame& frame,
                              const MapVariable& variable, const std::vector<double>& weights,
                              const std::filesystem::path& path) {
    double largest = 0.0;
    WrittenMap map;
    map.check = {"sum of " + path.filename().string() + " = sum of places", 0.0, map_tolerance};
    const auto inspect = [&](std::size_t year, std::span<const float> values) {
        double sum = 0.0;
        for (std::size_t i = 0; i < frame.covered().size(); ++i) {
            const double value = static_cast<double>(values[static_cast<std::size_t>(frame.covered()[i])]);
            largest = std::max(largest, value);
            sum += weights.empty() ? value : value * weights[i];
        }
        double table = 0.0;
        for (std::size_t place = 0; place < summary.places; ++place) {
            table += summary.mean_t[summary.at(place, year)];
        }
        const double error = table == 0.0 ? std::fabs(sum) : std::fabs(sum / table - 1.0);
        map.check.largest_relative_error = std::max(map.check.largest_relative_error, error);
    };
    geo::io::write_cog(path, make_cog(context, variable, frame, inspect));
    map.style = style_amounts(largest, variable.unit);
    write_style(context, path, map.style);
    return map;
}

constexpr const char* warming_potentials = "AR5 GWP-100";

}  // namespace

WrittenMap write_emissions_map(const RunContext& context, const PlaceSummary& summary, const MapFrame& frame,
                               const std::filesystem::path& path) {
    const MapVariable variable{"emissions_co2e",
                               "mean",
                               "t CO2e/yr",
                               "Total of each cell, mean over members; cells add up to places.csv. The "
                               "national remainder is not mapped.",
                               warming_potentials,
                               frame.covered(),
                               [&](std::size_t year) {
                                   return geo::totals_of_cells(frame.holders,
                                                               summary.of_year(summary.mean_t, year));
                               }};
    return write_additive_map(context, summary, frame, variable, {}, path);
}

WrittenMap write_density_map(const RunContext& context, const PlaceSummary& summary, const MapFrame& frame,
                             const std::filesystem::path& path) {
    const MapVariable variable{"emissions_co2e_density",
                               "mean",
                               "t CO2e/km2/yr",
                               "Mean over members by km2 of the whole cell on the WGS 84 ellipsoid.",
                               warming_potentials,
                               frame.covered(),
                               [&](std::size_t year) {
                                   std::vector<double> values = geo::totals_of_cells(
                                       frame.holders, summary.of_year(summary.mean_t, year));
                                   for (std::size_t i = 0; i < values.size(); ++i)
                                       values[i] /= frame.covered_area_km2[i];
                                   return values;
                               }};
    return write_additive_map(context, summary, frame, variable, frame.covered_area_km2, path);
}

WrittenMap write_quantile_map(const RunContext& context, const CellQuantiles& quantiles,
                              const MapFrame& frame, MapQuantile quantile,
                              const std::filesystem::path& path) {
    struct Choice {
        const char* id;
        const char* meaning;
        const std::vector<float>& values;
    };
    const Choice chosen = quantile == MapQuantile::p05   ? Choice{"p05", "5 % of members", quantiles.p05}
                          : quantile == MapQuantile::p50 ? Choice{"p50", "half of the members", quantiles.p50}
                                                         : Choice{"p95", "95 % of members", quantiles.p95};
    double largest = 0.0;
    const MapVariable variable{
        "emissions_co2e",
        chosen.id,
        "t CO2e/yr",
        std::string("Total of each cell that ") + chosen.meaning +
            " stay below, cell by cell. Quantiles do not add up: neither over cells nor to places.csv; sum "
            "the means of emissions_co2e.tif.",
        warming_potentials,
        frame.covered(),
        [&](std::size_t year) {
            const float* of_year = quantiles.of_year(chosen.values, year);
            std::vector<double> values(of_year, of_year + frame.covered().size());
            for (const double value : values) largest = std::max(largest, value);
            return values;
        }};
    const Inspect ignore = [](std::size_t, std::span<const float>) {};
    geo::io::write_cog(path, make_cog(context, variable, frame, ignore));
    WrittenMap map{style_amounts(largest, variable.unit)};
    write_style(context, path, map.style);
    return map;
}

WrittenMap write_commitment_map(const RunContext& context, const PlaceSummary& summary, const MapFrame& frame,
                                const std::filesystem::path& path) {
    const MapVariable variable{
        "commitment_probability",
        "mean",
        "1",
        "Chance that a person's place has committed by the end of the year: mean over the places that share "
        "the cell, weighted by their people in it. Does not add up.",
        "",
        frame.people_holders().cells,
        [&](std::size_t year) {
            return geo::means_of_cells(frame.people_holders(),
                                       summary.of_year(summary.committed_probability, year),
                                       summary.of_year(summary.population, year));
        }};
    const Inspect ignore = [](std::size_t, std::span<const float>) {};
    geo::io::write_cog(path, make_cog(context, variable, frame, ignore));
    WrittenMap map;
    map.style.kind = RampKind::discrete;
    // The lowest is not white, which is what lies beyond every place.
    map.style.stops = {{0.10, "#efece4", "very unlikely, under 10%"},
                       {0.33, "#cfe4ea", "unlikely, 10 to 33%"},
                       {0.66, "#8cc0d0", "about even, 33 to 66%"},
                       {0.90, "#3d89aa", "likely, 66 to 90%"},
                       {1.00, "#0f4467", "very likely, over 90%"}};
    write_style(context, path, map.style);
    return map;
}

}  // namespace domino::viz
