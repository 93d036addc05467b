#include "scenarios/world/leading_areas.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "scenarios/world/commitment_data.h"

namespace domino::scenarios {

namespace {

constexpr const char* japan_iso3 = "JPN";
/// The end of fiscal year 2025, by which the roadmap wants its areas.
constexpr sim::Month aim_month = sim::make_month(2026, 3);

/// The number of areas at a date.
struct Round {
    sim::Month month;
    int total = 0;
    std::string source;
};

std::vector<LeadingArea> read_named(Pack& pack, const geo::PlaceTable& table,
                                    const std::map<std::string, std::string>& authority) {
    std::vector<LeadingArea> areas;
    const auto csv =
        pack.read_optional("leading_areas", {"row", "result_date", "place_id", "admin1_id", "source"});
    if (!csv) return areas;
    const Rows rows(*csv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto month = parse_pack_month(rows.text(i, "result_date"), rows.where(i, "result_date"));
        auto place = find_actor(table, authority, rows.text(i, "place_id"), rows.text(i, "admin1_id"));
        if (!place) place = find_actor(table, authority, "", rows.text(i, "admin1_id"));
        if (!month || !place) continue;
        areas.push_back(
            {"leading-area-" + rows.text(i, "row"), rows.text(i, "source"), *place, *month, false});
    }
    return areas;
}

std::vector<Round> read_rounds(Pack& pack, int aim) {
    std::vector<Round> rounds;
    const auto csv =
        pack.read_optional("leading_area_rounds", {"result_date", "cumulative_selected", "source"});
    if (csv) {
        const Rows rows(*csv);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto month = parse_pack_month(rows.text(i, "result_date"), rows.where(i, "result_date"));
            const auto total = rows.number(i, "cumulative_selected");
            if (month && total) {
                rounds.push_back({*month, std::min(aim, static_cast<int>(*total)), rows.text(i, "source")});
            }
        }
    }
    rounds.push_back({aim_month, aim, "declared rule for the aim of fiscal year 2025"});
    std::sort(rounds.begin(), rounds.end(), [](const auto& a, const auto& b) {
        return std::tie(a.month, a.total) < std::tie(b.month, b.total);
    });
    return rounds;
}

std::vector<std::uint32_t> places_of_japan(const geo::PlaceTable& table) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < table.places.size(); ++i) {
        if (table.places[i].iso3 == japan_iso3) rows.push_back(i);
    }
    return rows;
}

/// Cities of Japan that are no area, the largest first.
std::vector<std::uint32_t> open_cities(const geo::PlaceTable& table, const std::vector<LeadingArea>& areas) {
    std::set<std::uint32_t> taken;
    for (const auto& area : areas) taken.insert(area.place);
    std::vector<std::uint32_t> cities;
    for (const auto row : places_of_japan(table)) {
        const bool city = table.places[row].kind == geo::PlaceKind::city;
        if (city && !taken.contains(row)) cities.push_back(row);
    }
    std::stable_sort(cities.begin(), cities.end(), [&](std::uint32_t a, std::uint32_t b) {
        return table.places[a].population > table.places[b].population;
    });
    return cities;
}

/// Takes up to `missing` cities off the queue, one a prefecture.
void fill_round(const Round& round, int missing, const geo::PlaceTable& table,
                std::vector<std::uint32_t>& queue, std::vector<LeadingArea>& areas) {
    std::set<std::string> prefectures;
    for (auto city = queue.begin(); city != queue.end() && missing > 0;) {
        const auto& place = table.places[*city];
        if (!prefectures.insert(place.admin1_id).second) {
            ++city;
            continue;
        }
        areas.push_back({fmt::format("leading-area-rule-{}-{}", place.id, round.month.year()), round.source,
                         *city, round.month, true});
        city = queue.erase(city);
        --missing;
    }
}

}  // namespace

std::vector<std::string> named_leading_areas(Pack& pack) {
    std::vector<std::string> ids;
    const auto csv = pack.read_optional("leading_areas", {"place_id"});
    if (!csv) return ids;
    const Rows rows(*csv);
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.text(i, "place_id"));
    return ids;
}

