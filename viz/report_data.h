#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "viz/event_summary.h"
#include "viz/lever_effects.h"
#include "viz/packed_arrays.h"
#include "viz/place_summary.h"
#include "viz/target_assessment.h"
#include "viz/write_results.h"

namespace domino::viz {

/// What the report page is made of, computed once.
struct ReportSources {
    const RunContext& context;
    const PlaceSummary& summary;
    const TargetAssessment& targets;
    const EventSummary& events;
    std::optional<ChangeSummary> changes;  ///< against the reference, where there is one
};

/// The page's data: the object FORMAT.md and format.ts of viz/web describe. Deterministic; says nothing of
/// threads or clocks. Throws geo::ProblemError when the pack's boundaries cannot be read.
nlohmann::ordered_json make_report_data(const ReportSources& sources);

/// Parts of it, each in a file of its own.
namespace report {

using Json = nlohmann::ordered_json;

/// A page holds at most this many places (u16 indices); beyond, the map sections are left out.
inline constexpr std::size_t most_places = 65534;
/// Entries of the ledger a page holds; those with the smallest shares go first.
inline constexpr std::size_t most_events = 60000;

/// Significant digits of figures on the page: far more than it shows, and few enough that a value given to
/// the run equals itself.
inline constexpr int page_digits = 6;
double rounded(double value);

/// mid, p05, p95 of a sample of the members; mid is the median.
Json make_interval(std::vector<double> members);

/// Calendar years [from, to] the figures speak of: from the first change against the reference (the first
/// year without one) to the last.
std::pair<int, int> figure_years(const ReportSources& sources);

Json make_figures(const ReportSources& sources);
Json make_levers(const ReportSources& sources);
Json make_places(const ReportSources& sources, PackedArrays& arrays);
Json make_cells(const ReportSources& sources, PackedArrays& arrays);
Json make_stages(const ReportSources& sources, PackedArrays& arrays);
Json make_causes(const ReportSources& sources, PackedArrays& arrays);
Json make_links(const ReportSources& sources);
Json make_events(const ReportSources& sources, PackedArrays& arrays);
Json make_targets(const ReportSources& sources);
Json make_paths(const ReportSources& sources);
Json make_domino(const ReportSources& sources);
Json make_inputs(const ReportSources& sources);
Json make_past(const ReportSources& sources);
Json make_credits(const ReportSources& sources);
Json make_plan(const ReportSources& sources);
Json make_ledger(const ReportSources& sources);
Json make_groups(const ReportSources& sources);
Json make_urban(const ReportSources& sources);
Json make_benefits(const ReportSources& sources);
Json make_goals(const ReportSources& sources);

}  // namespace report
}  // namespace domino::viz
