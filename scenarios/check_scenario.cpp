#include "scenarios/check_scenario.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "geo/problem.h"
#include "scenarios/check_covariates.h"
#include "scenarios/check_output.h"
#include "scenarios/check_partnerships.h"
#include "scenarios/check_strategy.h"
#include "scenarios/check_systems.h"
#include "scenarios/month_text.h"
#include "scenarios/scenario_keys.h"

namespace domino::scenarios {
namespace {

class Checks {
 public:
    Checks(const Scenario& scenario, const std::string& shown, Problems& problems)
        : scenario_(scenario), shown_(shown), problems_(problems) {}

    void run() {
        check_calendar();
        check_reference();
        check_programmes();
        check_agreements();
        check_schemes();
        check_proxies();
        check_targets();
        check_names();
    }

 private:
    SourceLocation at(const std::string& key) const {
        const auto found = scenario_.set_at.find(key);
        return found == scenario_.set_at.end() ? SourceLocation{shown_, 0, 0} : found->second;
    }

    void report(SourceLocation where, std::string what, std::string why, std::string fix,
                Severity severity = Severity::error) {
        problems_.push_back({std::move(where), std::move(what), std::move(why), std::move(fix), severity});
    }

    void check_calendar() {
        const sim::Month start = scenario_.run.start, end = scenario_.run.end;
        const std::string key = scenario_.set_at.contains("run.end") ? "run.end" : "run.start";
        if (end < start)
            return report(at(key),
                          fmt::format("run.end: the run ends in {}, before it starts in {}",
                                      format_month(end), format_month(start)),
                          "", "give an end after the start");
        constexpr int longest_months = 12 * 120;
        if (end.value - start.value >= longest_months)
            report(at(key), "run.end: the run is longer than 120 years",
                   "the model is calibrated on two decades", "give an earlier end");
        if (end.year() - start.year() < 1 || end.value - start.value < 11)
            report(at(key), "run.end: the run holds no whole calendar year", "results are by year",
                   "run twelve months or more");
        if (start < sim::make_month(2015, 1) || start > sim::make_month(2024, 1))
            report(at("run.start"),
                   fmt::format("run.start: no observed stocks to start from in {}", format_month(start)),
                   "technologies and inventories are known near 2020", "start between 2015-01 and 2024-01");
        check_steps();
    }

    void check_steps() {
        const auto& run = scenario_.run;
        const int n = run.months_per_step;
        if (12 % n != 0)
            return report(at("run.months_per_step"),
                          fmt::format("run.months_per_step: a year is not made of steps of {} months", n),
                          "budgets, costs and results are by year", "give 1, 2, 3, 4, 6 or 12");
        if ((run.start.month_of_year() - 1) % n != 0 || run.end.month_of_year() % n != 0)
            report(at("run.months_per_step"),
                   fmt::format("run.months_per_step: {} to {} is not made of whole steps of {} months that "
                               "begin with the calendar year",
                               format_month(run.start), format_month(run.end), n),
                   "no step may lie in two years or end after the run", "move run.start or run.end");
        if (n > 1 && run.parts_per_month > 1)
            report(at("run.months_per_step"), "run.months_per_step: run.parts_per_month is given too",
                   "the one lengthens the step, the other shortens it", "give one of them");
    }

    void check_reference() {
        if (!scenario_.reference) return;
        std::error_code error;
        if (std::filesystem::equivalent(*scenario_.reference, scenario_.file, error))
            report(at("reference"), "reference: the scenario is its own reference",
                   "the difference would be zero", "name the scenario it changes");
    }

