#pragma once

#include <filesystem>

#include "geo/downscale.h"
#include "viz/event_summary.h"
#include "viz/pathways.h"
#include "viz/place_summary.h"
#include "viz/target_assessment.h"
#include "viz/write_results.h"

namespace domino::viz {

/// What the layers of results.gpkg are made of.
struct GeopackageContents {
    const PlaceSummary& summary;
    const TargetAssessment& targets;
    const EventSummary& events;
    const std::vector<PathwaySeries>& nations;           ///< build_national_series
    const geo::PlaceCells* cells = nullptr;              ///< null: no maps, no place_cells
    const std::vector<geo::AdminArea>* areas = nullptr;  ///< null: no boundaries
};

/// results.gpkg in WGS 84: points `places`, `events` (commitments by place, source, cause and layer
/// over the members of domino_ledger.csv, where every single one is), `projects`, `results_place_year`
/// (valid_from, valid_to); lines `links`, `domino_links` (from the place that set off a commitment to the one
/// that committed); areas `boundaries`; `layer_styles`, from which QGIS draws them; tables `place_cells`
/// (place_id, col, row, share of the maps' cells), `results_country_year`, `targets`. The same results give
/// the same bytes. Throws geo::ProblemError.
void write_results_gpkg(const RunContext& context, const GeopackageContents& contents,
                        const std::filesystem::path& path);

}  // namespace domino::viz
