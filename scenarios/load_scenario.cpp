#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "scenarios/check_scenario.h"
#include "scenarios/read_value.h"
#include "scenarios/scenario_keys.h"

namespace domino::scenarios {
namespace {

/// One file's keys laid over a scenario that may hold its ancestors' already.
class Overlay {
 public:
    Overlay(const TomlDocument& document, Inheritance keep, Scenario& scenario, const Vocabulary& names,
            Problems& problems)
        : document_(document), keep_(keep), scenario_(scenario), context_{document, names, problems} {}

    void apply() {
        for (const auto& [key, node] : document_.table) apply_top(key, node);
    }

 private:
    void problem(SourceLocation where, std::string what, std::string fix) {
        context_.problems.push_back({std::move(where), std::move(what), "", std::move(fix)});
    }

    void apply_top(const toml::key& key, const toml::node& node) {
        const std::string_view word = key.str();
        if (word == "extends") return;
        if (word == parameters_table) return apply_parameters(node);
        if (set_key("", key, node) || set_list(word, node)) return;
        const auto tables = scenario_tables();
        if (std::none_of(tables.begin(), tables.end(), [&](const TableInfo& t) { return t.path == word; }))
            return unknown_key("", key);
        const toml::table* table = node.as_table();
        if (table == nullptr)
            return problem(locate(node, document_.shown), fmt::format("{} is a table", word),
                           fmt::format("write [{}] and its keys below", word));
        apply_table(word, *table);
    }

    /// Keys of a table, of tables within it and of lists of tables.
    void apply_table(std::string_view path, const toml::table& table) {
        const auto tables = scenario_tables();
        for (const auto& [key, value] : table) {
            const std::string inner = fmt::format("{}.{}", path, key.str());
            const bool nested = std::any_of(tables.begin(), tables.end(),
                                            [&](const TableInfo& t) { return t.path == inner; });
            if (nested && value.is_table()) {
                apply_table(inner, *value.as_table());
            } else if (nested) {
                problem(locate(value, document_.shown), fmt::format("{} is a table", inner),
                        fmt::format("write [{}] and its keys below", inner));
            } else if (!set_key(path, key, value) && !set_list(inner, value)) {
                unknown_key(path, key);
            }
        }
    }

    /// Whether there is such a key; its value is set when it is right.
    bool set_key(std::string_view table, const toml::key& key, const toml::node& node) {
        for (const Key<Scenario>& info : scenario_keys()) {
            if (info.table != table || info.key != key.str()) continue;
            const std::string name = dotted(info);
            const auto value = read_value(node, info, name, context_);
            if (info.inheritance == Inheritance::inherited || keep_ == Inheritance::own) {
                if (value) info.set(scenario_, *value);
                scenario_.set_at[name] = locate(node, document_.shown);
            }
            return true;
        }
        return false;
    }

    bool set_list(std::string_view path, const toml::node& node) {
        bool found = false;
        for_each_entry_list([&](const auto& list) {
            if (list.path != path) return;
            found = true;
            apply_list(list, node);
        });
        return found;
    }

    template <class Entry>
    void apply_list(const EntryList<Entry>& list, const toml::node& node) {
        const toml::array* array = node.as_array();
        if (array == nullptr)
            return problem(locate(node, document_.shown), fmt::format("{} is a list of tables", list.path),
                           fmt::format("write [[{}]] with two brackets", list.path));
        std::vector<Entry>& entries = list.entries(scenario_);
        if (array->empty()) entries.clear();
        const std::size_t inherited = entries.size();
        for (const toml::node& element : *array) {
            const toml::table* table = element.as_table();
            if (table == nullptr) {
                problem(locate(element, document_.shown), fmt::format("an entry of {} is a table", list.path),
                        fmt::format("write [[{}]] and its keys below", list.path));
                continue;
            }
            if (auto entry = read_entry(list, *table))
                place(list, entries, inherited, std::move(*entry), element);
        }
    }

    template <class Entry>
    std::optional<Entry> read_entry(const EntryList<Entry>& list, const toml::table& table) {
        Entry entry;
        entry.where = locate(table, document_.shown);
        const std::size_t before = context_.problems.size();
        for (const auto& [key, node] : table) {
            const auto info = std::find_if(list.keys.begin(), list.keys.end(),
                                           [name = key.str()](const auto& k) { return k.key == name; });
            if (info == list.keys.end()) {
                unknown_entry_key(list, key);
                continue;
            }
            if (const auto value =
                    read_value(node, *info, fmt::format("{}.{}", list.path, info->key), context_))
                info->set(entry, *value);
        }
        for (const auto& info : list.keys)
            if (info.absence == Absence::error && !table.contains(info.key))
                problem(entry.where, fmt::format("{}: the key {} is missing", list.path, info.key),
                        fmt::format("add {} = {}", info.key, info.example));
        if (context_.problems.size() > before) return std::nullopt;
        return entry;
    }

