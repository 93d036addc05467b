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

bool in_scope(const std::string& iso3, NameScope scope) {
    return scope == NameScope::anywhere || (iso3 == "JPN") == (scope == NameScope::japan);
}

}  // namespace

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

std::optional<PlaceNames::Match> PlaceNames::find(const std::string& text, NameScope scope,
                                                  std::string& hint) const {
    const auto by_id =
        std::lower_bound(gazetteer_.begin(), gazetteer_.end(), text,
                         [](const GazetteerPlace& place, const std::string& id) { return place.id < id; });
    if (by_id != gazetteer_.end() && by_id->id == text) return Match{text, false, by_id->iso3};
    if (const auto unit = units_.find(text); unit != units_.end())
        return Match{text, true, unit->second.iso3};
    // The rest of a region, whole or a part of it, is a place that is made when the world is.
    if (const auto rest = text.find(".rest"); rest != std::string::npos)
        if (const auto unit = units_.find(text.substr(0, rest)); unit != units_.end())
            return Match{text, false, unit->second.iso3};
    std::vector<Named> cities, regions;
    const auto [begin, end] = by_name_.equal_range(lower(text));
    for (auto it = begin; it != end; ++it) {
        if (in_scope(it->second.iso3, scope)) (it->second.unit ? regions : cities).push_back(it->second);
    }
    auto& found = cities.empty() ? regions : cities;
    std::sort(found.begin(), found.end(), [](const Named& a, const Named& b) {
        return a.population != b.population ? a.population > b.population : a.id < b.id;
    });
    if (found.size() == 1 ||
        (found.size() > 1 && found[0].population > clearly_larger * found[1].population)) {
        return Match{found[0].id, found[0].unit, found[0].iso3};
    }
    if (found.empty()) {
        std::vector<std::string> names;
        for (const auto& [name, named] : by_name_) {
            if (in_scope(named.iso3, scope)) names.push_back(named.name);
        }
        const std::string near = geo::closest_spelling(text, names);
        hint = near.empty() ? "give a place id such as GN1850147 or a region id such as JP-13"
                            : fmt::format("did you mean \"{}\"?", near);
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
