#include "scenarios/world/withdrawals.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scenarios/month_text.h"
#include "scenarios/world/place_assembly.h"

namespace domino::scenarios {

namespace {

constexpr double percent = 100.0;

/// Members of Race to Zero first, then cities, then rests of regions; in each the largest first.
std::vector<std::uint32_t> coalition_order(const std::string& iso3, const geo::PlaceTable& table,
                                           const std::map<std::string, Network>& networks) {
    std::set<std::uint32_t> members;
    if (const auto network = networks.find("race_to_zero"); network != networks.end()) {
        for (const auto& member : network->second.members) members.insert(member.place);
    }
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < table.places.size(); ++i) {
        if (table.places[i].iso3 == iso3) order.push_back(i);
    }
    const auto rank = [&](std::uint32_t i) {
        if (members.contains(i)) return 0;
        return table.places[i].kind == geo::PlaceKind::city ? 1 : 2;
    };
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (rank(a) != rank(b)) return rank(a) < rank(b);
        return table.places[a].population > table.places[b].population;
    });
    return order;
}

/// People, or people times night lights where these are known.
double weight_of(const geo::Place& place, bool lit) {
    constexpr auto lights = static_cast<std::size_t>(PackCovariate::night_lights);
    if (!lit) return place.population;
    const bool known = place.covariates.size() > lights && place.covariates[lights];
    return known ? place.population * *place.covariates[lights] : 0.0;
}

double share_of(const std::vector<std::uint8_t>& coalition, const std::string& iso3,
                const geo::PlaceTable& table, bool lit) {
    double inside = 0.0, all = 0.0;
    for (std::size_t i = 0; i < coalition.size(); ++i) {
        if (table.places[i].iso3 != iso3) continue;
        const double weight = weight_of(table.places[i], lit);
        all += weight;
        if (coalition[i] != 0) inside += weight;
    }
    return all > 0.0 ? inside / all : 0.0;
}

}  // namespace

std::vector<std::uint8_t> coalition_of(const std::string& iso3, double share, const geo::PlaceTable& table,
                                       const std::map<std::string, Network>& networks) {
    std::vector<std::uint8_t> coalition(table.places.size(), 0);
    const auto order = coalition_order(iso3, table, networks);
    double people = 0.0;
    for (const auto row : order) people += table.places[row].population;
    double inside = 0.0;
    for (const auto row : order) {
        if (inside >= share * people) break;
        coalition[row] = 1;
        inside += table.places[row].population;
    }
    return coalition;
}

void add_withdrawals(const Scenario& scenario, const geo::PlaceTable& table,
                     const std::map<std::string, Network>& networks, const Parameters& parameters,
                     sim::World& world, std::vector<std::string>& notes) {
    for (const auto& entry : scenario.withdrawals) {
        const auto country = std::find_if(world.countries.begin(), world.countries.end(),
                                          [&](const auto& known) { return known.iso3 == entry.country; });
        if (country == world.countries.end()) continue;
        sim::Withdrawal withdrawal;
        withdrawal.id = fmt::format("{} {}", entry.country, format_month(entry.from));
        withdrawal.country = static_cast<std::uint16_t>(country - world.countries.begin());
        withdrawal.from = entry.from;
        withdrawal.to = entry.to.value_or(sim::never);
        withdrawal.coalition = coalition_of(entry.country, entry.coalition_population, table, networks);
        withdrawal.propensity_factor = parameters.prior("withdrawal_propensity", sim::uniform(0.3, 1.0));
        withdrawal.intensity_drift_per_year =
            parameters.prior("withdrawal_intensity", sim::half_normal(0.01));
        const auto places = std::count(withdrawal.coalition.begin(), withdrawal.coalition.end(), 1);
        notes.push_back(fmt::format(
            "coalition of {}: a declared proxy of {} places (members of Race to Zero, then the largest) with "
            "{:.0f} % "
            "of the people, and {:.0f} % of people weighted by night lights; the document states 60 % of the "
            "people "
            "and 70 % of GDP and no list",
            withdrawal.id, places, percent * share_of(withdrawal.coalition, entry.country, table, false),
            percent * share_of(withdrawal.coalition, entry.country, table, true)));
        world.withdrawals.push_back(std::move(withdrawal));
    }
}

}  // namespace domino::scenarios
