#include "cli/spread_request.h"

#include <fmt/format.h>

#include "cli/failure.h"

namespace domino::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) {
    throw Failure(ExitCode::usage, message);
}

}  // namespace

void check_options(const SpreadRequest& request) {
    check_graph_options(request, {{"--exact", {"ic", "lt", "hazard"}},
                                  {"--members", {"ic", "lt", "hazard"}},
                                  {"--threshold", {"threshold"}},
                                  {"--threshold-count", {"threshold"}}});
    if (request.exact)
        for (const char* option : {"--members", "--seed", "--threads"})
            if (request.given(option)) refuse(fmt::format("--exact draws nothing; leave out {}", option));
    if (request.model == "threshold" && request.given("--threshold") == request.given("--threshold-count"))
        refuse("--model threshold takes --threshold SHARE or --threshold-count N, one of them");
}

}  // namespace domino::cli
