#pragma once

#include <cstddef>
#include <string>

#include "cli/graph_request.h"

namespace domino::cli {

/// What the user asks of `domino optimize`.
struct OptimizeRequest : GraphRequest {
    std::size_t count = 0;
    double ratio = 0.7;
    double confidence = 0.999;
    double memory_mb = 4000.0;
    std::string output;
    bool overwrite = false;
};

}  // namespace domino::cli
