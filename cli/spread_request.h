#pragma once

#include <cstdint>
#include <string>

#include "cli/graph_request.h"

namespace domino::cli {

/// What the user asks of `domino spread`.
struct SpreadRequest : GraphRequest {
    std::string seeds;
    std::string output;
    double threshold = 0.0;
    double threshold_count = 0.0;
    std::uint32_t members = 10'000;
    bool exact = false;
    bool overwrite = false;
};

/// Throws Failure (usage) for options that contradict each other or mean nothing to the model.
void check_options(const SpreadRequest& request);

}  // namespace domino::cli
