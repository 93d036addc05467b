#include "cli/spread_request.h"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/failure.h"

namespace domino::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) {
    throw Failure(ExitCode::usage, message);
}

/// Options that mean something to some models only; elsewhere they would silently do nothing.
const std::map<std::string, std::vector<std::string>>& option_models() {
    static const std::map<std::string, std::vector<std::string>> models = {
        {"--probability", {"ic"}},
        {"--in-degree", {"ic", "lt"}},
        {"--weight", {"ic", "lt", "hazard"}},
        {"--exact", {"ic", "lt", "hazard"}},
        {"--members", {"ic", "lt", "hazard"}},
        {"--seed", {"ic", "lt", "hazard"}},
        {"--threads", {"ic", "lt", "hazard"}},
        {"--p", {"hazard"}},
        {"--q", {"hazard"}},
        {"--dt", {"hazard"}},
        {"--until", {"hazard"}},
        {"--exposure", {"hazard"}},
        {"--threshold", {"threshold"}},
        {"--threshold-count", {"threshold"}},
    };
    return models;
}

}  // namespace

bool SpreadRequest::given(const char* option) const {
    return command->count(option) > 0;
}

void check_options(const SpreadRequest& request) {
    for (const auto& [option, models] : option_models()) {
        if (!request.given(option.c_str())) continue;
        if (std::find(models.begin(), models.end(), request.model) == models.end())
            refuse(fmt::format("{} means nothing to --model {}; it belongs to {}", option, request.model,
                               fmt::join(models, ", ")));
    }
    if (request.exact)
        for (const char* option : {"--members", "--seed", "--threads"})
            if (request.given(option)) refuse(fmt::format("--exact draws nothing; leave out {}", option));
    if (request.model == "threshold" && request.given("--threshold") == request.given("--threshold-count"))
        refuse("--model threshold takes --threshold SHARE or --threshold-count N, one of them");
    if (request.model == "hazard" && !request.given("--p") && !request.given("--q"))
        refuse("--model hazard takes rates a year: --p of its own, --q from all neighbours active, or both");
    if (request.by_in_degree && (request.given("--probability") || request.given("--weight")))
        refuse("--in-degree gives every edge its weight; leave out --probability and --weight");
    if (request.given("--probability") && request.given("--weight"))
        refuse("say --probability for all edges alike or --weight for a column, not both");
}

}  // namespace domino::cli
