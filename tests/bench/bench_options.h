#pragma once

#include <filesystem>
#include <string>

#include "tests/bench/bench_graph.h"

namespace domino::bench {

/// What the command line says beside Google Benchmark's own flags.
struct BenchOptions {
    std::filesystem::path graph;        ///< --graph=FILE: W1 on this graph instead of the invented one
    std::filesystem::path write_graph;  ///< --write-graph=FILE: only writes the invented graph
    bool with_w6 = false;               ///< --with-w6: also the world of 113,000 places (minutes, gigabytes)
    std::filesystem::path data = "data";            ///< --data=DIR: the data pack
    std::filesystem::path scenarios = "scenarios";  ///< --scenarios=DIR: the shipped scenarios
    int w4_members = 100;     ///< --w4-members=N: fewer where time is short; the table scales and says so
    int output_members = 20;  ///< --output-members=N: members whose results are written
};

/// Takes the flags above out of the arguments.
BenchOptions take_options(int& argc, char** argv);

/// The graph of W1: the one named, else the invented one of that many places.
RowGraph graph_of(const BenchOptions& options, std::uint32_t places);

/// Hands the rest to Google Benchmark and runs what is registered. Returns the exit code.
int run_benchmarks(int argc, char** argv);

/// Largest resident memory since reset_peak_memory(), MiB; 0 where the system does not tell.
double peak_memory_mib();
void reset_peak_memory();

}  // namespace domino::bench
