#include "scenarios/world/pack_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "geo/problem.h"

namespace domino::scenarios {

namespace {

double read_people(const Rows& rows, std::size_t row, std::string_view column) {
    const double people = rows.required_number(row, column);
    if (people < 0.0) {
        throw geo::ProblemError(geo::Problem{rows.where(row, column), fmt::format("{} persons", people),
                                             "a population is not negative",
                                             "rebuild the pack with data/build/build.py"});
    }
    return people;
}

[[noreturn]] void reject_repeated_id(const std::string& where, const std::string& id) {
    throw geo::ProblemError(geo::Problem{where, fmt::format("the id \"{}\" stands twice", id),
                                         "ids name one row each",
                                         "rebuild the pack with data/build/build.py"});
}

}  // namespace

AdminUnits read_admin_units(Pack& pack) {
    const auto table = pack.read("admin1", {"admin1_id", "iso3", "name", "population_2020", "lon", "lat"});
    const Rows rows(table);
    AdminUnits units;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        AdminUnit unit;
        unit.id = rows.text(i, "admin1_id");
        unit.iso3 = rows.text(i, "iso3");
        unit.name = rows.text(i, "name_en");
        if (unit.name.empty()) unit.name = rows.text(i, "name");
        unit.name_local = rows.text(i, "name_ja");
        if (unit.iso3 != "JPN" || unit.name_local.empty()) unit.name_local = rows.text(i, "name_local");
        unit.population_2020 = read_people(rows, i, "population_2020");
        unit.centre = {rows.required_number(i, "lon"), rows.required_number(i, "lat")};
        unit.note = rows.text(i, "population_flag");
        const std::string id = unit.id;
        if (!units.emplace(id, std::move(unit)).second) reject_repeated_id(rows.where(i, "admin1_id"), id);
    }
    return units;
}

std::vector<GazetteerPlace> read_gazetteer(Pack& pack, const std::vector<std::string>& wanted_iso3) {
    const auto table =
        pack.read("places", {"place_id", "name", "name_ascii", "name_local", "iso3", "admin1_id", "lon",
                             "lat", "population", "dup_of", "ghi_kwh_m2_day", "night_lights", "elevation_m"});
    const Rows rows(table);
    const std::size_t iso3 = table.column("iso3");
    std::vector<GazetteerPlace> places;
    std::map<std::string, std::size_t> row_of;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!std::binary_search(wanted_iso3.begin(), wanted_iso3.end(), table.cell(i, iso3))) continue;
        GazetteerPlace place;
        place.id = rows.text(i, "place_id");
        place.name = rows.text(i, "name");
        place.name_ascii = rows.text(i, "name_ascii");
        place.name_local = rows.text(i, "name_local");
        place.iso3 = rows.text(i, "iso3");
        place.admin1_id = rows.text(i, "admin1_id");
        place.position = {rows.required_number(i, "lon"), rows.required_number(i, "lat")};
        place.population = read_people(rows, i, "population");
        place.duplicate = !rows.text(i, "dup_of").empty();
        place.elevation_m = rows.number(i, "elevation_m");
        place.ghi_kwh_m2_day = rows.number(i, "ghi_kwh_m2_day");
        place.night_lights = rows.number(i, "night_lights");
        if (!row_of.emplace(place.id, i).second) reject_repeated_id(rows.where(i, "place_id"), place.id);
        places.push_back(std::move(place));
    }
    std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return places;
}

}  // namespace domino::scenarios
