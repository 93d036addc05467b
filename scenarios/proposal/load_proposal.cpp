#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "geo/problem.h"
#include "scenarios/proposal/check_proposal.h"
#include "scenarios/proposal/proposal_keys.h"
#include "scenarios/proposal/scoring_sheet.h"
#include "scenarios/read_value.h"
#include "scenarios/world/problems.h"

namespace domino::scenarios {
namespace {

/// The keys of one file read into a proposal.
class ProposalReader {
 public:
    ProposalReader(const TomlDocument& document, const Vocabulary& names, Proposal& proposal,
                   Problems& problems)
        : document_(document), proposal_(proposal), context_{document, names, problems} {}

    void read() {
        for (const auto& [key, node] : document_.table) read_top(key, node);
        for (const Key<Proposal>& info : proposal_keys()) {
            const std::string name = dotted(info);
            if (info.absence != Absence::error || seen(name)) continue;
            problem({document_.shown, 0, 0}, fmt::format("the key {} is missing", name),
                    fmt::format("add {} = {}", name, info.example));
        }
    }

 private:
    void problem(SourceLocation where, std::string what, std::string fix) {
        context_.problems.push_back({std::move(where), std::move(what), "", std::move(fix)});
    }

    /// Whether a key stands in the file, right or wrong.
    bool seen(const std::string& name) const { return proposal_.set_at.contains(name); }

    void read_top(const toml::key& key, const toml::node& node) {
        const std::string_view word = key.str();
        if (read_key("", key, node) || read_list(word, node)) return;
        const auto tables = proposal_tables();
        if (std::none_of(tables.begin(), tables.end(), [&](const TableInfo& t) { return t.path == word; }))
            return unknown_key("", key);
        const toml::table* table = node.as_table();
        if (table == nullptr)
            return problem(locate(node, document_.shown), fmt::format("{} is a table", word),
                           fmt::format("write [{}] and its keys below", word));
        for (const auto& [inner, value] : *table)
            if (!read_key(word, inner, value)) unknown_key(word, inner);
    }

    bool read_key(std::string_view table, const toml::key& key, const toml::node& node) {
        for (const Key<Proposal>& info : proposal_keys()) {
            if (info.table != table || info.key != key.str()) continue;
            const std::string name = dotted(info);
            if (const auto value = read_value(node, info, name, context_)) info.set(proposal_, *value);
            proposal_.set_at[name] = locate(node, document_.shown);
            return true;
        }
        return false;
    }

    bool read_list(std::string_view path, const toml::node& node) {
        bool found = false;
        for_each_proposal_list([&](const auto& list) {
            if (list.path != path) return;
            found = true;
            const toml::array* array = node.as_array();
            if (array == nullptr)
                return problem(locate(node, document_.shown), fmt::format("{} is a list of tables", path),
                               fmt::format("write [[{}]] with two brackets", path));
            for (const toml::node& element : *array) {
                if (const toml::table* table = element.as_table())
                    read_entry(list, *table);
                else
                    problem(locate(element, document_.shown), fmt::format("an entry of {} is a table", path),
                            fmt::format("write [[{}]] and its keys below", path));
            }
        });
        return found;
    }

    template <class Entry>
    void read_entry(const ProposalList<Entry>& list, const toml::table& table) {
        Entry entry;
        entry.where = locate(table, document_.shown);
        for (const auto& [key, node] : table) {
            const auto info = std::find_if(list.keys.begin(), list.keys.end(),
                                           [name = key.str()](const auto& k) { return k.key == name; });
            if (info == list.keys.end()) {
                std::vector<std::string> here;
                for (const auto& known : list.keys) here.emplace_back(known.key);
                report_unknown(key, fmt::format(" in [[{}]]", list.path), did_you_mean(key.str(), here));
            } else if (const auto value =
                           read_value(node, *info, fmt::format("{}.{}", list.path, info->key), context_)) {
                info->set(entry, *value);
            }
        }
        for (const auto& info : list.keys)
            if (info.absence == Absence::error && !table.contains(info.key))
                problem(entry.where, fmt::format("{}: the key {} is missing", list.path, info.key),
                        fmt::format("add {} = {}", info.key, info.example));
        list.entries(proposal_).push_back(std::move(entry));
    }

    void unknown_key(std::string_view table, const toml::key& key) {
        std::vector<std::string> here, elsewhere;
        for (const Key<Proposal>& info : proposal_keys()) {
            if (info.table == table) here.emplace_back(info.key);
            if (info.key == key.str()) elsewhere.push_back(dotted(info));
        }
        if (table.empty()) {
            for (const TableInfo& t : proposal_tables()) here.emplace_back(t.path);
            for_each_proposal_list([&](const auto& list) { here.emplace_back(list.path); });
        }
        std::string fix = did_you_mean(key.str(), here);
        if (fix.empty() && !elsewhere.empty())
            fix = elsewhere.front() == key.str()
                      ? fmt::format("{} belongs at the top, before the first [table]", key.str())
                      : fmt::format("did you mean {}?", elsewhere.front());
        report_unknown(key, table.empty() ? std::string{} : fmt::format(" in [{}]", table), std::move(fix));
    }

    void report_unknown(const toml::key& key, const std::string& in, std::string fix) {
        if (fix.empty()) fix = "\"domino new --proposal\" prints every key there is";
        problem(locate(key, document_.shown),
                fmt::format("unknown key \"{}\"{}", key.str().substr(0, 60), in), std::move(fix));
    }

    const TomlDocument& document_;
    Proposal& proposal_;
    ReadContext context_;
};

bool data_at_fault(const Problems& problems) {
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& p) { return p.kind == ProblemKind::data; });
}

}  // namespace

LoadedProposal load_proposal(const std::filesystem::path& file, const std::filesystem::path& data_dir) {
    LoadedProposal loaded;
    std::error_code error;
    auto absolute = std::filesystem::weakly_canonical(file, error);
    if (error) absolute = std::filesystem::absolute(file, error);
    const auto document = read_toml(absolute, file.string(), {}, loaded.problems);
    if (!document) return loaded;
    const Vocabulary names = Vocabulary::read(data_dir, loaded.problems);
    if (data_at_fault(loaded.problems)) return loaded;
    Proposal proposal;
    proposal.file = absolute;
    ProposalReader(*document, names, proposal, loaded.problems).read();
    try {
        Pack pack(data_dir);
        check_proposal(proposal, read_scoring_sheet(pack), document->shown, loaded.problems);
    } catch (const geo::ProblemError& damaged) {
        append_data_problems(loaded.problems, damaged, {});
    }
    std::stable_sort(loaded.problems.begin(), loaded.problems.end(), [](const Problem& a, const Problem& b) {
        return std::tie(a.where.file, a.where.line, a.where.column) <
               std::tie(b.where.file, b.where.line, b.where.column);
    });
    if (!has_errors(loaded.problems)) loaded.proposal = std::move(proposal);
    return loaded;
}

}  // namespace domino::scenarios
