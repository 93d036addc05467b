#include "scenarios/scenario.h"
#include "tests/fuzz/scratch_file.h"
#include "tests/scenarios/small_pack.h"

using namespace domino;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::ScratchFile file("scenario.toml");
    static const scenarios::test::TemporaryFolder folder;
    static const std::filesystem::path pack = scenarios::test::write_small_pack(folder);
    const scenarios::LoadedScenario loaded = scenarios::load_scenario(file.write(data, size), pack);
    if (loaded.scenario.has_value() == scenarios::has_errors(loaded.problems)) __builtin_trap();
    // What was understood must be understood again.
    if (loaded.scenario && scenarios::resolved_toml(*loaded.scenario).empty()) __builtin_trap();
    return 0;
}
