#pragma once

#include <filesystem>
#include <vector>

#include "viz/pathways.h"
#include "viz/place_summary.h"
#include "viz/write_results.h"

namespace domino::viz {

/// pathways.csv in the IAMC wide format: model, scenario, region, variable, unit, then a column per calendar
/// year. Variables and units are those of viz/codelist/.
///
/// Statistics go into the scenario column, as pyam's compute.quantiles() does, because a suffix of the
/// variable would read as a child of it and break sums: `<scenario>` carries means, the only statistic that
/// adds up, `<scenario>|p05`, `|p50` and `|p95` the quantiles over members. The reference's national rows
/// follow under its own name. @p nations are those of the scenario (build_national_series). Throws
/// WriteError.
void write_pathways_csv(const RunContext& context, const std::vector<PathwaySeries>& nations,
                        const PlaceSummary& summary, const std::filesystem::path& path);

}  // namespace domino::viz
