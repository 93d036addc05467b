#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "cli/failure.h"
#include "cli/place_story.h"
#include "geo/io/table.h"
#include "geo/problem.h"
#include "sim/domino_multiplier.h"
#include "viz/results_folder.h"

namespace domino::cli {
namespace {

/// Members whose commitments the ledger holds.
int read_members(const std::filesystem::path& results) {
    const viz::ResultsManifest manifest = viz::read_results_manifest(results);
    const int members = manifest.members;
    const nlohmann::json places = manifest.run().value("place_results", nlohmann::json::object());
    if (!places.is_object() || !places.contains("members_in_ledger")) return members;
    return places["members_in_ledger"].is_number_integer()
               ? std::clamp(places["members_in_ledger"].get<int>(), 1, members)
               : members;
}

/// Columns of places.csv by name, once.
class PlaceRows {
 public:
    explicit PlaceRows(const std::filesystem::path& results)
        : table_(geo::io::read_table(results / "places.csv")) {
        table_.require_columns({"place_id", "name", "country", "admin1", "kind", "lon", "lat", "year",
                                "population", "emissions_t_co2e_mean", "emissions_t_co2e_p05",
                                "emissions_t_co2e_p95", "committed_probability", "capacity_mean"});
    }

    std::size_t size() const { return table_.rows(); }
    std::string text(std::size_t row, std::string_view column) const {
        return std::string(table_.cell(row, table_.column(column)));
    }
    double number(std::size_t row, std::string_view column) const {
        return table_.number(row, table_.column(column)).value_or(0.0);
    }

    std::vector<std::string> technologies() const {
        std::vector<std::string> list;
        for (const std::string& name : table_.column_names())
            if (name.starts_with(prefix) && name.ends_with(suffix))
                list.push_back(name.substr(prefix.size(), name.size() - prefix.size() - suffix.size()));
        return list;
    }

    PlaceYear year(std::size_t row, const std::vector<std::string>& technologies) const {
        PlaceYear y;
        y.year = static_cast<int>(number(row, "year"));
        y.population = number(row, "population");
        y.emissions_mean_t = number(row, "emissions_t_co2e_mean");
        y.emissions_p05_t = number(row, "emissions_t_co2e_p05");
        y.emissions_p95_t = number(row, "emissions_t_co2e_p95");
        y.committed_probability = number(row, "committed_probability");
        y.capacity_mean = number(row, "capacity_mean");
        for (const std::string& id : technologies)
            y.adoption_mean.push_back(number(row, fmt::format("{}{}{}", prefix, id, suffix)));
        return y;
    }

    const geo::Table& table() const { return table_; }

 private:
    static constexpr std::string_view prefix = "adoption_", suffix = "_mean";
    geo::Table table_;
};

struct NamedPlace {
    std::string id, name, country, admin1;
};

/// Every place once, in the order of the table.
std::vector<NamedPlace> list_places(const PlaceRows& rows) {
    const geo::Table& table = rows.table();
    const std::size_t id = table.column("place_id"), name = table.column("name"),
                      country = table.column("country"), admin1 = table.column("admin1");
    std::vector<NamedPlace> places;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (places.empty() || places.back().id != table.cell(i, id))
            places.push_back({std::string(table.cell(i, id)), std::string(table.cell(i, name)),
                              std::string(table.cell(i, country)), std::string(table.cell(i, admin1))});
    return places;
}

std::string find_place(const std::vector<NamedPlace>& places, const std::string& asked) {
    const std::string word = geo::fold_case(asked);
    std::vector<const NamedPlace*> found;
    std::vector<std::string> names;
    for (const NamedPlace& place : places) {
        if (place.id == asked) return place.id;
        if (geo::fold_case(place.name) == word) found.push_back(&place);
        names.push_back(place.name);
    }
    if (found.size() == 1) return found.front()->id;
    if (found.size() > 1) {
        std::vector<std::string> choices;
        for (const NamedPlace* place : found)
            choices.push_back(fmt::format("{} ({}, {})", place->id, place->admin1, place->country));
        throw Failure(ExitCode::usage, fmt::format("{} places are called \"{}\"; give the id: {}",
                                                   found.size(), asked, fmt::join(choices, ", ")));
    }
    const std::string near = asked.size() <= 80 ? geo::closest_spelling(asked, names) : std::string{};
    throw Failure(ExitCode::usage,
                  fmt::format("there is no place \"{}\" in these results; {}", asked.substr(0, 80),
                              near.empty() ? "places.csv lists them with their ids"
                                           : fmt::format("did you mean \"{}\"?", near)));
}

/// Counts members by what and layer; a member counts once however often it happens in it.
class MemberCounts {
 public:
    void add(const std::string& what, const std::string& layer, int member) {
        members_[{what, layer}].insert(member);
    }

    std::vector<Share> ranked() const {
        std::vector<Share> list;
        for (const auto& [key, members] : members_)
            list.push_back({key.first, key.second, static_cast<int>(members.size())});
        std::stable_sort(list.begin(), list.end(),
                         [](const Share& a, const Share& b) { return a.members > b.members; });
        return list;
    }

