// Runs a target over the files of folders named on the command line, with the ordinary compiler: what fuzzing
// once found stays found. Each file also cut short, and damaged in as many ways as DOMINO_DAMAGE says.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/damage.h"
#include "tests/fuzz/scratch_file.h"

namespace {

void run(const std::string& bytes) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
    const char* wanted = std::getenv("DOMINO_DAMAGE");
    const std::uint64_t ways = wanted == nullptr ? 50 : std::strtoull(wanted, nullptr, 10);
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[i])) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& path : files) {
        std::ifstream stream(path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        std::printf("%s: %zu bytes, damaged in %llu ways\n", path.filename().c_str(), bytes.size(),
                    static_cast<unsigned long long>(ways));
        std::fflush(stdout);
        run(bytes);
        // Cut short, too: most damaged files are.
        for (const std::size_t part : {2, 3, 10}) run(bytes.substr(0, bytes.size() / part));
        for (std::uint64_t seed = 0; seed < ways; ++seed) run(domino::fuzz::Damage(seed).apply(bytes));
    }
    std::printf("%zu files\n", files.size());
    return files.empty() ? 1 : 0;
}
