#include "tests/bench/bench_options.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string_view>

namespace domino::bench {
namespace {

/// The value of --name=value.
bool takes(std::string_view argument, std::string_view name, std::string_view& value) {
    if (!argument.starts_with(name)) return false;
    value = argument.substr(name.size());
    return true;
}

int number_in(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::max(1, number);
}

bool take_option(std::string_view argument, BenchOptions& options) {
    std::string_view value;
    if (argument == "--with-w6") {
        options.with_w6 = true;
    } else if (takes(argument, "--graph=", value)) {
        options.graph = value;
    } else if (takes(argument, "--write-graph=", value)) {
        options.write_graph = value;
    } else if (takes(argument, "--data=", value)) {
        options.data = value;
    } else if (takes(argument, "--scenarios=", value)) {
        options.scenarios = value;
    } else if (takes(argument, "--output-members=", value)) {
        options.output_members = number_in(value);
    } else if (takes(argument, "--w4-members=", value)) {
        options.w4_members = number_in(value);
    } else {
        return false;
    }
    return true;
}

}  // namespace

BenchOptions take_options(int& argc, char** argv) {
    BenchOptions options;
    char** const end =
        std::remove_if(argv + 1, argv + argc, [&](const char* a) { return take_option(a, options); });
    argc = static_cast<int>(end - argv);
    return options;
}

RowGraph graph_of(const BenchOptions& options, std::uint32_t places) {
    return options.graph.empty() ? make_row_graph(places) : read_row_graph(options.graph);
}

int run_benchmarks(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}

double peak_memory_mib() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        double kib = 0.0;
        if (word == "VmHWM:" && status >> kib) return kib / 1024.0;
    }
    return 0.0;
}

void reset_peak_memory() {
    std::ofstream("/proc/self/clear_refs") << "5";
}

}  // namespace domino::bench
