#include "scenarios/single_change.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/scenario_keys.h"

namespace domino::scenarios {
namespace {

void take_entry(const std::string& key, const auto& list, const Scenario& other, Scenario& scenario) {
    auto& entries = list.entries(scenario);
    const auto& theirs = list.read(other);
    const auto named = [&](const std::string& name) {
        return [&list, name](const auto& entry) {
            return fmt::format("{}.{}", list.path, list.identify(entry)) == name;
        };
    };
    const auto source = std::find_if(theirs.begin(), theirs.end(), named(key));
    const auto target = std::find_if(entries.begin(), entries.end(), named(key));
    if (source != theirs.end() && target == entries.end()) {
        entries.push_back(*source);
    } else if (source == theirs.end() && target != entries.end()) {
        entries.erase(target);
    } else if (source == theirs.end()) {
        // A key of an entry that both have.
        for (auto& entry : entries) {
            const std::string name = fmt::format("{}.{}", list.path, list.identify(entry));
            const auto twin = std::find_if(theirs.begin(), theirs.end(), named(name));
            if (twin == theirs.end()) continue;
            for (const auto& info : list.keys)
                if (fmt::format("{}.{}", name, info.key) == key) info.set(entry, info.get(*twin));
        }
    }
}

}  // namespace

Scenario take_over(const Scenario& base, const Scenario& other, const std::string& key) {
    Scenario scenario = base;
    for (const Key<Scenario>& info : scenario_keys()) {
        if (dotted(info) != key) continue;
        info.set(scenario, info.get(other));
        if (info.key == "projects_scale" || info.key == "budget_scale")
            scenario.c3p.scaled_from = other.c3p.scaled_from ? other.c3p.scaled_from : base.c3p.scaled_from;
    }
    const bool scales = scenario.c3p.projects_scale != 1.0 || scenario.c3p.budget_scale != 1.0;
    if (!scales && key.ends_with("_scale")) scenario.c3p.scaled_from = other.c3p.scaled_from;
    const std::string prefix = std::string(parameters_table) + ".";
    if (key.starts_with(prefix)) {
        const std::string symbol = key.substr(prefix.size());
        const auto found = other.parameters.find(symbol);
        if (found == other.parameters.end())
            scenario.parameters.erase(symbol);
        else
            scenario.parameters.insert_or_assign(symbol, found->second);
    }
    for_each_entry_list([&](const auto& list) {
        if (key.starts_with(std::string(list.path) + ".")) take_entry(key, list, other, scenario);
    });
    return scenario;
}

}  // namespace domino::scenarios
