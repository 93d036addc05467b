#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "cli/load_world.h"
#include "scenarios/json_schema.h"

namespace domino::cli {
namespace {

struct ValidateOptions {
    std::vector<std::string> files;
    bool schema = false;
    bool text_only = false;
};

const char* kind_of(const scenarios::Problem& p) {
    switch (p.kind) {
        case scenarios::ProblemKind::scenario:
            return "scenario";
        case scenarios::ProblemKind::data:
            return "data";
        case scenarios::ProblemKind::infeasible:
            return "infeasible";
    }
    return "";
}

nlohmann::ordered_json to_json(const scenarios::Problem& p) {
    return {{"file", p.where.file},
            {"line", p.where.line},
            {"column", p.where.column},
            {"severity", p.severity == scenarios::Severity::error ? "error" : "warning"},
            {"kind", kind_of(p)},
            {"what", p.what},
            {"why", p.why},
            {"fix", p.fix}};
}

ExitCode validate(const ValidateOptions& options, Session& session) {
    if (options.schema) {
        print_data(scenarios::json_schema());
        return ExitCode::done;
    }
    if (options.files.empty())
        throw Failure(ExitCode::usage, "name a scenario, as in: domino validate my.toml");
    const auto data_dir = find_data_folder(session.data);
    ExitCode worst = ExitCode::done;
    auto told = nlohmann::ordered_json::array();
    for (const std::string& file : options.files) {
        const auto [problems, urban_shares] =
            options.text_only ? Findings{scenarios::load_scenario(file, data_dir).problems, {}}
                              : find_problems(file, data_dir, session.console);
        const bool valid = !scenarios::has_errors(problems);
        if (!valid) worst = worst == ExitCode::scenario_invalid ? worst : exit_code_of(problems);
        auto list = nlohmann::ordered_json::array();
        for (const auto& problem : problems) list.push_back(to_json(problem));
        told.push_back({{"file", file}, {"valid", valid}, {"problems", std::move(list)}});
        if (session.json) continue;
        session.console.show(problems);
        if (valid) session.console.info(fmt::format("{}: valid", file));
        if (valid && !urban_shares.empty()) session.console.info(urban_shares);
    }
    if (session.json)
        print_data(told.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    return worst;
}

}  // namespace

void add_validate_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command = app.add_subcommand("validate", "Tell every problem of a scenario at once");
    const auto options = std::make_shared<ValidateOptions>();
    command->add_option("SCENARIO", options->files, "Scenario files")->type_name("");
    command->add_flag("--text-only", options->text_only,
                      "Check the text, without layers, rasters and the data they meet");
    command->add_flag("--schema", options->schema, "Print the JSON Schema (2020-12) of scenarios instead");
    command->footer("Example: domino validate my.toml --json");
    command->callback([&session, &chosen, options] {
        chosen = [&session, options] { return validate(*options, session); };
    });
}

}  // namespace domino::cli
