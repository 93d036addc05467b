#include "cli/lever_story.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "cli/failure.h"
#include "cli/planned_leverage.h"
#include "cli/progress.h"
#include "viz/leverage_files.h"

namespace domino::cli {
namespace {

constexpr std::size_t told_of_place = 2, told_of_all = 3;

std::vector<sim::LeverageTable> measure(const Worlds& worlds, sim::LeverageOptions options,
                                        const std::vector<sim::CountedAbatement>& counted,
                                        const std::string& whose, Console& console) {
    Progress progress(console, fmt::format("levers on {}", whose), "members");
    options.progress = [&](int done, int total) { progress.update(done, total); };
    try {
        return sim::measure_member_leverages(worlds.scenario.built.world,
                                             worlds.reference ? &worlds.reference->built.world : nullptr,
                                             options, counted);
    } catch (const std::invalid_argument& error) {
        throw Failure(ExitCode::scenario_invalid, error.what());
    }
}

/// Rows of a lever that add tonnes, the strongest first; equal ones by place.
std::vector<std::size_t> strongest_rows(const sim::LeverageTable& table, sim::Lever lever, std::size_t most) {
    std::vector<std::size_t> rows;
    for (std::size_t n = 0; n < table.rows.size(); ++n)
        if (table.rows[n].at.lever == lever && table.rows[n].derivative.mean > 0.0) rows.push_back(n);
    const auto strength = [&](std::size_t n) {
        const sim::LeverageRow& row = table.rows[n];
        return std::pair(row.priced ? row.tonnes_per_million_jpy.mean : 0.0, row.derivative.mean);
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return strength(a) > strength(b); });
    rows.resize(std::min(rows.size(), most));
    return rows;
}

LeverStory::Told told(const scenarios::BuiltWorld& built, const sim::LeverageRow& row) {
    const geo::Place& place = built.places.places[row.at.place];
    LeverStory::Told lever;
    lever.lever = row.at.lever;
    lever.place_id = place.id;
    lever.place = place.name;
    lever.unit = viz::lever_unit(built.world, row.at);
    if (viz::is_of_technology(row.at.lever)) {
        lever.technology = built.world.technologies[row.at.technology].id;
        lever.bought = built.world.technologies[row.at.technology].unit;
    }
    lever.derivative = row.derivative;
    lever.priced = row.priced;
    lever.tonnes_per_million_jpy = row.tonnes_per_million_jpy;
    return lever;
}

}  // namespace

LeverStory find_levers(const Worlds& worlds, const LeverRequest& request, const InterruptGuard& interrupt,
                       Console& console) {
    const scenarios::BuiltWorld& built = worlds.scenario.built;
    if (request.members < 1) return without_levers("no draws were asked for");
    LeverStory story;
    if (request.place) story.place = built.places.places[*request.place].name;
    sim::LeverageOptions options = planned_leverage(worlds.scenario.scenario, built.world.calendar);
    options.members = request.members;
    options.threads = request.threads;
    options.cancelled = &interrupt.requested();
    // Of a place, its own tonnes and those of all.
    std::vector<sim::CountedAbatement> counted{options.counted};
    if (request.place) {
        counted.push_back(options.counted);
        counted.front().place = request.place;
    }
    const std::vector<sim::LeverageTable> tables = measure(
        worlds, options, counted, request.place ? story.place : worlds.scenario.scenario.name, console);
    const sim::LeverageTable& table = tables.front();
    story.members = table.members;
    story.pulled_from = options.pulled_from;
    story.pulled_to = options.pulled_to;
    story.counted_first = options.counted.first;
    story.counted_last = options.counted.last;
    for (const sim::Lever lever :
         {sim::Lever::support, sim::Lever::units, sim::Lever::price_share, sim::Lever::commitment_hazard}) {
        for (const std::size_t n :
             strongest_rows(table, lever, request.place ? told_of_place : told_of_all)) {
            story.strongest.push_back(told(built, table.rows[n]));
            if (request.place) story.strongest.back().everywhere = tables.back().rows[n].derivative.mean;
        }
    }
    return story;
}

LeverStory without_levers(std::string why) {
    LeverStory story;
    story.missing = std::move(why);
    return story;
}

const LeverStory::Told* strongest_for_money(const LeverStory& story) {
    const LeverStory::Told* best = nullptr;
    for (const LeverStory::Told& lever : story.strongest)
        if (lever.priced &&
            (best == nullptr || lever.tonnes_per_million_jpy.mean > best->tonnes_per_million_jpy.mean))
            best = &lever;
    return best;
}

}  // namespace domino::cli
