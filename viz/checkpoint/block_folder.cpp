#include "viz/checkpoint/block_folder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>

#include "geo/problem.h"
#include "sim/block_bytes.h"
#include "viz/checked_file.h"
#include "viz/sha256.h"
#include "viz/write_results.h"

namespace domino::viz {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "domino block 2\n";
constexpr std::size_t sum_length = 64;  ///< SHA-256 in hex
constexpr const char* suffix = ".block";

[[noreturn]] void refuse(const fs::path& file, const std::string& why, const std::string& fix) {
    throw geo::ProblemError({file.string(), "this block of members cannot be used", why, fix});
}

std::string read_whole(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    if (!in || !(bytes << in.rdbuf()))
        refuse(file, "it cannot be read", "check that it is there and readable");
    return std::move(bytes).str();
}

std::string file_name(sim::SlotRange slots) {
    const auto padded = [](int slot) {
        const std::string digits = std::to_string(slot);
        return std::string(9 - std::min<std::size_t>(9, digits.size()), '0') + digits;
    };
    return padded(slots.begin) + "-" + padded(slots.end) + suffix;
}

}  // namespace

BlockFolder::BlockFolder(fs::path folder, std::string fingerprint)
    : folder_(std::move(folder)), fingerprint_(std::move(fingerprint)) {}

void BlockFolder::keep(const sim::EnsembleBlock& block) const {
    keep(sim::block_bytes(block), block.slots());
}

void BlockFolder::keep(const std::string& bytes, sim::SlotRange slots) const {
    const fs::path file = folder_ / file_name(slots);
    const fs::path beside = file.string() + ".part";
    CheckedFile out(beside);
    out.write(magic);
    out.write(fingerprint_ + "\n" + digest_text(bytes) + "\n");
    out.write(bytes);
    out.close();
    std::error_code error;
    fs::rename(beside, file, error);
    if (error) {
        throw WriteError({file.string(), "the finished members cannot be put in place", error.message(),
                          "check the folder's permissions and space"});
    }
}

std::vector<fs::path> BlockFolder::files() const {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().extension() == suffix) found.push_back(entry->path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

sim::EnsembleBlock BlockFolder::read(const fs::path& file, const sim::EnsembleRun& run) const {
    const std::string bytes = read_whole(file);
    const std::string again = "run its members again, or copy the file anew";
    std::string_view rest = bytes;
    const auto take = [&](std::size_t length) {
        if (length > rest.size()) refuse(file, "it ends within its head", again);
        const std::string_view part = rest.substr(0, length);
        rest.remove_prefix(length);
        return part;
    };
    if (take(magic.size()) != magic) {
        refuse(file, "it is no block of members, or one of another version of domino",
               "use the version of domino that wrote it");
    }
    const std::string_view fingerprint = take(sum_length + 1).substr(0, sum_length);
    const std::string sum(take(sum_length + 1).substr(0, sum_length));
    if (fingerprint != fingerprint_) {
        refuse(file, "it is of another run: scenario, data, seed, members or version of domino differ",
               "use the blocks of one run only");
    }
    if (digest_text(rest) != sum) refuse(file, "it is not what was written: its SHA-256 differs", again);
    try {
        return sim::read_block(rest, run);
    } catch (const sim::BlockDamaged& damage) {
        refuse(file, damage.what(), again);
    }
}

}  // namespace domino::viz
