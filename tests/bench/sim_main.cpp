// Benchmarks of the model: bench_sim [--graph=FILE | --write-graph=FILE] [--with-w6] [--benchmark_filter=…]
#include "tests/bench/benchmarks.h"

int main(int argc, char** argv) {
    const domino::bench::BenchOptions options = domino::bench::take_options(argc, argv);
    if (!options.write_graph.empty()) {
        domino::bench::write_row_graph(domino::bench::make_row_graph(100'000), options.write_graph);
        return 0;
    }
    domino::bench::register_commitment(options);
    domino::bench::register_elementary(options);
    domino::bench::register_machine(options);
    domino::bench::register_influence(options);
    domino::bench::register_model(options);
    domino::bench::register_leverage(options);
    domino::bench::register_live(options);
    return domino::bench::run_benchmarks(argc, argv);
}
