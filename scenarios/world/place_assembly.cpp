#include "scenarios/world/place_assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace domino::scenarios {

namespace {

using Towns = std::vector<const GazetteerPlace*>;

/// Everything known of one unit before its places are made.
struct UnitContents {
    const AdminUnit* unit = nullptr;
    double people = 0.0;
    Towns cities;  ///< become places
    Towns towns;   ///< stay in the rest
    std::vector<const UserPlace*> user_places;
};

std::array<std::optional<double>, pack_covariate_count> covariates_of(const GazetteerPlace& place) {
    return {place.elevation_m, place.ghi_kwh_m2_day, place.night_lights};
}

/// Population-weighted mean of what the towns know; the towns below the cut first, else the cities.
std::vector<std::optional<double>> mean_covariates(const UnitContents& contents) {
    std::vector<std::optional<double>> means(pack_covariate_count);
    for (std::size_t c = 0; c < pack_covariate_count; ++c) {
        for (const Towns* towns : {&contents.towns, &contents.cities}) {
            double sum = 0.0, weight = 0.0;
            for (const auto* town : *towns) {
                const auto value = covariates_of(*town)[c];
                if (!value) continue;
                sum += *value * town->population;
                weight += town->population;
            }
            if (weight > 0.0 && !means[c]) means[c] = sum / weight;
        }
    }
    return means;
}

/// One town for each of `parts` groups of equal population along the longer side of the towns' extent.
std::vector<const GazetteerPlace*> spread_parts(Towns towns, std::size_t parts) {
    if (towns.size() < parts) return std::vector<const GazetteerPlace*>(parts, nullptr);
    double west = 180.0, east = -180.0, south = 90.0, north = -90.0, people = 0.0;
    for (const auto* town : towns) {
        west = std::min(west, town->position.lon_deg);
        east = std::max(east, town->position.lon_deg);
        south = std::min(south, town->position.lat_deg);
        north = std::max(north, town->position.lat_deg);
        people += town->population;
    }
    const bool by_longitude = east - west >= north - south;
    std::sort(towns.begin(), towns.end(), [&](const auto* a, const auto* b) {
        const double x = by_longitude ? a->position.lon_deg : a->position.lat_deg;
        const double y = by_longitude ? b->position.lon_deg : b->position.lat_deg;
        return x != y ? x < y : a->id < b->id;
    });
    std::vector<const GazetteerPlace*> chosen(parts, nullptr);
    double before = 0.0;
    for (std::size_t i = 0; i < towns.size(); ++i) {
        const auto by_people = static_cast<std::size_t>((before + 0.5 * towns[i]->population) / people *
                                                        static_cast<double>(parts));
        const std::size_t part = std::min(by_people, parts - 1);
        before += towns[i]->population;
        const auto*& best = chosen[part];
        if (best == nullptr || towns[i]->population > best->population) best = towns[i];
    }
    for (std::size_t p = 0; p < parts; ++p) {
        if (chosen[p] == nullptr) chosen[p] = towns[p * towns.size() / parts];
    }
    return chosen;
}

class Assembler {
 public:
    Assembler(const CoverageRequest& request, AssembledPlaces& out) : request_(request), out_(out) {}

    void add_unit(const UnitContents& contents) {
        double user_people = 0.0, city_people = 0.0;
        for (const auto* place : contents.user_places) user_people += place->population;
        for (const auto* city : contents.cities) city_people += city->population;
        const double user_scale = user_people > contents.people ? contents.people / user_people : 1.0;
        const double left = std::max(0.0, contents.people - user_people * user_scale);
        const double city_scale = city_people > left ? left / city_people : 1.0;
        for (const auto* place : contents.user_places) add_user_place(*place, user_scale, *contents.unit);
        for (const auto* city : contents.cities) add_city(*city, city_scale, *contents.unit);
        if (city_scale < 1.0 || user_scale < 1.0) note_scaled(contents, city_people + user_people);
        const double taken = user_people * user_scale + city_people * city_scale;
        const double rest = city_scale < 1.0 || user_scale < 1.0 ? 0.0 : contents.people - taken;
        add_rest(contents, rest);
    }

    void add_foreign(const UserPlace& user) {
        geo::Place place = base_of(user.id, user.name, user.iso3, user.iso3 + "-user", "");
        place.coupling = user.coupling;
        place.position = user.position;
        place.population = user.population;
        place.flag = "no_inventory";
        place.covariates.resize(pack_covariate_count);
        out_.authority.emplace(place.admin1_id, place.id);
        out_.table.places.push_back(std::move(place));
    }

 private:
    static geo::Place base_of(const std::string& id, const std::string& name, const std::string& iso3,
                              const std::string& admin1_id, const std::string& admin1_name) {
        geo::Place place;
        place.id = id;
        place.name = name;
        place.iso3 = iso3;
        place.admin1_id = admin1_id;
        place.admin1_name = admin1_name;
        return place;
    }

    void add_city(const GazetteerPlace& city, double scale, const AdminUnit& unit) {
        geo::Place place = base_of(city.id, city.name, city.iso3, unit.id, unit.name);
        place.name_local = city.name_local;
        place.position = city.position;
        place.population = city.population * scale;
        if (scale < 1.0) place.flag = "scaled_down";
        const auto covariates = covariates_of(city);
        place.covariates.assign(covariates.begin(), covariates.end());
        out_.table.places.push_back(std::move(place));
    }

    void add_user_place(const UserPlace& user, double scale, const AdminUnit& unit) {
        geo::Place place = base_of(user.id, user.name, user.iso3, unit.id, unit.name);
        place.coupling = user.coupling;
        place.position = user.position;
        place.population = user.population * scale;
        place.flag = scale < 1.0 ? "user_place;scaled_down" : "user_place";
        place.covariates.resize(pack_covariate_count);
        out_.table.places.push_back(std::move(place));
    }

