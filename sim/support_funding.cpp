#include "sim/support_funding.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace domino::sim {
namespace {

/// Months of a window that fall into a calendar year of the run.
double months_in_year(const World& world, const SupportWindow& w, int year) {
    const int from = std::max({w.from.value, make_month(year, 1).value, world.calendar.first.value});
    const int to = std::min({w.to.value, make_month(year + 1, 1).value, world.calendar.end().value});
    return std::max(0, to - from);
}

SupportLevel level_of(const SupportWindow& window, std::size_t technologies) {
    SupportLevel level;
    level.policy_dialogue = window.channels.policy_dialogue;
    level.capacity_building = window.channels.capacity_building;
    level.adoption = level.capacity_building;
    if (window.technologies.empty()) return level;
    level.adoption = 0.0;
    level.technology_adoption.assign(technologies, 0.0);
    for (const std::uint16_t k : window.technologies) level.technology_adoption[k] = level.capacity_building;
    return level;
}

double adoption_of(const SupportLevel& level, std::size_t technology) {
    return level.technology_adoption.empty() ? level.adoption : level.technology_adoption[technology];
}

SupportLevel strongest(const SupportLevel& a, const SupportLevel& b, std::size_t technologies) {
    SupportLevel level;
    level.policy_dialogue = std::max(a.policy_dialogue, b.policy_dialogue);
    level.capacity_building = std::max(a.capacity_building, b.capacity_building);
    level.adoption = std::max(a.adoption, b.adoption);
    if (a.technology_adoption.empty() && b.technology_adoption.empty()) return level;
    for (std::size_t k = 0; k < technologies; ++k)
        level.technology_adoption.push_back(std::max(adoption_of(a, k), adoption_of(b, k)));
    return level;
}

/// The place's level once a window joins it, as an index into the levels.
std::uint8_t joined(std::uint8_t now, const SupportLevel& window, PreparedWorld& prepared) {
    auto& levels = prepared.support_levels;
    const SupportLevel level = now == 0 ? window : strongest(levels[now], window, prepared.technologies);
    const auto known = std::find(levels.begin() + 1, levels.end(), level);
    if (known != levels.end()) return static_cast<std::uint8_t>(known - levels.begin());
    constexpr std::size_t most_levels = 255;
    if (levels.size() > most_levels)
        throw std::invalid_argument(
            "world: support windows meet in more than 255 combinations of intensities");
    levels.push_back(level);
    return static_cast<std::uint8_t>(levels.size() - 1);
}

void mark_supported(const World& world, const SupportWindow& window, int year, PreparedWorld& prepared) {
    const SupportLevel level = level_of(window, prepared.technologies);
    for (int t = 0; t < prepared.steps; ++t) {
        const Month month = world.calendar.month(t);
        if (month.year() != year || month < window.from || window.to <= month) continue;
        std::uint8_t& cell = prepared.supported[static_cast<std::size_t>(t) * prepared.places + window.place];
        cell = joined(cell, level, prepared);
    }
}

}  // namespace

void fund_support(const World& world, PreparedWorld& prepared) {
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    prepared.supported.assign(static_cast<std::size_t>(prepared.steps) * prepared.places, 0);
    prepared.support_levels.assign(1, SupportLevel{});
    prepared.programme_spent_jpy.assign(world.programmes.size() * years, 0.0);
    prepared.support_year_share.assign(world.support.size() * years, 0.0);
    std::vector<std::size_t> order(world.support.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const SupportWindow& x = world.support[a];
        const SupportWindow& y = world.support[b];
        return std::pair(x.from, world.places[x.place].key) < std::pair(y.from, world.places[y.place].key);
    });
    for (std::size_t y = 0; y < years; ++y) {
        const int year = world.calendar.first.year() + static_cast<int>(y);
        for (const std::size_t w : order) {
            const SupportWindow& window = world.support[w];
            const double share = months_in_year(world, window, year) / 12.0;
            if (share == 0.0) continue;
            double& spent = prepared.programme_spent_jpy[window.programme * years + y];
            const double cost = window.cost_jpy_per_year * share;
            // Windows that use up a budget exactly must not fail on the rounding of their sum.
            constexpr double rounding = 1.0 + 1e-12;
            if (spent + cost > world.programmes[window.programme].budget_jpy[y] * rounding) continue;
            spent += cost;
            prepared.support_year_share[w * years + y] = share;
            mark_supported(world, window, year, prepared);
        }
    }
}

}  // namespace domino::sim
