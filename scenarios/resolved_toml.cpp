#include <fmt/format.h>

#include "scenarios/scenario_keys.h"
#include "scenarios/vocabulary.h"
#include "scenarios/write_value.h"

namespace domino::scenarios {
namespace {

constexpr std::string_view word_of(char mark) {
    switch (mark) {
        case 'S':
            return "sourced";
        case 'C':
            return "computed";
        case 'G':
            return "guess";
        case 'M':
            return "from memory, unverified";
        default:
            return "";
    }
}

/// "default, guess: source" – what a reader should know of where a value comes from.
std::string provenance(bool written, char mark, std::string_view source) {
    if (written) return "set by the scenario";
    std::string text = "default";
    if (mark != ' ') text += fmt::format(", {}", word_of(mark));
    if (!source.empty()) text += fmt::format(": {}", source);
    return text;
}

std::string one_line(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    return text;
}

class ResolvedWriter {
 public:
    explicit ResolvedWriter(const Scenario& scenario) : scenario_(scenario) {}

    std::string write(const std::filesystem::path& data_dir) {
        text_ =
            "# Resolved scenario: every key with its value, defaults included, and where the value comes "
            "from.\n";
        write_keys("");
        for (const TableInfo& table : scenario_tables()) {
            text_ += fmt::format("\n[{}]\n", table.path);
            write_keys(table.path);
        }
        write_parameters(data_dir);
        for_each_entry_list([this](const auto& list) { write_list(list); });
        return std::move(text_);
    }

 private:
    void write_keys(std::string_view table) {
        for (const Key<Scenario>& info : scenario_keys()) {
            if (info.table != table) continue;
            const std::string value = write_value(info.get(scenario_), info);
            const bool written = scenario_.set_at.contains(dotted(info));
            if (value.empty())
                text_ += fmt::format("# {} is not set\n", info.key);
            else if (info.absence == Absence::drawn && !written)
                text_ +=
                    fmt::format("# {} = {}  # {}; each member draws {}, written it is certain\n", info.key,
                                value, provenance(written, info.mark, info.source), info.parameter);
            else
                text_ += fmt::format("{} = {}  # {}\n", info.key, value,
                                     provenance(written, info.mark, info.source));
        }
    }

    void write_parameters(const std::filesystem::path& data_dir) {
        Problems ignored;
        const Vocabulary names = data_dir.empty() ? Vocabulary{} : Vocabulary::read(data_dir, ignored);
        text_ += "\n# Parameters of the model. Those in comments stand as in the data pack.\n[parameters]\n";
        for (const auto& [symbol, prior] : scenario_.parameters)
            text_ += fmt::format("{} = {}  # set by the scenario\n", quote(symbol), write_prior(prior));
        for (const ParameterName& known : names.parameters()) {
            if (scenario_.parameters.contains(known.symbol) || !known.prior) continue;
            const bool says_more = !known.source.empty() && known.source != word_of(known.mark);
            const std::string source = says_more ? ": " + known.source : "";
            text_ += one_line(fmt::format("# {} = {}  # {}{}", quote(known.symbol), write_prior(*known.prior),
                                          word_of(known.mark), source)) +
                     "\n";
        }
    }

    template <class Entry>
    void write_list(const EntryList<Entry>& list) {
        for (const Entry& entry : list.read(scenario_)) {
            text_ += fmt::format("\n[[{}]]\n", list.path);
            for (const Key<Entry>& info : list.keys) {
                const std::string value = write_value(info.get(entry), info);
                if (!value.empty()) text_ += fmt::format("{} = {}\n", info.key, value);
            }
        }
    }

    const Scenario& scenario_;
    std::string text_;
};

}  // namespace

std::string resolved_toml(const Scenario& scenario, const std::filesystem::path& data_dir) {
    return ResolvedWriter(scenario).write(data_dir);
}

}  // namespace domino::scenarios
