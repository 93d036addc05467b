#include "scenarios/world/place_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "geo/problem.h"

namespace domino::scenarios {

namespace {

constexpr double clearly_larger = 10.0;

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

bool larger(const PlaceNames::Named& a, const PlaceNames::Named& b) {
    return a.population != b.population ? a.population > b.population : a.id < b.id;
}

}  // namespace

bool in_scope(const std::string& iso3, NameScope scope) {
    return scope == NameScope::anywhere || (iso3 == "JPN") == (scope == NameScope::japan);
}

PlaceNames::PlaceNames(const AdminUnits& units, const std::vector<GazetteerPlace>& gazetteer)
    : units_(units), gazetteer_(gazetteer) {
    for (const auto& place : gazetteer) {
        if (place.duplicate) continue;
        std::set<std::string> names = {lower(place.name), lower(place.name_ascii), lower(place.name_local)};
        names.erase("");
        for (const auto& name : names) {
            by_name_.emplace(name, Named{place.id, place.iso3, place.name, place.population, false});
        }
    }
    for (const auto& [id, unit] : units) {
        std::set<std::string> names = {lower(unit.name), lower(unit.name_local)};
        names.erase("");
        for (const auto& name : names) {
            by_name_.emplace(name, Named{id, unit.iso3, unit.name, unit.population_2020, true});
        }
    }
}

std::optional<PlaceNames::Named> PlaceNames::find_id(const std::string& text) const {
    const auto by_id =
        std::lower_bound(gazetteer_.begin(), gazetteer_.end(), text,
                         [](const GazetteerPlace& place, const std::string& id) { return place.id < id; });
    if (by_id != gazetteer_.end() && by_id->id == text)
        return Named{text, by_id->iso3, by_id->name, by_id->population, false};
    if (const auto unit = units_.find(text); unit != units_.end())
        return Named{text, unit->second.iso3, unit->second.name, unit->second.population_2020, true};
    // The rest of a region, whole or a part of it, is a place that is made when the world is.
    if (const auto rest = text.find(".rest"); rest != std::string::npos)
        if (const auto unit = units_.find(text.substr(0, rest)); unit != units_.end())
            return Named{text, unit->second.iso3, unit->second.name, 0.0, false};
    return std::nullopt;
}

std::vector<PlaceNames::Named> PlaceNames::bearers(const std::string& text) const {
    if (auto named = find_id(text)) return {std::move(*named)};
    std::vector<Named> found;
    const auto [begin, end] = by_name_.equal_range(lower(text));
    for (auto it = begin; it != end; ++it) found.push_back(it->second);
    std::sort(found.begin(), found.end(), larger);
    return found;
}

std::optional<PlaceNames::Named> PlaceNames::nearest(const std::string& text, NameScope scope) const {
    std::vector<std::string> names;
    for (const auto& [name, named] : by_name_) {
        if (in_scope(named.iso3, scope)) names.push_back(named.name);
    }
    const std::string near = geo::closest_spelling(text, names);
    if (near.empty()) return std::nullopt;
    std::optional<Named> largest;
    for (const auto& [name, named] : by_name_) {
        if (named.name != near || !in_scope(named.iso3, scope)) continue;
        if (!largest || larger(named, *largest)) largest = named;
    }
    return largest;
}

std::optional<PlaceNames::Match> PlaceNames::find(const std::string& text, NameScope scope,
                                                  std::string& hint) const {
    if (const auto named = find_id(text)) return Match{named->id, named->unit, named->iso3};
    std::vector<Named> cities, regions;
    for (auto& named : bearers(text)) {
        if (in_scope(named.iso3, scope)) (named.unit ? regions : cities).push_back(std::move(named));
    }
    const auto& found = cities.empty() ? regions : cities;
    if (found.size() == 1 ||
        (found.size() > 1 && found[0].population > clearly_larger * found[1].population)) {
        return Match{found[0].id, found[0].unit, found[0].iso3};
    }
    if (found.empty()) {
        const auto near = nearest(text, scope);
        hint = near ? fmt::format("did you mean \"{}\"?", near->name)
                    : "give a place id such as GN1850147 or a region id such as JP-13";
        return std::nullopt;
    }
    hint = "several places bear that name; write the id of one:";
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 5); ++i) {
        hint += fmt::format("{} {} ({}, {:.0f} persons)", i == 0 ? "" : ",", found[i].id, found[i].iso3,
                            found[i].population);
    }
    return std::nullopt;
}

}  // namespace domino::scenarios
