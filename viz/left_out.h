#pragma once

#include <string>
#include <vector>

#include "viz/write_results.h"

namespace domino::viz {

/// Something a scenario asks for that this run cannot give, because results of places were summed up instead
/// of kept member by member (`run.place_results_memory_mb`).
struct LeftOut {
    std::string what;  ///< a file of results, or rows of one
    std::string why;
};

/// In the order of product: files first. Empty where every member is kept.
std::vector<LeftOut> list_left_out(const RunContext& context);

/// Whether results keep what a file needs: quantile maps, results.nc and report.html need every member.
bool keeps_what_needs_members(const RunContext& context);

}  // namespace domino::viz
