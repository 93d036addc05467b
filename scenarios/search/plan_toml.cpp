#include "scenarios/search/plan_toml.h"

#include <fmt/format.h>

#include <sstream>
#include <type_traits>
#include <utility>

#include "scenarios/scenario_keys.h"
#include "scenarios/world/plan_strategy.h"
#include "scenarios/write_value.h"

namespace domino::scenarios {
namespace {

constexpr std::string_view no_entries = "[]";

/// Each line a comment of its own.
std::string comment(const std::string& text) {
    std::string lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines += line.empty() ? "#\n" : "# " + line + "\n";
    return lines;
}

/// The keys of [strategy] that are set.
std::string strategy_table(const StrategySection& strategy) {
    Scenario scenario;
    scenario.strategy = strategy;
    std::string text = "\n[strategy]\n";
    for (const Key<Scenario>& info : scenario_keys()) {
        if (info.table != "strategy") continue;
        const std::string value = write_value(info.get(scenario), info);
        if (!value.empty() && value != no_entries) text += fmt::format("{} = {}\n", info.key, value);
    }
    return text;
}

}  // namespace

std::vector<StrategyProjectEntry> list_entries(const StrategyPlan& plan, const StrategySection& section,
                                               const BuiltWorld& without) {
    const auto& places = without.places.places;
    const bool alone = section.agreements == StrategyAgreements::alone;
    const auto usual = strategy_technologies(section.technologies, without.world);
    std::vector<StrategyProjectEntry> entries;
    for (const StrategyProject& project : plan.projects) {
        // An agreement that comes with a project is the section's to conclude.
        if (!alone && project.tie == StrategyTie::agreement) continue;
        StrategyProjectEntry entry;
        entry.partner = places[project.place].id;
        if (project.partner) entry.japan = places[*project.partner].id;
        entry.from = project.from;
        if (!alone) entry.phases = project.phases;
        if (!alone && project.technologies != usual)
            for (const std::uint16_t k : project.technologies)
                entry.technologies.push_back(without.world.technologies[k].id);
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::string plan_toml(const PlanFile& file) {
    std::string text = comment(file.about);
    text += fmt::format("\nextends = {}\n", quote(file.extends));
    if (!file.reference.empty()) text += fmt::format("reference = {}\n", quote(file.reference));
    text += fmt::format("\nname = {}\ntitle = {}\n", quote(file.name), quote(file.title));
    StrategySection strategy = file.strategy;
    strategy.rule = StrategyRule::list;
    strategy.budget_jpy_per_year = file.plan.budget_jpy_per_year;
    text += strategy_table(strategy);
    const auto entries = list_entries(file.plan, file.strategy, file.without);
    for (std::size_t n = 0; n < entries.size(); ++n) {
        text += "\n";
        if (n < file.remarks.size()) text += comment(file.remarks[n]);
        text += "[[strategy.projects]]\n";
        for_each_entry_list([&](const auto& list) {
            if constexpr (std::is_same_v<std::decay_t<decltype(list)>, EntryList<StrategyProjectEntry>>) {
                for (const Key<StrategyProjectEntry>& info : list.keys) {
                    const std::string value = write_value(info.get(entries[n]), info);
                    if (!value.empty() && value != no_entries)
                        text += fmt::format("{} = {}\n", info.key, value);
                }
            }
        });
    }
    return text;
}

}  // namespace domino::scenarios
