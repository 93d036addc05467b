#include "scenarios/check_strategy.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/month_text.h"
#include "scenarios/scenario_keys.h"

namespace domino::scenarios {
namespace {

class StrategyChecks {
 public:
    StrategyChecks(const Scenario& scenario, const std::string& shown, Problems& problems)
        : scenario_(scenario), strategy_(scenario.strategy), shown_(shown), problems_(problems) {}

    void run() {
        check_technologies(at("strategy.technologies"), "strategy.technologies", strategy_.technologies);
        for (const StrategyProjectEntry& entry : strategy_.projects)
            check_technologies(
                entry.where,
                fmt::format("strategy.projects \"{} {}\"", entry.partner, format_month(entry.from)),
                entry.technologies);
        check_dates();
        if (strategy_.rule == StrategyRule::none) return warn_of_idle_keys();
        if (!strategy_.budget_jpy_per_year)
            report(at("strategy.rule"), "strategy.budget is missing",
                   "a strategy supports places from money of its own",
                   "add budget = \"0.5 GJPY/yr\" to [strategy]");
        check_agreements();
        check_list();
    }

 private:
    SourceLocation at(const std::string& key) const {
        const auto found = scenario_.set_at.find(key);
        return found == scenario_.set_at.end() ? SourceLocation{shown_, 0, 0} : found->second;
    }
    void report(const SourceLocation& where, std::string what, std::string why, std::string fix,
                Severity severity = Severity::error) {
        problems_.push_back({where, std::move(what), std::move(why), std::move(fix), severity});
    }

    void check_technologies(const SourceLocation& where, const std::string& name,
                            const std::vector<std::string>& technologies) {
        const auto& used = scenario_.technologies;
        if (used.empty()) return;
        for (const std::string& technology : technologies)
            if (std::find(used.begin(), used.end(), technology) == used.end())
                report(where, fmt::format("{}: {} is not simulated", name, technology), "",
                       fmt::format("add \"{}\" to technologies", technology));
    }

    void check_dates() {
        if (strategy_.to < strategy_.from)
            report(at(scenario_.set_at.contains("strategy.to") ? "strategy.to" : "strategy.from"),
                   fmt::format("strategy.to: the money ends in {}, before it begins in {}",
                               format_month(strategy_.to), format_month(strategy_.from)),
                   "", "give an end after the start");
        else if (strategy_.rule != StrategyRule::none && strategy_.from > scenario_.run.end)
            report(at("strategy.from"),
                   fmt::format("strategy.from: {} is after the run has ended", format_month(strategy_.from)),
                   "it changes nothing", "start it earlier, or run longer", Severity::warning);
    }

    void check_agreements() {
        const bool concluded =
            strategy_.agreements != StrategyAgreements::none ||
            (strategy_.rule == StrategyRule::list &&
             std::any_of(strategy_.projects.begin(), strategy_.projects.end(), [](const auto& entry) {
                 return entry.agreements.value_or(StrategyAgreements::none) != StrategyAgreements::none;
             }));
        if (concluded && !strategy_.agreement_cost_jpy_per_year)
            report(at(scenario_.set_at.contains("strategy.agreements") ? "strategy.agreements"
                                                                       : "strategy.rule"),
                   "strategy.agreement_cost is missing",
                   "the strategy concludes agreements, and no document of the programme says what one costs",
                   "add agreement_cost = \"0.5 MJPY/yr\" to [strategy]; 0 where the cities bear it");
        if (!concluded && strategy_.agreement_cost_jpy_per_year)
            report(at("strategy.agreement_cost"), "strategy.agreement_cost changes nothing",
                   "the strategy concludes no agreement",
                   "set strategy.agreements = \"with_projects\", or delete this key", Severity::warning);
        if (strategy_.agreements == StrategyAgreements::alone && !strategy_.technologies.empty())
            report(at("strategy.technologies"), "strategy.technologies changes nothing",
                   "an agreement alone is a tie, and about no technology",
                   "delete this key, or let the strategy choose projects", Severity::warning);
    }

    void warn_of_idle_keys() {
        static const Scenario standard;
        for (const Key<Scenario>& info : scenario_keys()) {
            if (info.table != "strategy" || info.key == "rule") continue;
            const auto set = scenario_.set_at.find(dotted(info));
            if (set == scenario_.set_at.end() || info.get(scenario_) == info.get(standard)) continue;
            report(set->second, fmt::format("{} changes nothing", set->first), "strategy.rule is \"none\"",
                   "choose a rule, or delete this key", Severity::warning);
        }
        warn_of_unread_list();
    }

    void warn_of_unread_list() {
        if (strategy_.projects.empty()) return;
        report(strategy_.projects.front().where, "strategy.projects changes nothing",
               "strategy.rule is not \"list\"", "set strategy.rule = \"list\", or delete the projects",
               Severity::warning);
    }

    void check_list() {
        if (strategy_.rule != StrategyRule::list) return warn_of_unread_list();
        if (strategy_.projects.empty())
            report(at("strategy.rule"), "strategy changes nothing",
                   "strategy.rule is \"list\" and strategy.projects has none",
                   "add [[strategy.projects]], or choose another rule", Severity::warning);
    }

    const Scenario& scenario_;
    const StrategySection& strategy_;
    const std::string& shown_;
    Problems& problems_;
};

}  // namespace

void check_strategy(const Scenario& scenario, const std::string& shown, Problems& problems) {
    StrategyChecks(scenario, shown, problems).run();
}

}  // namespace domino::scenarios
