#include "scenarios/world/without_ties.h"

#include <fmt/format.h>

#include <utility>

namespace domino::scenarios {

namespace {

using Places = std::set<std::uint32_t>;

sim::FrozenLayer without_edges(const Places& places, const sim::FrozenLayer& layer) {
    sim::FrozenLayer kept;
    kept.name = layer.name;
    kept.kind = layer.kind;
    kept.row_begin.push_back(0);
    for (std::uint32_t target = 0; target + 1 < layer.row_begin.size(); ++target) {
        for (std::uint32_t e = layer.row_begin[target]; e < layer.row_begin[target + 1]; ++e) {
            if (places.contains(target) || places.contains(layer.source[e])) continue;
            kept.source.push_back(layer.source[e]);
            kept.weight.push_back(layer.weight[e]);
            if (!layer.drawn_weight.empty()) kept.drawn_weight.push_back(layer.drawn_weight[e]);
            if (!layer.dated()) continue;
            kept.from.push_back(layer.from[e]);
            kept.to.push_back(layer.to[e]);
        }
        kept.row_begin.push_back(static_cast<std::uint32_t>(kept.source.size()));
    }
    return kept;
}

}  // namespace

std::vector<PlaceNames::Match> resolve_without_ties(const Scenario& scenario, const NamedPlaces& names,
                                                    Problems& problems) {
    std::vector<PlaceNames::Match> matches;
    for (const std::string& text : scenario.model.without_ties_of) {
        NamedPlaces::Fault fault;
        if (auto match = names.find(text, NameScope::anywhere, fault)) {
            matches.push_back(std::move(*match));
            continue;
        }
        const auto at = scenario.set_at.find("model.without_ties_of");
        problems.push_back(
            {at == scenario.set_at.end() ? SourceLocation{scenario.file.string(), 0, 0} : at->second,
             "model.without_ties_of: " + fault.what, "", fault.fix, Severity::error, ProblemKind::scenario});
    }
    return matches;
}

void drop_partnerships(const Places& places, Collaboration& collaboration, StrategyPlan& strategy) {
    const auto is_end = [&](const auto& project) {
        return places.contains(project.place) || (project.partner && places.contains(*project.partner));
    };
    std::erase_if(collaboration.agreements, [&](const Agreement& tie) {
        return places.contains(tie.japan) || places.contains(tie.partner);
    });
    std::erase_if(collaboration.projects, is_end);
    std::erase_if(strategy.projects, is_end);
}

void drop_edges(const Places& places, std::vector<sim::FrozenLayer>& layers, std::vector<Link>& links) {
    if (places.empty()) return;
    for (sim::FrozenLayer& layer : layers) layer = without_edges(places, layer);
    std::erase_if(links,
                  [&](const Link& link) { return places.contains(link.a) || places.contains(link.b); });
}

}  // namespace domino::scenarios
