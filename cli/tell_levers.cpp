#include "cli/lever_story.h"

#include <fmt/format.h>

#include "cli/story_words.h"
#include "viz/leverage_files.h"

namespace domino::cli {
namespace {

/// A change small enough for a derivative to speak of, and what it is called.
struct SmallChange {
    double size = 1.0;  ///< in units of the lever
    std::string words;
};

SmallChange small_change(const LeverStory::Told& lever) {
    switch (lever.lever) {
        case sim::Lever::support:
            return {1.0, "for a year of support by a project"};
        case sim::Lever::commitment_hazard:
            return {0.1, "for a year of a hazard of commitment higher by 0.1/yr"};
        case sim::Lever::price_share:
            return {0.01, fmt::format("for 1 % of the price of all {} sold in a year", lever.technology)};
        case sim::Lever::units:
            break;
    }
    return {1.0, fmt::format("for a {} of {} more bought", lever.bought, lever.technology)};
}

std::string tell_lever(const LeverStory& story, const LeverStory::Told& lever) {
    const SmallChange change = small_change(lever);
    std::string text =
        fmt::format("  {:>10}  {}, at {} ({})", describe_amount(change.size * lever.derivative.mean),
                    change.words, lever.place, lever.place_id);
    if (lever.everywhere && !story.place.empty())
        text += fmt::format("; {} in all places", describe_amount(change.size * *lever.everywhere));
    if (lever.priced)
        text += fmt::format("\n  {:>10}  a million JPY: {} ({} to {})", "",
                            describe_amount(lever.tonnes_per_million_jpy.mean),
                            describe_amount(lever.tonnes_per_million_jpy.p05),
                            describe_amount(lever.tonnes_per_million_jpy.p95));
    return text + "\n";
}

std::string years(int first, int last) {
    return first == last ? fmt::format("in {}", first) : fmt::format("from {} to {}", first, last);
}

std::string name_of(const LeverStory::Told& lever) {
    switch (lever.lever) {
        case sim::Lever::support:
            return fmt::format("support at {}", lever.place);
        case sim::Lever::price_share:
            return fmt::format("paying part of the price of {} at {}", lever.technology, lever.place);
        default:
            return fmt::format("buying {} at {}", lever.technology, lever.place);
    }
}

nlohmann::ordered_json to_json(const sim::LeverageSpread& spread) {
    return {{"mean", spread.mean}, {"p05", spread.p05}, {"p95", spread.p95}};
}

nlohmann::ordered_json to_json(const LeverStory::Told& lever) {
    nlohmann::ordered_json row = {
        {"lever", viz::lever_id(lever.lever)}, {"place_id", lever.place_id}, {"name", lever.place}};
    if (!lever.technology.empty()) row["technology"] = lever.technology;
    row["unit"] = lever.unit;
    row["derivative"] = to_json(lever.derivative);
    if (lever.priced) row["t_co2e_per_million_jpy"] = to_json(lever.tonnes_per_million_jpy);
    if (lever.everywhere) row["derivative_of_all_places"] = *lever.everywhere;
    return row;
}

}  // namespace

std::string tell(const LeverStory& story) {
    std::string text = "\nWhich lever would move it most\n";
    if (!story.missing.empty()) return text + fmt::format("  not measured: {}\n", story.missing);
    if (story.strongest.empty()) return text + "  none: no lever adds to what it avoids\n";
    if (const auto* best = strongest_for_money(story))
        text += fmt::format("  for money: {}\n", name_of(*best));
    text += fmt::format(
        "  Tonnes CO2e that {} avoid{} {},\n  for a little more of a lever in one year {}: mean of {} "
        "members, "
        "in brackets 5 % to 95 % of them\n",
        story.place.empty() ? "all places" : story.place, story.place.empty() ? "" : "s",
        years(story.counted_first, story.counted_last), years(story.pulled_from, story.pulled_to),
        story.members);
    for (const LeverStory::Told& lever : story.strongest) text += tell_lever(story, lever);
    return text +
           "  These are derivatives of the mean field: true of small changes, without chance, and blind to "
           "what\n"
           "  tips a place over a threshold. A million JPY buys support without the JCM projects that "
           "follow\n"
           "  it, a unit at its whole capital cost, a price share at what it pays. What a whole project "
           "brings,\n"
           "  domino compare tells; all levers and places, domino leverage.\n";
}

nlohmann::ordered_json to_json(const LeverStory& story) {
    if (!story.missing.empty()) return {{"measured", false}, {"reason", story.missing}};
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const LeverStory::Told& lever : story.strongest) rows.push_back(to_json(lever));
    const auto* best = strongest_for_money(story);
    return {{"measured", true},
            {"members", story.members},
            {"pulled", {{"from", story.pulled_from}, {"to", story.pulled_to}}},
            {"counted", {{"from", story.counted_first}, {"to", story.counted_last}}},
            {"strongest_for_money", best != nullptr ? to_json(*best) : nlohmann::ordered_json()},
            {"strongest", rows}};
}

}  // namespace domino::cli
