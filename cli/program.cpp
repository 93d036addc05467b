#include "cli/program.h"

#include <csignal>
#include <sstream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/ending.h"
#include "cli/manual.h"
#include "cli/version.h"
#include "geo/problem.h"

namespace domino::cli {
namespace {

constexpr const char* footer =
    "Examples:\n"
    "  domino new my.toml                                a commented scenario to start from\n"
    "  domino validate my.toml                           every problem at once\n"
    "  domino run scenarios/c3p-doubled.toml -o out/c3p  all results into a new folder\n"
    "  domino compare a.toml b.toml -o out/ab            what differs, on the same draws\n"
    "  domino explain out/c3p \"Da Nang\"                  why one place did what it did\n"
    "  domino score proposal.toml                        a partnership proposal against its call\n"
    "  domino map out/c3p --year 2035 -o map.png         a map as a picture\n"
    "  domino merge s1 s2 s3 -o out/c3p                  join what domino run --shard has left\n"
    "  domino verify out/c3p                             is every file what the run wrote?\n"
    "  domino optimize my.toml --maximise abatement --budget \"0.5 GJPY/yr\"   which projects to begin\n"
    "  domino optimize edges.csv --model lt -k 5         where to start so that most follow\n"
    "  domino spread edges.csv --model lt --seeds a      textbook spreading on edges of your own\n"
    "\n"
    "Data go to standard output, messages to standard error. Exit codes: 0 done, 1 input/output or "
    "internal,\n"
    "2 usage, 3 scenario invalid, 4 data, coordinate system or folder of results, 5 infeasible, 6 a check "
    "failed, 130 interrupted.\n"
    "Environment: DOMINO_DATA names the data pack, NO_COLOR switches colours off.";

void declare(CLI::App& app, Session& session, Action& chosen) {
    app.name("domino");
    app.description("How decarbonization spreads from city to city, and what it does to national targets.");
    app.footer(footer);
    const std::string commit = program_commit();
    app.set_version_flag("--version", commit.empty()
                                          ? fmt::format("domino {}", program_version())
                                          : fmt::format("domino {} ({})", program_version(), commit));
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--data", session.data, "Folder of the data pack")->type_name("DIR");
    app.add_flag("-q,--quiet", session.quiet, "Say nothing but warnings and errors");
    app.add_flag("--json", session.json, "Print what goes to standard output as JSON");
    const auto print_and_stop = [&app](auto make) {
        return [&app, make](std::size_t) {
            print_data(make(app));
            throw CLI::Success();
        };
    };
    app.add_flag_function("--man", print_and_stop(manual_page), "Print the manual page (roff)")
        ->trigger_on_parse();
    app.add_flag_function("--completion", print_and_stop(bash_completion),
                          "Print a completion script for bash")
        ->trigger_on_parse();
    add_run_command(app, session, chosen);
    add_new_command(app, session, chosen);
    add_validate_command(app, session, chosen);
    add_data_command(app, session, chosen);
    add_explain_command(app, session, chosen);
    add_score_command(app, session, chosen);
    add_map_command(app, session, chosen);
    add_verify_command(app, session, chosen);
    add_merge_command(app, session, chosen);
    add_compare_command(app, session, chosen);
    add_leverage_command(app, session, chosen);
    add_optimize_command(app, session, chosen);
    add_spread_command(app, session, chosen);
}

/// The first word that is no option, where it is no command: most likely a misspelt one.
std::string misspelt_command(const CLI::App& app, int argc, char** argv) {
    if (argc < 2 || argv[1][0] == '-') return {};
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (command->get_name() == argv[1]) return {};
        names.push_back(command->get_name());
    }
    const std::string word = std::string(argv[1]).substr(0, 60);
    const std::string near = geo::closest_spelling(word, names);
    return fmt::format("there is no command \"{}\"; {}", word,
                       near.empty() ? "see domino --help" : fmt::format("did you mean \"{}\"?", near));
}

ExitCode explain_usage(const CLI::App& app, const CLI::ParseError& error, Session& session, int argc,
                       char** argv) {
    std::ostringstream out, err;
    if (app.exit(error, out, err) == 0) {
        print_data(out.str());
        return ExitCode::done;
    }
    const std::string misspelt = misspelt_command(app, argc, argv);
    session.console.error(misspelt.empty()
                              ? fmt::format("{}; see domino --help, or domino COMMAND --help", error.what())
                              : misspelt);
    return ExitCode::usage;
}

ExitCode perform(CLI::App& app, Session& session, Action& chosen, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return explain_usage(app, error, session, argc, argv);
    }
    session.console.set_loudness(session.quiet ? Loudness::quiet : Loudness::normal);
    return chosen();
}

/// Runs a command; every way it can end is one exit code and one message.
ExitCode guard(Session& session, const Action& action) {
    try {
        return action();
    } catch (...) {
        const Ending ending = describe_exception();
        if (!ending.message.empty()) session.console.error(ending.message);
        return ending.code;
    }
}

}  // namespace

int run_program(int argc, char** argv) {
    // A reader of standard output that goes away must not kill a run; writing reports it instead.
    std::signal(SIGPIPE, SIG_IGN);
    Session session;
    session.arguments.assign(argv, argv + argc);
    CLI::App app;
    Action chosen;
    return static_cast<int>(guard(session, [&] {
        declare(app, session, chosen);
        return perform(app, session, chosen, argc, argv);
    }));
}

}  // namespace domino::cli
