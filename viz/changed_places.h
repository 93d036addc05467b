#pragma once

#include <cstdint>
#include <vector>

#include "sim/ensemble.h"
#include "viz/quantiles.h"

namespace domino::viz {

/// A place and by how many years its commitment comes sooner than in the reference, run by run. A member
/// that does not commit within the whole years of the run counts as the end of the last.
struct ChangedPlace {
    std::uint32_t place = 0;
    Summary sooner_years;
};

/// Years sooner of every place, in the table's order. Expects a reference.
std::vector<ChangedPlace> measure_sooner(const sim::EnsembleResults& results);

/// The @p count places whose commitment moved most (mean, either way), those that moved at all; ties in the
/// table's order.
std::vector<ChangedPlace> rank_changed_places(const sim::EnsembleResults& results, std::size_t count);

}  // namespace domino::viz
