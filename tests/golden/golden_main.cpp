// Holds hashes of the model's computations against tests/golden/hashes.txt, the same for every build and
// machine: tests_golden --check FILE, or --write FILE after an intended change of the model.
#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "tests/golden/golden_runs.h"

namespace {

using domino::golden::GoldenLine;

std::string text_of(const std::vector<GoldenLine>& lines) {
    std::string text;
    for (const GoldenLine& line : lines) text += fmt::format("{} {:016x}\n", line.name, line.hash);
    return text;
}

int check(const std::string& file, const std::string& found) {
    std::ifstream in(file);
    std::stringstream expected;
    expected << in.rdbuf();
    if (in && expected.str() == found) {
        std::cout << found << "the same bits as " << file << "\n";
        return 0;
    }
    std::cerr << file << " says:\n"
              << expected.str() << "this build computes:\n"
              << found
              << "If the model was meant to change, write the new hashes: cmake --build BUILD --target "
                 "golden_hashes\n";
    return 1;
}

int run(int argc, char** argv) {
    const std::string flag = argc == 3 ? argv[1] : "";
    if (flag != "--check" && flag != "--write") {
        std::cerr << "tests_golden --check FILE | --write FILE\n";
        return 2;
    }
    const std::string found = text_of(domino::golden::compute_golden_lines());
    if (flag == "--check") return check(argv[2], found);
    std::ofstream out(argv[2]);
    out << found;
    out.close();
    return out ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "tests_golden: " << error.what() << "\n";
        return 1;
    }
}
