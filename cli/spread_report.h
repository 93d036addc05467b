#pragma once

#include <string>

#include "cli/spread_answer.h"
#include "cli/spread_edges.h"

namespace domino::cli {

/// A field of CSV, in quotes where it needs them, or where a reader would take it for a comment.
std::string quoted_csv(const std::string& text);

/// Lines that begin with '#' tell the whole; then one row a node.
std::string to_csv(const SpreadAnswer& answer, const NamedGraph& graph);
std::string to_json(const SpreadAnswer& answer, const NamedGraph& graph);

}  // namespace domino::cli
