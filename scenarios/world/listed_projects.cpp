#include "scenarios/world/listed_projects.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "scenarios/month_text.h"
#include "scenarios/world/plan_strategy.h"
#include "sim/support_funding.h"

namespace domino::scenarios {

namespace {

std::string months_text(sim::Month from, sim::Month to) {
    return fmt::format("{} to {}", format_month(from), format_month(sim::Month{to.value - 1}));
}

class ListReader {
 public:
    ListReader(const Scenario& scenario, const NamedPlaces& names,
               const std::map<std::string, sim::Month>& partners, Problems& problems)
        : scenario_(scenario),
          strategy_(scenario.strategy),
          names_(names),
          partners_(partners),
          problems_(problems) {}

    std::vector<ListedProject> read() {
        const int most = scenario_.c3p.max_phases;
        if (strategy_.rule != StrategyRule::none && strategy_.phases > most)
            refuse(at("strategy.phases"),
                   fmt::format("strategy.phases: {} phases are more than c3p.max_phases, {}",
                               strategy_.phases, most),
                   "the programme renews a project at most that often",
                   fmt::format("write at most {}", most));
        if (strategy_.rule != StrategyRule::list) return {};
        for (const StrategyProjectEntry& entry : strategy_.projects) read_entry(entry);
        check_places();
        check_money();
        return std::move(listed_);
    }

 private:
    SourceLocation at(const std::string& key) const {
        for (const std::string& name : {key, std::string("strategy.rule")})
            if (const auto found = scenario_.set_at.find(name); found != scenario_.set_at.end())
                return found->second;
        return {scenario_.file.string(), 0, 0};
    }
    void refuse(const SourceLocation& where, std::string what, std::string why, std::string fix,
                ProblemKind kind = ProblemKind::infeasible) {
        problems_.push_back({where, std::move(what), std::move(why), std::move(fix), Severity::error, kind});
    }

    std::string name_of(const StrategyProjectEntry& entry) const {
        return fmt::format("strategy.projects \"{} {}\"", entry.partner, format_month(entry.from));
    }

    std::optional<PlaceNames::Match> find(const StrategyProjectEntry& entry, const std::string& text,
                                          NameScope scope) {
        NamedPlaces::Fault fault;
        auto match = names_.find(text, scope, fault);
        if (!match)
            refuse(entry.where, fmt::format("{}: {}", name_of(entry), fault.what),
                   "a project joins a Japanese municipality and a partner abroad", fault.fix,
                   ProblemKind::scenario);
        return match;
    }

    void read_entry(const StrategyProjectEntry& entry) {
        ListedProject project;
        project.entry = entry;
        project.phases = entry.phases.value_or(strategy_.phases);
        project.agreements = entry.agreements.value_or(strategy_.agreements);
        project.to = project.runs()
                         ? sim::Month{entry.from.value + 12 * scenario_.c3p.phase_years * project.phases}
                         : sim::Month{strategy_.to.value + 1};
        check_dates(project);
        const auto partner = find(entry, entry.partner, NameScope::elsewhere);
        if (!entry.japan.empty()) project.japan = find(entry, entry.japan, NameScope::japan);
        if (!partner) return;
        project.partner = *partner;
        check_signed(project);
        listed_.push_back(std::move(project));
    }

    void check_dates(const ListedProject& project) {
        const StrategyProjectEntry& entry = project.entry;
        const int most = scenario_.c3p.max_phases;
        if (entry.phases && !project.runs())
            refuse(entry.where, fmt::format("{}: an agreement alone has no phases", name_of(entry)),
                   "it holds until strategy.to", "delete phases, or list a project", ProblemKind::scenario);
        else if (entry.phases && project.phases > most)
            refuse(entry.where,
                   fmt::format("{}: {} phases are more than c3p.max_phases, {}", name_of(entry),
                               project.phases, most),
                   "the programme renews a project at most that often",
                   fmt::format("write at most {}", most));
        const sim::Month end{strategy_.to.value + 1};
        if (entry.from < strategy_.from || project.to > end || entry.from >= end)
            refuse(entry.where,
                   fmt::format("{}: it runs from {}, outside the strategy's {}", name_of(entry),
                               months_text(entry.from, project.to), months_text(strategy_.from, end)),
                   "there is no money then", "move it, give it fewer phases, or change strategy.from and to");
    }

    void check_signed(const ListedProject& project) {
        const StrategyProjectEntry& entry = project.entry;
        const auto since = partners_.find(project.partner.iso3);
        if (since == partners_.end())
            refuse(entry.where,
                   fmt::format("{}: {} is no partner of the Joint Crediting Mechanism", name_of(entry),
                               project.partner.iso3),
                   "data/tables/jcm_partners.csv has no date of its signature", "choose another place");
        else if (since->second > entry.from)
            refuse(entry.where,
                   fmt::format("{}: {} signs in {}, after the project begins", name_of(entry),
                               project.partner.iso3, format_month(since->second)),
                   "a partner country has to be signed at that date", "begin later");
    }

