#include "cli/ending.h"

#include <exception>
#include <new>

#include <fmt/format.h>

#include "cli/failure.h"
#include "geo/problem.h"
#include "sim/ensemble.h"
#include "viz/write_results.h"

namespace domino::cli {

Ending describe_exception() {
    try {
        throw;
    } catch (const Failure& failure) {
        return {failure.code(), failure.what()};
    } catch (const Rejected& rejected) {
        return {rejected.code, ""};
    } catch (const Interrupted&) {
        return {ExitCode::interrupted, "interrupted; nothing was written"};
    } catch (const sim::Cancelled&) {
        return {ExitCode::interrupted, "interrupted; nothing was written"};
    } catch (const sim::IdentityBroken& broken) {
        return {ExitCode::check_failed,
                fmt::format("{} (this is a defect of domino: please report it with the scenario)",
                            broken.what())};
    } catch (const viz::WriteError& error) {
        return {ExitCode::failed, error.what()};
    } catch (const geo::ProblemError& error) {
        return {ExitCode::data, error.what()};
    } catch (const std::bad_alloc&) {
        return {ExitCode::failed, "not enough memory; take fewer members, or a higher min_population"};
    } catch (const std::exception& error) {
        return {ExitCode::failed, error.what()};
    }
}

}  // namespace domino::cli
