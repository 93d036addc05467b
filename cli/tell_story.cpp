#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/place_story.h"
#include "cli/story_words.h"

namespace domino::cli {
namespace {

constexpr std::size_t longest_list = 8;

/// The year by which a share of the members had got there; members in which it never happened stand last.
std::string year_at(const std::vector<int>& years, int members, double share) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * members));
    return rank >= 1 && rank <= years.size() ? fmt::format("{}", years[rank - 1])
                                             : std::string("not in this run");
}

const std::string& name_of(const PlaceStory& story, const std::string& id) {
    const auto found = story.names.find(id);
    return found == story.names.end() ? id : found->second;
}

/// First, some in between, and the last year of the run.
std::vector<const PlaceYear*> milestones(const PlaceStory& story) {
    std::vector<const PlaceYear*> chosen;
    for (const PlaceYear& y : story.years) {
        const bool end = &y == &story.years.front() || &y == &story.years.back();
        if (end || y.year % 5 == 0) chosen.push_back(&y);
    }
    return chosen;
}

std::string tell_commitment(const PlaceStory& story) {
    const int committed = static_cast<int>(story.commitment_years.size());
    std::string text = "\nCommitment to carbon neutrality\n";
    if (committed == 0) return text + fmt::format("  in none of {} members\n", story.members);
    text += fmt::format("  in {} of {} members; the first {}, half of the members by {}, 95 % by {}\n",
                        committed, story.members, story.commitment_years.front(),
                        year_at(story.commitment_years, story.members, 0.5),
                        year_at(story.commitment_years, story.members, 0.95));
    text += "  what triggered it, as a share of those members:\n";
    for (const Share& share : story.causes)
        text += fmt::format("    {:>6}  {}\n", percent(static_cast<double>(share.members) / committed),
                            describe_cause(share.what, share.layer));
    if (!story.followed.empty()) text += "  whom it followed:\n";
    for (std::size_t i = 0; i < std::min(story.followed.size(), longest_list); ++i) {
        const Share& share = story.followed[i];
        text +=
            fmt::format("    {:>6}  {} ({}, {})\n", percent(static_cast<double>(share.members) / committed),
                        name_of(story, share.what), share.what, share.layer);
    }
    if (story.followed.size() > longest_list)
        text += fmt::format("            and {} more\n", story.followed.size() - longest_list);
    return text;
}

std::string tell_triggered(const PlaceStory& story) {
    std::string text = "\nWhat it triggered\n";
    if (story.triggered_events == 0)
        return text + fmt::format("  nothing that any of {} members attributes to it\n", story.members);
    text += fmt::format(
        "  {:.2f} commitments a member; at least one in {} of {} members, the first in {} (half of those "
        "members)\n",
        static_cast<double>(story.triggered_events) / story.members, story.members_with_triggered,
        story.members, year_at(story.first_triggered_years, story.members_with_triggered, 0.5));
    text += fmt::format(
        "  {:.2f} commitments lead back to each of its own, directly or through others (domino multiplier)\n",
        story.domino_multiplier);
    if (!std::isnan(story.domino_multiplier_t))
        text += fmt::format(
            "  {} that their places avoid since, for each of its own, against a run without influence "
            "between places\n",
            describe_amount(story.domino_multiplier_t));
    for (std::size_t i = 0; i < std::min(story.triggered.size(), longest_list); ++i) {
        const Share& share = story.triggered[i];
        text += fmt::format("    {:>6}  {} ({}, {})\n",
                            percent(static_cast<double>(share.members) / story.members),
                            name_of(story, share.what), share.what, share.layer);
    }
    if (story.triggered.size() > longest_list)
        text += fmt::format("            and {} more\n", story.triggered.size() - longest_list);
    return text;
}

std::string tell_stages(const PlaceStory& story) {
    const auto enabled = std::find_if(story.years.begin(), story.years.end(),
                                      [](const PlaceYear& y) { return y.capacity_mean >= 0.5; });
    std::string text = "\nStages (first year)\n";
    text += fmt::format("  committed    {} (half of the members)\n",
                        year_at(story.commitment_years, story.members, 0.5));
    text += fmt::format(
        "  enabled      {} (mean capacity reaches one half)\n",
        enabled == story.years.end() ? std::string("not in this run") : fmt::format("{}", enabled->year));
    text += fmt::format("  replicating  {} (half of the members)\n",
                        year_at(story.first_triggered_years, story.members, 0.5));
    return text;
}

