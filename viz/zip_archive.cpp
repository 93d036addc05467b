#include "viz/zip_archive.h"

#include <zlib.h>

#include <cstdint>
#include <limits>
#include <stdexcept>

#include "viz/packed_arrays.h"

namespace domino::viz {

namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// What the local header and the central directory say alike of a file.
std::string describe(const std::string& name, const std::string& text, const std::string& packed) {
    constexpr std::uint64_t version = 20, deflated = 8, first_day = 0x0021;
    std::string out;
    put(out, version, 2);
    put(out, 0, 2);
    put(out, deflated, 2);
    put(out, 0, 2);
    put(out, first_day, 2);
    put(out, crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())), 4);
    put(out, packed.size(), 4);
    put(out, text.size(), 4);
    put(out, name.size(), 2);
    put(out, 0, 2);
    return out;
}

}  // namespace

std::string make_zip(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string out, directory;
    for (const auto& [name, text] : files) {
        if (text.size() > std::numeric_limits<std::uint32_t>::max())
            throw std::invalid_argument("make_zip: a text is too long");
        const std::string packed = deflate_raw(text);
        const std::string header = describe(name, text, packed);
        const std::size_t offset = out.size();
        out += "PK\x03\x04" + header + name + packed;
        directory += "PK\x01\x02";
        put(directory, 20, 2);
        directory += header;
        put(directory, 0, 6);  // comment, disk, inner attributes
        put(directory, 0, 4);
        put(directory, offset, 4);
        directory += name;
    }
    const std::size_t start = out.size();
    out += directory + "PK\x05\x06";
    put(out, 0, 4);
    put(out, files.size(), 2);
    put(out, files.size(), 2);
    put(out, directory.size(), 4);
    put(out, start, 4);
    put(out, 0, 2);
    return out;
}

}  // namespace domino::viz
