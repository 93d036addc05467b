#include "viz/group_series.h"
#include "viz/tonnes.h"

#include <span>
#include <string>

#include "sim/group_targets.h"

namespace domino::viz {

namespace {

constexpr double million = 1e6;
constexpr double percent = 100.0;

PathwaySeries group_emissions(const sim::PlaceGroup& group, const sim::RunResults& results,
                              MemberValues keep) {
    PathwaySeries series{group.name, "Emissions|Kyoto Gases", "Mt CO2-equiv/yr", SeriesKind::summary, {}};
    Summarizer summarizer;
    for (std::size_t year = 0; year < results.years; ++year) {
        auto members =
            sim::group_emissions_t(group, results, results.calendar.first_year() + static_cast<int>(year));
        for (double& t : members) t /= tonnes_per_megatonne;
        series.years.push_back(summarizer.summarize(std::span<const double>(members)));
        if (keep == MemberValues::keep)
            series.members.insert(series.members.end(), members.begin(), members.end());
    }
    return series;
}

/// The mean level of each year up to the last implied target; nothing where no target is implied or the base
/// year is not known.
std::vector<PathwaySeries> implied_level(const sim::PlaceGroup& group, const sim::RunResults& results) {
    const auto base_t = sim::group_base_t(group, results);
    if (group.targets.empty() || base_t.empty()) return {};
    PathwaySeries series{
        group.name, "Implied Target|Kyoto Gases", "Mt CO2-equiv/yr", SeriesKind::mean_only, {}};
    double mean_t = 0.0;
    for (const double t : base_t) mean_t += t / static_cast<double>(base_t.size());
    for (std::size_t year = 0; year < results.years; ++year) {
        const auto level =
            sim::group_level_mt(group, mean_t, results.calendar.first_year() + static_cast<int>(year));
        if (!level) return {};
        series.years.push_back({*level, 0.0, 0.0, 0.0});
    }
    return {series};
}

PathwaySeries group_people(const scenarios::BuiltWorld& built, const sim::PlaceGroup& group,
                           const sim::RunResults& results) {
    PathwaySeries series{group.name, "Population", "million", SeriesKind::mean_only, {}};
    for (std::size_t year = 0; year < results.years; ++year) {
        double people = 0.0;
        for (const std::uint32_t place : group.places) {
            const sim::PlaceInputs& inputs = built.world.places[place];
            people +=
                inputs.population * by_year_value(built.world.countries[inputs.country].population_factor,
                                                  results.calendar, year);
        }
        series.years.push_back({people / million, 0.0, 0.0, 0.0});
    }
    return series;
}

PathwaySeries group_commitment(const sim::PlaceGroup& group, const sim::RunResults& results,
                               MemberValues keep) {
    PathwaySeries series{group.name, "Commitment|Share of Places", "%", SeriesKind::summary, {}};
    const auto members = static_cast<std::size_t>(results.members);
    std::vector<double> share(members);
    Summarizer summarizer;
    for (std::size_t year = 0; year < results.years; ++year) {
        for (std::size_t m = 0; m < members; ++m) {
            double committed = 0.0;
            for (const std::uint32_t place : group.places) {
                const std::uint16_t step =
                    results.stage_step[results.stage_at(sim::Stage::committed, place, m)];
                const bool by_then =
                    step != sim::never_step && year_offset(results.calendar, step) <= static_cast<int>(year);
                committed += by_then ? 1.0 : 0.0;
            }
            share[m] = percent * committed / static_cast<double>(group.places.size());
        }
        series.years.push_back(summarizer.summarize(std::span<const double>(share)));
        if (keep == MemberValues::keep)
            series.members.insert(series.members.end(), share.begin(), share.end());
    }
    return series;
}

/// Whether a tie lives in some month of a calendar year.
bool lives_in(const scenarios::Link& link, int year) {
    return link.from < sim::make_month(year + 1, 1) && sim::make_month(year, 1) < link.to;
}

}  // namespace

std::vector<PathwaySeries> build_group_series(const scenarios::BuiltWorld& built,
                                              const sim::RunResults& results, MemberValues keep) {
    std::vector<PathwaySeries> out;
    for (const sim::PlaceGroup& group : built.groups) {
        if (group.places.empty()) continue;
        if (!results.keeps_members()) {
            out.push_back(group_people(built, group, results));
            continue;
        }
        out.push_back(group_emissions(group, results, keep));
        for (auto& series : implied_level(group, results)) out.push_back(std::move(series));
        out.push_back(group_people(built, group, results));
        out.push_back(group_commitment(group, results, keep));
    }
    return out;
}

std::vector<PathwaySeries> build_partnership_series(const scenarios::BuiltWorld& built,
                                                    const sim::RunResults& results) {
    std::vector<PathwaySeries> out;
    const std::size_t countries = built.world.countries.size();
    const auto add = [&](const char* variable, const std::string& layer) {
        std::vector<double> count((countries + 1) * results.years, 0.0);
        for (const scenarios::Link& link : built.links) {
            if (link.layer != layer) continue;
            const std::size_t a = built.world.places[link.a].country, b = built.world.places[link.b].country;
            for (std::size_t year = 0; year < results.years; ++year) {
                if (!lives_in(link, results.calendar.first_year() + static_cast<int>(year))) continue;
                count[year] += 1.0;
                count[(a + 1) * results.years + year] += 1.0;
                if (a != b) count[(b + 1) * results.years + year] += 1.0;
            }
        }
        for (std::size_t c = 0; c <= countries; ++c) {
            const std::string region =
                c == 0 ? std::string(all_countries_region) : built.country_names[c - 1];
            PathwaySeries series{region, variable, "ties", SeriesKind::mean_only, {}};
            double sum = 0.0;
            for (std::size_t year = 0; year < results.years; ++year) {
                series.years.push_back({count[c * results.years + year], 0.0, 0.0, 0.0});
                sum += count[c * results.years + year];
            }
            if (sum > 0.0) out.push_back(std::move(series));
        }
    };
    add("SDG|17|Live Partnerships", "collaboration");
    add("SDG|17|Contacts of Events", "contacts");
    return out;
}

}  // namespace domino::viz
