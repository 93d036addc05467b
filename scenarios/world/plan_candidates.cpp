#include "scenarios/world/plan_candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "geo/io/geodesic.h"

namespace domino::scenarios {

namespace {

struct Nearest {
    double distance_m = std::numeric_limits<double>::infinity();
    std::optional<std::uint32_t> place;
};

Nearest nearest_of(const geo::PlaceTable& table, const std::vector<std::uint32_t>& rows,
                   geo::LonLat position) {
    Nearest nearest;
    for (const auto row : rows) {
        const double distance_m =
            std::round(geo::io::geodesic_distance_m(table.places[row].position, position));
        if (distance_m < nearest.distance_m) nearest = {distance_m, row};
    }
    return nearest;
}

/// GDP (PPP) a head of each country in the year of a month, USD; 0 where it is not known.
std::vector<double> gdp_per_head_usd(const sim::World& world, sim::Month at) {
    std::vector<double> people(world.countries.size(), 0.0), gdp(world.countries.size(), 0.0);
    for (const auto& place : world.places) people[place.country] += place.population;
    const int last = world.calendar.touched_years() - 1;
    const auto year = static_cast<std::size_t>(std::clamp(at.year() - world.calendar.first.year(), 0, last));
    for (std::size_t c = 0; c < gdp.size(); ++c) {
        const auto& country = world.countries[c];
        if (year >= country.gdp_musd.size() || year >= country.population_factor.size()) continue;
        constexpr double usd_per_musd = 1e6;
        const double heads = people[c] * country.population_factor[year];
        if (heads > 0.0) gdp[c] = usd_per_musd * country.gdp_musd[year] / heads;
    }
    return gdp;
}

class Ranking {
 public:
    Ranking(StrategyRule rule, const CandidateInputs& in) : rule_(rule), in_(in) {
        if (rule == StrategyRule::equity) gdp_usd_ = gdp_per_head_usd(in.world, in.at);
    }

    void rank(PlanCandidate& candidate) const {
        const auto& place = in_.table.places[candidate.place];
        const auto& inputs = in_.world.places[candidate.place];
        switch (rule_) {
            case StrategyRule::nearest: {
                const Nearest nearest = nearest_of(in_.table, in_.japanese, place.position);
                candidate.rank = -nearest.distance_m;
                candidate.partner = nearest.place;
                if (nearest.place)
                    candidate.reason = fmt::format("{:.0f} km from {}", nearest.distance_m / 1000.0,
                                                   in_.table.places[*nearest.place].name);
                break;
            }
            case StrategyRule::highest_emissions:
                for (const double t : inputs.emissions_t) candidate.rank += t;
                candidate.reason = fmt::format("emits {:.2f} Mt CO2e a year", candidate.rank / 1e6);
                break;
            case StrategyRule::hubs:
                candidate.rank = in_.centrality[candidate.place];
                candidate.reason = fmt::format("PageRank {:.3g} on the ties between places, which average 1",
                                               candidate.rank);
                break;
            case StrategyRule::equity:
                candidate.rank = gdp_usd_[inputs.country] > 0.0 ? -gdp_usd_[inputs.country]
                                                                : -std::numeric_limits<double>::infinity();
                candidate.second = place.population;
                candidate.reason = fmt::format("GDP of {:.0f} USD (PPP) a head in {}; {:.0f} people",
                                               gdp_usd_[inputs.country],
                                               in_.world.countries[inputs.country].name, place.population);
                break;
            default:
                candidate.rank = place.population;
                candidate.reason = fmt::format("{:.0f} people", place.population);
        }
    }

 private:
    StrategyRule rule_;
    const CandidateInputs& in_;
    std::vector<double> gdp_usd_;
};

}  // namespace

void sort_by_rank(std::vector<PlanCandidate>& candidates) {
    std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
        if (a.rank != b.rank) return a.rank > b.rank;
        return a.second != b.second ? a.second > b.second : a.place_id < b.place_id;
    });
}

std::vector<PlanCandidate> rank_candidates(StrategyRule rule, const CandidateInputs& in) {
    const Ranking ranking(rule, in);
    std::vector<PlanCandidate> candidates;
    for (std::uint32_t i = 0; i < in.table.places.size(); ++i) {
        const auto& place = in.table.places[i];
        const auto partner = in.partners.find(place.iso3);
        if (place.kind != geo::PlaceKind::city || partner == in.partners.end()) continue;
        PlanCandidate candidate{i, place.id, place.admin1_id, partner->second};
        ranking.rank(candidate);
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

}  // namespace domino::scenarios
