#include "sim/target_account.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace domino::sim {
namespace {

constexpr double t_per_mt = 1e6;

std::optional<double> value_in(const std::vector<std::pair<int, double>>& series, int year) {
    for (const auto& [known, value] : series) {
        if (known == year) return value;
    }
    return std::nullopt;
}

}  // namespace

TargetAccount::TargetAccount(const Target& target, const World& world, const RunResults& results)
    : target_(target), country_(world.countries[target.country]), results_(results) {
    rebase();
}

std::optional<double> TargetAccount::base_level_mt() const {
    if (target_.reference_level_mt) return target_.reference_level_mt;
    return own_base_mt();
}

bool TargetAccount::covers(int year) const {
    const Calendar& calendar = results_.calendar;
    if (year < calendar.first_year() || year > calendar.last_year()) return false;
    return !fiscal() || make_month(year + 1, country_.fiscal_year_start_month) <= calendar.end();
}

double TargetAccount::simulated_mt(int year, std::size_t member) const {
    const auto y = static_cast<std::size_t>(year - results_.calendar.first_year());
    const std::size_t at = results_.country_year(target_.country, y, member);
    if (counts_part()) return ratio_ * part_t(y, member) / t_per_mt;
    const double gross_t =
        fiscal() ? results_.fiscal_total_t[at] : results_.national_total_t(target_.country, y, member);
    const double land_t = results_.lulucf_t.empty() ? 0.0 : results_.lulucf_t[at];
    if (target_.lulucf == LulucfTreatment::included) return ratio_ * (gross_t + land_t) / t_per_mt;
    if (target_.lulucf == LulucfTreatment::gross_net) return (ratio_ * gross_t + land_t) / t_per_mt;
    return ratio_ * gross_t / t_per_mt;
}

std::optional<double> TargetAccount::known_mt(int year, std::size_t member) const {
    if (covers(year)) return simulated_mt(year, member);
    const auto observed = observed_mt(year);
    return observed ? std::optional<double>(ratio_ * *observed) : std::nullopt;
}

double TargetAccount::peak_mt(int year, std::size_t member) const {
    double peak = 0.0;
    for (const auto& [known, value] : target_.history_mt) {
        if (known < results_.calendar.first_year() && known <= year) {
            peak = std::max(peak, ratio_ * observed_mt(known).value_or(0.0));
        }
    }
    for (int y = results_.calendar.first_year(); y <= year; ++y) {
        if (covers(y)) peak = std::max(peak, simulated_mt(y, member));
    }
    return peak;
}

bool TargetAccount::fiscal() const {
    return target_.year_basis == YearBasis::fiscal && !results_.fiscal_total_t.empty();
}

/// Emissions of the sectors a sectoral target counts, in a calendar year.
double TargetAccount::part_t(std::size_t year, std::size_t member) const {
    double sum = 0.0;
    for (const Sector s : target_.sectors)
        sum += results_.sector_t[results_.sector_at(target_.country, s, year, member)];
    for (const RemainderPart part : target_.remainder_parts)
        sum += results_.remainder_t[results_.remainder_at(target_.country, part, year, member)];
    return sum;
}

/// The run's inventory of an observed year, land use in it where the target includes it.
std::optional<double> TargetAccount::observed_mt(int year) const {
    const auto gross = value_in(target_.history_mt, year);
    if (!gross || target_.lulucf != LulucfTreatment::included) return gross;
    const auto land = value_in(target_.lulucf_history_mt, year);
    return land ? std::optional<double>(*gross + *land) : std::nullopt;
}

std::optional<double> TargetAccount::own_base_mt() const {
    return target_.base_year ? observed_mt(*target_.base_year) : std::nullopt;
}

void TargetAccount::rebase() {
    const bool reference_is_base_year = target_.type == TargetType::base_year ||
                                        target_.type == TargetType::intensity ||
                                        target_.type == TargetType::sectoral;
    const auto own = own_base_mt();
    if (!reference_is_base_year || !own || *own <= 0.0) return;
    ratio_year_ = *target_.base_year;
    if (target_.reference_level_mt) ratio_ = *target_.reference_level_mt / *own;
}

}  // namespace domino::sim