std::vector<LeadingArea> plan_leading_areas(Pack& pack, const LeadingAreasSection& section,
                                            const geo::PlaceTable& table,
                                            const std::map<std::string, std::string>& authority,
                                            std::vector<std::string>& notes) {
    if (section.enabled == OnOff::off || places_of_japan(table).empty()) return {};
    std::vector<LeadingArea> areas = read_named(pack, table, authority);
    const std::size_t named = areas.size();
    if (section.expansion == AreaRule::largest) {
        auto queue = open_cities(table, areas);
        for (const auto& round : read_rounds(pack, section.aim)) {
            const auto known = std::count_if(areas.begin(), areas.end(),
                                             [&](const auto& area) { return area.from <= round.month; });
            fill_round(round, round.total - static_cast<int>(known), table, queue, areas);
        }
    }
    notes.push_back(
        fmt::format("leading areas: {} known by name, {} chosen by the rule for totals and the aim", named,
                    areas.size() - named));
    std::sort(areas.begin(), areas.end(),
              [](const auto& a, const auto& b) { return std::tie(a.from, a.id) < std::tie(b.from, b.id); });
    return areas;
}

void add_leading_areas(const LeadingAreasSection& section, const std::vector<LeadingArea>& areas,
                       const geo::PlaceTable& table, sim::World& world) {
    if (section.enabled == OnOff::off || (areas.empty() && !section.nationwide_from)) return;
    const auto years = static_cast<std::size_t>(world.calendar.touched_years());
    const auto programme = static_cast<std::uint16_t>(world.programmes.size());
    world.programmes.push_back({"decarbonization_leading_areas", "Decarbonization Leading Areas",
                                sim::ByYear(years, section.budget_jpy_per_year)});
    const auto add = [&](std::string id, std::uint32_t place, sim::Month from, sim::Month to) {
        sim::SupportWindow window;
        window.project_id = std::move(id);
        window.place = place;
        window.from = from;
        window.to = to;
        window.cost_jpy_per_year = section.cost_jpy_per_area_year;
        window.programme = programme;
        window.kind = sim::SupportKind::domestic;
        world.support.push_back(std::move(window));
    };
    for (const auto& area : areas) {
        add(area.id, area.place, area.from, sim::Month{area.from.value + 12 * section.support_years});
    }
    if (section.nationwide_from) {
        for (const auto place : places_of_japan(table)) {
            add("nationwide-" + table.places[place].id, place, *section.nationwide_from, sim::never);
        }
    }
    std::sort(world.support.begin(), world.support.end(), [&](const auto& a, const auto& b) {
        return std::tie(a.from, world.places[a.place].key, a.project_id) <
               std::tie(b.from, world.places[b.place].key, b.project_id);
    });
}

ExampleLayer leading_area_layer(const LeadingAreasSection& section, const std::vector<LeadingArea>& areas,
                                const geo::PlaceTable& table) {
    ExampleLayer layer{"leading_areas", {}};
    std::map<std::string, std::vector<Example>> by_prefecture;
    std::vector<Example> all;
    const sim::Month nationwide = section.nationwide_from.value_or(sim::never);
    std::set<std::uint32_t> seen;
    for (const auto& area : areas) {
        // Two areas in one place are one example, from the earlier on.
        if (!seen.insert(area.place).second) continue;
        by_prefecture[table.places[area.place].admin1_id].push_back({area.place, area.from});
        all.push_back({area.place, std::max(area.from, nationwide)});
    }
    std::map<std::string, std::vector<std::uint32_t>> members;
    for (const auto row : places_of_japan(table)) members[table.places[row].admin1_id].push_back(row);
    for (const auto& [prefecture, examples] : by_prefecture) {
        add_broadcast(examples, members[prefecture], nationwide, layer.edges);
    }
    if (section.nationwide_from) add_broadcast(all, places_of_japan(table), sim::never, layer.edges);
    return layer;
}

}  // namespace domino::scenarios
