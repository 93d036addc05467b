#include "sim/targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "sim/credits/target_adjustment.h"
#include "sim/target_account.h"

namespace domino::sim {
namespace {

std::string missing_bau(const Target& target, bool has_reference) {
    if (target.bau == BauLevel::reference_run)
        return has_reference ? "" : "its business as usual is the reference run's, and the run has none";
    return target.reference_level_mt ? "" : "its business-as-usual level is not stated";
}

/// Whether emissions are held against tonnes as they stand, with nothing to re-base them by.
bool counts_a_level(const Target& target) {
    return target.type == TargetType::fixed_level || target.type == TargetType::trajectory ||
           target.type == TargetType::budget;
}

/// Why a target cannot be assessed whatever the run gives; empty when nothing stands in the way.
std::string obstacle(const Target& target, const TargetAccount& account, bool has_reference) {
    const bool cumulative = target.period_start.has_value();
    const bool levels = target.level_low_mt || target.level_high_mt;
    switch (target.type) {
        case TargetType::unknown:
            return "the number of the target was not found";
        case TargetType::sectoral:
            if (target.sectors.empty() && target.remainder_parts.empty()) return "it covers one sector only";
            if (target.year_basis == YearBasis::fiscal) return "its sector is known by calendar year only";
            [[fallthrough]];
        case TargetType::base_year:
            if (!account.base_level_mt() && !levels) {
                return target.base_year
                           ? fmt::format("no inventory is known for its base year {}", *target.base_year)
                           : "it names no base year";
            }
            break;
        case TargetType::bau:
            if (const auto missing = missing_bau(target, has_reference); !missing.empty() && !levels)
                return missing;
            break;
        case TargetType::intensity:
            if (!target.base_year) return "it names no base year";
            if (!account.base_level_mt()) {
                return fmt::format("no inventory is known for its base year {}", *target.base_year);
            }
            if (!target.reference_gdp_musd || *target.reference_gdp_musd <= 0.0) {
                return fmt::format("no GDP is known for its base year {}", *target.base_year);
            }
            break;
        case TargetType::absolute_reduction:
            if (target.bau == BauLevel::stated && !target.reference_level_mt && !levels)
                return "the level it reduces from is not stated";
            if (const auto missing = missing_bau(target, has_reference); !missing.empty() && !levels)
                return missing;
            break;
        case TargetType::budget:
            if (!cumulative) return "the period of the budget is not stated";
            break;
        case TargetType::trajectory:
            if (target.start_level_mt && !cumulative) return "the first year of the trajectory is not stated";
            break;
        case TargetType::fixed_level:
        case TargetType::peak_minus:
            break;
    }
    if (target.gases == "CO2" && counts_a_level(target) && !target.reference_level_mt)
        return "it counts CO2 alone and states no level to re-base by";
    const bool value = target.value_low || target.value_high;
    if (!value && !levels) return "the number of the target was not found";
    return {};
}

/// Lenient and strict level of one member.
struct Levels {
    double low = 0.0, high = 0.0;
};

class Assessment {
 public:
    Assessment(const Target& target, const World& world, const RunResults& results,
               const RunResults* reference)
        : target_(target),
          country_(world.countries[target.country]),
          results_(results),
          account_(target, world, results),
          accounting_(world.credit_accounting) {
        if (reference != nullptr && target.bau == BauLevel::reference_run)
            business_as_usual_.emplace(target, world, *reference);
    }

    TargetResult run() {
        TargetResult out;
        out.rebase_ratio = account_.ratio();
        out.ratio_year = account_.ratio_year();
        out.reason = obstacle(target_, account_, business_as_usual_.has_value());
        if (out.reason.empty()) out.reason = year_obstacle();
        if (!out.reason.empty()) return out;
        out.status = TargetStatus::assessed;
        const auto members = static_cast<std::size_t>(results_.members);
        double met = 0.0, met_strictly = 0.0;
        const auto period = adjustment_period();
        for (std::size_t m = 0; m < members; ++m) {
            const auto levels = levels_of(m);
            if (!levels) {
                out = TargetResult{};
                out.reason = "its level cannot be computed from what was filed";
                return out;
            }
            const double emissions = emissions_mt(m);
            out.emissions_mt.push_back(emissions);
            out.gap_mt.push_back(emissions - levels->high);
            out.level_low_mt += levels->low / static_cast<double>(members);
            out.level_high_mt += levels->high / static_cast<double>(members);
            if (meets(m, emissions, levels->high)) met += 1.0;
            if (meets(m, emissions, levels->low)) met_strictly += 1.0;
            out.cumulative_gap_mt += excess_mt(m, levels->high) / static_cast<double>(members);
            if (period) adjust(*period, m, emissions, *levels, out);
        }
        settle_constant_levels(out);
        out.probability = members > 0 ? met / static_cast<double>(members) : 0.0;
        out.probability_low = members > 0 ? met_strictly / static_cast<double>(members) : 0.0;
        if (period) {
            out.probability_adjusted /= static_cast<double>(members);
            out.probability_adjusted_low /= static_cast<double>(members);
        }
        return out;
    }

