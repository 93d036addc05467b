#include "scenarios/world/groups.h"

#include <algorithm>
#include <set>

namespace domino::scenarios {

namespace {

std::optional<double> total_of(const std::pair<int, std::vector<double>>& history, int year) {
    const auto at = static_cast<std::ptrdiff_t>(year) - history.first;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(history.second.size())) return std::nullopt;
    const double total = history.second[static_cast<std::size_t>(at)];
    return total > 0.0 ? std::optional(total) : std::nullopt;
}

/// Empty where the inventory of a member's country does not reach the base year.
std::vector<double> base_factors(const std::vector<std::uint32_t>& places, int base_year,
                                 const NationalHistory& history, const sim::World& world) {
    std::vector<double> factors;
    const int first = world.calendar.first_year();
    for (const auto place : places) {
        const auto& national = history[world.places[place].country];
        const auto base = total_of(national, base_year), start = total_of(national, first);
        if (!base || !start) return {};
        factors.push_back(*base / *start);
    }
    return factors;
}

sim::PlaceGroup group_of(std::string id, std::string name, const std::set<std::uint32_t>& places,
                         std::string source) {
    sim::PlaceGroup group;
    group.id = std::move(id);
    group.name = std::move(name);
    group.places.assign(places.begin(), places.end());
    group.source = std::move(source);
    return group;
}

void add_withdrawal_groups(const sim::World& world, std::vector<sim::PlaceGroup>& groups) {
    for (const auto& withdrawal : world.withdrawals) {
        std::set<std::uint32_t> stay, leave;
        for (std::uint32_t i = 0; i < world.places.size(); ++i) {
            if (world.places[i].country != withdrawal.country) continue;
            (withdrawal.coalition[i] != 0 ? stay : leave).insert(i);
        }
        const std::string source = "declared proxy: members of Race to Zero, then the largest places";
        if (!stay.empty()) {
            groups.push_back(
                group_of("coalition " + withdrawal.id, "Coalition of " + withdrawal.id, stay, source));
        }
        if (!leave.empty()) {
            groups.push_back(group_of("outside " + withdrawal.id, "Outside the coalition of " + withdrawal.id,
                                      leave, source));
        }
    }
}

}  // namespace

std::vector<sim::PlaceGroup> place_groups(const Scenario& scenario,
                                          const std::map<std::string, Network>& networks,
                                          const std::vector<LeadingArea>& areas,
                                          const NationalHistory& history, const sim::World& world) {
    std::vector<sim::PlaceGroup> groups;
    for (const auto& id : used_networks(scenario)) {
        const auto network = networks.find(id);
        if (network == networks.end()) continue;
        std::set<std::uint32_t> places;
        for (const auto& member : network->second.members) places.insert(member.place);
        auto group = group_of(id, network->second.name + " members", places, network->second.source);
        group.targets = network->second.implied;
        group.base_year = scenario.network.base_year;
        if (!group.targets.empty() && group.base_year < world.calendar.first_year()) {
            group.base_factor = base_factors(group.places, group.base_year, history, world);
        }
        groups.push_back(std::move(group));
    }
    std::set<std::uint32_t> leading;
    for (const auto& area : areas) leading.insert(area.place);
    if (!leading.empty()) {
        groups.push_back(group_of("leading_areas", "Decarbonization Leading Areas", leading,
                                  "leading_areas, leading_area_rounds; the rest by the declared rule"));
    }
    add_withdrawal_groups(world, groups);
    return groups;
}

}  // namespace domino::scenarios