    void add_rest(const UnitContents& contents, double people) {
        const AdminUnit& unit = *contents.unit;
        const auto parts =
            static_cast<std::size_t>(std::max(1.0, std::ceil(people / largest_rest_population)));
        const auto towns =
            parts > 1 ? spread_parts(contents.towns, parts) : std::vector<const GazetteerPlace*>(1, nullptr);
        const auto covariates = mean_covariates(contents);
        for (std::size_t p = 0; p < parts; ++p) {
            const std::string id = parts == 1 ? unit.id + ".rest" : fmt::format("{}.rest.{}", unit.id, p + 1);
            const std::string name =
                parts == 1 ? unit.name + " (rest of region)"
                           : fmt::format("{} (rest of region, {} of {})", unit.name, p + 1, parts);
            geo::Place place = base_of(id, name, unit.iso3, unit.id, unit.name);
            place.kind = geo::PlaceKind::rest_of_region;
            place.name_local = unit.name_local;
            place.position = towns[p] != nullptr ? towns[p]->position : unit.centre;
            place.population = people / static_cast<double>(parts);
            if (people == 0.0) place.flag = "authority_only";
            place.covariates = covariates;
            if (p == 0) out_.authority.emplace(unit.id, id);
            out_.table.places.push_back(std::move(place));
        }
    }

    void note_scaled(const UnitContents& contents, double city_people) {
        out_.notes.push_back(
            fmt::format("{} ({}, {}): its cities count {:.0f} persons, the unit {:.0f}; the cities are "
                        "scaled down by {:.3f}",
                        contents.unit->name, contents.unit->id, contents.unit->iso3, city_people,
                        contents.people, contents.people / city_people));
    }

    const CoverageRequest& request_;
    AssembledPlaces& out_;
};

Problem data_problem(std::string what, std::string why, std::string fix) {
    return {{}, std::move(what), std::move(why), std::move(fix), Severity::error, ProblemKind::data};
}

/// Units of one country with their people at the start of the run; problems when the country has none.
std::map<std::string, UnitContents> open_units(const std::string& iso3, const CoverageRequest& request,
                                               const AdminUnits& units, AssembledPlaces& out) {
    std::map<std::string, UnitContents> contents;
    double people_2020 = 0.0;
    for (const auto& [id, unit] : units) {
        if (unit.iso3 != iso3) continue;
        contents[id].unit = &unit;
        people_2020 += unit.population_2020;
    }
    const auto wanted = request.country_population.find(iso3);
    if (contents.empty() || people_2020 <= 0.0 || wanted == request.country_population.end()) {
        out.problems.push_back(data_problem(
            fmt::format("the data pack has no regions with people for {}", iso3),
            "a country of a scenario is covered whole", "leave the country out of places.countries"));
        return {};
    }
    for (auto& [id, unit] : contents) {
        unit.people = unit.unit->population_2020 * (wanted->second / people_2020);
    }
    return contents;
}

void verify_sums(const CoverageRequest& request, AssembledPlaces& out) {
    std::map<std::string, double> sums;
    for (const auto& place : out.table.places) sums[place.iso3] += place.population;
    for (const auto& iso3 : request.countries) {
        const auto wanted = request.country_population.find(iso3);
        if (wanted == request.country_population.end() || !sums.contains(iso3)) continue;
        const double missed = std::abs(sums[iso3] - wanted->second);
        if (wanted->second > 0.0) out.people_error = std::max(out.people_error, missed / wanted->second);
        if (missed > people_tolerance * wanted->second) {
            out.problems.push_back(data_problem(
                fmt::format("the places of {} hold {:.3f} persons, the country {:.3f}", iso3, sums[iso3],
                            wanted->second),
                "people are neither lost nor invented", "rebuild the pack with data/build/build.py"));
        }
    }
}

}  // namespace

AssembledPlaces assemble_places(const CoverageRequest& request, const AdminUnits& units,
                                const std::vector<GazetteerPlace>& gazetteer) {
    AssembledPlaces out;
    out.table.covariate_names = {"elevation", "ghi", "night_lights"};
    out.table.covariate_units = {"m", "kWh/m2/day", "1"};
    std::map<std::string, std::map<std::string, UnitContents>> countries;
    for (const auto& iso3 : request.countries) {
        countries.emplace(iso3, open_units(iso3, request, units, out));
    }
    for (const auto& place : gazetteer) {
        const auto country = countries.find(place.iso3);
        if (country == countries.end() || (place.duplicate && !request.keep.contains(place.id))) continue;
        const auto unit = country->second.find(place.admin1_id);
        if (unit == country->second.end()) {
            if (!country->second.empty()) {
                out.notes.push_back(fmt::format("{} ({}) is left out: its region \"{}\" is not one of {}",
                                                place.name, place.id, place.admin1_id, place.iso3));
            }
            continue;
        }
        const bool city = place.population >= request.min_population || request.keep.contains(place.id);
        (city ? unit->second.cities : unit->second.towns).push_back(&place);
    }
    Assembler assembler(request, out);
    for (const auto& user : request.user_places) {
        const auto country = countries.find(user.iso3);
        if (country == countries.end()) {
            assembler.add_foreign(user);
        } else if (const auto unit = country->second.find(user.admin1_id); unit != country->second.end()) {
            unit->second.user_places.push_back(&user);
        }
    }
    for (const auto& [iso3, contents] : countries) {
        for (const auto& [id, unit] : contents) assembler.add_unit(unit);
    }
    std::sort(out.table.places.begin(), out.table.places.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    verify_sums(request, out);
    return out;
}

}  // namespace domino::scenarios