 private:
    bool cumulative() const { return counts_over_period(target_); }

    /// The years whose credits adjust the target; nullopt where credits are off.
    std::optional<NdcPeriod> adjustment_period() const {
        // Credits adjust a country's balance, not a sector's nor each year of a line.
        if (results_.credits.empty() || target_.type == TargetType::sectoral || is_line())
            return std::nullopt;
        if (cumulative()) return NdcPeriod{*target_.period_start, target_.target_year};
        for (const NdcPeriod& period : accounting_.periods) {
            if (period.contains(target_.target_year))
                return NdcPeriod{period.first_year, target_.target_year};
        }
        return std::nullopt;
    }

    double adjustment_mt(int first, int last, std::size_t member) const {
        return summed_adjustment_mt(results_.credits, results_.calendar, target_.country, first, last,
                                    member);
    }

    /// Balance and chance with corresponding adjustments: period targets by their sum, single-year ones by
    /// the average or against the sum of a trajectory.
    void adjust(const NdcPeriod& period, std::size_t member, double emissions, const Levels& levels,
                TargetResult& out) const {
        const bool trajectory = !cumulative() && accounting_.method == AdjustmentMethod::trajectory;
        double added = adjustment_mt(period.first_year, period.last_year, member);
        if (!cumulative() && !trajectory) added /= period.years();
        if (trajectory) {
            const double in_year = adjustment_mt(period.last_year, period.last_year, member);
            out.balance_mt.push_back(emissions + in_year);
            if (path_excess_mt(period, member, levels.high) + added <= 0.0) out.probability_adjusted += 1.0;
            if (path_excess_mt(period, member, levels.low) + added <= 0.0)
                out.probability_adjusted_low += 1.0;
            return;
        }
        out.balance_mt.push_back(emissions + added);
        if (out.balance_mt.back() <= levels.high) out.probability_adjusted += 1.0;
        if (out.balance_mt.back() <= levels.low) out.probability_adjusted_low += 1.0;
    }

    /// Emissions of a period less those of the straight line to the level, Mt CO2e; below zero is better.
    double path_excess_mt(const NdcPeriod& period, std::size_t member, double level) const {
        const int start = std::max(country_.base_year, results_.calendar.first_year());
        if (!account_.covers(start) || start >= period.last_year)
            return account_.simulated_mt(period.last_year, member) - level;
        const double from = account_.simulated_mt(start, member);
        double excess = 0.0;
        for (int year = std::max(start + 1, period.first_year); year <= period.last_year; ++year) {
            const double share = static_cast<double>(year - start) / (period.last_year - start);
            excess += account_.simulated_mt(year, member) - (from + share * (level - from));
        }
        return excess;
    }

    std::string year_obstacle() const {
        if (!account_.covers(target_.target_year)) {
            return fmt::format("the run does not cover {}{}",
                               target_.year_basis == YearBasis::fiscal ? "fiscal year " : "",
                               target_.target_year);
        }
        if (!cumulative() && !is_line()) return {};
        for (int year = *target_.period_start; year <= target_.target_year; ++year) {
            if (!account_.known_mt(year, 0)) {
                return fmt::format("no emissions are known for {}, which its period counts", year);
            }
        }
        return {};
    }

    bool is_line() const { return target_.type == TargetType::trajectory && target_.start_level_mt; }

    /// Level of a trajectory in a year of its period, linear from its start to `level` in the target year.
    double line_mt(int year, double level) const {
        const int start = *target_.period_start;
        const double share = target_.target_year > start
                                 ? static_cast<double>(year - start) / (target_.target_year - start)
                                 : 1.0;
        return *target_.start_level_mt + share * (level - *target_.start_level_mt);
    }

    bool meets(std::size_t member, double emissions, double level) const {
        if (!is_line()) return emissions <= level;
        for (int year = *target_.period_start; year <= target_.target_year; ++year) {
            if (account_.known_mt(year, member).value_or(0.0) > line_mt(year, level)) return false;
        }
        return true;
    }

    /// Emissions a target counts: those of its year, or of its period together.
    double counted_mt(const TargetAccount& account, std::size_t member) const {
        if (!cumulative()) return account.simulated_mt(target_.target_year, member);
        double sum = 0.0;
        for (int year = *target_.period_start; year <= target_.target_year; ++year) {
            sum += account.known_mt(year, member).value_or(0.0);
        }
        return sum;
    }

    double emissions_mt(std::size_t member) const { return counted_mt(account_, member); }