    void check_programmes() {
        const C3pSection& c3p = scenario_.c3p;
        const bool scaled = c3p.projects_scale != 1.0 || c3p.budget_scale != 1.0;
        if (scaled && !c3p.scaled_from) {
            const std::string key = c3p.projects_scale != 1.0 ? "c3p.projects_scale" : "c3p.budget_scale";
            report(at(key), fmt::format("{}: c3p.scaled_from is missing", key),
                   "a scale needs the month it acts from", "add scaled_from = \"2026-04\" to [c3p]");
        }
        if (!scaled && c3p.scaled_from)
            report(at("c3p.scaled_from"), "c3p.scaled_from changes nothing",
                   "projects_scale and budget_scale are 1", "set one of them, or delete this key",
                   Severity::warning);
        if (c3p.scaled_from &&
            (*c3p.scaled_from < scenario_.run.start || *c3p.scaled_from > scenario_.run.end))
            report(at("c3p.scaled_from"),
                   fmt::format("c3p.scaled_from: {} is outside the run", format_month(*c3p.scaled_from)), "",
                   fmt::format("give a month from {} to {}", format_month(scenario_.run.start),
                               format_month(scenario_.run.end)));
    }

    void check_dates(const SourceLocation& where, const std::string& name, sim::Month from,
                     const std::optional<sim::Month>& to) {
        if (to && *to <= from)
            report(where,
                   fmt::format("{}: ends in {}, not after it starts in {}", name, format_month(*to),
                               format_month(from)),
                   "", "give a later \"to\"");
        if (from > scenario_.run.end)
            report(where, fmt::format("{}: starts in {}, after the run has ended", name, format_month(from)),
                   "it changes nothing", "start it earlier, or run longer", Severity::warning);
    }

    void check_agreements() {
        for (const AgreementEntry& entry : scenario_.collaboration.agreements) {
            const std::string name =
                fmt::format("collaboration.agreements \"{} – {}\"", entry.japan, entry.partner);
            check_dates(entry.where, name, entry.from, entry.to);
            if (entry.japan == entry.partner)
                report(entry.where, fmt::format("{}: a place has no agreement with itself", name), "",
                       "name two places");
        }
    }

    void check_schemes() {
        for (const PriceSchemeEntry& entry : scenario_.price_schemes) {
            const std::string name = fmt::format("price_schemes \"{}\"", entry.id);
            check_dates(entry.where, name, entry.from, entry.to);
            const auto& used = scenario_.technologies;
            if (std::find(used.begin(), used.end(), entry.technology) == used.end())
                report(entry.where,
                       fmt::format("{}: pays for {}, which is not simulated", name, entry.technology), "",
                       fmt::format("add \"{}\" to technologies", entry.technology));
            check_covered(entry.where, name, entry.countries);
        }
    }

    void check_proxies() {
        std::vector<std::string> known = {std::string(population_proxy), std::string(night_lights_proxy)};
        for (const auto& covariate : scenario_.places.covariates) known.push_back(covariate.name);
        for (const Key<Scenario>& key : scenario_keys()) {
            if (key.table != "emissions" || key.type != ValueType::text) continue;
            const auto proxy = std::get<std::string>(key.get(scenario_));
            if (std::find(known.begin(), known.end(), proxy) != known.end()) continue;
            const std::string near = geo::closest_spelling(proxy, known);
            report(at(dotted(key)), fmt::format("{}: there is no proxy \"{}\"", dotted(key), proxy),
                   "emissions are shared out by population, by night_lights, or by a covariate of "
                   "places.covariates",
                   near.empty() ? fmt::format("write one of: {}", fmt::join(known, ", "))
                                : fmt::format("did you mean \"{}\"?", near));
        }
    }

    void check_covered(const SourceLocation& where, const std::string& name,
                       const std::vector<std::string>& countries) {
        const auto& covered = scenario_.places.countries;
        if (covered.empty()) return;
        for (const std::string& iso3 : countries)
            if (std::find(covered.begin(), covered.end(), iso3) == covered.end())
                report(where, fmt::format("{}: {} is not among the scenario's countries", name, iso3), "",
                       fmt::format("add \"{}\" to places.countries", iso3));
    }

