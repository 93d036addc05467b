#include <algorithm>
#include <map>

#include "viz/pathways.h"
#include "viz/tonnes.h"

namespace domino::viz {

namespace {

constexpr std::size_t largest_cities = 10;
constexpr double million = 1e6;
constexpr double percent = 100.0;

std::vector<char> mark_partners(const scenarios::BuiltWorld& built) {
    std::vector<char> chosen(built.places.places.size(), 0);
    for (const scenarios::Link& link : built.links) {
        if (link.layer == "collaboration" && !link.hypothetical) {
            chosen[link.a] = 1;
            chosen[link.b] = 1;
        }
    }
    return chosen;
}

void mark_largest(const scenarios::BuiltWorld& built, std::vector<char>& chosen) {
    std::vector<std::vector<std::size_t>> cities(built.world.countries.size());
    for (std::size_t place = 0; place < chosen.size(); ++place) {
        if (built.world.places[place].kind == geo::PlaceKind::city) {
            cities[built.world.places[place].country].push_back(place);
        }
    }
    for (std::vector<std::size_t>& of_country : cities) {
        std::stable_sort(of_country.begin(), of_country.end(), [&](std::size_t a, std::size_t b) {
            return built.world.places[a].population > built.world.places[b].population;
        });
        for (std::size_t i = 0; i < std::min(largest_cities, of_country.size()); ++i) {
            chosen[of_country[i]] = 1;
        }
    }
}

// A region's name is a path whose parts are split by '|'.
std::string without_bars(std::string name) {
    std::replace(name.begin(), name.end(), '|', '/');
    return name;
}

void tell_apart(std::vector<SubnationalRegion>& regions, const std::vector<std::string>& addition) {
    std::map<std::string, int> count;
    for (const SubnationalRegion& region : regions) {
        ++count[region.region];
    }
    for (std::size_t i = 0; i < regions.size(); ++i) {
        if (count[regions[i].region] > 1 && !addition[i].empty()) {
            regions[i].region += " (" + addition[i] + ")";
        }
    }
}

PathwaySeries make_mean_only(const std::string& region, const char* variable, const char* unit,
                             std::size_t years, const auto& value) {
    PathwaySeries series{region, variable, unit, SeriesKind::mean_only, {}};
    for (std::size_t year = 0; year < years; ++year) {
        series.years.push_back({value(year), 0.0, 0.0, 0.0});
    }
    return series;
}

}  // namespace

std::vector<SubnationalRegion> choose_subnational_regions(const scenarios::BuiltWorld& built) {
    std::vector<char> chosen = mark_partners(built);
    mark_largest(built, chosen);
    std::vector<SubnationalRegion> regions;
    std::vector<std::string> admin1, ids;
    for (std::size_t place = 0; place < chosen.size(); ++place) {
        if (chosen[place] == 0) {
            continue;
        }
        const geo::Place& row = built.places.places[place];
        regions.push_back({place, without_bars(built.country_names[built.world.places[place].country]) + "|" +
                                      without_bars(row.name)});
        admin1.push_back(without_bars(row.admin1_name.empty() ? row.admin1_id : row.admin1_name));
        ids.push_back(row.id);
    }
    tell_apart(regions, admin1);
    tell_apart(regions, ids);
    return regions;
}

std::vector<PathwaySeries> build_subnational_series(const scenarios::BuiltWorld& built,
                                                    const sim::RunResults& results,
                                                    const PlaceSummary& summary) {
    std::vector<PathwaySeries> out;
    for (const SubnationalRegion& region : choose_subnational_regions(built)) {
        PathwaySeries emissions{
            region.region, "Emissions|Kyoto Gases", "Mt CO2-equiv/yr", SeriesKind::summary, {}};
        for (std::size_t year = 0; year < summary.years; ++year) {
            const std::size_t cell = summary.at(region.place, year);
            emissions.years.push_back(
                {summary.mean_t[cell] / tonnes_per_megatonne, summary.p05_t[cell] / tonnes_per_megatonne,
                 summary.p50_t[cell] / tonnes_per_megatonne, summary.p95_t[cell] / tonnes_per_megatonne});
        }
        out.push_back(std::move(emissions));
        const auto at = [&](std::size_t year) { return summary.at(region.place, year); };
        out.push_back(
            make_mean_only(region.region, "Population", "million", summary.years,
                           [&](std::size_t year) { return summary.population[at(year)] / million; }));
        out.push_back(make_mean_only(
            region.region, "Commitment|Probability", "%", summary.years,
            [&](std::size_t year) { return percent * summary.committed_probability[at(year)]; }));
        out.push_back(make_mean_only(region.region, "Capacity", "%", summary.years, [&](std::size_t year) {
            return percent * results.capacity_mean[at(year)];
        }));
    }
    return out;
}

}  // namespace domino::viz
