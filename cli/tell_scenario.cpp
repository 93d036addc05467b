#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "cli/scenario_story.h"
#include "cli/story_words.h"

namespace domino::cli {
namespace {

using Json = nlohmann::ordered_json;

/// The share with its interval, and what it means where the interval includes zero.
std::string tell_share(const sim::DominoShare& share, std::string_view of) {
    if (!share.stated) return fmt::format("  of {}: not stated, {}\n", of, share.reason);
    std::string text = fmt::format("  of {}: {:.1f} % (5 to 95 %: {:.1f} to {:.1f})\n", of,
                                   100.0 * share.share, 100.0 * share.p05, 100.0 * share.p95);
    if (share.p05 <= 0.0 && share.p95 >= 0.0)
        text += "  The interval includes zero: this run does not show that places set each other off.\n";
    return text;
}

std::string tell_domino(const ScenarioStory& story) {
    std::string text = "\nWhat places owe to each other (domino share)\n";
    if (!story.coupled) return text + "  nothing: every coupling between places is zero in this scenario\n";
    text += fmt::format(
        "  the same members run again with every coupling at zero; what is missing then is the domino\n{}",
        tell_share(story.of_commitments, fmt::format("commitments by the end of {}", story.last_year)));
    if (!story.reference.empty())
        text += tell_share(story.of_tonnes, fmt::format("tonnes avoided against {}, {} to {}",
                                                        story.reference, story.first_year, story.last_year));
    return text;
}

std::string tell_triggers(const ScenarioStory& story) {
    std::string text = fmt::format("\nWhat set commitments off: {:.1f} a member\n", story.commitments);
    double all = 0.0;
    for (const auto& trigger : story.triggers) all += trigger.commitments;
    for (const auto& trigger : story.triggers)
        text += fmt::format("  {:>6}  {} ({:.1f} a member)\n", percent(trigger.commitments / all),
                            describe_cause(trigger.cause, trigger.layer), trigger.commitments);
    return text;
}

std::string tell_sources(const ScenarioStory& story) {
    if (story.sources.empty()) return "\nNo commitment is attributed to another place\n";
    std::string text = "\nPlaces that most commitments lead back to (a member)\n";
    for (const auto& source : story.sources) {
        text += fmt::format("  {:>8.2f}  {} ({}), {:.2f} of them directly", source.downstream, source.name,
                            source.id, source.direct);
        if (!std::isnan(source.downstream_t))
            text += fmt::format("; {} avoided since", describe_amount(source.downstream_t));
        text += "\n";
    }
    text +=
        "  Whether these would have committed without it, a run without its ties tells\n"
        "  (model.without_ties_of, and: domino explain SCENARIO PLACE).\n";
    return text;
}

std::string tell_chains(const ScenarioStory& story) {
    if (story.chains.empty()) return {};
    std::string text = "\nLongest chains that repeat\n";
    for (const auto& chain : story.chains) {
        text += "  ";
        for (std::size_t n = 0; n < chain.places.size(); ++n)
            text += fmt::format("{}{} ({:.0f})", n == 0 ? "" : " > ", chain.places[n],
                                std::floor(chain.years[n]));
        text += fmt::format(", in {} of {} members\n", chain.members, story.members);
    }
    return text;
}

Json to_json(const sim::DominoShare& share) {
    if (!share.stated) return {{"stated", false}, {"reason", share.reason}};
    return {{"stated", true}, {"share", share.share}, {"p05", share.p05}, {"p95", share.p95}};
}

}  // namespace

std::string tell(const ScenarioStory& story) {
    std::string text = fmt::format("{}, {} to {}, {} members, seed {}\n", story.scenario, story.first_year,
                                   story.last_year, story.members, story.seed);
    for (const auto& lever : story.levers)
        text += fmt::format("  {}: {} instead of {}{}\n", lever.key, lever.to, lever.from,
                            lever.since.empty() ? "" : ", from " + lever.since);
    return text + tell_domino(story) + tell_triggers(story) + tell_sources(story) + tell_chains(story);
}

std::string to_json(const ScenarioStory& story, const LeverStory& pulled) {
    Json levers = Json::array(), triggers = Json::array(), sources = Json::array(), chains = Json::array();
    for (const auto& lever : story.levers)
        levers.push_back(
            {{"key", lever.key}, {"from", lever.from}, {"to", lever.to}, {"since", lever.since}});
    for (const auto& trigger : story.triggers)
        triggers.push_back({{"cause", trigger.cause},
                            {"layer", trigger.layer},
                            {"commitments_per_member", trigger.commitments}});
    for (const auto& source : story.sources)
        sources.push_back({{"place_id", source.id},
                           {"name", source.name},
                           {"direct_per_member", source.direct},
                           {"downstream_per_member", source.downstream},
                           {"downstream_t_co2e_per_member",
                            std::isnan(source.downstream_t) ? Json() : Json(source.downstream_t)}});
    for (const auto& chain : story.chains)
        chains.push_back({{"places", chain.places}, {"years", chain.years}, {"members", chain.members}});
    const Json all = {{"scenario", story.scenario},
                      {"reference", story.reference.empty() ? Json() : Json(story.reference)},
                      {"first_year", story.first_year},
                      {"last_year", story.last_year},
                      {"members", story.members},
                      {"seed", story.seed},
                      {"changes", levers},
                      {"coupled", story.coupled},
                      {"commitments_per_member", story.commitments},
                      {"domino_share_of_commitments", to_json(story.of_commitments)},
                      {"domino_share_of_tonnes", to_json(story.of_tonnes)},
                      {"triggers", triggers},
                      {"sources", sources},
                      {"chains", chains},
                      {"levers", to_json(pulled)}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace domino::cli
