#pragma once

#include "tests/bench/bench_options.h"

/// Each file of benchmarks registers its own, so that flags can decide what is run.
namespace domino::bench {

void register_commitment(const BenchOptions& options);
void register_elementary(const BenchOptions& options);
void register_influence(const BenchOptions& options);
void register_leverage(const BenchOptions& options);
void register_live(const BenchOptions& options);
void register_machine(const BenchOptions& options);
void register_model(const BenchOptions& options);
void register_build(const BenchOptions& options);
void register_outputs(const BenchOptions& options);

}  // namespace domino::bench
