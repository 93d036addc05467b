#include "scenarios/world/urban_shares.h"

#include <fmt/format.h>

#include "sim/world.h"

namespace domino::scenarios {

namespace {

struct PeopleAndTonnes {
    double people = 0.0, city_people = 0.0, emissions = 0.0, city_emissions = 0.0;
    std::size_t cities = 0;
};

UrbanShare share_of(const std::string& name, const PeopleAndTonnes& sum) {
    return {name, sum.people > 0.0 ? sum.city_people / sum.people : 0.0,
            sum.emissions > 0.0 ? sum.city_emissions / sum.emissions : 0.0, sum.cities};
}

}  // namespace

std::vector<UrbanShare> urban_shares(const sim::World& world, const std::vector<std::string>& country_names) {
    std::vector<PeopleAndTonnes> sums(world.countries.size());
    for (const auto& place : world.places) {
        PeopleAndTonnes& sum = sums[place.country];
        double emitted = 0.0;
        for (const double t : place.emissions_t) emitted += t;
        sum.people += place.population;
        sum.emissions += emitted;
        if (place.kind != geo::PlaceKind::city) continue;
        ++sum.cities;
        sum.city_people += place.population;
        sum.city_emissions += emitted;
    }
    PeopleAndTonnes all;
    std::vector<UrbanShare> shares(1);
    for (std::size_t c = 0; c < sums.size(); ++c) {
        for (const auto& part : world.countries[c].remainder) sums[c].emissions += part.base_t;
        shares.push_back(share_of(country_names[c], sums[c]));
        all.people += sums[c].people;
        all.city_people += sums[c].city_people;
        all.emissions += sums[c].emissions;
        all.city_emissions += sums[c].city_emissions;
        all.cities += sums[c].cities;
    }
    shares.front() = share_of("All countries", all);
    return shares;
}

std::string describe_urban_shares(const std::vector<UrbanShare>& shares) {
    if (shares.empty()) return {};
    const UrbanShare& all = shares.front();
    constexpr double percent = 100.0;
    return fmt::format(
        "urban shares: {} places that are cities hold {:.0f} % of the people and {:.0f} % of the emissions "
        "(the "
        "documents, for the world: about 50 % and about 70 % of CO2; their 80 % of GDP has no counterpart "
        "here: GDP is not known by place)",
        all.cities, percent * all.people, percent * all.emissions);
}

}  // namespace domino::scenarios