    /// No place twice at once, nor for more phases than one may have.
    void check_places() {
        std::map<std::string, std::vector<const ListedProject*>> by_place;
        for (const auto& project : listed_)
            by_place[(project.runs() ? "" : "agreement ") + project.partner.id].push_back(&project);
        for (auto& [id, projects] : by_place) {
            std::stable_sort(projects.begin(), projects.end(),
                             [](const auto* a, const auto* b) { return a->entry.from < b->entry.from; });
            int phases = 0;
            for (std::size_t n = 0; n < projects.size(); ++n) {
                const ListedProject& project = *projects[n];
                phases += project.runs() ? project.phases : 0;
                if (n > 0 && project.entry.from < projects[n - 1]->to)
                    refuse(project.entry.where,
                           fmt::format("{}: the place {} from {} already", name_of(project.entry),
                                       project.runs() ? "is supported" : "has an agreement",
                                       months_text(projects[n - 1]->entry.from, projects[n - 1]->to)),
                           project.runs() ? "one place has one project at a time"
                                          : "an agreement holds until strategy.to",
                           "begin later, or delete one of the two");
                if (n > 0 && phases > scenario_.c3p.max_phases)
                    refuse(project.entry.where,
                           fmt::format("{}: with it the place has {} phases, more than c3p.max_phases, {}",
                                       name_of(project.entry), phases, scenario_.c3p.max_phases),
                           "the programme renews a project at most that often", "give it fewer phases");
            }
        }
    }

    /// What the list runs and costs in a month.
    struct Living {
        sim::Month month;
        int projects = 0, agreements = 0;  ///< agreements alone
        double jpy_per_year = 0.0;
    };

    Living living_in(sim::Month month) const {
        const double project_cost = scenario_.c3p.project_with_surveys_jpy_per_year();
        const double agreement_cost = strategy_.agreement_cost_jpy_per_year.value_or(0.0);
        Living living{month};
        for (const ListedProject& project : listed_) {
            if (project.entry.from > month) continue;
            if (project.agreements != StrategyAgreements::none) living.jpy_per_year += agreement_cost;
            if (!project.runs()) {
                ++living.agreements;
            } else if (month < project.to) {
                ++living.projects;
                living.jpy_per_year += project_cost;
            }
        }
        return living;
    }

    /// Never more at once than the cap, nor dearer than the budget; the first month of the worst is told.
    void check_money() {
        std::set<sim::Month> begins;
        for (const auto& project : listed_) begins.insert(project.entry.from);
        Living most_projects, most_agreements, dearest;
        for (const sim::Month month : begins) {
            const Living living = living_in(month);
            if (living.projects > most_projects.projects) most_projects = living;
            if (living.agreements > most_agreements.agreements) most_agreements = living;
            if (living.jpy_per_year > dearest.jpy_per_year) dearest = living;
        }
        check_cap(most_projects.projects, "projects run", most_projects.month);
        check_cap(most_agreements.agreements, "agreements hold", most_agreements.month);
        const double budget = strategy_.budget_jpy_per_year.value_or(0.0);
        if (dearest.jpy_per_year > budget * sim::budget_rounding)
            refuse(at("strategy.budget"),
                   fmt::format("strategy.projects: {} cost {:g} MJPY/yr in {}, dearer than strategy.budget, "
                               "{:g} MJPY/yr",
                               count_text(dearest), dearest.jpy_per_year / 1e6, format_month(dearest.month),
                               budget / 1e6),
                   "without money nobody is supported", "raise the budget, or begin some later");
    }

    static std::string count_text(const Living& living) {
        if (living.projects == 0) return fmt::format("{} agreements", living.agreements);
        if (living.agreements == 0) return fmt::format("{} projects", living.projects);
        return fmt::format("{} projects and {} agreements", living.projects, living.agreements);
    }

    void check_cap(int most, std::string_view what, sim::Month month) {
        if (most <= strategy_.most_concurrent) return;
        refuse(at("strategy.most_concurrent"),
               fmt::format("strategy.projects: {} {} in {}, more than strategy.most_concurrent, {}", most,
                           what, format_month(month), strategy_.most_concurrent),
               "", "raise the cap, or begin some later");
    }

    const Scenario& scenario_;
    const StrategySection& strategy_;
    const NamedPlaces& names_;
    const std::map<std::string, sim::Month>& partners_;
    Problems& problems_;
    std::vector<ListedProject> listed_;
};

}  // namespace

std::vector<ListedProject> resolve_listed_projects(const Scenario& scenario, const NamedPlaces& names,
                                                   const std::map<std::string, sim::Month>& partners,
                                                   Problems& problems) {
    return ListReader(scenario, names, partners, problems).read();
}

}  // namespace domino::scenarios
