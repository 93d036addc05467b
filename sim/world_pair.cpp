#include "sim/world_pair.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace domino::sim {

void check_pair(const World& scenario, const World& reference) {
    const auto refuse = [](const char* what) {
        throw std::invalid_argument(fmt::format(
            "the scenario and its reference differ in their {}; a paired run needs the same", what));
    };
    if (scenario.calendar.first != reference.calendar.first ||
        scenario.calendar.steps != reference.calendar.steps ||
        scenario.calendar.parts_per_month != reference.calendar.parts_per_month ||
        scenario.calendar.months_per_step != reference.calendar.months_per_step) {
        refuse("months or steps");
    }
    const auto same_key = [](const PlaceInputs& a, const PlaceInputs& b) { return a.key == b.key; };
    if (!std::equal(scenario.places.begin(), scenario.places.end(), reference.places.begin(),
                    reference.places.end(), same_key)) {
        refuse("places");
    }
    const auto same_country = [](const Country& a, const Country& b) { return a.iso3 == b.iso3; };
    if (!std::equal(scenario.countries.begin(), scenario.countries.end(), reference.countries.begin(),
                    reference.countries.end(), same_country)) {
        refuse("countries");
    }
    const auto same_technology = [](const Technology& a, const Technology& b) { return a.id == b.id; };
    if (!std::equal(scenario.technologies.begin(), scenario.technologies.end(),
                    reference.technologies.begin(), reference.technologies.end(), same_technology)) {
        refuse("technologies");
    }
}

}  // namespace domino::sim
