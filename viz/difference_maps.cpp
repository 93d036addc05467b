#include "viz/difference_maps.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "viz/signed_map.h"

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

void write_map(const ComparedRun& a, const ComparedRun& b, const MapFrame& frame,
               const std::filesystem::path& path) {
    SignedMap map;
    map.metadata = {{"VARIABLE", "difference_emissions_co2e"},
                    {"SCENARIO", a.name + " less " + b.name},
                    {"QUANTILE", "mean"},
                    {"NOTE",
                     "Mean over members of the difference in each cell; cells add up to the places of "
                     "differences.csv. The national remainder is not mapped."}};
    map.unit = "t CO2e/yr";
    map.first_year = a.results.calendar.first_year();
    for (std::size_t year = 0; year < a.results.years; ++year) {
        const std::string text = std::to_string(map.first_year + static_cast<int>(year));
        map.bands.push_back({text, "difference_emissions_co2e " + text + " mean",
                             [&, year] { return differences_of(a.results, b.results, year); }});
    }
    write_signed_map(map, frame, path);
}

}  // namespace

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
