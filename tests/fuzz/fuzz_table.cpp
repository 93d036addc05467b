#include "geo/problem.h"
#include "geo/table.h"
#include "tests/fuzz/scratch_file.h"

using namespace domino;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto table =
            geo::Table::parse_csv(std::string(reinterpret_cast<const char*>(data), size), "input.csv");
        for (std::size_t row = 0; row < table.rows(); ++row) {
            for (std::size_t column = 0; column < table.columns(); ++column) {
                try {
                    (void)table.number(row, column);
                    (void)table.integer(row, column);
                } catch (const geo::ProblemError&) {
                }
            }
        }
    } catch (const geo::ProblemError&) {
    }
    return 0;
}
