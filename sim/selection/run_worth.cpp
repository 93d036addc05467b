#include "sim/selection/run_worth.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace domino::sim {
namespace {

std::size_t last_year(const Worth& worth, const RunResults& results) {
    const int first = results.calendar.first.year();
    const int index = worth.until - first;
    if (index < 0 || static_cast<std::size_t>(index) >= results.years)
        throw std::invalid_argument("what a run is worth is counted to a whole year of it");
    return static_cast<std::size_t>(index);
}

MemberValues emissions_t(const RunResults& results, std::size_t last) {
    MemberValues sum(static_cast<std::size_t>(results.members), 0.0);
    for (std::size_t c = 0; c < results.countries; ++c) {
        for (std::size_t y = 0; y <= last; ++y) {
            for (std::size_t m = 0; m < sum.size(); ++m) sum[m] += results.national_total_t(c, y, m);
        }
    }
    return sum;
}

MemberValues committed(const RunResults& results, std::size_t last) {
    MemberValues sum(static_cast<std::size_t>(results.members), 0.0);
    for (std::size_t c = 0; c < results.countries; ++c) {
        for (std::size_t m = 0; m < sum.size(); ++m)
            sum[m] += results.committed_places[results.country_year(c, last, m)];
    }
    return sum;
}

/// One target a country and year.
std::vector<const Target*> counted(const Worth& worth) {
    std::map<std::pair<std::uint16_t, int>, const Target*> chosen;
    for (const Target& target : *worth.targets) {
        if (target.target_year > worth.until) continue;
        if (assess(target, *worth.world, *worth.without, worth.without).status != TargetStatus::assessed)
            continue;
        const auto [at, added] = chosen.emplace(std::pair(target.country, target.target_year), &target);
        if (!added && target.conditionality == Conditionality::unconditional &&
            at->second->conditionality != Conditionality::unconditional)
            at->second = &target;
    }
    std::vector<const Target*> targets;
    for (const auto& [where, target] : chosen) targets.push_back(target);
    return targets;
}

MemberValues gap_mt(const Worth& worth, const RunResults& results) {
    MemberValues sum(static_cast<std::size_t>(results.members), 0.0);
    for (const Target* target : counted(worth)) {
        const TargetResult assessed = assess(*target, *worth.world, results, worth.without);
        for (std::size_t m = 0; m < sum.size(); ++m) sum[m] += std::max(0.0, assessed.gap_mt[m]);
    }
    return sum;
}

MemberValues difference(const MemberValues& a, const MemberValues& b) {
    MemberValues values(a.size());
    for (std::size_t m = 0; m < a.size(); ++m) values[m] = a[m] - b[m];
    return values;
}

}  // namespace

MemberValues measure_gain(const Worth& worth, const RunResults& results) {
    const std::size_t last = last_year(worth, results);
    if (results.members != worth.without->members)
        throw std::invalid_argument("a gain is measured between the same members");
    switch (worth.aim) {
        case Aim::commitments:
            return difference(committed(results, last), committed(*worth.without, last));
        case Aim::gap:
            return difference(gap_mt(worth, *worth.without), gap_mt(worth, results));
        case Aim::abatement:
            break;
    }
    return difference(emissions_t(*worth.without, last), emissions_t(results, last));
}

std::size_t counted_targets(const Worth& worth) {
    return counted(worth).size();
}

}  // namespace domino::sim
