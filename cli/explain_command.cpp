#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/place_story.h"

namespace domino::cli {

void add_explain_command(CLI::App& app, Session& session, Action& chosen) {
    struct Options {
        std::string results, place;
    };
    CLI::App* command =
        app.add_subcommand("explain", "Tell why one place did what it did, and what it triggered");
    const auto options = std::make_shared<Options>();
    command->add_option("RESULTS", options->results, "Folder of results")->required()->type_name("");
    command->add_option("PLACE", options->place, "Place id or name")->required()->type_name("");
    command->footer("Example: domino explain out/c3p \"Da Nang\"");
    command->callback([&session, &chosen, options] {
        chosen = [&session, options] {
            const PlaceStory story = read_story(options->results, options->place);
            print_data(session.json ? to_json(story) : tell(story));
            return ExitCode::done;
        };
    });
}

}  // namespace domino::cli
