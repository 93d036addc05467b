// Benchmarks of the model: bench_sim [--graph=FILE] [--with-w6] [--benchmark_filter=…]
#include "tests/bench/benchmarks.h"

int main(int argc, char** argv) {
    const domino::bench::BenchOptions options = domino::bench::take_options(argc, argv);
    domino::bench::register_commitment(options);
    domino::bench::register_elementary(options);
    domino::bench::register_model(options);
    return domino::bench::run_benchmarks(argc, argv);
}
