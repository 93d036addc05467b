#pragma once

#include <string>

#include "cli/optimize_request.h"
#include "cli/spread_edges.h"
#include "sim/influence/influence_maximisation.h"

namespace domino::cli {

/// The seeds in order of choice with what they add together and alone, and the certificate as comments.
std::string to_csv(const OptimizeRequest& request, const NamedGraph& graph,
                   const sim::InfluenceResult& found);
std::string to_json(const OptimizeRequest& request, const NamedGraph& graph,
                    const sim::InfluenceResult& found);

}  // namespace domino::cli
