#include "cli/failure.h"
#include "cli/spread_edges.h"
#include "geo/problem.h"
#include "tests/fuzz/scratch_file.h"

using namespace domino;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto table =
            geo::Table::parse_csv(std::string(reinterpret_cast<const char*>(data), size), "edges.csv");
        const cli::NamedGraph graph = cli::read_edges(table, {});
        if (graph.rows_by_name().size() != graph.names.size()) __builtin_trap();
    } catch (const geo::ProblemError&) {
    } catch (const cli::Failure&) {
    }
    return 0;
}
