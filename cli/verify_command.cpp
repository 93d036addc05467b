#include <memory>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "viz/verify.h"

namespace domino::cli {
namespace {

std::string_view word_of(viz::FileFault fault) {
    return fault == viz::FileFault::missing ? "missing" : "altered";
}

ExitCode verify(const std::string& manifest, Session& session) {
    const viz::VerifyResult result = viz::verify_manifest(manifest);
    auto faults = nlohmann::ordered_json::array();
    std::string text;
    for (const auto& mismatch : result.mismatches) {
        faults.push_back(
            {{"file", mismatch.file}, {"fault", word_of(mismatch.fault)}, {"what", mismatch.what}});
        text += fmt::format("{}: {} ({})\n", mismatch.file, word_of(mismatch.fault), mismatch.what);
    }
    const nlohmann::ordered_json all = {{"holds", result.holds()},
                                        {"files", result.files},
                                        {"mismatches", faults},
                                        {"unlisted", result.unlisted}};
    print_data(session.json ? all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n"
                            : text);
    for (const std::string& file : result.unlisted)
        if (!session.json) session.console.info(fmt::format("{}: not of this run", file));
    if (!result.holds()) {
        session.console.error(
            fmt::format("{} of {} files are not what the run wrote", result.mismatches.size(), result.files));
        return ExitCode::check_failed;
    }
    session.console.info(fmt::format("all {} files are what the run wrote", result.files));
    return ExitCode::done;
}

}  // namespace

void add_verify_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command =
        app.add_subcommand("verify", "Check that results are, byte for byte, what a run wrote");
    const auto manifest = std::make_shared<std::string>();
    command->add_option("RESULTS", *manifest, "Folder of results, or its manifest.json")
        ->required()
        ->type_name("");
    command->footer("Example: domino verify out/c3p");
    command->callback([&session, &chosen, manifest] {
        chosen = [&session, manifest] { return verify(*manifest, session); };
    });
}

}  // namespace domino::cli
