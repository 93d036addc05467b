#pragma once

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace domino::cli {

/// What the user asks of `domino spread`.
struct SpreadRequest {
    std::string edges;
    std::string model;
    std::string seeds;
    std::string weight_column;
    std::string output;
    double probability = 1.0;
    double threshold = 0.0;
    double threshold_count = 0.0;
    double spontaneous = 0.0;
    double contagion = 0.0;
    double step_years = 1.0 / 12.0;
    double until_years = 10.0;
    std::string exposure = "bounded";
    std::uint32_t members = 10'000;
    std::uint64_t seed = 1;
    int threads = 0;
    bool exact = false;
    bool undirected = false;
    bool by_in_degree = false;
    bool overwrite = false;
    CLI::App* command = nullptr;

    /// Whether the option stands on the command line.
    bool given(const char* option) const;
};

/// Throws Failure (usage) for options that contradict each other or mean nothing to the model.
void check_options(const SpreadRequest& request);

}  // namespace domino::cli
