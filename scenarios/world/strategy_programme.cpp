#include "scenarios/world/strategy_programme.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/choices.h"
#include "scenarios/world/support_order.h"

namespace domino::scenarios {

namespace {

/// Those of a project's technologies that a JCM model project may buy.
std::vector<std::uint16_t> bought(const StrategyProgrammeInputs& in, const sim::World& world,
                                  const std::vector<std::uint16_t>& technologies) {
    std::vector<std::uint16_t> list;
    for (const std::uint16_t k : technologies)
        if (may_buy(in.scenario.jcm, world.technologies[k].id, in.tags)) list.push_back(k);
    return list;
}

/// Warns where JCM projects that follow a strategy's own cannot buy what these are about.
class PurchaseWarnings {
 public:
    PurchaseWarnings(const StrategyProgrammeInputs& in, Problems& problems) : in_(in), problems_(problems) {}

    void run() {
        const StrategySection& section = in_.scenario.strategy;
        if (in_.scenario.jcm.enabled == OnOff::off || section.agreements == StrategyAgreements::alone) return;
        const auto at = in_.scenario.set_at.find("strategy.technologies");
        check(
            "strategy.technologies", section.technologies,
            at == in_.scenario.set_at.end() ? SourceLocation{in_.scenario.file.string(), 0, 0} : at->second);
        if (section.rule != StrategyRule::list) return;
        for (const StrategyProjectEntry& entry : section.projects)
            check(fmt::format("strategy.projects \"{}\"", entry.partner), entry.technologies, entry.where);
    }

 private:
    void check(const std::string& name, const std::vector<std::string>& technologies,
               const SourceLocation& where) {
        std::vector<std::string> refused;
        for (const std::string& id : technologies)
            if (!may_buy(in_.scenario.jcm, id, in_.tags)) refused.push_back(id);
        if (refused.empty()) return;
        const bool none = refused.size() == technologies.size();
        problems_.push_back(
            {where, fmt::format("{}: no JCM project may buy {}", name, fmt::join(refused, ", ")),
             in_.scenario.jcm.sectors.empty()
                 ? "it pays for what cuts energy-related CO2"
                 : "it pays for what cuts energy-related CO2 and is of jcm.sectors",
             none
                 ? "name another technology; as it is, JCM projects that follow buy their usual mix, and the "
                   "project only helps adoption"
                 : "nothing has to be done; JCM projects that follow buy the others",
             Severity::warning, ProblemKind::scenario});
    }

    const StrategyProgrammeInputs& in_;
    Problems& problems_;
};

sim::SupportWindow window_of(const StrategyProgrammeInputs& in, const StrategyProject& project,
                             std::uint16_t programme, const sim::World& world) {
    sim::SupportWindow window;
    window.project_id = project.id;
    window.place = project.place;
    window.partner = project.partner;
    window.from = project.from;
    window.to = project.to;
    window.cost_jpy_per_year = project.cost_jpy_per_year;
    window.programme = programme;
    if (project.tie == StrategyTie::agreement) {
        window.channels = {0.0, 0.0, 0.0};
        return window;
    }
    const C3pSection& c3p = in.scenario.c3p;
    window.channels = {c3p.feasibility, c3p.policy_dialogue, c3p.capacity_building};
    window.technologies = project.technologies;
    window.project_technologies = bought(in, world, project.technologies);
    return window;
}

}  // namespace

void add_strategy(const StrategyProgrammeInputs& in, const StrategyPlan& plan, Collaboration& collaboration,
                  sim::World& world, Problems& problems) {
    const StrategySection& section = in.scenario.strategy;
    if (plan.projects.empty()) return;
    PurchaseWarnings(in, problems).run();
    const auto rule = choices_of(section.rule)[static_cast<std::size_t>(section.rule)];
    sim::Programme programme{"strategy", fmt::format("Strategy ({})", rule), {}};
    for (int i = 0; i < world.calendar.touched_years(); ++i) {
        const sim::Month january = sim::make_month(world.calendar.first.year() + i, 1);
        const int first = std::max(january.value, section.from.value);
        const int last = std::min(january.value + 11, section.to.value);
        programme.budget_jpy.push_back(plan.budget_jpy_per_year * std::max(0, last - first + 1) / 12.0);
    }
    const auto index = static_cast<std::uint16_t>(world.programmes.size());
    world.programmes.push_back(std::move(programme));
    const std::string source = fmt::format("strategy: {}", rule);
    for (const StrategyProject& project : plan.projects) {
        if (project.tie == StrategyTie::project || project.cost_jpy_per_year > 0.0)
            world.support.push_back(window_of(in, project, index, world));
        if (project.tie == StrategyTie::project)
            collaboration.projects.push_back({project.id,
                                              source,
                                              project.place,
                                              project.partner,
                                              project.from,
                                              project.to,
                                              1.0,
                                              true,
                                              {},
                                              Payer::strategy});
        else
            collaboration.agreements.push_back(
                {*project.partner, project.place, project.from, project.to, 1.0, source, {}, true});
    }
    std::stable_sort(
        collaboration.projects.begin(), collaboration.projects.end(),
        [](const auto& a, const auto& b) { return std::tie(a.from, a.id) < std::tie(b.from, b.id); });
    sort_support(world);
}

}  // namespace domino::scenarios
