#include "viz/signed_map.h"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "geo/io/cog_writer.h"
#include "viz/checked_file.h"
#include "viz/maps.h"
#include "viz/raster_style.h"

namespace domino::viz {
namespace {

/// Less in blue, more in brown, from a tenth of the largest on.
RasterStyle style_of(double largest, const SignedMap& map) {
    RasterStyle shown;
    const auto more =
        logarithmic_stops(largest > 0.0 ? largest : 1.0, {"#f5f3ee", "#d9a874", "#8c4a1a"}, "t");
    const auto less =
        logarithmic_stops(largest > 0.0 ? largest : 1.0, {"#f5f3ee", "#8cc0d0", "#0f4467"}, "t");
    for (std::size_t i = less.size(); i-- > 1;)
        shown.stops.push_back({-less[i].value, less[i].colour, "-" + less[i].label});
    shown.stops.insert(shown.stops.end(), more.begin(), more.end());
    shown.minimum = shown.stops.front().value;
    shown.maximum = shown.stops.back().value;
    shown.first_year = map.first_year;
    shown.years = static_cast<int>(map.bands.size());
    return shown;
}

/// Holds the cells of a band against the places they stand for.
void check_sum(std::span<const float> cells, const MapFrame& frame, const std::vector<double>& places,
               const std::string& file) {
    double sum = 0.0, table = 0.0, size = 0.0;
    for (const std::int64_t cell : frame.covered())
        sum += static_cast<double>(cells[static_cast<std::size_t>(cell)]);
    for (const double place : places) {
        table += place;
        size += std::fabs(place);
    }
    if (std::fabs(sum - table) > map_tolerance * size)
        throw sim::IdentityBroken(
            fmt::format("identity broken: sum of {} = sum of places: {} against {}", file, sum, table));
}

}  // namespace

void write_signed_map(const SignedMap& map, const MapFrame& frame, const std::filesystem::path& path) {
    geo::io::CogFile file;
    file.grid = frame.grid();
    file.crs = frame.projection.definition();
    file.metadata = map.metadata;
    double largest = 0.0;
    for (const SignedMap::Band& year : map.bands) {
        geo::io::CogBand band;
        band.description = year.description;
        band.unit = map.unit;
        band.metadata = {{"YEAR", year.year}, {"QUANTILE", "mean"}, {"GWP", "AR5 GWP-100"}};
        band.fill = [&](std::span<float> cells) {
            const std::vector<double> places = year.places();
            const std::vector<double> values = geo::totals_of_cells(frame.holders, places);
            geo::fill_map(frame.covered(), values, cells);
            check_sum(cells, frame, places, path.filename().string());
            for (const double value : values)
                if (std::isfinite(value)) largest = std::max(largest, std::fabs(value));
        };
        file.bands.push_back(std::move(band));
    }
    geo::io::write_cog(path, file);
    std::filesystem::path qml = path;
    write_file(qml.replace_extension(".qml"), qgis_raster_style(style_of(largest, map)));
}

}  // namespace domino::viz
