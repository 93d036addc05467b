#include "scenarios/search/place_screen.h"

#include <algorithm>
#include <map>

namespace domino::scenarios {

std::vector<ScreenedPlace> by_leverage(const std::vector<PlanCandidate>& candidates,
                                       const sim::LeverageTable& table, sim::Lever lever) {
    std::map<std::uint32_t, double> leverage;
    for (const sim::LeverageRow& row : table.rows)
        if (row.at.lever == lever) leverage[row.at.place] = row.derivative.mean;
    std::vector<ScreenedPlace> places;
    for (const PlanCandidate& candidate : candidates)
        places.push_back({candidate, leverage[candidate.place]});
    std::sort(places.begin(), places.end(), [](const ScreenedPlace& a, const ScreenedPlace& b) {
        return a.leverage_t != b.leverage_t ? a.leverage_t > b.leverage_t
                                            : a.place.place_id < b.place.place_id;
    });
    return places;
}

std::vector<std::uint16_t> by_leverage(const std::vector<std::uint16_t>& technologies, std::uint32_t place,
                                       const sim::LeverageTable& table) {
    std::map<std::uint16_t, double> per_million;
    for (const sim::LeverageRow& row : table.rows)
        if (row.at.lever == sim::Lever::units && row.at.place == place && row.priced)
            per_million[row.at.technology] = row.tonnes_per_million_jpy.mean;
    std::vector<std::uint16_t> ordered;
    for (const std::uint16_t k : technologies)
        if (per_million[k] > 0.0) ordered.push_back(k);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&](std::uint16_t a, std::uint16_t b) { return per_million[a] > per_million[b]; });
    return ordered;
}

}  // namespace domino::scenarios
