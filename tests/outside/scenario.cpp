// Reads a scenario the way the program does: scenario FILE DATA_DIR.
#include <cstdio>

#include "scenarios/scenario.h"

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const auto loaded = domino::scenarios::load_scenario(argv[1], argv[2]);
    std::printf("%s: %zu problems\n", argv[1], loaded.problems.size());
    return loaded.problems.empty() ? 0 : 1;
}
