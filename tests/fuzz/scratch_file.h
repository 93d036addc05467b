#pragma once

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace domino::fuzz {

/// A file of its own that holds one input; overwritten by the next, removed at the end.
class ScratchFile {
 public:
    explicit ScratchFile(const std::string& name)
        : folder_(std::filesystem::temp_directory_path() / ("domino-fuzz-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(folder_);
        path_ = folder_ / name;
    }
    ~ScratchFile() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    const std::filesystem::path& write(const std::uint8_t* data, std::size_t size) const {
        std::ofstream file(path_, std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
        return path_;
    }

 private:
    std::filesystem::path folder_;
    std::filesystem::path path_;
};

}  // namespace domino::fuzz

/// What every target defines: bytes from outside in, an error of ours at most out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