std::string tell_years(const PlaceStory& story) {
    const auto chosen = milestones(story);
    std::string text = fmt::format("\n{:<34}", "Year");
    const auto row = [&](const std::string& name, auto value) {
        text += fmt::format("\n{:<34}", name);
        for (const PlaceYear* y : chosen) text += fmt::format("{:>12}", value(*y));
    };
    for (const PlaceYear* y : chosen) text += fmt::format("{:>12}", y->year);
    row("people", [](const PlaceYear& y) { return fmt::format("{:.0f}", y.population); });
    row("emissions CO2e, mean", [](const PlaceYear& y) { return describe_amount(y.emissions_mean_t); });
    row("  5 % of members below", [](const PlaceYear& y) { return describe_amount(y.emissions_p05_t); });
    row("  95 % of members below", [](const PlaceYear& y) { return describe_amount(y.emissions_p95_t); });
    row("committed, share of members", [](const PlaceYear& y) { return percent(y.committed_probability); });
    row("capacity, 0 to 1, mean", [](const PlaceYear& y) { return fmt::format("{:.2f}", y.capacity_mean); });
    for (std::size_t k = 0; k < story.technologies.size(); ++k)
        row(story.technologies[k], [k](const PlaceYear& y) { return percent(y.adoption_mean[k]); });
    return text + "\n(technologies: mean share of their potential in use)\n";
}

}  // namespace

std::string tell(const PlaceStory& story) {
    std::string text = fmt::format(
        "{} ({}), {}, {}: {} at {:.3f} N {:.3f} E\n", story.name, story.id, story.admin1, story.country,
        story.kind == "city" ? "a city" : "everybody else of the region", story.lat, story.lon);
    text += tell_commitment(story);
    text += tell_triggered(story);
    text += tell_stages(story);
    if (!story.years.empty()) text += tell_years(story);
    return text;
}

std::string to_json(const PlaceStory& story, const LeverStory& levers) {
    using Json = nlohmann::ordered_json;
    const auto shares = [&](const std::vector<Share>& list, bool places) {
        Json rows = Json::array();
        for (const Share& share : list) {
            Json row = {{places ? "place_id" : "cause", share.what},
                        {"layer", share.layer},
                        {"members", share.members}};
            if (places) row["name"] = name_of(story, share.what);
            rows.push_back(std::move(row));
        }
        return rows;
    };
    Json years = Json::array();
    for (const PlaceYear& y : story.years) {
        Json adoption = Json::object();
        for (std::size_t k = 0; k < story.technologies.size(); ++k)
            adoption[story.technologies[k]] = y.adoption_mean[k];
        years.push_back(
            {{"year", y.year},
             {"population", y.population},
             {"emissions_t_co2e",
              {{"mean", y.emissions_mean_t}, {"p05", y.emissions_p05_t}, {"p95", y.emissions_p95_t}}},
             {"committed_probability", y.committed_probability},
             {"capacity_mean", y.capacity_mean},
             {"adoption_mean", adoption}});
    }
    const Json all = {
        {"place_id", story.id},
        {"name", story.name},
        {"country", story.country},
        {"admin1", story.admin1},
        {"kind", story.kind},
        {"members", story.members},
        {"commitment_years", story.commitment_years},
        {"causes", shares(story.causes, false)},
        {"followed", shares(story.followed, true)},
        {"triggered", shares(story.triggered, true)},
        {"triggered_commitments_per_member", static_cast<double>(story.triggered_events) / story.members},
        {"domino_multiplier", story.domino_multiplier},
        {"domino_multiplier_t_co2e",
         std::isnan(story.domino_multiplier_t) ? Json() : Json(story.domino_multiplier_t)},
        {"years", years},
        {"levers", to_json(levers)}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace domino::cli
