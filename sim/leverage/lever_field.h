#pragma once

#include <cstddef>
#include <vector>

namespace domino::sim {

/// One number for each place, lever and touched year of a run: how far levers are pulled, or what a pull of
/// one unit brings (Leverage). A place comes last: [year][place], and [year][technology][place] where the
/// lever is a technology's.
struct LeverField {
    LeverField() = default;
    LeverField(std::size_t years, std::size_t technology_count, std::size_t place_count)
        : places(place_count),
          technologies(technology_count),
          hazard(years * places, 0.0),
          support(years * places, 0.0),
          units(years * technologies * places, 0.0),
          price_share(years * technologies * places, 0.0) {}

    std::size_t at(std::size_t year, std::size_t place) const { return year * places + place; }
    std::size_t at(std::size_t year, std::size_t technology, std::size_t place) const {
        return (year * technologies + technology) * places + place;
    }

    std::size_t places = 0;
    std::size_t technologies = 0;
    /// Added to the hazard of commitment in every month of the year, 1/yr.
    std::vector<double> hazard;
    /// A project of all three activities: of what an activity lacks to its full intensity, this share is
    /// added in every month of the year (1: a project in full; where one runs in full already, nothing is
    /// added), and JCM projects open as at supported places, among them those of a second project.
    std::vector<double> support;
    /// Units of the technology bought for the place over the year, in equal parts a step; their weight in
    /// imitation is λ, like that of JCM projects' units.
    std::vector<double> units;
    /// Share of capital cost paid of every sale at the place, by a scheme of its own beside all others.
    std::vector<double> price_share;
};

}  // namespace domino::sim
