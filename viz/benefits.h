#pragma once

#include <string_view>
#include <vector>

#include "scenarios/built_world.h"
#include "sim/results.h"
#include "viz/pathways.h"

namespace domino::viz {

/// What a run delivers of one benefit of city-to-city projects (guidebook Tables 1 and 2), read through the
/// measure that the table partnership_benefits declares for it. Measures are guesses: the guidebook counts
/// none of its benefits.
struct DeliveredBenefit {
    const scenarios::PartnershipBenefit* benefit = nullptr;
    std::string_view unit;  ///< "places" or "Mt CO2-equiv/yr"
    SeriesKind kind = SeriesKind::summary;
    std::size_t years = 0;
    std::size_t members = 0;
    std::vector<double> value;  ///< [country][year][member]; all members alike where kind is mean_only

    double at(std::size_t country, std::size_t year, std::size_t member) const {
        return value[(country * years + year) * members + member];
    }
    /// All countries together, by member.
    std::vector<double> all_countries(std::size_t year) const;
};

/// Places that a city-to-city agreement or project of the world reaches, ascending: the partner cities.
std::vector<std::uint32_t> partner_places(const scenarios::BuiltWorld& built);

/// All benefits of the world, in the order of the guidebook; none without partner places. A place counts in a
/// year when the benefit is delivered there by the year's end (stages, grown use) or in any month of it
/// (ties, funded projects). Use counts as grown where the mean share of the potential lies 0.05 above that of
/// the end of the run's first year. Equipment and credits count in the country of the project.
std::vector<DeliveredBenefit> deliver_benefits(const scenarios::BuiltWorld& built,
                                               const sim::RunResults& results);

/// `Benefit|Partner City|…` and `Benefit|Local Company|…` by country and for all.
std::vector<PathwaySeries> build_benefit_series(const scenarios::BuiltWorld& built,
                                                const sim::RunResults& results,
                                                MemberValues keep = MemberValues::drop);

}  // namespace domino::viz
