#pragma once

#include <filesystem>
#include <string>

#include "viz/comparison.h"

namespace domino::viz {

/// comparison.html: scenarios side by side in one file that works offline and without script: what differs
/// between them, emissions and commitments as fans, differences with intervals, targets, groups of countries,
/// regret. A script adds maps of what places emit more or less, with land out of the data pack, where there
/// is one (MapBundle). Deterministic. Throws geo::ProblemError when the pack's boundaries cannot be read.
std::string comparison_page(const Comparison& comparison, const std::filesystem::path& data_dir);

}  // namespace domino::viz
