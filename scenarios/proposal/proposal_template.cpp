#include "scenarios/proposal/proposal_template.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/proposal/proposal_keys.h"
#include "scenarios/write_value.h"

namespace domino::scenarios {
namespace {

void append_keys(std::string& text, std::string_view table) {
    for (const Key<Proposal>& info : proposal_keys()) {
        if (info.table != table) continue;
        text += fmt::format("# {}", info.doc);
        if (!info.choices.empty()) text += fmt::format(" One of: {}.", fmt::join(info.choices, ", "));
        const std::string standard = info.absence == Absence::keeps_default
                                         ? write_value(info.get(Proposal{}), info)
                                         : std::string(info.example);
        text += fmt::format("\n{}{} = {}\n", info.absence == Absence::error ? "" : "# ", info.key, standard);
    }
}

}  // namespace

std::string proposal_template() {
    std::string text =
        "# A proposal to the City-to-City Collaboration Programme. All figures are examples: replace them.\n"
        "# What is left out counts as unknown, and the points that depend on it stay open. Quantities carry\n"
        "# their unit in the value. Score with: domino score FILE.\n\n";
    append_keys(text, "");
    for (const TableInfo& table : proposal_tables()) {
        text += fmt::format("\n# {}\n[{}]\n", table.doc, table.path);
        append_keys(text, table.path);
    }
    for_each_proposal_list([&](const auto& list) {
        text += fmt::format("\n# {}\n# [[{}]]\n", list.doc, list.path);
        for (const auto& info : list.keys) {
            const std::string shown = info.example.empty() && !info.choices.empty()
                                          ? fmt::format("\"{}\"", info.choices.front())
                                          : std::string(info.example);
            text += fmt::format("# {} = {}  # {}", info.key, shown, info.doc);
            if (!info.choices.empty()) text += fmt::format(" One of: {}.", fmt::join(info.choices, ", "));
            text += '\n';
        }
    });
    return text;
}

}  // namespace domino::scenarios
