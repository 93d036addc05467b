#include "scenarios/template_toml.h"

#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/scenario_keys.h"
#include "scenarios/write_value.h"

namespace domino::scenarios {
namespace {

/// The few keys that stand open in the template; everything else is a comment to uncomment.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> open_keys = {{
    {"name", "\"my-scenario\""},
    {"title", "\"Japan and Viet Nam, their city partnerships doubled from 2027\""},
    {"technologies",
     "[\"solar_pv_residential\", \"room_ac_inverter\", \"ev_car\", \"e2w\", \"waste_to_energy\"]"},
    {"places.countries", "[\"Japan\", \"Viet Nam\"]"},
    {"c3p.scaled_from", "\"2027-04\""},
    {"c3p.projects_scale", "2"},
    {"c3p.budget_scale", "2"},
}};

std::string_view open_value(const std::string& key) {
    for (const auto& [open, value] : open_keys)
        if (open == key) return value;
    return {};
}

void append_doc(std::string& text, const KeyInfo& info) {
    text += fmt::format("# {}", info.doc);
    if (info.mark == 'S') text += fmt::format(" [sourced: {}]", info.source);
    if (info.mark == 'C') text += fmt::format(" [computed: {}]", info.source);
    if (info.mark == 'G') text += info.source.empty() ? " [guess]" : fmt::format(" [guess: {}]", info.source);
    if (!info.choices.empty()) text += fmt::format(" One of: {}.", fmt::join(info.choices, ", "));
    text += '\n';
}

template <class Owner>
std::string default_or_example(const Key<Owner>& info) {
    const bool has_default = info.absence == Absence::keeps_default || info.absence == Absence::drawn;
    const std::string value = has_default ? write_value(info.get(Owner{}), info) : std::string{};
    return value.empty() ? std::string(info.example) : value;
}

void append_keys(std::string& text, std::string_view table) {
    for (const Key<Scenario>& info : scenario_keys()) {
        if (info.table != table) continue;
        append_doc(text, info);
        const std::string_view open = open_value(dotted(info));
        text += open.empty() ? fmt::format("# {} = {}\n", info.key, default_or_example(info))
                             : fmt::format("{} = {}\n", info.key, open);
    }
}

}  // namespace

std::string template_toml() {
    std::string text =
        "# A scenario of domino. Every key there is stands below: those in comments show their default, or "
        "an example\n"
        "# where there is none. Take the comment sign off to set a key. Quantities carry their unit in the "
        "value.\n"
        "# Check with: domino validate FILE. Run with: domino run FILE -o OUT.\n\n"
        "# A scenario may take over all keys of another and change some; name, title, description and "
        "reference stay\n"
        "# a file's own. Entries of lists of tables are added to the parent's, or replace the one of the "
        "same name.\n"
        "# extends = \"jcm-2040.toml\"\n\n";
    append_keys(text, "");
    for (const TableInfo& table : scenario_tables()) {
        text += fmt::format("\n# {}\n[{}]\n", table.doc, table.path);
        append_keys(text, table.path);
    }
    text +=
        "\n# Parameters of the model, by parameter_id of data/tables/parameters.csv: a number, or a "
        "distribution "
        "with, if wanted,\n"
        "# the probability zero that the value is exactly 0.\n[parameters]\n"
        "# gamma_collaboration = { half_normal = 0.5, zero = 0.5 }\n# phase_switch_share = { uniform = [0.1, "
        "0.35] "
        "}\n";
    for_each_entry_list([&](const auto& list) {
        text += fmt::format("\n# {}\n# [[{}]]\n", list.doc, list.path);
        for (const auto& info : list.keys)
            text += fmt::format("# {} = {}  # {}\n", info.key, default_or_example(info), info.doc);
    });
    return text;
}

}  // namespace domino::scenarios
