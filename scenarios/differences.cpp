#include <algorithm>

#include <fmt/format.h>

#include "scenarios/month_text.h"
#include "scenarios/scenario_keys.h"
#include "scenarios/write_value.h"

namespace domino::scenarios {
namespace {

/// A value as a sentence shows it: without the quotes of TOML.
std::string show(const Value& value, const KeyInfo& info) {
    const bool quoted = info.type != ValueType::text_list && info.type != ValueType::year_list &&
                        info.type != ValueType::source_list && info.type != ValueType::country_list &&
                        info.type != ValueType::technology_list && info.type != ValueType::network_list;
    std::string text = write_value(value, info);
    if (quoted && text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
    if (text == "[]") return "none";
    return text.empty() ? "not set" : text;
}

std::string since(const Scenario& scenario, const KeyInfo& info) {
    if (info.table == "eco_lease" && scenario.eco_lease.from) return format_month(*scenario.eco_lease.from);
    if (info.table == "strategy") return format_month(scenario.strategy.from);
    if (info.table == "c2p2") return format_month(scenario.c2p2.from);
    const bool scaled = info.key == "projects_scale" || info.key == "budget_scale";
    return scaled && scenario.c3p.scaled_from ? format_month(*scenario.c3p.scaled_from) : std::string{};
}

template <class Entry>
std::string since(const Entry& entry) {
    if constexpr (requires { entry.from.has_value(); })
        return entry.from ? format_month(*entry.from) : std::string{};
    else if constexpr (requires { entry.from; })
        return format_month(entry.from);
    else
        return {};
}

/// "japan = …, partner = …": an entry in one line.
template <class Entry>
std::string show(const EntryList<Entry>& list, const Entry& entry) {
    std::string text;
    for (const Key<Entry>& info : list.keys) {
        const Value value = info.get(entry);
        if (std::holds_alternative<std::monostate>(value)) continue;
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", info.key, show(value, info));
    }
    return text;
}

template <class Entry>
void compare_entries(const EntryList<Entry>& list, const std::vector<Entry>& before,
                     const std::vector<Entry>& after, std::vector<LeverChange>& changes) {
    const auto find = [&](const std::vector<Entry>& entries, const std::string& name) {
        return std::find_if(entries.begin(), entries.end(),
                            [&](const Entry& e) { return list.identify(e) == name; });
    };
    for (const Entry& entry : before)
        if (find(after, list.identify(entry)) == after.end())
            changes.push_back({fmt::format("{}.{}", list.path, list.identify(entry)), show(list, entry),
                               "left out", since(entry)});
    for (const Entry& entry : after) {
        const std::string name = fmt::format("{}.{}", list.path, list.identify(entry));
        const auto old = find(before, list.identify(entry));
        if (old == before.end()) {
            changes.push_back({name, "none", show(list, entry), since(entry)});
            continue;
        }
        for (const Key<Entry>& info : list.keys) {
            const Value from = info.get(*old), to = info.get(entry);
            if (from != to)
                changes.push_back(
                    {fmt::format("{}.{}", name, info.key), show(from, info), show(to, info), since(entry)});
        }
    }
}

void compare_parameters(const Scenario& reference, const Scenario& scenario,
                        std::vector<LeverChange>& changes) {
    const auto show_in = [](const Scenario& s, const std::string& symbol) {
        const auto found = s.parameters.find(symbol);
        return found == s.parameters.end() ? std::string("as in the data pack") : write_prior(found->second);
    };
    std::map<std::string, sim::Prior> all = reference.parameters;
    all.insert(scenario.parameters.begin(), scenario.parameters.end());
    for (const auto& [symbol, prior] : all) {
        const std::string from = show_in(reference, symbol), to = show_in(scenario, symbol);
        if (from != to) changes.push_back({fmt::format("{}.{}", parameters_table, symbol), from, to, ""});
    }
}

}  // namespace

std::vector<LeverChange> differences(const Scenario& reference, const Scenario& scenario) {
    std::vector<LeverChange> changes;
    for (const Key<Scenario>& info : scenario_keys()) {
        if (info.inheritance == Inheritance::own) continue;
        const Value from = info.get(reference), to = info.get(scenario);
        const bool dates_another_change =
            info.key == "scaled_from" && (scenario.c3p.projects_scale != reference.c3p.projects_scale ||
                                          scenario.c3p.budget_scale != reference.c3p.budget_scale);
        if (from == to || dates_another_change) continue;
        changes.push_back({dotted(info), show(from, info), show(to, info), since(scenario, info)});
    }
    compare_parameters(reference, scenario, changes);
    for_each_entry_list(
        [&](const auto& list) { compare_entries(list, list.read(reference), list.read(scenario), changes); });
    return changes;
}

}  // namespace domino::scenarios
