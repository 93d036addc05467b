#pragma once

#include <filesystem>

#include "viz/write_results.h"

namespace domino::viz {

/// The domino ledger, one row per commitment and member: event_id (`<member>:<place_id>`, a place commits at
/// most once in a member), place_id, time (ISO month), member, cause, source_place_id, layer, share (of the
/// drawn cause in the hazard, 0 … 1). Rows by member, step, place. Throws WriteError.
void write_ledger_csv(const RunContext& context, const std::filesystem::path& path);

}  // namespace domino::viz
