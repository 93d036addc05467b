#include "geo/problem.h"
#include "tests/fuzz/scratch_file.h"
#include "viz/verify.h"

using namespace domino;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::ScratchFile file("manifest.json");
    try {
        (void)viz::verify_manifest(file.write(data, size));
    } catch (const geo::ProblemError&) {
    }
    return 0;
}
