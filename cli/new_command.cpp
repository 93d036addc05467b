#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/failure.h"
#include "scenarios/proposal/proposal_template.h"
#include "scenarios/template_toml.h"

namespace domino::cli {
namespace {

/// Writes a file that must not exist yet; nothing is left of one that could not be written whole.
void write_new_file(const std::string& path, const std::string& text) {
    std::FILE* file = std::fopen(path.c_str(), "wbx");
    if (file == nullptr && errno == EEXIST)
        throw Failure(ExitCode::usage, fmt::format("\"{}\" exists already; choose another name", path));
    if (file == nullptr)
        throw Failure(ExitCode::failed, fmt::format("cannot create \"{}\": {}", path, std::strerror(errno)));
    const bool written =
        std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
    const int error = errno;
    if (std::fclose(file) != 0 || !written) {
        std::remove(path.c_str());
        throw Failure(ExitCode::failed,
                      fmt::format("cannot write \"{}\": {}", path, std::strerror(written ? errno : error)));
    }
}

}  // namespace

void add_new_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command = app.add_subcommand("new", "Write a commented scenario to start from");
    const auto file = std::make_shared<std::string>();
    const auto proposal = std::make_shared<bool>(false);
    command->add_option("FILE", *file, "Where to write it; standard output without")->type_name("");
    command->add_flag("--proposal", *proposal, "A proposal for domino score instead");
    command->footer("Examples: domino new my.toml; domino new --proposal proposal.toml");
    command->callback([&session, &chosen, file, proposal] {
        chosen = [&session, file, proposal] {
            const std::string text = *proposal ? scenarios::proposal_template() : scenarios::template_toml();
            if (file->empty()) {
                print_data(text);
            } else {
                write_new_file(*file, text);
                session.console.info(fmt::format("wrote {}; next: domino {} {}", *file,
                                                 *proposal ? "score" : "validate", *file));
            }
            return ExitCode::done;
        };
    });
}

}  // namespace domino::cli
