#pragma once

#include <filesystem>
#include <string>

#include "scenarios/proposal/score_card.h"

namespace domino::viz {

/// A scored proposal as a table to read in a terminal: checks, points with their range and what they rest on,
/// total. Lines are at most 100 columns where words allow. Deterministic.
std::string score_text(const scenarios::ScoreCard& card);

/// The same in full as JSON (UTF-8, two spaces); keys and words are those of docs/scoring.md. Deterministic.
std::string score_json(const scenarios::ScoreCard& card);

/// Writes score.json and score.csv (a row a criterion) into @p dir. Throws WriteError.
void write_score(const scenarios::ScoreCard& card, const std::filesystem::path& dir);

}  // namespace domino::viz
