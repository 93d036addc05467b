#include "viz/equity_groups.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string_view>

#include <fmt/format.h>

namespace domino::viz {
namespace {

constexpr std::array<std::string_view, 3> thirds = {"Third of countries with least GDP a head",
                                                    "Middle third of countries by GDP a head",
                                                    "Third of countries with most GDP a head"};
constexpr std::array<std::string_view, 3> third_labels = {"least GDP a head", "middle", "most GDP a head"};

std::vector<double> people_of_countries(const scenarios::BuiltWorld& built) {
    std::vector<double> people(built.world.countries.size(), 0.0);
    for (const sim::PlaceInputs& place : built.world.places) people[place.country] += place.population;
    return people;
}

void add_income_groups(const scenarios::BuiltWorld& built, EquityGroups& groups) {
    std::map<scenarios::IncomeGroup, std::vector<std::size_t>, std::greater<>> by_group;
    for (std::size_t country = 0; country < built.income_groups.size(); ++country)
        by_group[built.income_groups[country]].push_back(country);
    // The highest rank is the poorest; rank 0, not known, comes last.
    for (auto& [group, countries] : by_group) {
        groups.labels.push_back(group.rank == 0 ? std::string("no group known") : group.name);
        groups.sets.push_back({"Income group|" + (group.rank == 0 ? std::string("Unknown") : group.name),
                               std::move(countries)});
    }
}

void add_gdp_thirds(const scenarios::BuiltWorld& built, const std::vector<double>& people,
                    EquityGroups& groups) {
    std::vector<std::size_t> order;
    const auto gdp_per_head = [&](std::size_t c) {
        return people[c] > 0.0 ? built.world.countries[c].gdp_musd.front() / people[c] : 0.0;
    };
    for (std::size_t c = 0; c < people.size(); ++c)
        if (gdp_per_head(c) > 0.0) order.push_back(c);
    if (order.size() < thirds.size()) return;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t x, std::size_t y) { return gdp_per_head(x) < gdp_per_head(y); });
    groups.basis = EquityBasis::gdp_thirds;
    for (std::size_t third = 0; third < thirds.size(); ++third) {
        const auto begin = order.begin() + static_cast<std::ptrdiff_t>(order.size() * third / 3);
        const auto end = order.begin() + static_cast<std::ptrdiff_t>(order.size() * (third + 1) / 3);
        groups.sets.push_back({std::string(thirds[third]), {begin, end}});
        groups.labels.emplace_back(third_labels[third]);
    }
}

}  // namespace

EquityGroups find_equity_groups(const scenarios::BuiltWorld& built) {
    EquityGroups groups;
    const std::vector<double> people = people_of_countries(built);
    if (people.size() < 2) return groups;
    const bool known = built.income_groups.size() == people.size() &&
                       std::any_of(built.income_groups.begin(), built.income_groups.end(),
                                   [](const scenarios::IncomeGroup& group) { return group.rank > 0; });
    if (known) {
        groups.basis = EquityBasis::income_groups;
        add_income_groups(built, groups);
    } else {
        add_gdp_thirds(built, people, groups);
    }
    for (const CountrySet& set : groups.sets) {
        double sum = 0.0;
        for (const std::size_t country : set.countries) sum += people[country];
        groups.people.push_back(sum);
    }
    return groups;
}

std::string describe_equity(const EquityGroups& groups, const scenarios::BuiltWorld& built) {
    switch (groups.basis) {
        case EquityBasis::none:
            return {};
        case EquityBasis::gdp_thirds:
            return "Countries are in thirds by GDP (PPP) a head in the run's first year, since the data pack "
                   "knows no income group of any; countries without GDP are in none.";
        case EquityBasis::income_groups:
            break;
    }
    std::string text = "Income groups of countries are those of Natural Earth, whose year is not stated.";
    std::string missing;
    for (std::size_t c = 0; c < built.income_groups.size(); ++c)
        if (built.income_groups[c].rank == 0)
            missing += (missing.empty() ? "" : ", ") + built.country_names[c];
    if (!missing.empty()) text += fmt::format(" No group is known of {}.", missing);
    return text;
}

}  // namespace domino::viz
