#include "viz/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

#include "geo/problem.h"

namespace domino::viz {

namespace {

struct DigestFree {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

class Sha256 {
 public:
    Sha256() : context_(EVP_MD_CTX_new()) {
        if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
            throw std::runtime_error("OpenSSL offers no SHA-256");
        }
    }

    void add(const char* bytes, std::size_t count) {
        if (EVP_DigestUpdate(context_.get(), bytes, count) != 1) {
            throw std::runtime_error("OpenSSL failed to hash");
        }
    }

    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        if (EVP_DigestFinal_ex(context_.get(), digest.data(), &length) != 1) {
            throw std::runtime_error("OpenSSL failed to hash");
        }
        constexpr std::string_view digits = "0123456789abcdef";
        std::string out;
        for (std::size_t i = 0; i < length; ++i) {
            out += digits[digest[i] >> 4U];
            out += digits[digest[i] & 15U];
        }
        return out;
    }

 private:
    std::unique_ptr<EVP_MD_CTX, DigestFree> context_;
};

}  // namespace

FileDigest digest_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::error_code ignored;
    if (!file || std::filesystem::is_directory(path, ignored)) {
        throw geo::ProblemError(
            {path.string(), "the file cannot be read", "its SHA-256 is needed", "check that it exists"});
    }
    Sha256 hash;
    FileDigest digest;
    std::vector<char> block(std::size_t{1} << 18U);
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto count = static_cast<std::size_t>(file.gcount());
        hash.add(block.data(), count);
        digest.bytes += count;
    }
    if (file.bad()) {
        throw geo::ProblemError({path.string(), "the file cannot be read to its end", "", "check the disk"});
    }
    digest.sha256 = hash.hex();
    return digest;
}

std::string digest_text(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes.data(), bytes.size());
    return hash.hex();
}

}  // namespace domino::viz
