#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace domino::golden {

/// A computation of the model and the hash of every bit that came out of it.
struct GoldenLine {
    std::string name;
    std::uint64_t hash = 0;
};

/// Random numbers, portable functions, lanes and machine words for every instruction set of the machine, the
/// textbook dynamics, and a world with every mechanism on. Throws std::logic_error naming the computation
/// where instruction sets or sizes of batches of this machine disagree among themselves.
std::vector<GoldenLine> compute_golden_lines();

}  // namespace domino::golden
