#include "sim/group_targets.h"

#include <algorithm>
#include <string>

namespace domino::sim {

namespace {

constexpr double t_per_mt = 1e6;

bool in_run(const RunResults& results, int year) {
    return year >= results.calendar.first_year() && year <= results.calendar.last_year();
}

TargetResult not_assessable(std::string reason) {
    TargetResult result;
    result.reason = std::move(reason);
    return result;
}

/// Mean yearly excess over the straight line from the base year to the level, from the run's first year on.
double cumulative_gap_mt(const PlaceGroup& group, const ImpliedTarget& target, const RunResults& results,
                         const std::vector<double>& base_t) {
    PlaceGroup line = group;
    line.targets = {target};
    double sum = 0.0;
    for (int year = std::max(group.base_year + 1, results.calendar.first_year()); year <= target.year;
         ++year) {
        const auto emissions_t = group_emissions_t(group, results, year);
        for (std::size_t m = 0; m < emissions_t.size(); ++m) {
            const auto level = group_level_mt(line, base_t[m], year);
            if (level) sum += std::max(0.0, emissions_t[m] / t_per_mt - *level);
        }
    }
    return sum / static_cast<double>(results.members);
}

}  // namespace

std::vector<double> group_emissions_t(const PlaceGroup& group, const RunResults& results, int year) {
    const auto offset = static_cast<std::size_t>(year - results.calendar.first_year());
    std::vector<double> sum(static_cast<std::size_t>(results.members), 0.0);
    for (const std::uint32_t place : group.places) {
        for (std::size_t m = 0; m < sum.size(); ++m) {
            sum[m] += static_cast<double>(results.emissions_t[results.place_year(place, offset, m)]);
        }
    }
    return sum;
}

std::vector<double> group_base_t(const PlaceGroup& group, const RunResults& results) {
    if (in_run(results, group.base_year)) return group_emissions_t(group, results, group.base_year);
    if (group.base_factor.size() != group.places.size()) return {};
    std::vector<double> sum(static_cast<std::size_t>(results.members), 0.0);
    for (std::size_t n = 0; n < group.places.size(); ++n) {
        for (std::size_t m = 0; m < sum.size(); ++m) {
            sum[m] += group.base_factor[n] *
                      static_cast<double>(results.emissions_t[results.place_year(group.places[n], 0, m)]);
        }
    }
    return sum;
}

std::optional<double> group_level_mt(const PlaceGroup& group, double base_t, int year) {
    if (year < group.base_year) return std::nullopt;
    int from = group.base_year;
    double from_t = base_t;
    std::vector<ImpliedTarget> targets = group.targets;
    std::sort(targets.begin(), targets.end(), [](const auto& a, const auto& b) { return a.year < b.year; });
    for (const ImpliedTarget& target : targets) {
        const double to_t = (1.0 - target.reduction) * base_t;
        if (year <= target.year) {
            const double way = target.year > from ? static_cast<double>(year - from) /
                                                        static_cast<double>(target.year - from)
                                                  : 1.0;
            return (from_t + way * (to_t - from_t)) / t_per_mt;
        }
        from = target.year;
        from_t = to_t;
    }
    return std::nullopt;
}

TargetResult assess_group(const PlaceGroup& group, const ImpliedTarget& target, const RunResults& results) {
    if (group.places.empty()) return not_assessable("no member is among the places of the run");
    if (!results.keeps_members()) return not_assessable("results of places are kept as distributions");
    if (!in_run(results, target.year)) {
        return not_assessable("the run does not reach " + std::to_string(target.year));
    }
    const std::vector<double> base_t = group_base_t(group, results);
    if (base_t.empty()) {
        return not_assessable("no inventory reaches the declared base year " +
                              std::to_string(group.base_year));
    }
    TargetResult result;
    result.status = TargetStatus::assessed;
    int met = 0;
    double level_sum = 0.0;
    const std::vector<double> emissions_t = group_emissions_t(group, results, target.year);
    for (std::size_t m = 0; m < base_t.size(); ++m) {
        const double level_mt = (1.0 - target.reduction) * base_t[m] / t_per_mt;
        const double emissions_mt = emissions_t[m] / t_per_mt;
        level_sum += level_mt;
        result.emissions_mt.push_back(emissions_mt);
        result.gap_mt.push_back(emissions_mt - level_mt);
        if (emissions_mt <= level_mt) ++met;
    }
    const auto members = static_cast<double>(results.members);
    result.level_low_mt = result.level_high_mt = level_sum / members;
    result.probability = result.probability_low = static_cast<double>(met) / members;
    result.cumulative_gap_mt = cumulative_gap_mt(group, target, results, base_t);
    return result;
}

}  // namespace domino::sim
