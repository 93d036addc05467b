#include "sim/selection/gain_meter.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace domino::sim {
namespace {

std::size_t year_of_run(int until, const RunResults& results) {
    const int index = until - results.calendar.first.year();
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

std::vector<const Target*> one_a_country_and_year(const std::vector<Target>& targets, int until,
                                                  const World& world, const RunResults& without) {
    std::map<std::pair<std::uint16_t, int>, const Target*> chosen;
    for (const Target& target : targets) {
        if (target.target_year > until) continue;
        if (assess(target, world, without, &without).status != TargetStatus::assessed) continue;
        const auto [at, added] = chosen.emplace(std::pair(target.country, target.target_year), &target);
        if (!added && target.conditionality == Conditionality::unconditional &&
            at->second->conditionality != Conditionality::unconditional)
            at->second = &target;
    }
    std::vector<const Target*> counted;
    for (const auto& [where, target] : chosen) counted.push_back(target);
    return counted;
}

}  // namespace

GainMeter::GainMeter(Aim aim, int until, const World& world, const std::vector<Target>& targets,
                     const RunResults& without)
    : aim_(aim), last_(year_of_run(until, without)), world_(world), without_(without) {
    if (aim == Aim::gap) counted_ = one_a_country_and_year(targets, until, world, without);
    measured_without_ = measure(without);
}

MemberValues GainMeter::gain(const RunResults& results) const {
    if (results.members != without_.members)
        throw std::invalid_argument("a gain is measured between the same members");
    MemberValues gains = measure(results);
    for (std::size_t m = 0; m < gains.size(); ++m) {
        gains[m] =
            aim_ == Aim::commitments ? gains[m] - measured_without_[m] : measured_without_[m] - gains[m];
    }
    return gains;
}

MemberValues GainMeter::measure(const RunResults& results) const {
    switch (aim_) {
        case Aim::commitments:
            return committed(results, last_);
        case Aim::gap:
            return gap_mt(results);
        case Aim::abatement:
            break;
    }
    return emissions_t(results, last_);
}

MemberValues GainMeter::gap_mt(const RunResults& results) const {
    MemberValues sum(static_cast<std::size_t>(results.members), 0.0);
    for (const Target* target : counted_) {
        const TargetResult assessed = assess(*target, world_, results, &without_);
        for (std::size_t m = 0; m < sum.size(); ++m) sum[m] += std::max(0.0, assessed.gap_mt[m]);
    }
    return sum;
}

}  // namespace domino::sim