 private:
    std::map<std::pair<std::string, std::string>, std::set<int>> members_;
};

int year_of(std::string_view time) {
    return time.size() >= 4 ? std::stoi(std::string(time.substr(0, 4))) : 0;
}

/// The multiplier of a place, from a ledger whose members have been checked to be numbers where they matter.
sim::DominoMultiplier read_multiplier(const geo::Table& table, const std::string& id) {
    std::map<std::string, std::uint32_t, std::less<>> numbers;
    const auto number_of = [&](std::string_view place) {
        if (place.empty()) return sim::no_place;
        return numbers.emplace(place, static_cast<std::uint32_t>(numbers.size())).first->second;
    };
    const std::uint32_t own = number_of(id);
    const std::size_t place = table.column("place_id"), member = table.column("member"),
                      source = table.column("source_place_id"), avoided = table.column("avoided_t_co2e");
    std::vector<sim::CommitmentEvent> events;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const auto number = table.integer(i, member);
        if (!number || *number < 0 || *number > UINT32_MAX) continue;
        sim::CommitmentEvent event;
        event.member = static_cast<std::uint32_t>(*number);
        event.place = number_of(table.cell(i, place));
        event.source = number_of(table.cell(i, source));
        if (const auto tonnes = table.number(i, avoided)) event.avoided_t = *tonnes;
        events.push_back(event);
    }
    return sim::count_downstream(events, numbers.size())[own];
}

void read_ledger(const std::filesystem::path& results, PlaceStory& story) {
    const geo::Table table = geo::io::read_table(results / "domino_ledger.csv");
    table.require_columns(
        {"place_id", "time", "member", "cause", "source_place_id", "layer", "avoided_t_co2e"});
    const std::size_t place = table.column("place_id"), time = table.column("time"),
                      member = table.column("member"), cause = table.column("cause"),
                      source = table.column("source_place_id"), layer = table.column("layer");
    MemberCounts causes, followed, triggered;
    std::map<int, int> first_triggered;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const bool own = table.cell(i, place) == story.id, caused = table.cell(i, source) == story.id;
        if (!own && !caused) continue;
        const auto number = table.integer(i, member);
        const auto month = table.cell(i, time);
        if (!number || month.size() != 7 ||
            !std::all_of(month.begin(), month.begin() + 4,
                         [](unsigned char c) { return std::isdigit(c) != 0; }))
            throw Failure(ExitCode::data,
                          fmt::format("{}: this row has no member or no month", table.where(i, time)));
        const int m = static_cast<int>(*number), year = year_of(month);
        const std::string carried(table.cell(i, layer));
        if (own) {
            story.commitment_years.push_back(year);
            causes.add(std::string(table.cell(i, cause)), carried, m);
            if (!table.cell(i, source).empty()) followed.add(std::string(table.cell(i, source)), carried, m);
        }
        if (caused) {
            ++story.triggered_events;
            triggered.add(std::string(table.cell(i, place)), carried, m);
            const auto [entry, added] = first_triggered.emplace(m, year);
            if (!added) entry->second = std::min(entry->second, year);
        }
    }
    std::sort(story.commitment_years.begin(), story.commitment_years.end());
    story.causes = causes.ranked();
    story.followed = followed.ranked();
    story.triggered = triggered.ranked();
    story.members_with_triggered = static_cast<int>(first_triggered.size());
    const sim::DominoMultiplier multiplier = read_multiplier(table, story.id);
    story.domino_multiplier = multiplier.events();
    story.domino_multiplier_t = multiplier.tonnes();
    for (const auto& [m, year] : first_triggered) story.first_triggered_years.push_back(year);
    std::sort(story.first_triggered_years.begin(), story.first_triggered_years.end());
}

}  // namespace

PlaceStory read_story(const std::filesystem::path& results, const std::string& place) {
    PlaceStory story;
    story.members = read_members(results);
    const PlaceRows rows(results);
    const std::vector<NamedPlace> places = list_places(rows);
    story.id = find_place(places, place);
    story.technologies = rows.technologies();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.text(i, "place_id") != story.id) continue;
        if (story.years.empty()) {
            std::tie(story.name, story.country, story.admin1, story.kind) = std::tuple(
                rows.text(i, "name"), rows.text(i, "country"), rows.text(i, "admin1"), rows.text(i, "kind"));
            story.lon = rows.number(i, "lon");
            story.lat = rows.number(i, "lat");
        }
        story.years.push_back(rows.year(i, story.technologies));
    }
    read_ledger(results, story);
    std::map<std::string, std::string> names;
    for (const NamedPlace& p : places) names.emplace(p.id, p.name);
    for (const auto* list : {&story.followed, &story.triggered})
        for (const Share& share : *list)
            if (names.contains(share.what)) story.names[share.what] = names[share.what];
    return story;
}

}  // namespace domino::cli
