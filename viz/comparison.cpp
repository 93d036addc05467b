#include "viz/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

#include "viz/benefits.h"
#include "viz/group_series.h"
#include "viz/place_summary.h"
#include "viz/public_money.h"
#include "viz/tonnes.h"

namespace domino::viz {
namespace {

/// Beginnings of variables, and which value is better. The first that fits counts.
std::optional<sim::Better> direction_of(std::string_view variable) {
    using enum sim::Better;
    static constexpr std::pair<std::string_view, std::optional<sim::Better>> directions[] = {
        {"Emissions", lower},
        {"Land Use Emissions", lower},
        {"Cumulative Emissions", lower},
        {"Carbon Intensity", lower},
        {"Commitment", higher},
        {"Technology Stock", higher},
        {"SDG", higher},
        {"Benefit", higher},
        {"Public Support", lower},
        {"Present Value", lower},
        {"Credit Projects|Annual", higher}};
    for (const auto& [begin, better] : directions)
        if (variable.starts_with(begin)) return better;
    return std::nullopt;
}

/// Running sums of each member over the years.
PathwaySeries accumulate(const PathwaySeries& yearly, std::size_t members) {
    PathwaySeries out = yearly;
    out.variable = cumulative_emissions;
    out.unit = "Mt CO2-equiv";
    for (std::size_t cell = members; cell < out.members.size(); ++cell)
        out.members[cell] += out.members[cell - members];
    return out;
}

std::vector<PathwaySeries> series_of(const ComparedRun& run, const sim::EnsembleOptions& options,
                                     const std::vector<CountrySet>& sets) {
    const auto members = static_cast<std::size_t>(run.results.members);
    std::vector<PathwaySeries> all = build_national_series(run.built, run.results, MemberValues::keep, sets);
    all.push_back(present_value_series(run.built, run.results, options, MemberValues::keep));
    for (auto& series : build_group_series(run.built, run.results, MemberValues::keep))
        all.push_back(std::move(series));
    for (auto& series : build_benefit_series(run.built, run.results, MemberValues::keep))
        all.push_back(std::move(series));
    std::vector<PathwaySeries> kept;
    for (PathwaySeries& series : all) {
        if (series.members.empty() || series.variable.starts_with("Technology Additions")) continue;
        if (series.variable == emissions_metric) kept.push_back(accumulate(series, members));
        kept.push_back(std::move(series));
    }
    return kept;
}

/// A row of members of one year.
std::span<const double> year_of(const PathwaySeries& series, std::size_t year, std::size_t members) {
    return std::span<const double>(series.members).subspan(year * members, members);
}

/// 1 where a member's gap is closed.
std::vector<double> met(const std::vector<double>& gap_mt) {
    std::vector<double> out;
    for (const double gap : gap_mt) out.push_back(gap <= 0.0 ? 1.0 : 0.0);
    return out;
}

/// Emissions and commitment of one place and year, by member.
class PlaceValues {
 public:
    explicit PlaceValues(const sim::RunResults& results)
        : results_(results), members_(static_cast<std::size_t>(results.members)), values_(members_) {}

    const std::vector<double>& emissions_t(std::size_t place, std::size_t year) {
        for (std::size_t m = 0; m < members_; ++m)
            values_[m] = static_cast<double>(results_.emissions_t[results_.place_year(place, year, m)]);
        return values_;
    }
    const std::vector<double>& committed(std::size_t place, std::size_t year) {
        for (std::size_t m = 0; m < members_; ++m) {
            const std::uint16_t step =
                results_.stage_step[results_.stage_at(sim::Stage::committed, place, m)];
            const bool by_then =
                step != sim::never_step && year_offset(results_.calendar, step) <= static_cast<int>(year);
            values_[m] = by_then ? 1.0 : 0.0;
        }
        return values_;
    }

 private:
    const sim::RunResults& results_;
    std::size_t members_;
    std::vector<double> values_;
};

}  // namespace

sim::PairedDifference mean_alone(sim::PairedDifference difference) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    return {difference.mean, unknown, unknown, unknown, unknown};
}

