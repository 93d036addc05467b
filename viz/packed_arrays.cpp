#include "viz/packed_arrays.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace domino::viz {

std::string PackedArrays::pack_bytes(const std::string& name, const std::string& bytes) {
    const auto sum = crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (int shift = 28; shift >= 0; shift -= 4) {
        hex += digits[(sum >> static_cast<unsigned>(shift)) & 15U];
    }
    sums_[name] = hex;
    return base64(deflate_raw(bytes));
}

std::string deflate_raw(const std::string& bytes) {
    constexpr int raw_window_bits = -15;
    constexpr int memory_level = 9;
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, raw_window_bits, memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib cannot start to compress");
    }
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) {
        throw std::runtime_error("zlib cannot compress");
    }
    return out;
}

std::string base64(const std::string& bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t block = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            block = (block << 8U) | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += k <= count ? alphabet[(block >> (18U - 6U * k)) & 63U] : '=';
        }
    }
    return out;
}

std::uint16_t to_u16(double value, float scale) {
    const double steps = std::round(value / static_cast<double>(scale));
    return static_cast<std::uint16_t>(std::clamp(steps, 0.0, u16_steps));
}

std::int16_t to_i16(double value, float scale) {
    const double steps = std::round(value / static_cast<double>(scale));
    return static_cast<std::int16_t>(std::clamp(steps, -i16_steps, i16_steps));
}

float scale_for(double largest, double steps) {
    const auto scale = static_cast<float>(largest / steps);
    return std::max(std::nextafterf(scale, std::numeric_limits<float>::infinity()),
                    std::numeric_limits<float>::min());
}

std::uint8_t half_points(double probability) {
    constexpr double steps = 200.0;
    return static_cast<std::uint8_t>(std::lround(std::clamp(probability, 0.0, 1.0) * steps));
}

}  // namespace domino::viz
