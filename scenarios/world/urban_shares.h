#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace domino::sim {
struct World;
}

namespace domino::scenarios {

/// How much of a country its cities hold at the start of the run. A check, never a failure.
struct UrbanShare {
    std::string name;        ///< country, or "All countries"
    double people = 0.0;     ///< share of people who live in places of kind city, 0 … 1
    double emissions = 0.0;  ///< their share of emissions with the national remainder, base year
    std::size_t cities = 0;  ///< places of kind city
};

/// All countries together, then each in the order of the world. A share of nothing is 0.
std::vector<UrbanShare> urban_shares(const sim::World& world, const std::vector<std::string>& country_names);

/// "cities (1,234 places) hold 48 % of people and 55 % of emissions; …": the first of the shares beside what
/// the guidebook states for the world.
std::string describe_urban_shares(const std::vector<UrbanShare>& shares);

}  // namespace domino::scenarios