Comparison::Comparison(std::vector<ComparedRun> runs, const sim::EnsembleOptions& options)
    : runs_(std::move(runs)), options_(options) {
    if (runs_.size() < 2) throw std::invalid_argument("a comparison needs two scenarios or more");
    equity_ = find_equity_groups(runs_.front().built);
    for (const ComparedRun& run : runs_) {
        series_.push_back(series_of(run, options_, equity_.sets));
        auto& targets = targets_.emplace_back();
        for (const sim::Target& target : run.built.targets)
            targets.push_back(sim::assess(target, run.built.world, run.results, run.reference));
    }
}

std::vector<ComparedPair> Comparison::pairs() const {
    std::vector<ComparedPair> pairs;
    for (std::size_t a = 0; a < runs_.size(); ++a)
        for (std::size_t b = a + 1; b < runs_.size(); ++b) pairs.push_back({a, b});
    return pairs;
}

bool Comparison::compares_places() const {
    return std::all_of(runs_.begin(), runs_.end(),
                       [](const ComparedRun& run) { return run.results.keeps_members(); });
}

void Comparison::visit_differences(const ComparedPair& pair, const Visit& visit) const {
    visit_series(pair, visit);
    visit_targets(pair, [&](const ComparedTarget& target) {
        const std::string gap = "Target Gap|" + std::string(target.id),
                          chance = "Target Met|" + std::string(target.id);
        visit({gap, "Mt CO2-equiv", target.country, {}, target.year, sim::Better::lower}, target.gap_mt);
        visit({chance, "1", target.country, {}, target.year, sim::Better::higher}, target.met);
    });
    if (compares_places()) visit_places(pair, visit);
}

const PathwaySeries* Comparison::find(std::size_t run, std::string_view region,
                                      std::string_view variable) const {
    for (const PathwaySeries& series : series_[run])
        if (series.region == region && series.variable == variable) return &series;
    return nullptr;
}

void Comparison::visit_series(const ComparedPair& pair, const Visit& visit) const {
    std::map<std::pair<std::string_view, std::string_view>, const PathwaySeries*> of_b;
    for (const PathwaySeries& series : series_[pair.b]) of_b[{series.region, series.variable}] = &series;
    const auto members = static_cast<std::size_t>(options_.members);
    sim::PairedComparer comparer;
    for (const PathwaySeries& a : series_[pair.a]) {
        const auto b = of_b.find({a.region, a.variable});
        if (b == of_b.end()) continue;
        const auto better = direction_of(a.variable);
        for (std::size_t year = 0; year * members < a.members.size(); ++year) {
            const ComparedQuantity what{
                a.variable, a.unit, a.region, {}, first_year() + static_cast<int>(year), better};
            sim::PairedDifference difference =
                comparer.compare(year_of(a, year, members), year_of(*b->second, year, members),
                                 better.value_or(sim::Better::lower));
            if (!has_members(a)) difference = mean_alone(difference);
            visit(what, difference);
        }
    }
}

void Comparison::visit_targets(const ComparedPair& pair,
                               const std::function<void(const ComparedTarget&)>& visit) const {
    const auto& of_a = runs_[pair.a].built.targets;
    const auto& of_b = runs_[pair.b].built.targets;
    sim::PairedComparer comparer;
    for (std::size_t i = 0; i < of_a.size(); ++i) {
        const auto same = std::find_if(of_b.begin(), of_b.end(),
                                       [&](const sim::Target& target) { return target.id == of_a[i].id; });
        if (same == of_b.end()) continue;
        const sim::TargetResult& a = targets_[pair.a][i];
        const sim::TargetResult& b = targets_[pair.b][static_cast<std::size_t>(same - of_b.begin())];
        if (a.status != sim::TargetStatus::assessed || b.status != sim::TargetStatus::assessed) continue;
        visit({of_a[i].id, runs_[pair.a].built.country_names[of_a[i].country], of_a[i].target_year,
               a.probability, b.probability, comparer.compare(a.gap_mt, b.gap_mt, sim::Better::lower),
               comparer.compare(met(a.gap_mt), met(b.gap_mt), sim::Better::higher)});
    }
}

