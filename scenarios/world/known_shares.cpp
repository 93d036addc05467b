#include "scenarios/world/known_shares.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace domino::scenarios {

void KnownShares::add_zone(std::size_t place, const ZoneValue& zone, double zone_km2) {
    constexpr double most_beyond = 0.005, least_known = 0.9;
    if (!zone.value) return add_point(place, false);
    if (!zone.known_km2) return;
    const auto share = [zone_km2](double km2) {
        return zone_km2 > 0.0 ? std::min(1.0, km2 / zone_km2) : 0.0;
    };
    const double known = share(*zone.known_km2);
    const bool is_cut = zone.within_km2 && share(*zone.within_km2) < 1.0 - most_beyond;
    Share& own = places_[place];
    own.known = std::min(own.known, known);
    own.is_told = own.is_told || is_cut || known < least_known;
}

void KnownShares::add_point(std::size_t place, bool is_known) {
    if (!is_known) places_[place] = {0.0, true};
}

std::optional<Problem> KnownShares::warning(const Covariate& covariate, const geo::PlaceTable& table) const {
    std::vector<std::size_t> in_part, not_at_all;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        if (places_[i].is_told) (places_[i].known > 0.0 ? in_part : not_at_all).push_back(i);
    }
    std::stable_sort(in_part.begin(), in_part.end(),
                     [&](std::size_t a, std::size_t b) { return places_[a].known < places_[b].known; });
    const auto list = [&](const std::vector<std::size_t>& places, const char* what, const auto& name) {
        constexpr std::size_t most_named = 6;
        std::vector<std::string> names;
        for (std::size_t i = 0; i < std::min(places.size(), most_named); ++i)
            names.push_back(name(places[i]));
        std::string text = fmt::format("{} of {} places {}: {}", places.size(), places_.size(), what,
                                       fmt::join(names, ", "));
        if (places.size() > most_named) text += fmt::format(" and {} more", places.size() - most_named);
        return text;
    };
    const bool weighted = covariate.statistic == ZonalStatistic::weighted_mean;
    std::vector<std::string> told;
    if (!in_part.empty())
        told.push_back(list(in_part, "are known in part, by share of area", [&](std::size_t i) {
            const long percent = std::min(99L, std::lround(100.0 * places_[i].known));
            return fmt::format("{} ({} %)", table.places[i].name, percent);
        }));
    if (!not_at_all.empty())
        told.push_back(list(not_at_all, weighted ? "have no value, or nothing that weighs" : "have no value",
                            [&](std::size_t i) { return table.places[i].name; }));
    if (told.empty()) return std::nullopt;
    return Problem{covariate.where,
                   fmt::format("places.covariates \"{}\": {}", covariate.name, fmt::join(told, "; ")),
                   in_part.empty() ? "beta moves a place without a value neither way"
                                   : "what is not known adds nothing to a sum and is left out of a mean",
                   "add the files that hold the rest with more_paths, or accept it", Severity::warning};
}

}  // namespace domino::scenarios
