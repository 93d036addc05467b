// Runs a target over the files of folders named on the command line, with the ordinary compiler: what fuzzing
// once found stays found.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/fuzz/scratch_file.h"

int main(int argc, char** argv) {
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[i])) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& path : files) {
        std::ifstream stream(path, std::ios::binary);
        std::vector<char> bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        std::printf("%s: %zu bytes\n", path.filename().c_str(), bytes.size());
        std::fflush(stdout);
        const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
        LLVMFuzzerTestOneInput(data, bytes.size());
        // Cut short, too: most damaged files are.
        for (const std::size_t part : {2, 3, 10}) LLVMFuzzerTestOneInput(data, bytes.size() / part);
    }
    std::printf("%zu files\n", files.size());
    return files.empty() ? 1 : 0;
}
