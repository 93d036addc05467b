#include "viz/comparison_map.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "geo/portable_math.h"
#include "viz/difference_maps.h"
#include "viz/number_text.h"

namespace domino::viz {
namespace {

constexpr double map_width = 640.0, map_margin = 16.0, largest_radius = 18.0;
/// Places with the largest differences that have a circle.
constexpr std::size_t most_circles = 150;

/// Plate carree, true to scale at the middle latitude of the places.
class Plane {
 public:
    explicit Plane(const std::vector<geo::Place>& places) {
        double east = -180.0, south = 90.0;
        for (const geo::Place& place : places) {
            west_ = std::min(west_, place.position.lon_deg);
            east = std::max(east, place.position.lon_deg);
            south = std::min(south, place.position.lat_deg);
            north_ = std::max(north_, place.position.lat_deg);
        }
        stretch_ = portable::cos_deg((south + north_) / 2.0);
        const double wide = std::max(1.0, (east - west_) * stretch_), high = std::max(0.5, north_ - south);
        scale_ = (map_width - 2.0 * map_margin) / wide;
        height_ = high * scale_ + 2.0 * map_margin;
    }
    double x(const geo::Place& place) const {
        return map_margin + (place.position.lon_deg - west_) * stretch_ * scale_;
    }
    double y(const geo::Place& place) const {
        return map_margin + (north_ - place.position.lat_deg) * scale_;
    }
    double height() const { return height_; }

 private:
    double west_ = 180.0, north_ = -90.0, stretch_ = 1.0, scale_ = 1.0, height_ = 0.0;
};

/// Differences of all years together, t CO2e.
std::vector<double> sums_of(const ComparedRun& a, const ComparedRun& b) {
    std::vector<double> sums(a.results.places, 0.0);
    for (std::size_t year = 0; year < a.results.years; ++year) {
        const std::vector<double> of_year = differences_of(a.results, b.results, year);
        for (std::size_t place = 0; place < sums.size(); ++place) sums[place] += of_year[place];
    }
    return sums;
}

std::string circles(const Plane& plane, const std::vector<geo::Place>& places,
                    const std::vector<double>& sums, double largest) {
    std::vector<std::size_t> order(sums.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t i, std::size_t j) { return std::fabs(sums[i]) > std::fabs(sums[j]); });
    std::string out;
    for (std::size_t n = 0; n < std::min(most_circles, order.size()); ++n) {
        const double t = sums[order[n]];
        if (t == 0.0) break;
        const geo::Place& place = places[order[n]];
        out += fmt::format(
            "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" fill-opacity=\"0.55\"><title>{}: "
            "{:+.4g} kt</title></circle>",
            plane.x(place), plane.y(place), std::max(0.6, largest_radius * std::sqrt(std::fabs(t) / largest)),
            t < 0.0 ? "#0072b2" : "#d55e00", markup(place.name), t / 1e3);
    }
    return out;
}

std::string rings(const Plane& plane, const ComparedRun& run) {
    std::set<std::uint32_t> chosen;
    for (const scenarios::StrategyProject& project : run.built.strategy.projects)
        chosen.insert(project.place);
    std::string out;
    for (const std::uint32_t place : chosen)
        out += fmt::format(
            "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"none\" stroke=\"#e69f00\" "
            "stroke-width=\"1.6\"/>",
            plane.x(run.built.places.places[place]), plane.y(run.built.places.places[place]));
    return out;
}

}  // namespace

std::string comparison_maps(const Comparison& comparison, std::size_t base) {
    if (!comparison.compares_places()) return {};
    const std::vector<ComparedRun>& runs = comparison.runs();
    const std::vector<geo::Place>& places = runs.front().built.places.places;
    std::vector<std::vector<double>> sums;
    double largest = 0.0;
    for (const ComparedRun& run : runs) {
        sums.push_back(sums_of(run, runs[base]));
        for (const double t : sums.back()) largest = std::max(largest, std::fabs(t));
    }
    if (largest == 0.0) return {};
    const Plane plane(places);
    std::string dots;
    for (const geo::Place& place : places)
        dots += fmt::format("M{:.1f} {:.1f}h0", plane.x(place), plane.y(place));
    std::string out = fmt::format(
        "<p>All years together, mean over members. Area of a circle: tonnes, on one scale; the largest is "
        "{:.3g} Mt. "
        "Blue: less, orange: more. Rings: places the strategy has chosen. A dot stands at each "
        "place.</p>\n<svg "
        "width=\"0\" height=\"0\" style=\"position:absolute\"><defs><path id=\"dots\" d=\"{}\" "
        "stroke=\"#c9ced4\" "
        "stroke-width=\"1.6\" stroke-linecap=\"round\"/></defs></svg>\n",
        largest / 1e6, dots);
    for (std::size_t run = 0; run < runs.size(); ++run) {
        if (run == base) continue;
        out += fmt::format(
            "<figure><figcaption>{}</figcaption><svg viewBox=\"0 0 {} {:.0f}\" role=\"img\" aria-label=\"Map "
            "of "
            "what {} emits more or less than {}, by place\"><use href=\"#dots\"/>{}{}</svg></figure>\n",
            markup(runs[run].name), map_width, plane.height(), markup(runs[run].name),
            markup(runs[base].name), circles(plane, places, sums[run], largest), rings(plane, runs[run]));
    }
    return out;
}

}  // namespace domino::viz
