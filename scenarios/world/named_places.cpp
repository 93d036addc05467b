#include "scenarios/world/named_places.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace domino::scenarios {

namespace {

constexpr double much_smaller = 0.1;
constexpr std::size_t countries_told = 4;

AdminUnits units_of(const AdminUnits& units, const std::vector<std::string>& countries) {
    AdminUnits kept;
    for (const auto& [id, unit] : units) {
        if (std::binary_search(countries.begin(), countries.end(), unit.iso3)) kept.emplace(id, unit);
    }
    return kept;
}

std::vector<std::string> codes_of(const CountryRecords& countries) {
    std::vector<std::string> codes;
    for (const auto& [iso3, record] : countries) codes.push_back(iso3);
    return codes;
}

}  // namespace

struct NamedPlaces::Everywhere {
    Everywhere(Pack& pack, const CountryRecords& countries, const AdminUnits& units)
        : gazetteer(read_gazetteer(pack, codes_of(countries))), names(units, gazetteer) {}

    std::vector<GazetteerPlace> gazetteer;
    PlaceNames names;
};

NamedPlaces::NamedPlaces(Pack& pack, const CountryRecords& countries, const AdminUnits& units,
                         const std::vector<GazetteerPlace>& gazetteer, const std::vector<std::string>& wanted)
    : pack_(pack),
      countries_(countries),
      units_(units),
      own_units_(units_of(units, wanted)),
      own_(own_units_, gazetteer) {}

NamedPlaces::~NamedPlaces() = default;

std::optional<PlaceNames::Match> NamedPlaces::find(const std::string& text, NameScope scope,
                                                   Fault& fault) const {
    std::string hint;
    auto match = own_.find(text, scope, hint);
    if (match && in_scope(match->iso3, scope)) return match;
    fault = {fmt::format("no place is meant by \"{}\"", text), hint};
    if (is_known(text, scope)) return std::nullopt;
    if (auto told = out_of_scope(text, scope)) {
        fault = {std::move(*told),
                 scope == NameScope::japan ? "name a Japanese municipality" : "name a place abroad"};
        return std::nullopt;
    }
    auto places = likely_bearers(text);
    std::erase_if(places, [&](const auto& place) { return !in_scope(place.iso3, scope); });
    if (!places.empty()) fault = not_among_countries(text, scope, places);
    return std::nullopt;
}

std::optional<std::string> NamedPlaces::out_of_scope(const std::string& text, NameScope scope) const {
    if (is_known(text, scope)) return std::nullopt;
    const auto places = likely_bearers(text);
    const auto is_in = [&](const auto& place) { return in_scope(place.iso3, scope); };
    if (places.empty() || std::any_of(places.begin(), places.end(), is_in)) return std::nullopt;
    return place_is_in(text, places.front());
}

bool NamedPlaces::is_known(const std::string& text, NameScope scope) const {
    const auto places = own_.bearers(text);
    return std::any_of(places.begin(), places.end(),
                       [&](const auto& place) { return in_scope(place.iso3, scope); });
}

std::vector<PlaceNames::Named> NamedPlaces::likely_bearers(const std::string& text) const {
    if (!everywhere_) everywhere_ = std::make_unique<Everywhere>(pack_, countries_, units_);
    auto places = everywhere_->names.bearers(text);
    std::erase_if(places, [least = places.empty() ? 0.0 : much_smaller * places.front().population](
                              const auto& place) { return place.population < least; });
    return places;
}

std::string NamedPlaces::country_name(const std::string& iso3) const {
    const auto found = countries_.find(iso3);
    return found == countries_.end() ? iso3 : found->second.name;
}

std::string NamedPlaces::place_is_in(const std::string& text, const PlaceNames::Named& place) const {
    return text == place.id ? fmt::format("\"{}\" ({}) is in {}", text, place.name, country_name(place.iso3))
                            : fmt::format("\"{}\" is in {}", text, country_name(place.iso3));
}

NamedPlaces::Fault NamedPlaces::not_among_countries(const std::string& text, NameScope scope,
                                                    const std::vector<PlaceNames::Named>& places) const {
    std::vector<std::string> countries;
    for (const auto& place : places) {
        const std::string name = country_name(place.iso3);
        if (std::find(countries.begin(), countries.end(), name) == countries.end()) countries.push_back(name);
    }
    Fault fault;
    if (countries.size() == 1) {
        fault.what = place_is_in(text, places.front()) + ", which is not among places.countries";
        fault.fix = fmt::format("add \"{}\" to places.countries", countries.front());
    } else {
        countries.resize(std::min(countries.size(), countries_told));
        fault.what = fmt::format("there are places named \"{}\" in {}, but none in places.countries", text,
                                 fmt::join(countries, ", "));
        fault.fix = "add the country of the one that is meant to places.countries";
    }
    // A hamlet's name may be a great city's, misspelt.
    const auto near = own_.nearest(text, scope);
    if (near && near->population > places.front().population) {
        fault.fix += fmt::format(", or did you mean \"{}\"?", near->name);
    }
    return fault;
}

}  // namespace domino::scenarios
