#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "viz/picture/results_map.h"

namespace domino::cli {
namespace {

struct MapOptions {
    std::string results, variable = "emissions_co2e_density", output;
    int year = 0;
    int width = 1600;
    std::vector<double> extent;
    bool animate = false;
    bool overwrite = false;
};

geo::LonLatExtent read_extent(const std::vector<double>& sides) {
    const geo::LonLatExtent extent{sides[0], sides[1], sides[2], sides[3]};
    const bool finite =
        std::all_of(sides.begin(), sides.end(), [](double side) { return std::isfinite(side); });
    if (finite && extent.south_deg >= -90.0 && extent.south_deg < extent.north_deg &&
        extent.north_deg <= 90.0 && std::abs(extent.west_deg) <= 360.0 &&
        std::abs(extent.east_deg) <= 360.0 && extent.width_deg() > 0.0 && extent.width_deg() <= 360.0)
        return extent;
    throw Failure(ExitCode::usage,
                  "--extent is west,south,east,north in degrees, no wider than 360, as in --extent "
                  "122,24,150,46, or 100,-20,-100,60 across the Pacific");
}

viz::ResultsMapRequest make_request(const MapOptions& options, const Session& session) {
    viz::ResultsMapRequest request;
    request.results = options.results;
    request.variable = options.variable;
    if (options.year != 0) request.year = options.year;
    request.output = options.output;
    request.animate = options.animate;
    request.width = options.width;
    if (!options.extent.empty()) request.extent = read_extent(options.extent);
    request.data_dir = find_data_folder(session.data);
    return request;
}

ExitCode draw(const MapOptions& options, Session& session) {
    const std::filesystem::path output = options.output;
    const std::string kind = output.extension().string();
    if (!options.animate && kind != ".png")
        throw Failure(ExitCode::usage, "a picture ends in .png, as in -o map.png (with --animate .gif too)");
    if (options.animate && kind == ".png")
        throw Failure(ExitCode::usage, "an animation ends in .gif, or is a folder for a frame a year");
    std::error_code error;
    if (std::filesystem::exists(output, error) && !options.overwrite)
        throw Failure(ExitCode::usage, fmt::format("\"{}\" exists already; give another name, or --overwrite",
                                                   options.output));
    auto files = nlohmann::ordered_json::array();
    std::string text;
    for (const auto& file : viz::draw_results_map(make_request(options, session))) {
        files.push_back(file.string());
        text += file.string() + "\n";
    }
    print_data(session.json ? nlohmann::ordered_json{{"files", files}}.dump(2) + "\n" : text);
    return ExitCode::done;
}

}  // namespace

void add_map_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command = app.add_subcommand("map", "Draw a map of results as a picture, or play it as a GIF");
    const auto options = std::make_shared<MapOptions>();
    command->add_option("RESULTS", options->results, "Folder of results")->required()->type_name("");
    command
        ->add_option("--variable", options->variable,
                     "Name of a map of the folder, without .tif; emissions_co2e_density if not given")
        ->type_name("NAME");
    command->add_option("--year", options->year, "Calendar year; the last if not given")->type_name("YEAR");
    command->add_option("-o,--output", options->output, "Picture to write")->required()->type_name("FILE");
    command->add_flag("--animate", options->animate,
                      "All years: into a .gif, or into a folder with a picture a year");
    command->add_option("--width", options->width, "Width in pixels; 1600 if not given")
        ->check(CLI::Range(200, 8000))
        ->type_name("N");
    command
        ->add_option("--extent", options->extent,
                     "What to show, in degrees: west,south,east,north; all that holds values if not given")
        ->delimiter(',')
        ->expected(4)
        ->type_name("W,S,E,N");
    command->add_flag("--overwrite", options->overwrite, "Replace the file if there is one");
    command->footer(
        "Examples:\n"
        "  domino map out/mine --variable emissions_co2e_density --year 2035 -o map.png\n"
        "  domino map out/mine --variable commitment_probability --animate -o committed.gif\n"
        "  domino map out/mine --year 2030 --extent 122,24,150,46 -o japan.png");
    command->callback(
        [&session, &chosen, options] { chosen = [&session, options] { return draw(*options, session); }; });
}

}  // namespace domino::cli