    /// Adds an entry, or puts it where the parent's entry of the same name stood.
    template <class Entry>
    void place(const EntryList<Entry>& list, std::vector<Entry>& entries, std::size_t inherited, Entry entry,
               const toml::node& element) {
        const std::string name = list.identify(entry);
        const auto same = std::find_if(entries.begin(), entries.end(),
                                       [&](const Entry& e) { return list.identify(e) == name; });
        scenario_.set_at[fmt::format("{}.{}", list.path, name)] = entry.where;
        if (same == entries.end()) {
            entries.push_back(std::move(entry));
        } else if (same < entries.begin() + static_cast<std::ptrdiff_t>(inherited)) {
            *same = std::move(entry);
        } else {
            problem(locate(element, document_.shown),
                    fmt::format("{}: \"{}\" stands here twice", list.path, name),
                    fmt::format("the first is in line {}; rename or delete one", same->where.line));
        }
    }

    void apply_parameters(const toml::node& node) {
        const toml::table* table = node.as_table();
        if (table == nullptr)
            return problem(locate(node, document_.shown), "parameters is a table",
                           "write [parameters] and its keys below");
        std::vector<std::string> symbols;
        for (const ParameterName& p : context_.names.parameters()) symbols.push_back(p.symbol);
        for (const auto& [key, value] : *table) {
            const std::string symbol(key.str());
            const ParameterName* known = context_.names.find_parameter(symbol);
            if (known == nullptr) {
                const std::string near = did_you_mean(symbol, symbols);
                problem(locate(key, document_.shown),
                        fmt::format("there is no parameter \"{}\"", symbol.substr(0, 60)),
                        near.empty() ? "data/tables/parameters.csv lists them" : near);
                continue;
            }
            if (const std::string key_name = key_that_sets(symbol); !key_name.empty()) {
                problem(locate(key, document_.shown),
                        fmt::format("the parameter {} is set by a key of its own", symbol),
                        fmt::format("set {} instead", key_name));
                continue;
            }
            const bool never_negative = known->prior && !can_be_negative(*known->prior);
            const std::string name = fmt::format("{}.{}", parameters_table, symbol);
            const auto prior =
                read_prior(value, name, never_negative ? Support::not_negative : Support::any, context_);
            if (!prior) continue;
            scenario_.parameters[symbol] = *prior;
            scenario_.set_at[name] = locate(value, document_.shown);
        }
    }

    static std::string key_that_sets(std::string_view symbol) {
        for (const Key<Scenario>& info : scenario_keys())
            if (info.parameter == symbol) return dotted(info);
        return {};
    }

    void unknown_key(std::string_view table, const toml::key& key) {
        std::vector<std::string> here, elsewhere;
        for (const Key<Scenario>& info : scenario_keys()) {
            if (info.table == table) here.emplace_back(info.key);
            if (info.key == key.str()) elsewhere.push_back(dotted(info));
        }
        if (table.empty()) {
            here.insert(here.end(), {"extends", std::string(parameters_table)});
        }
        for (const TableInfo& t : scenario_tables()) {
            const auto dot = t.path.rfind('.');
            if (table == (dot == std::string_view::npos ? std::string_view{} : t.path.substr(0, dot)))
                here.emplace_back(t.path.substr(dot == std::string_view::npos ? 0 : dot + 1));
        }
        for_each_entry_list([&](const auto& list) {
            const auto dot = list.path.rfind('.');
            const auto parent = dot == std::string_view::npos ? std::string_view{} : list.path.substr(0, dot);
            if (parent == table)
                here.emplace_back(list.path.substr(dot == std::string_view::npos ? 0 : dot + 1));
        });
        std::string fix = did_you_mean(key.str(), here);
        if (fix.empty() && !elsewhere.empty())
            fix = elsewhere.front() == key.str()
                      ? fmt::format("{} belongs at the top, before the first [table]", key.str())
                      : fmt::format("did you mean {}?", elsewhere.front());
        report_unknown(key, table.empty() ? std::string{} : fmt::format(" in [{}]", table), std::move(fix));
    }

