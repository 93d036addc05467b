#include "sim/credits/project_credits.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "sim/stock_turnover.h"

namespace domino::sim {
namespace {

constexpr double months_per_year = 12.0;

using SectorRow = std::array<double, sector_count>;

/// Sectors in which a technology lowers emissions in a country.
std::array<bool, sector_count> relieved_sectors(const World& world, const InstalledProject& project) {
    std::array<bool, sector_count> relieved{};
    const std::uint16_t country = world.places[project.place].country;
    for (const TechnologyEffect& e : world.technologies[project.technology].countries[country].effects) {
        if (e.direct_t_per_unit_year > 0.0 || e.electricity_kwh_per_unit_year > 0.0)
            relieved[index(e.sector)] = true;
    }
    return relieved;
}

std::size_t touched_year(const World& world, std::size_t year) {
    return static_cast<std::size_t>(world.calendar.first_year() - world.calendar.first.year()) + year;
}

/// What of a place's reductions in one year no project has been credited with yet.
struct Remaining {
    SectorRow sectors{};
    double total = 0.0;
};

Remaining all_of(const World& world, const PlaceReductions& reductions, std::size_t year) {
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    Remaining out;
    for (std::size_t s = 0; s < sector_count; ++s) {
        const double reduction = reductions[s * years + touched_year(world, year)];
        out.sectors[s] = std::max(0.0, reduction);
        out.total += reduction;
    }
    out.total = std::max(0.0, out.total);
    return out;
}

/// Takes at most `wanted` from the sectors a project relieves and returns what was there.
double take(Remaining& remaining, const std::array<bool, sector_count>& relieved, double wanted) {
    double available = 0.0;
    for (std::size_t s = 0; s < sector_count; ++s) available += relieved[s] ? remaining.sectors[s] : 0.0;
    const double taken = std::min({wanted, available, remaining.total});
    if (!(taken > 0.0)) return 0.0;
    for (std::size_t s = 0; s < sector_count; ++s) {
        if (relieved[s])
            remaining.sectors[s] = std::max(0.0, remaining.sectors[s] * (1.0 - taken / available));
    }
    remaining.total = std::max(0.0, remaining.total - taken);
    return taken;
}

}  // namespace

std::vector<double> monitored_by_year(const World& world, const InstalledProject& project) {
    const Technology& technology = world.technologies[project.technology];
    const auto credited_months = static_cast<int>(technology.jcm_credit_years * months_per_year + 0.5);
    std::vector<double> yearly(static_cast<std::size_t>(world.calendar.years()), 0.0);
    for (std::size_t y = 0; y < yearly.size(); ++y) {
        const int january = make_month(world.calendar.first_year() + static_cast<int>(y), 1).value;
        const int from = std::max(january, project.installed.value);
        const int to = std::min(january + 12, project.installed.value + credited_months);
        for (int month = from; month < to; ++month) {
            const double age = (month - project.installed.value + 0.5) / months_per_year;
            yearly[y] += project.annual_reduction_t / months_per_year *
                         erlang_survival(technology.erlang_stages, technology.lifetime_years, age);
        }
    }
    return yearly;
}

std::vector<ProjectCredits> credit_projects(const World& world, std::span<const InstalledProject> projects,
                                            std::span<const PlaceReductions* const> reductions) {
    const auto years = static_cast<std::size_t>(world.calendar.years());
    std::vector<ProjectCredits> credits;
    std::map<std::pair<std::uint32_t, std::size_t>, Remaining> remaining;
    for (std::size_t n = 0; n < projects.size(); ++n) {
        ProjectCredits project{monitored_by_year(world, projects[n]), std::vector<double>(years, 0.0)};
        const auto relieved = relieved_sectors(world, projects[n]);
        for (std::size_t y = 0; y < years; ++y) {
            if (!(project.monitored_t[y] > 0.0)) continue;
            const auto [at, fresh] = remaining.try_emplace({projects[n].place, y});
            if (fresh) at->second = all_of(world, *reductions[n], y);
            project.credited_t[y] = take(at->second, relieved, project.monitored_t[y]);
        }
        credits.push_back(std::move(project));
    }
    return credits;
}

double largest_excess(const World& world, std::span<const InstalledProject> projects,
                      std::span<const PlaceReductions* const> reductions,
                      std::span<const ProjectCredits> credits) {
    struct Sum {
        double credited = 0.0;
        double allowed = 0.0;
    };
    std::map<std::pair<std::uint32_t, std::size_t>, Sum> places;
    std::map<std::tuple<std::uint32_t, std::uint16_t, std::size_t>, Sum> technologies;
    for (std::size_t n = 0; n < projects.size(); ++n) {
        const auto relieved = relieved_sectors(world, projects[n]);
        for (std::size_t y = 0; y < credits[n].credited_t.size(); ++y) {
            const double credited = credits[n].credited_t[y];
            if (credited == 0.0) continue;
            const Remaining all = all_of(world, *reductions[n], y);
            Sum& place = places[{projects[n].place, y}];
            place.credited += credited;
            place.allowed = all.total;
            Sum& technology = technologies[{projects[n].place, projects[n].technology, y}];
            technology.credited += credited;
            technology.allowed = 0.0;
            for (std::size_t s = 0; s < sector_count; ++s)
                technology.allowed += relieved[s] ? all.sectors[s] : 0.0;
        }
    }
    double largest = 0.0;
    const auto look = [&](const Sum& sum) {
        if (sum.credited > sum.allowed)
            largest = std::max(largest, (sum.credited - sum.allowed) / sum.credited);
    };
    for (const auto& [key, sum] : places) look(sum);
    for (const auto& [key, sum] : technologies) look(sum);
    return largest;
}

}  // namespace domino::sim
