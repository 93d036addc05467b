#include "scenarios/world/clean_city_partnerships.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "scenarios/world/support_order.h"

namespace domino::scenarios {

namespace {

struct Span {
    sim::Month from, to;
};

/// When each partner abroad has any tie, overlapping ties joined.
std::map<std::uint32_t, std::vector<Span>> partner_spans(const Collaboration& collaboration) {
    std::map<std::uint32_t, std::vector<Span>> spans;
    for (const auto& tie : collaboration.agreements) spans[tie.partner].push_back({tie.from, tie.to});
    for (const auto& project : collaboration.projects)
        spans[project.place].push_back({project.from, project.to});
    for (auto& [place, list] : spans) {
        std::sort(list.begin(), list.end(), [](const Span& a, const Span& b) {
            return std::pair(a.from, a.to) < std::pair(b.from, b.to);
        });
        std::vector<Span> joined;
        for (const Span& span : list) {
            if (!joined.empty() && span.from <= joined.back().to)
                joined.back().to = std::max(joined.back().to, span.to);
            else
                joined.push_back(span);
        }
        list = std::move(joined);
    }
    return spans;
}

void warn(const Scenario& scenario, std::string reason, Problems& problems) {
    const auto at = scenario.set_at.find("c2p2.enabled");
    problems.push_back(
        {at == scenario.set_at.end() ? SourceLocation{scenario.file.string(), 0, 0} : at->second,
         "c2p2 changes nothing", std::move(reason), "change the scenario, or set c2p2.enabled = false",
         Severity::warning, ProblemKind::scenario});
}

}  // namespace

void add_clean_city_partnerships(const Scenario& scenario, const Collaboration& collaboration,
                                 const std::map<std::string, TechnologyTags>& tags,
                                 const geo::PlaceTable& table, sim::World& world, Problems& problems) {
    const C2p2Section& c2p2 = scenario.c2p2;
    if (c2p2.enabled == OnOff::off || !c2p2.budget_jpy_per_year) return;
    std::vector<std::uint16_t> technologies;
    for (std::size_t k = 0; k < world.technologies.size(); ++k) {
        const auto tag = tags.find(world.technologies[k].id);
        if (tag != tags.end() && serves_waste_or_water(tag->second))
            technologies.push_back(static_cast<std::uint16_t>(k));
    }
    if (technologies.empty()) {
        return warn(scenario, "none of the run's technologies is of waste or water", problems);
    }
    const auto programme = static_cast<std::uint16_t>(world.programmes.size());
    sim::Programme budget{"c2p2", "Clean City Partnership Programme", {}};
    budget.budget_jpy.assign(static_cast<std::size_t>(world.calendar.touched_years()),
                             *c2p2.budget_jpy_per_year);
    world.programmes.push_back(std::move(budget));
    std::size_t added = 0;
    for (const auto& [place, spans] : partner_spans(collaboration)) {
        for (const Span& span : spans) {
            sim::SupportWindow window;
            window.from = std::max(span.from, c2p2.from);
            window.to = span.to;
            if (window.from >= std::min(window.to, world.calendar.end())) continue;
            window.project_id = fmt::format("c2p2-{}-{}", table.places[place].id, window.from.year());
            window.place = place;
            window.cost_jpy_per_year = c2p2.cost_jpy_per_place_year;
            window.programme = programme;
            window.channels = {0.0, c2p2.policy_dialogue, c2p2.capacity_building};
            window.technologies = technologies;
            world.support.push_back(std::move(window));
            ++added;
        }
    }
    if (added == 0) warn(scenario, "no partner city has an agreement or a project in its time", problems);
    sort_support(world);
}

}  // namespace domino::scenarios