    template <class Entry>
    void unknown_entry_key(const EntryList<Entry>& list, const toml::key& key) {
        std::vector<std::string> here;
        for (const auto& info : list.keys) here.emplace_back(info.key);
        report_unknown(key, fmt::format(" in [[{}]]", list.path), did_you_mean(key.str(), here));
    }

    void report_unknown(const toml::key& key, const std::string& in, std::string fix) {
        if (fix.empty()) fix = "\"domino new\" prints every key there is";
        problem(locate(key, document_.shown),
                fmt::format("unknown key \"{}\"{}", key.str().substr(0, 60), in), std::move(fix));
    }

    const TomlDocument& document_;
    Inheritance keep_;
    Scenario& scenario_;
    ReadContext context_;
};

/// The file and all it extends, the oldest ancestor last; stops where a file is missing or repeats.
std::vector<TomlDocument> read_chain(const std::filesystem::path& file, Problems& problems) {
    constexpr std::size_t longest_chain = 32;
    std::vector<TomlDocument> chain;
    std::filesystem::path next = file;
    std::string shown = file.string();
    SourceLocation named_at;
    while (true) {
        std::error_code error;
        auto absolute = std::filesystem::weakly_canonical(next, error);
        if (error) absolute = std::filesystem::absolute(next, error);
        const bool repeats = std::any_of(chain.begin(), chain.end(),
                                         [&](const TomlDocument& d) { return d.file == absolute; });
        if (repeats || chain.size() == longest_chain) {
            problems.push_back({named_at,
                                repeats ? fmt::format("extends: \"{}\" extends itself in the end", shown)
                                        : "extends: more than 32 files in a chain",
                                "", "break the circle: one of the files must stand alone"});
            return chain;
        }
        auto document = read_toml(absolute, shown, named_at, problems);
        if (!document) return chain;
        chain.push_back(std::move(*document));
        const toml::node* extends = chain.back().table.get("extends");
        if (extends == nullptr) return chain;
        named_at = locate(*extends, shown);
        const auto parent = extends->value_exact<std::string>();
        if (!parent || parent->empty()) {
            problems.push_back({named_at, "extends: the path of a scenario belongs here", "",
                                "write it as in extends = \"jcm-2040.toml\""});
            return chain;
        }
        next = absolute.parent_path() / *parent;
        shown = (std::filesystem::path(shown).parent_path() / *parent).lexically_normal().string();
    }
}

void check_required(const Scenario& scenario, const std::string& shown, Problems& problems) {
    for (const Key<Scenario>& info : scenario_keys()) {
        const std::string name = dotted(info);
        if (info.absence != Absence::error || scenario.set_at.contains(name)) continue;
        problems.push_back({{shown, 0, 0},
                            fmt::format("the key {} is missing", name),
                            "",
                            fmt::format("add {} = {}", name, info.example)});
    }
}

}  // namespace

LoadedScenario load_scenario(const std::filesystem::path& file, const std::filesystem::path& data_dir) {
    LoadedScenario loaded;
    const std::vector<TomlDocument> chain = read_chain(file, loaded.problems);
    if (chain.empty()) return loaded;
    const bool chain_is_whole = !has_errors(loaded.problems);
    const Vocabulary names = Vocabulary::read(data_dir, loaded.problems);
    if (std::any_of(loaded.problems.begin(), loaded.problems.end(),
                    [](const Problem& p) { return p.kind == ProblemKind::data; }))
        return loaded;
    Scenario scenario;
    scenario.file = chain.front().file;
    for (auto document = chain.rbegin(); document != chain.rend(); ++document) {
        const bool own = document + 1 == chain.rend();
        Overlay(*document, own ? Inheritance::own : Inheritance::inherited, scenario, names, loaded.problems)
            .apply();
    }
    if (scenario.name.empty()) scenario.name = scenario.file.stem().string();
    if (chain_is_whole) {
        check_required(scenario, chain.front().shown, loaded.problems);
        check_scenario(scenario, chain.front().shown, loaded.problems);
    }
    std::stable_sort(loaded.problems.begin(), loaded.problems.end(), [](const Problem& a, const Problem& b) {
        return std::tie(a.where.file, a.where.line, a.where.column) <
               std::tie(b.where.file, b.where.line, b.where.column);
    });
    if (!has_errors(loaded.problems)) loaded.scenario = std::move(scenario);
    return loaded;
}

}  // namespace domino::scenarios
