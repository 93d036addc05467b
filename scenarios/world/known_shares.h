#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/problem.h"
#include "scenarios/world/zone_values.h"

namespace domino::scenarios {

/// How much of each place's area a covariate is known for, in the year it is known for least.
class KnownShares {
 public:
    explicit KnownShares(std::size_t places) : places_(places) {}

    /// Takes what was read over an area of @p zone_km2.
    void add_zone(std::size_t place, const ZoneValue& zone, double zone_km2);
    /// Takes whether there is anything at all.
    void add_point(std::size_t place, bool is_known);

    /// Names the places that are told of: where less than 90 % of the area has a value, or more than 0.5 %
    /// lies beyond the rasters' edges (both guesses: coasts of two sources differ by a few per cent, an edge
    /// is none of a coast's); points without a value. Nothing where there are none.
    std::optional<Problem> warning(const Covariate& covariate, const geo::PlaceTable& table) const;

 private:
    struct Share {
        double known = 1.0;
        bool is_told = false;
    };
    std::vector<Share> places_;
};

}  // namespace domino::scenarios