    std::optional<double> level_of(std::optional<double> value, std::size_t member) const {
        if (!value) return std::nullopt;
        Target filed = target_;
        filed.reference_level_mt = uses_base_year() ? account_.base_level_mt() : target_.reference_level_mt;
        const auto y = static_cast<std::size_t>(target_.target_year - results_.calendar.first_year());
        const std::size_t at = results_.country_year(target_.country, y, member);
        const auto gdp =
            results_.gdp_musd.empty() ? std::nullopt : std::optional<double>(results_.gdp_musd[at]);
        const auto bau = business_as_usual_ ? std::optional<double>(counted_mt(*business_as_usual_, member))
                                            : std::nullopt;
        return target_level_mt(filed, *value, gdp, bau, account_.peak_mt(target_.target_year, member));
    }

    std::optional<Levels> levels_of(std::size_t member) const {
        auto first = level_of(target_.value_low ? target_.value_low : target_.value_high, member);
        auto second = level_of(target_.value_high ? target_.value_high : target_.value_low, member);
        if (!first || !second) {
            first = target_.level_low_mt ? target_.level_low_mt : target_.level_high_mt;
            second = target_.level_high_mt ? target_.level_high_mt : target_.level_low_mt;
        }
        if (!first || !second) return std::nullopt;
        return Levels{std::min(*first, *second), std::max(*first, *second)};
    }

    bool uses_base_year() const {
        return target_.type == TargetType::base_year || target_.type == TargetType::intensity ||
               target_.type == TargetType::sectoral;
    }

    /// Excess over the straight line from the last observed year to the level, years above it only.
    double excess_mt(std::size_t member, double level) const {
        if (cumulative()) return std::max(0.0, emissions_mt(member) - level);
        if (is_line()) {
            double excess = 0.0;
            for (int year = *target_.period_start; year <= target_.target_year; ++year) {
                excess += std::max(0.0, account_.known_mt(year, member).value_or(0.0) - line_mt(year, level));
            }
            return excess;
        }
        const int start = std::max(country_.base_year, results_.calendar.first_year());
        if (!account_.covers(start) || start >= target_.target_year) {
            return std::max(0.0, emissions_mt(member) - level);
        }
        const double from = account_.simulated_mt(start, member);
        double excess = 0.0;
        for (int year = start + 1; year <= target_.target_year; ++year) {
            const double share = static_cast<double>(year - start) / (target_.target_year - start);
            excess += std::max(0.0, account_.simulated_mt(year, member) - (from + share * (level - from)));
        }
        return excess;
    }

    /// A level that is the same in every member is reported as it is, not as a rounded mean.
    void settle_constant_levels(TargetResult& out) const {
        if (target_.type == TargetType::intensity || target_.type == TargetType::peak_minus) return;
        if (target_.bau == BauLevel::reference_run) return;
        if (const auto levels = levels_of(0); levels && !out.gap_mt.empty()) {
            out.level_low_mt = levels->low;
            out.level_high_mt = levels->high;
        }
    }

    const Target& target_;
    const Country& country_;
    const RunResults& results_;
    TargetAccount account_;
    const CreditAccounting& accounting_;
    std::optional<TargetAccount> business_as_usual_;  ///< the reference run, where it is business as usual
};

}  // namespace

std::optional<double> target_level_mt(const Target& target, double value,
                                      std::optional<double> gdp_target_year_musd,
                                      std::optional<double> bau_target_year_mt,
                                      std::optional<double> peak_mt) {
    const auto reference = target.reference_level_mt;
    const auto bau = reference ? reference : bau_target_year_mt;
    switch (target.type) {
        case TargetType::base_year:
        case TargetType::sectoral:
            if (reference) return (1.0 - value) * *reference;
            break;
        case TargetType::bau:
            if (bau) return (1.0 - value) * *bau;
            break;
        case TargetType::intensity:
            if (reference && gdp_target_year_musd && target.reference_gdp_musd &&
                *target.reference_gdp_musd > 0.0) {
                return (1.0 - value) * (*reference / *target.reference_gdp_musd) * *gdp_target_year_musd;
            }
            break;
        case TargetType::fixed_level:
        case TargetType::trajectory:
        case TargetType::budget:
            return value;
        case TargetType::absolute_reduction:
            if (bau) return *bau - value;
            break;
        case TargetType::peak_minus:
            if (peak_mt) return value < 1.0 ? (1.0 - value) * *peak_mt : *peak_mt - value;
            break;
        case TargetType::unknown:
            break;
    }
    return std::nullopt;
}

bool counts_over_period(const Target& target) {
    return target.period_start && (target.type == TargetType::budget || target.type == TargetType::bau ||
                                   target.type == TargetType::absolute_reduction);
}

TargetResult assess(const Target& target, const World& world, const RunResults& results,
                    const RunResults* reference) {
    return Assessment(target, world, results, reference).run();
}

}  // namespace domino::sim
