#include "scenarios/proposal/proposal.h"
#include "tests/fuzz/scratch_file.h"
#include "tests/scenarios/small_pack.h"

using namespace domino;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::ScratchFile file("proposal.toml");
    static const scenarios::test::TemporaryFolder folder;
    static const std::filesystem::path pack = scenarios::test::write_small_pack(folder);
    const scenarios::LoadedProposal loaded = scenarios::load_proposal(file.write(data, size), pack);
    if (loaded.proposal.has_value() == scenarios::has_errors(loaded.problems)) __builtin_trap();
    return 0;
}
