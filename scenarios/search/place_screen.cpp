#include "scenarios/search/place_screen.h"

#include <algorithm>
#include <map>

namespace domino::scenarios {

std::vector<ScreenedPlace> by_leverage(const std::vector<PlanCandidate>& candidates,
                                       const sim::LeverageTable& table) {
    std::map<std::uint32_t, double> leverage;
    for (const sim::LeverageRow& row : table.rows)
        if (row.at.lever == sim::Lever::support) leverage[row.at.place] = row.derivative.mean;
    std::vector<ScreenedPlace> places;
    for (const PlanCandidate& candidate : candidates)
        places.push_back({candidate, leverage[candidate.place]});
    std::sort(places.begin(), places.end(), [](const ScreenedPlace& a, const ScreenedPlace& b) {
        return a.leverage_t != b.leverage_t ? a.leverage_t > b.leverage_t
                                            : a.place.place_id < b.place.place_id;
    });
    return places;
}

}  // namespace domino::scenarios
