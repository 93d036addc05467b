#pragma once

#include <string>

namespace domino::cli {

/// "33 %"; "< 1 %" for what is less and not nothing.
std::string percent(double share);

/// A cause of the ledger in words; @p layer is the tie's, where one carried it.
std::string describe_cause(const std::string& cause, const std::string& layer);

/// "1.20 Mt", "-3.4 kt", "5 t", "0.25 t".
std::string describe_amount(double t);

}  // namespace domino::cli
