#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "viz/changed_places.h"
#include "viz/report_data.h"
#include "viz/web_bundle.h"

namespace domino::viz {

/// report.html: the page's template with title, style, fallback, data and script filled in. One file, nothing
/// loaded from outside. Throws WriteError, and std::logic_error when a slot is not there exactly once.
void write_report(const ReportSources& sources, const std::filesystem::path& path);

/// Fills the slots of viz/web/template.html by position.
std::string fill_page(const WebBundle& bundle, const nlohmann::ordered_json& data,
                      const std::vector<ChangedPlace>& changed);

/// What a reader without script sees: headline, key figures, targets, places that changed, past, credits, as
/// plain HTML composed from the page's data and the places @p changed most.
std::string make_fallback(const nlohmann::ordered_json& data, const std::vector<ChangedPlace>& changed);

/// The headline in one sentence, with its interval: HTML when @p markup_wanted, else plain text.
enum class TextKind : unsigned char { html, plain };
std::string make_headline(const nlohmann::ordered_json& data, TextKind kind);

/// Two significant digits, comma thousands, U+2212 for minus.
std::string figure_text(double value);

/// A whole number with comma thousands.
std::string count_text(long long count);

/// A chance in whole per cent, never finer than @p runs allow: "under 25%" for none of four.
std::string chance_text(double chance, int runs);

}  // namespace domino::viz
