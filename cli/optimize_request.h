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

    // On a scenario, whose file stands in `edges`.
    std::string maximise;  ///< empty: on edges
    std::string budget;    ///< as written; empty: the scenario's
    int members = 16;
    int held_out = 64;
    std::size_t screen = 0;
    int starts_every = 0;
    int search_step = 0;  ///< months
    int municipalities = 1;
    int technologies = 0;
    std::size_t try_all = 400;
    int levels = 5;
};

}  // namespace domino::cli
