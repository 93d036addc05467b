#include "viz/comparison_maps_data.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/statistics/paired_difference.h"
#include "viz/land.h"
#include "viz/map_settings.h"
#include "viz/month_text.h"
#include "viz/packed_arrays.h"

namespace domino::viz {
namespace {

using Json = nlohmann::ordered_json;

/// Cells (places, years, scenarios) a page holds: seven bytes each before they are packed.
constexpr std::size_t most_cells = 1'000'000;

/// One scenario against the base, by place and year.
class PlaceDifferences {
 public:
    PlaceDifferences(const Comparison& comparison, const ComparedPair& pair)
        : years_(comparison.runs()[pair.a].results.years) {
        // Emissions come by place and year.
        comparison.visit_places(pair, [&](const ComparedQuantity& what, const sim::PairedDifference& d) {
            if (what.metric == emissions_metric) cells_.push_back(d);
        });
    }

    const sim::PairedDifference& at(std::size_t place, std::size_t year) const {
        return cells_[place * years_ + year];
    }
    double size(std::size_t place) const {
        double sum = 0.0;
        for (std::size_t year = 0; year < years_; ++year) sum += std::fabs(at(place, year).mean);
        return sum;
    }

 private:
    std::size_t years_;
    std::vector<sim::PairedDifference> cells_;
};

/// Places that have a mark, in the order of the table.
std::vector<std::size_t> choose_places(const std::vector<PlaceDifferences>& against, std::size_t places,
                                       std::size_t years) {
    std::vector<double> size(places, 0.0);
    for (const PlaceDifferences& one : against)
        for (std::size_t place = 0; place < places; ++place) size[place] += one.size(place);
    std::vector<std::size_t> chosen(places);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    const std::size_t most = std::max<std::size_t>(1, most_cells / (years * against.size()));
    if (places <= most) return chosen;
    std::stable_sort(chosen.begin(), chosen.end(),
                     [&](std::size_t x, std::size_t y) { return size[x] > size[y]; });
    chosen.resize(most);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

Json pack_places(const scenarios::BuiltWorld& built, const std::vector<std::size_t>& chosen,
                 PackedArrays& arrays) {
    Json ids = Json::array(), names = Json::array();
    std::vector<std::uint16_t> country;
    std::vector<float> lon, lat;
    for (const std::size_t i : chosen) {
        const geo::Place& place = built.places.places[i];
        ids.push_back(place.id);
        names.push_back(place.name);
        country.push_back(built.world.places[i].country);
        lon.push_back(static_cast<float>(place.position.lon_deg));
        lat.push_back(static_cast<float>(place.position.lat_deg));
    }
    return {{"n", chosen.size()},
            {"id", std::move(ids)},
            {"name", std::move(names)},
            {"country", arrays.pack("places.country", country)},
            {"lon", arrays.pack("places.lon", lon)},
            {"lat", arrays.pack("places.lat", lat)}};
}

Json supported(const scenarios::StrategyPlan& plan, const std::vector<std::size_t>& chosen) {
    Json list = Json::array();
    for (const scenarios::StrategyProject& project : plan.projects) {
        const auto at = std::lower_bound(chosen.begin(), chosen.end(), std::size_t{project.place});
        if (at == chosen.end() || *at != project.place) continue;
        list.push_back({{"place", at - chosen.begin()},
                        {"from", decimal_year(project.from)},
                        {"to", decimal_year(project.to)}});
    }
    return list;
}

Json pack_differences(const ComparedRun& run, const PlaceDifferences& against, std::size_t number,
                      const std::vector<std::size_t>& chosen, PackedArrays& arrays) {
    std::vector<float> scale;
    std::vector<std::int16_t> mean, p05, p95;
    std::vector<std::uint8_t> less;
    for (const std::size_t place : chosen) {
        double largest = 0.0;
        for (std::size_t year = 0; year < run.results.years; ++year) {
            const sim::PairedDifference& d = against.at(place, year);
            largest = std::max({largest, std::fabs(d.mean), std::fabs(d.p05), std::fabs(d.p95)});
        }
        scale.push_back(scale_for(largest, i16_steps));
        for (std::size_t year = 0; year < run.results.years; ++year) {
            const sim::PairedDifference& d = against.at(place, year);
            mean.push_back(to_i16(d.mean, scale.back()));
            p05.push_back(to_i16(d.p05, scale.back()));
            p95.push_back(to_i16(d.p95, scale.back()));
            less.push_back(half_points(d.a_better));
        }
    }
    const auto pack = [&](const char* name, const auto& values) {
        return arrays.pack(fmt::format("{}.{}", number, name), values);
    };
    return {{"name", run.name},
            {"scale", pack("scale", scale)},
            {"mean", pack("mean", mean)},
            {"p05", pack("p05", p05)},
            {"p95", pack("p95", p95)},
            {"less", pack("less", less)},
            {"plan", supported(run.built.strategy, chosen)}};
}

}  // namespace

Json comparison_maps_data(const Comparison& comparison, std::size_t base,
                          const std::filesystem::path& data_dir) {
    if (!comparison.compares_places()) return Json();
    const std::vector<ComparedRun>& runs = comparison.runs();
    const scenarios::BuiltWorld& built = runs[base].built;
    std::vector<std::size_t> numbers;
    std::vector<PlaceDifferences> against;
    bool differs = false;
    for (std::size_t run = 0; run < runs.size(); ++run) {
        if (run == base) continue;
        numbers.push_back(run);
        against.emplace_back(comparison, ComparedPair{run, base});
        for (std::size_t place = 0; place < runs[run].results.places && !differs; ++place)
            differs = against.back().size(place) > 0.0;
    }
    if (!differs) return Json();
    const std::vector<std::size_t> chosen =
        choose_places(against, runs[base].results.places, runs[base].results.years);
    PackedArrays arrays;
    Json countries = Json::array(), scenarios = Json::array();
    for (std::size_t c = 0; c < built.world.countries.size(); ++c)
        countries.push_back({{"iso3", built.world.countries[c].iso3}, {"name", built.country_names[c]}});
    Json places = pack_places(built, chosen, arrays);
    for (std::size_t n = 0; n < numbers.size(); ++n)
        scenarios.push_back(pack_differences(runs[numbers[n]], against[n], n, chosen, arrays));
    return {{"v", 1},
            {"years", {comparison.first_year(), runs[base].results.years}},
            {"members", comparison.options().members},
            {"base", runs[base].name},
            {"zip", true},
            {"countries", std::move(countries)},
            {"places", std::move(places)},
            {"left_out", built.places.places.size() - chosen.size()},
            {"scenarios", std::move(scenarios)},
            {"land", read_land(data_dir)},
            {"map", map_settings(built)},
            {"crc", arrays.sums()}};
}

}  // namespace domino::viz
