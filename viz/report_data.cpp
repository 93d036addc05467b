#include "viz/report_data.h"

#include "viz/land.h"
#include "viz/manifest_json.h"
#include "viz/map_settings.h"
#include "viz/sha256.h"

namespace domino::viz {

namespace {

using report::Json;

std::string shown_name(const scenarios::Scenario& scenario) {
    return scenario.title.empty() ? scenario.name : scenario.title;
}

/// What sentences call a scenario: its title, unless that is a question.
std::string called(const scenarios::Scenario& scenario) {
    const bool question = !scenario.title.empty() && scenario.title.back() == '?';
    return question ? scenario.name : shown_name(scenario);
}

/// The command that reruns this, without threads or folders, so that it is the same for every run.
std::string make_command(const RunContext& context) {
    return "domino run " + context.scenario.file.filename().string() + " --members " +
           std::to_string(context.options.members) + " --seed " + std::to_string(context.options.seed) +
           " -o out";
}

Json make_hashes(const RunContext& context) {
    const std::string scenario = digest_text(scenarios::resolved_toml(context.scenario));
    std::string inputs;
    for (const InputDigest& input :
         digest_inputs({context.scenario, context.built, context.reference, context.data_dir})) {
        inputs += input.name + " " + input.sha256 + "\n";
    }
    const std::string all = digest_text(inputs);
    const std::string run = digest_text(scenario + all + std::to_string(context.options.seed) + " " +
                                        std::to_string(context.options.members) + " " +
                                        context.program.version + context.program.commit);
    return {{"run", run}, {"scenario", scenario}, {"inputs", all}};
}

Json make_meta(const RunContext& context) {
    const std::string commit = context.program.commit.empty() ? "" : " (" + context.program.commit + ")";
    const std::string reference =
        context.reference != nullptr ? ", held against " + context.reference->file.filename().string() : "";
    return {{"title", shown_name(context.scenario)},
            {"finding", ""},
            {"evidence",
             {{"status", "untested"},
              {"score", nullptr},
              {"note",
               "The data so far hardly show contagion between cities; every coupling may be exactly zero."}}},
            {"runs", context.results.scenario.members},
            {"seed", std::to_string(context.options.seed)},
            {"gwp", "AR5, 100 years"},
            {"version", context.program.version + commit},
            {"scenarioFile", context.scenario.file.filename().string() + reference},
            {"command", make_command(context)},
            {"hashes", make_hashes(context)}};
}

Json make_scenario(const ReportSources& s) {
    const RunContext& context = s.context;
    return {{"name", called(context.scenario)},
            {"ref", context.reference != nullptr ? Json(called(*context.reference)) : Json()},
            {"same", s.changes && s.changes->places == 0},
            {"levers", report::make_levers(s)}};
}

Json make_countries(const scenarios::BuiltWorld& built) {
    Json countries = Json::array();
    for (std::size_t i = 0; i < built.world.countries.size(); ++i) {
        countries.push_back({{"iso3", built.world.countries[i].iso3}, {"name", built.country_names[i]}});
    }
    return countries;
}

}  // namespace

nlohmann::ordered_json make_report_data(const ReportSources& s) {
    PackedArrays arrays;
    constexpr std::size_t page_causes = first_user_layer;
    Json extra_causes = Json::array();
    for (std::size_t slot = page_causes; slot < s.events.slots(); ++slot) {
        extra_causes.push_back(s.events.slot_names[slot]);
    }
    Json places = report::make_places(s, arrays);
    Json cells = report::make_cells(s, arrays);
    for (const char* scale : {"escale", "ascale"}) {
        places[scale] = cells[scale];
        cells.erase(scale);
    }
    const sim::Calendar& calendar = s.context.results.scenario.calendar;
    Json data = {{"v", 1},
                 {"meta", make_meta(s.context)},
                 {"scenario", make_scenario(s)},
                 {"years", {calendar.first_year(), s.summary.years}},
                 {"countries", make_countries(s.context.built)},
                 {"figures", report::make_figures(s)},
                 {"zip", true},
                 {"places", std::move(places)},
                 {"cells", std::move(cells)},
                 {"stages", report::make_stages(s, arrays)},
                 {"causes", report::make_causes(s, arrays)},
                 {"extraCauses", std::move(extra_causes)},
                 {"links", report::make_links(s)},
                 {"events", report::make_events(s, arrays)},
                 {"targets", report::make_targets(s)},
                 {"paths", report::make_paths(s)},
                 {"domino", report::make_domino(s)},
                 {"strategies", Json::array()},
                 {"plan", report::make_plan(s)},
                 {"ledger", report::make_ledger(s)},
                 {"groups", report::make_groups(s)},
                 {"urban", report::make_urban(s)},
                 {"benefits", report::make_benefits(s)},
                 {"goals", report::make_goals(s)},
                 {"inputs", report::make_inputs(s)},
                 {"past", report::make_past(s)},
                 {"land", read_land(s.context.data_dir)},
                 {"map", map_settings(s.context.built)},
                 {"credits", report::make_credits(s)}};
    data["crc"] = arrays.sums();
    return data;
}

}  // namespace domino::viz
