#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/output_folder.h"
#include "cli/progress.h"
#include "scenarios/proposal/score_card.h"
#include "viz/score_files.h"

namespace domino::cli {
namespace {

namespace fs = std::filesystem;

struct ScoreOptions {
    std::string proposal, scenario, output;
    scenarios::LikelihoodOptions likelihood;
    bool no_simulation = false, fail_if_ineligible = false;
};

/// Prints the problems; ends the command where one is an error.
void stop_on_errors(const scenarios::Problems& problems, Console& console) {
    console.show(problems);
    if (scenarios::has_errors(problems)) throw Rejected{exit_code_of(problems)};
}

/// The shipped scenario beside the data pack, where the user names none.
fs::path scenario_of(const ScoreOptions& options, const fs::path& data_dir) {
    if (!options.scenario.empty()) return options.scenario;
    const fs::path shipped = data_dir.lexically_normal().parent_path() / "scenarios" / "jcm-2040.toml";
    const fs::path trailing = data_dir / ".." / "scenarios" / "jcm-2040.toml";
    std::error_code error;
    for (const fs::path& file : {shipped, trailing})
        if (fs::exists(file, error)) return file.lexically_normal();
    throw Failure(ExitCode::usage,
                  fmt::format("there is no \"{}\" to simulate the project in; name a scenario "
                              "with --scenario, or say --no-simulation",
                              shipped.string()));
}

std::optional<scenarios::Likelihood> simulate(const ScoreOptions& options,
                                              const scenarios::Proposal& proposal,
                                              const scenarios::Partnership& partnership,
                                              const fs::path& data_dir, Console& console) {
    if (options.no_simulation) return std::nullopt;
    const InterruptGuard interrupt;
    scenarios::LikelihoodOptions likelihood = options.likelihood;
    likelihood.scenario = scenario_of(options, data_dir);
    likelihood.cancelled = &interrupt.requested();
    Progress progress(console, "simulating", "members");
    likelihood.progress = [&progress](int done, int total) { progress.update(done, total); };
    scenarios::Problems problems;
    auto result = scenarios::simulate_likelihood(proposal, partnership, data_dir, likelihood, problems);
    stop_on_errors(problems, console);
    return result;
}

ExitCode score(const ScoreOptions& options, Session& session) {
    std::error_code error;
    if (!options.output.empty() && fs::exists(fs::symlink_status(options.output, error)))
        throw Failure(ExitCode::usage,
                      fmt::format("\"{}\" exists already; choose another -o", options.output));
    const auto data_dir = find_data_folder(session.data);
    const auto loaded = scenarios::load_proposal(options.proposal, data_dir);
    stop_on_errors(loaded.problems, session.console);
    scenarios::Pack pack(data_dir);
    scenarios::Problems problems;
    const auto partnership = scenarios::find_partnership(*loaded.proposal, pack, problems);
    stop_on_errors(problems, session.console);
    // Points a person gives where none may be given are told before seconds are spent.
    scenarios::score_proposal(*loaded.proposal, *partnership, pack, std::nullopt, problems);
    stop_on_errors(problems, session.console);
    auto likelihood = simulate(options, *loaded.proposal, *partnership, data_dir, session.console);
    const auto card =
        scenarios::score_proposal(*loaded.proposal, *partnership, pack, std::move(likelihood), problems);
    if (!options.output.empty()) {
        OutputFolder folder(options.output, Overwrite::refuse);
        viz::write_score(*card, folder.partial());
        folder.commit();
        session.console.info(fmt::format("wrote {}", (folder.target() / "score.json").string()));
    }
    print_data(session.json ? viz::score_json(*card) : viz::score_text(*card));
    if (options.fail_if_ineligible && card->eligible() == scenarios::Verdict::fail) {
        session.console.error("the proposal breaks a rule of eligibility (--fail-if-ineligible)");
        return ExitCode::check_failed;
    }
    return ExitCode::done;
}

}  // namespace

void add_score_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command =
        app.add_subcommand("score", "Check and score a proposal to the City-to-City Collaboration Programme");
    const auto options = std::make_shared<ScoreOptions>();
    command->add_option("PROPOSAL", options->proposal, "Proposal file; \"domino new --proposal\" writes one")
        ->required()
        ->type_name("");
    command->add_option("-o,--output", options->output, "New folder for score.json and score.csv")
        ->type_name("DIR");
    command
        ->add_option("--scenario", options->scenario,
                     "Scenario in which the project's effect is simulated; jcm-2040 without")
        ->type_name("FILE");
    command->add_option("--members", options->likelihood.members, "Draws of the simulation")
        ->check(CLI::Range(2, 100000))
        ->capture_default_str()
        ->type_name("N");
    command->add_option("--seed", options->likelihood.seed, "Seed of the simulation")
        ->capture_default_str()
        ->type_name("N");
    command
        ->add_option("--years-after", options->likelihood.years_after,
                     "How many years after the project its effect is looked at")
        ->check(CLI::Range(0, 30))
        ->capture_default_str()
        ->type_name("N");
    command
        ->add_option("--threads", options->likelihood.threads,
                     "Threads; 0 takes all cores. Results do not depend on it")
        ->check(CLI::Range(0, 4096))
        ->type_name("N");
    command->add_flag("--no-simulation", options->no_simulation, "Leave out the simulated evidence");
    command->add_flag("--fail-if-ineligible", options->fail_if_ineligible,
                      "Exit with 6 when a rule of eligibility is broken");
    command->footer(
        "Example: domino score scenarios/proposals/phnom-penh-kitakyushu.toml -o out/score\n"
        "Exit codes: 3 the proposal is invalid; 0 also for one that is not eligible, unless "
        "--fail-if-ineligible.");
    command->callback(
        [&session, &chosen, options] { chosen = [&session, options] { return score(*options, session); }; });
}

}  // namespace domino::cli