    void check_targets() {
        for (const TargetEntry& entry : scenario_.targets) {
            const std::string name = fmt::format("targets \"{}\"", entry.id);
            check_covered(entry.where, name, {entry.country});
            check_target_keys(entry, name);
            check_target_years(entry, name);
        }
    }

    /// Each type of target has the keys its level is computed from.
    void check_target_keys(const TargetEntry& entry, const std::string& name) {
        const auto is = [&](auto... types) { return ((entry.type == types) || ...); };
        const auto require = [&](bool present, std::string_view key, std::string_view example) {
            if (!present)
                report(entry.where, fmt::format("{}: the key {} is missing", name, key),
                       fmt::format("a target of type {} needs it", entry.type),
                       fmt::format("add {} = {}", key, example));
        };
        const bool sector_by_level = is("sectoral") && entry.level_mt;
        if (is("fixed_level", "trajectory", "budget"))
            require(entry.level_mt.has_value(), "level", "\"300 MtCO2e\"");
        if (is("base_year", "bau", "intensity") || (is("sectoral") && !sector_by_level))
            require(entry.value.has_value(), "value", "\"40 %\"");
        if (is("base_year", "intensity") || (is("sectoral") && !sector_by_level))
            require(entry.base_year.has_value(), "base_year", "2013");
        if (is("absolute_reduction")) require(entry.reduction_mt.has_value(), "reduction", "\"60 MtCO2e\"");
        if (is("peak_minus")) require(entry.value || entry.reduction_mt, "value", "\"10 %\"");
        if (is("trajectory")) require(entry.start_level_mt.has_value(), "start_level", "\"400 MtCO2e\"");
        if (is("trajectory", "budget")) require(entry.period_start.has_value(), "period_start", "2026");
        if (is("sectoral")) require(!entry.sector.empty(), "sector", "\"transport\"");
        const bool against_bau = is("bau", "absolute_reduction");
        if (against_bau && entry.bau == BauLevel::stated)
            require(entry.reference_level_mt.has_value(), "reference_level", "\"555 MtCO2e\"");
        if (entry.bau == BauLevel::reference_run && entry.reference_level_mt)
            report(entry.where, fmt::format("{}: business as usual is given twice", name),
                   "it is either the reference run's or the reference_level", "drop one of the two keys");
        if (entry.bau == BauLevel::reference_run && !against_bau)
            report(entry.where,
                   fmt::format("{}: a target of type {} knows no business as usual", name, entry.type),
                   "bau belongs to bau and absolute_reduction", "drop the key bau");
    }

    void check_target_years(const TargetEntry& entry, const std::string& name) {
        const auto before = [&](const std::optional<int>& year, std::string_view what) {
            if (year && entry.target_year <= *year)
                report(entry.where,
                       fmt::format("{}: its year {} is not after its {} {}", name, entry.target_year, what,
                                   *year),
                       "", "give a later year");
        };
        before(entry.base_year, "base year");
        before(entry.period_start, "period_start");
    }

    void check_names() {
        std::set<std::string> taken = {"proximity", "hierarchy",     "collaboration", "network",
                                       "contacts",  "leading_areas", "futurecity",    "subnational"};
        taken.insert(scenario_.network.networks.begin(), scenario_.network.networks.end());
        for (const UserLayer& layer : scenario_.user_layers)
            if (!taken.insert(layer.name).second)
                report(layer.where, fmt::format("layers: \"{}\" is a layer of the model already", layer.name),
                       "", "choose another name");
    }

    const Scenario& scenario_;
    const std::string& shown_;
    Problems& problems_;
};

}  // namespace

void check_scenario(const Scenario& scenario, const std::string& shown, Problems& problems) {
    Checks(scenario, shown, problems).run();
    check_covariates(scenario, problems);
    check_partnerships(scenario, shown, problems);
    check_strategy(scenario, shown, problems);
    check_output(scenario, shown, problems);
    check_systems(scenario, shown, problems);
}

}  // namespace domino::scenarios
