#include "geo/problem.h"
#include "tests/fuzz/scratch_file.h"
#include "viz/raster_style.h"

using namespace domino;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto style =
            viz::read_raster_style(std::string(reinterpret_cast<const char*>(data), size), "input.qml");
        if (style.stops.size() < 2) __builtin_trap();
    } catch (const geo::ProblemError&) {
    }
    return 0;
}
