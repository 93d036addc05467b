#include "sim/domino_share.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/statistics/sorted_quantile.h"

namespace domino::sim {

namespace {

double sum(std::span<const double> values) {
    double total = 0.0;
    for (const double value : values) {
        total += value;
    }
    return total;
}

/// Counts each member's commitments by the end of a month, those taken as given apart. @p first_member is
/// the number of the ensemble's first member.
void count_commitments(const RunResults& results, std::uint32_t first_member, Month last,
                       std::vector<double>& given, std::vector<double>& attributed) {
    for (const CommitmentEvent& event : results.events) {
        if (results.calendar.month(event.step) <= last) {
            (event.cause == Cause::observed ? given : attributed).at(event.member - first_member) += 1.0;
        }
    }
}

}  // namespace

DominoShare domino_share(const PairedOutcome& outcome, std::uint64_t seed, int replicates) {
    const std::size_t members = outcome.on.size();
    if (members == 0 || outcome.off.size() != members) {
        throw std::invalid_argument("domino_share: as many members are needed without coupling as with it");
    }
    DominoShare result;
    const double total_on = sum(outcome.on);
    const double total_off = sum(outcome.off);
    std::vector<double> totals, shares;
    Resampler resampler(seed);
    for (int replicate = 0; replicate < replicates; ++replicate) {
        double on = 0.0;
        double off = 0.0;
        for (std::size_t draw = 0; draw < members; ++draw) {
            const std::size_t member = resampler.pick(members);
            on += outcome.on[member];
            off += outcome.off[member];
        }
        totals.push_back(on);
        if (on != 0.0) {
            shares.push_back((on - off) / on);
        }
    }
    std::sort(totals.begin(), totals.end());
    if (sorted_quantile(std::span<const double>(totals), 0.05) <= 0.0 &&
        sorted_quantile(std::span<const double>(totals), 0.95) >= 0.0) {
        result.reason = "the total with contact may itself be zero, so a share of it means nothing";
        return result;
    }
    std::sort(shares.begin(), shares.end());
    result.stated = true;
    result.share = (total_on - total_off) / total_on;
    result.p05 = sorted_quantile(std::span<const double>(shares), 0.05);
    result.p95 = sorted_quantile(std::span<const double>(shares), 0.95);
    return result;
}

PairedOutcome paired_commitments(const RunResults& on, const UncoupledTotals& off, std::size_t year,
                                 std::uint32_t first_member) {
    const auto members = static_cast<std::size_t>(on.members);
    PairedOutcome outcome;
    outcome.on.assign(members, 0.0);
    std::vector<double> given(members, 0.0);
    const Month december = make_month(on.calendar.first_year() + static_cast<int>(year), 12);
    count_commitments(on, first_member, december, given, outcome.on);
    for (std::size_t member = 0; member < members; ++member) {
        outcome.off.push_back(static_cast<double>(off.commitments[year * members + member]) - given[member]);
    }
    return outcome;
}

PairedOutcome paired_avoided_t(const EnsembleResults& results, std::size_t from, std::size_t to) {
    if (!results.reference || !results.reference_uncoupled) {
        throw std::invalid_argument("paired_avoided_t: tonnes are avoided against a reference only");
    }
    const RunResults& scenario = results.scenario;
    const auto members = static_cast<std::size_t>(scenario.members);
    PairedOutcome outcome{std::vector<double>(members, 0.0), std::vector<double>(members, 0.0)};
    for (std::size_t country = 0; country < scenario.countries; ++country) {
        for (std::size_t year = from; year <= to; ++year) {
            for (std::size_t m = 0; m < members; ++m) {
                const std::size_t cell = scenario.country_year(country, year, m);
                outcome.on[m] += results.reference->national_total_t(country, year, m) -
                                 scenario.national_total_t(country, year, m);
                outcome.off[m] += results.reference_uncoupled->emissions_t[cell] -
                                  results.scenario_uncoupled.emissions_t[cell];
            }
        }
    }
    return outcome;
}

}  // namespace domino::sim