void Comparison::visit_places(const ComparedPair& pair, const Visit& visit) const {
    const ComparedRun& run = runs_[pair.a];
    PlaceValues a(run.results), b(runs_[pair.b].results);
    sim::PairedComparer comparer;
    for (std::size_t place = 0; place < run.results.places; ++place) {
        const std::string& id = run.built.places.places[place].id;
        const std::string& country = run.built.country_names[run.built.world.places[place].country];
        for (std::size_t year = 0; year < run.results.years; ++year) {
            const int calendar_year = first_year() + static_cast<int>(year);
            visit(
                {emissions_metric, "t CO2-equiv/yr", country, id, calendar_year, sim::Better::lower},
                comparer.compare(a.emissions_t(place, year), b.emissions_t(place, year), sim::Better::lower));
            visit({"Commitment|Probability", "1", country, id, calendar_year, sim::Better::higher},
                  comparer.compare(a.committed(place, year), b.committed(place, year), sim::Better::higher));
        }
    }
}

std::vector<double> Comparison::members(std::size_t run, std::string_view region, std::string_view variable,
                                        int year) const {
    const PathwaySeries* series = find(run, region, variable);
    if (series == nullptr) return {};
    const auto values = year_of(*series, static_cast<std::size_t>(year - first_year()),
                                static_cast<std::size_t>(options_.members));
    return {values.begin(), values.end()};
}

std::vector<Comparison::Variable> Comparison::variables(std::string_view region,
                                                        std::string_view prefix) const {
    std::vector<Variable> found;
    for (const PathwaySeries& series : series_.front())
        if (series.region == region && series.variable.starts_with(prefix))
            found.push_back({series.variable, series.unit, has_members(series)});
    return found;
}

sim::PairedRatio Comparison::tonnes_per_million(const ComparedPair& pair) const {
    const auto spent = [&](std::size_t run) {
        return members(run, all_countries_region, "Present Value of Public Support", last_year());
    };
    const auto emitted = [&](std::size_t run) {
        return members(run, all_countries_region, cumulative_emissions, last_year());
    };
    std::vector<double> avoided_t = emitted(pair.b), extra_million = spent(pair.a);
    const std::vector<double> of_a = emitted(pair.a), paid_by_b = spent(pair.b);
    for (std::size_t m = 0; m < avoided_t.size(); ++m) {
        avoided_t[m] = tonnes_per_megatonne * (avoided_t[m] - of_a[m]);
        extra_million[m] -= paid_by_b[m];
    }
    double extra = 0.0, paid = 0.0;
    for (std::size_t m = 0; m < extra_million.size(); ++m) {
        extra += extra_million[m];
        paid += paid_by_b[m];
    }
    if (std::fabs(extra) < least_extra_support * paid) return {};
    return sim::find_ratio(avoided_t, extra_million, options_.seed);
}

std::size_t Comparison::count_changed_places(const ComparedPair& pair) const {
    if (!compares_places()) return 0;
    const sim::RunResults& a = runs_[pair.a].results;
    const sim::RunResults& b = runs_[pair.b].results;
    std::size_t changed = 0;
    const auto members = static_cast<std::size_t>(a.members);
    const auto differs = [](const auto& x, const auto& y, std::size_t from, std::size_t count) {
        const auto begin = x.begin() + static_cast<std::ptrdiff_t>(from);
        return !std::equal(begin, begin + static_cast<std::ptrdiff_t>(count),
                           y.begin() + static_cast<std::ptrdiff_t>(from));
    };
    for (std::size_t place = 0; place < a.places; ++place) {
        if (differs(a.emissions_t, b.emissions_t, a.place_year(place, 0, 0), a.years * members) ||
            differs(a.stage_step, b.stage_step, a.stage_at(sim::Stage::committed, place, 0), members))
            ++changed;
    }
    return changed;
}

}  // namespace domino::viz
