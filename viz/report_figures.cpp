#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

#include "sim/domino_share.h"
#include "viz/number_text.h"
#include "viz/public_money.h"
#include "viz/quantiles.h"
#include "viz/report_data.h"
#include "viz/scaled.h"
#include "viz/tonnes.h"

namespace domino::viz::report {

namespace {

constexpr double billion = 1e9;

std::size_t offset_of(const ReportSources& s, int year) {
    return static_cast<std::size_t>(year - s.context.results.scenario.calendar.first_year());
}

/// Nominal public money of all programmes from one year offset to another, JPY, by member.
std::vector<double> spent_jpy(const sim::RunResults& r, std::size_t from, std::size_t to) {
    std::vector<double> out(static_cast<std::size_t>(r.members), 0.0);
    for (std::size_t year = from; year <= to; ++year) {
        for (std::size_t m = 0; m < out.size(); ++m) out[m] += public_money_jpy(r, year, m);
    }
    return out;
}

Json make_figure(const char* key, std::pair<int, int> years, Json value, Json of, const char* reason) {
    return {{"key", key},          {"from", years.first}, {"to", years.second}, {"value", std::move(value)},
            {"of", std::move(of)}, {"reason", reason}};
}

/// Places that commit at least a year sooner than in the reference, by member.
std::vector<double> count_sooner(const sim::EnsembleResults& results) {
    const sim::RunResults& on = results.scenario;
    std::vector<double> counts(static_cast<std::size_t>(on.members), 0.0);
    constexpr int year_steps = 12;
    for (std::size_t place = 0; place < on.places; ++place) {
        for (std::size_t m = 0; m < counts.size(); ++m) {
            const std::size_t at = on.stage_at(sim::Stage::committed, place, m);
            const int step = on.stage_step[at];
            const int reference = results.reference->stage_step[at];
            counts[m] += step != sim::never_step && reference - step >= year_steps ? 1.0 : 0.0;
        }
    }
    return counts;
}

Json cost_figure(const ReportSources& s, std::pair<int, int> years, const std::vector<double>& avoided_t) {
    const sim::EnsembleResults& results = s.context.results;
    const std::size_t from = offset_of(s, years.first);
    const std::size_t to = offset_of(s, years.second);
    const Valuer valuer(s.context.built, s.context.options);
    const std::vector<double> with = valuer.present_value_jpy(results.scenario, from, to);
    const std::vector<double> without = valuer.present_value_jpy(*results.reference, from, to);
    std::vector<double> cost;
    for (std::size_t m = 0; m < with.size(); ++m) {
        if (avoided_t[m] <= 0.0) {
            return make_figure(
                "cost_per_t", years, Json(), Json(),
                "Not stated: in some runs nothing is avoided, so money per tonne has no limit");
        }
        cost.push_back((with[m] - without[m]) / avoided_t[m]);
    }
    return make_figure("cost_per_t", years, make_interval(cost), Json(), "");
}

Json make_paired_figures(const ReportSources& s, std::pair<int, int> years) {
    const sim::EnsembleResults& results = s.context.results;
    const sim::PairedOutcome avoided =
        sim::paired_avoided_t(results, offset_of(s, years.first), offset_of(s, years.second));
    std::vector<double> passed_on;
    for (std::size_t m = 0; m < avoided.on.size(); ++m) {
        passed_on.push_back(avoided.on[m] - avoided.off[m]);
    }
    return {
        make_figure("avoided", years, make_interval(scaled(avoided.on, tonnes_per_megatonne)), Json(), ""),
        make_figure("passed_on", years, make_interval(scaled(passed_on, tonnes_per_megatonne)), Json(), ""),
        make_figure("sooner", years, make_interval(count_sooner(results)), s.summary.places, ""),
        cost_figure(s, years, avoided.on)};
}

Json make_single_figures(const ReportSources& s, std::pair<int, int> years) {
    const sim::RunResults& r = s.context.results.scenario;
    const auto members = static_cast<std::size_t>(r.members);
    const std::size_t last = offset_of(s, years.second);
    std::vector<double> emissions(members, 0.0), committed(members, 0.0), met(members, 0.0);
    for (std::size_t m = 0; m < members; ++m) {
        for (std::size_t country = 0; country < r.countries; ++country) {
            emissions[m] += r.national_total_t(country, last, m) / tonnes_per_megatonne;
            committed[m] += r.committed_places[r.country_year(country, last, m)];
        }
    }
    std::size_t assessable = 0;
    for (const sim::TargetResult& target : s.targets.scenario) {
        if (target.status != sim::TargetStatus::assessed || target.gap_mt.size() != members) {
            continue;
        }
        ++assessable;
        for (std::size_t m = 0; m < members; ++m) {
            met[m] += target.gap_mt[m] <= 0.0 ? 1.0 : 0.0;
        }
    }
    Json figures = {make_figure("emissions", years, make_interval(emissions), Json(), ""),
                    make_figure("committed", years, make_interval(committed), r.places, ""),
                    make_figure("spent", years,
                                make_interval(scaled(spent_jpy(r, offset_of(s, years.first), last), billion)),
                                Json(), "")};
    if (assessable > 0) {
        figures.push_back(make_figure("targets_met", years, make_interval(met), assessable, ""));
    }
    return figures;
}

}  // namespace

double rounded(double value) {
    const std::string text = number_text(value, page_digits);
    double out = 0.0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

Json make_interval(std::vector<double> members) {
    std::sort(members.begin(), members.end());
    const std::span<const double> sorted(members);
    return {{"mid", sorted_quantile(sorted, 0.5)},
            {"p05", sorted_quantile(sorted, 0.05)},
            {"p95", sorted_quantile(sorted, 0.95)}};
}

std::pair<int, int> figure_years(const ReportSources& s) {
    const sim::Calendar& calendar = s.context.results.scenario.calendar;
    const int first = s.changes && s.changes->first_year ? *s.changes->first_year : calendar.first_year();
    return {first, calendar.last_year()};
}

Json make_figures(const ReportSources& s) {
    const std::pair<int, int> years = figure_years(s);
    return s.context.results.reference ? make_paired_figures(s, years) : make_single_figures(s, years);
}

Json make_levers(const ReportSources& s) {
    Json levers = Json::array();
    if (!s.changes) {
        return levers;
    }
    for (const LeverEffect& effect : measure_lever_effects(s.context, *s.changes)) {
        const std::string since = effect.change.since.empty() ? "" : ", from " + effect.change.since;
        levers.push_back({{"key", effect.change.key},
                          {"label", effect.label},
                          {"from", effect.change.from},
                          {"to", effect.change.to + since},
                          {"places", effect.places ? Json(*effect.places) : Json()},
                          {"since", effect.first_year ? Json(*effect.first_year) : Json()},
                          {"reason", effect.reason}});
    }
    return levers;
}

}  // namespace domino::viz::report
