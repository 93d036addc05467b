#include "viz/difference_maps.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>

#include <fmt/format.h>

#include "geo/io/cog_writer.h"
#include "viz/checked_file.h"
#include "viz/maps.h"
#include "viz/raster_style.h"

namespace domino::viz {
namespace {

/// A name as part of a file's: letters, digits, and hyphens for all else.
std::string file_word(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain) {
            out += c;
        } else if (!out.empty() && out.back() != '-') {
            out += '-';
        }
    }
    while (out.ends_with('-')) out.pop_back();
    return out;
}

/// Mean difference of each place in one year, t CO2e.
std::vector<double> differences_of(const sim::RunResults& a, const sim::RunResults& b, std::size_t year) {
    const auto members = static_cast<std::size_t>(a.members);
    std::vector<double> mean(a.places, 0.0);
    for (std::size_t place = 0; place < a.places; ++place) {
        for (std::size_t m = 0; m < members; ++m) {
            const std::size_t cell = a.place_year(place, year, m);
            mean[place] +=
                static_cast<double>(a.emissions_t[cell]) - static_cast<double>(b.emissions_t[cell]);
        }
        mean[place] /= static_cast<double>(members);
    }
    return mean;
}

/// Less in blue, more in brown, from a tenth of the largest on.
RasterStyle style_differences(double largest, const sim::Calendar& calendar) {
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
    shown.first_year = calendar.first_year();
    shown.years = calendar.years();
    return shown;
}

/// Holds the cells of a band against the places they stand for.
void check_sum(std::span<const float> cells, const MapFrame& frame, const std::vector<double>& places,
               const std::string& file) {
    double sum = 0.0, table = 0.0, size = 0.0;
    for (const std::int64_t cell : frame.covered)
        sum += static_cast<double>(cells[static_cast<std::size_t>(cell)]);
    for (const double place : places) {
        table += place;
        size += std::fabs(place);
    }
    if (std::fabs(sum - table) > map_tolerance * size)
        throw sim::IdentityBroken(
            fmt::format("identity broken: sum of {} = sum of places: {} against {}", file, sum, table));
}

void write_map(const ComparedRun& a, const ComparedRun& b, const MapFrame& frame,
               const std::filesystem::path& path) {
    geo::io::CogFile file;
    file.grid = frame.grid();
    file.crs = frame.projection.definition();
    file.metadata = {{"VARIABLE", "difference_emissions_co2e"},
                     {"SCENARIO", a.name + " less " + b.name},
                     {"QUANTILE", "mean"},
                     {"NOTE",
                      "Mean over members of the difference in each cell; cells add up to the places of "
                      "differences.csv. The national remainder is not mapped."}};
    double largest = 0.0;
    for (std::size_t year = 0; year < a.results.years; ++year) {
        geo::io::CogBand band;
        const std::string text = std::to_string(a.results.calendar.first_year() + static_cast<int>(year));
        band.description = "difference_emissions_co2e " + text + " mean";
        band.unit = "t CO2e/yr";
        band.metadata = {{"YEAR", text}, {"QUANTILE", "mean"}, {"GWP", "AR5 GWP-100"}};
        band.fill = [&, year](std::span<float> cells) {
            const std::vector<double> places = differences_of(a.results, b.results, year);
            const std::vector<double> values = geo::rasterize_totals(frame.cells, places);
            std::transform(values.begin(), values.end(), cells.begin(),
                           [](double value) { return static_cast<float>(value); });
            check_sum(cells, frame, places, path.filename().string());
            for (const double value : values)
                if (std::isfinite(value)) largest = std::max(largest, std::fabs(value));
        };
        file.bands.push_back(std::move(band));
    }
    geo::io::write_cog(path, file);
    std::filesystem::path qml = path;
    write_file(qml.replace_extension(".qml"),
               qgis_raster_style(style_differences(largest, a.results.calendar)));
}

}  // namespace

std::vector<std::string> write_difference_maps(const Comparison& comparison, const MapFrame& frame,
                                               const std::filesystem::path& dir) {
    if (!comparison.compares_places())
        throw std::invalid_argument("a map of differences needs every member of the places");
    std::vector<std::string> names;
    for (const ComparedPair& pair : comparison.pairs()) {
        const ComparedRun& a = comparison.runs()[pair.a];
        const ComparedRun& b = comparison.runs()[pair.b];
        std::string name =
            fmt::format("difference_emissions_co2e_{}_{}.tif", file_word(a.name), file_word(b.name));
        if (std::find(names.begin(), names.end(), name) != names.end())
            name.insert(name.size() - 4, fmt::format("_{}-{}", pair.a + 1, pair.b + 1));
        write_map(a, b, frame, dir / name);
        names.push_back(std::move(name));
    }
    return names;
}

}  // namespace domino::viz
