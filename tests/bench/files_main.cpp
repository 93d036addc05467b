// Benchmarks of what touches files: bench_files [--data=DIR] [--scenarios=DIR] [--output-members=N]
// [--benchmark_filter=…]
#include "tests/bench/benchmarks.h"

int main(int argc, char** argv) {
    const domino::bench::BenchOptions options = domino::bench::take_options(argc, argv);
    domino::bench::register_build(options);
    domino::bench::register_outputs(options);
    return domino::bench::run_benchmarks(argc, argv);
}
