#include "sim/support_funding.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace domino::sim {
namespace {

/// Months of the run, `to` being the first month after.
struct Months {
    Month from, to;
};

Months year_of(const World& world, std::size_t year) {
    const int y = world.calendar.first.year() + static_cast<int>(year);
    return {make_month(y, 1), make_month(y + 1, 1)};
}

/// Months of a window that fall into months of the run.
double months_within(const World& world, const SupportWindow& w, const Months& part) {
    const int from = std::max({w.from.value, part.from.value, world.calendar.first.value});
    const int to = std::min({w.to.value, part.to.value, world.calendar.end().value});
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
std::uint8_t joined(std::uint8_t now, const SupportLevel& window, FundedSupport& funded) {
    auto& levels = funded.support_levels;
    const SupportLevel level = now == 0 ? window : strongest(levels[now], window, funded.technologies);
    const auto known = std::find(levels.begin() + 1, levels.end(), level);
    if (known != levels.end()) return static_cast<std::uint8_t>(known - levels.begin());
    constexpr std::size_t most_levels = 255;
    if (levels.size() > most_levels)
        throw std::invalid_argument(
            "world: support windows meet in more than 255 combinations of intensities");
    levels.push_back(level);
    return static_cast<std::uint8_t>(levels.size() - 1);
}

/// Marks a place as supported; returns the months of the year, a bit each.
std::uint16_t mark_supported(const World& world, const SupportWindow& window, const Months& part,
                             FundedSupport& funded) {
    const SupportLevel level = level_of(window, funded.technologies);
    unsigned months = 0;
    for (int t = 0; t < funded.steps; ++t) {
        const Month month = world.calendar.month(t);
        if (month < part.from || part.to <= month || month < window.from || window.to <= month) continue;
        std::uint8_t& cell = funded.supported[static_cast<std::size_t>(t) * funded.places + window.place];
        cell = joined(cell, level, funded);
        months |= 1U << (month.month_of_year() - 1);
    }
    return static_cast<std::uint16_t>(months);
}

/// One programme's funding, in the given order of windows.
class ProgrammeFunding {
 public:
    ProgrammeFunding(const World& world, std::uint16_t programme, const std::vector<std::size_t>& order,
                     FundedSupport& funded)
        : world_(world),
          programme_(programme),
          order_(order),
          funded_(funded),
          years_(static_cast<std::size_t>(world.calendar.touched_years())) {}

    void fund_year(std::size_t year) {
        const Programme& programme = world_.programmes[programme_];
        const Months whole = year_of(world_, year);
        const Month change = programme.budget_changes;
        const double budget = programme.budget_jpy[year];
        double spent = 0.0;
        if (whole.from < change && change < whole.to) {
            const Months before{whole.from, change}, rest{change, whole.to};
            spent = fund(year, whole, before, programme.unchanged_budget_jpy, budget);
            spent += fund(year, rest, rest, budget - spent, budget - spent);
        } else {
            spent = fund(year, whole, whole, budget, budget);
        }
        funded_.programme_spent_jpy[programme_ * years_ + year] = spent;
    }

 private:
    /// Decides over some months whom a budget supports, supports them in the first of these, and returns what
    /// that costs.
    /// It never costs more than `most_jpy`.
    double fund(std::size_t year, const Months& decided, const Months& supported, double budget_jpy,
                double most_jpy) {
        double promised = 0.0, spent = 0.0;
        for (const std::size_t w : order_) {
            const SupportWindow& window = world_.support[w];
            if (window.programme != programme_) continue;
            const double share = months_within(world_, window, decided) / 12.0;
            if (share == 0.0) continue;
            const double cost = window.cost_jpy_per_year * share;
            if (promised + cost > budget_jpy * budget_rounding) continue;
            promised += cost;
            const double kept = months_within(world_, window, supported) / 12.0;
            if (spent + window.cost_jpy_per_year * kept > most_jpy * budget_rounding) continue;
            spent += window.cost_jpy_per_year * kept;
            funded_.support_months[w * years_ + year] |= mark_supported(world_, window, supported, funded_);
        }
        return spent;
    }

    const World& world_;
    std::uint16_t programme_;
    const std::vector<std::size_t>& order_;
    FundedSupport& funded_;
    std::size_t years_;
};

/// Support over a step of several months: each activity as intense as in the mean of its months.
class StepSupport {
 public:
    StepSupport(FundedSupport& funded, int months_per_step)
        : funded_(funded), months_(static_cast<std::size_t>(months_per_step)) {}

    void average() {
        for (std::size_t step = 0; step < static_cast<std::size_t>(funded_.steps); step += months_) {
            for (std::size_t place = 0; place < funded_.places; ++place) average_at(step, place);
        }
    }

 private:
    void average_at(std::size_t step, std::size_t place) {
        const auto level_in = [&](std::size_t month) -> std::uint8_t& {
            return funded_.supported[(step + month) * funded_.places + place];
        };
        bool alike = true;
        for (std::size_t n = 1; n < months_; ++n) alike = alike && level_in(n) == level_in(0);
        if (alike) return;
        SupportLevel mean;
        for (std::size_t n = 0; n < months_; ++n) add(funded_.support_levels[level_in(n)], mean);
        const std::uint8_t index = joined(0, mean, funded_);
        for (std::size_t n = 0; n < months_; ++n) level_in(n) = index;
    }

    void add(const SupportLevel& level, SupportLevel& mean) const {
        const double share = 1.0 / static_cast<double>(months_);
        mean.policy_dialogue += share * level.policy_dialogue;
        mean.capacity_building += share * level.capacity_building;
        if (!level.technology_adoption.empty() && mean.technology_adoption.empty())
            mean.technology_adoption.assign(funded_.technologies, mean.adoption);
        mean.adoption += share * level.adoption;
        for (std::size_t k = 0; k < mean.technology_adoption.size(); ++k)
            mean.technology_adoption[k] += share * adoption_of(level, k);
    }

    FundedSupport& funded_;
    std::size_t months_;
};

}  // namespace

FundedSupport fund_support(const World& world) {
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    FundedSupport funded;
    funded.steps = world.calendar.steps;
    funded.places = world.places.size();
    funded.technologies = world.technologies.size();
    funded.supported.assign(static_cast<std::size_t>(funded.steps) * funded.places, 0);
    funded.support_levels.assign(1, SupportLevel{});
    funded.programme_spent_jpy.assign(world.programmes.size() * years, 0.0);
    funded.support_months.assign(world.support.size() * years, 0);
    std::vector<std::size_t> order(world.support.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const SupportWindow& x = world.support[a];
        const SupportWindow& y = world.support[b];
        return std::pair(x.from, world.places[x.place].key) < std::pair(y.from, world.places[y.place].key);
    });
    for (std::uint16_t p = 0; p < world.programmes.size(); ++p) {
        ProgrammeFunding funding(world, p, order, funded);
        for (std::size_t y = 0; y < years; ++y) funding.fund_year(y);
    }
    if (world.calendar.months_per_step > 1) StepSupport(funded, world.calendar.months_per_step).average();
    return funded;
}

std::vector<std::uint16_t> funded_months(const World& world) {
    return fund_support(world).support_months;
}

}  // namespace domino::sim
