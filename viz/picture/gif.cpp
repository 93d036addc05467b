#include "viz/picture/gif.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <stdexcept>
#include <unordered_map>

namespace domino::viz {

namespace {

constexpr std::size_t palette_size = 256;

void put16(std::string& out, int value) {
    out += static_cast<char>(value & 0xFF);
    out += static_cast<char>(value >> 8 & 0xFF);
}

/// Colours of a few bits less, so that shades of one edge do not fill the palette.
std::uint32_t coarse(std::uint32_t colour) {
    return colour & 0xFCFCFC;
}

class Palette {
 public:
    explicit Palette(const std::vector<GifFrame>& frames) {
        std::map<std::uint32_t, std::size_t> counts;
        for (const GifFrame& frame : frames) {
            for (const std::uint32_t colour : frame) ++counts[coarse(colour)];
        }
        std::vector<std::pair<std::size_t, std::uint32_t>> order;
        for (const auto& [colour, count] : counts) order.emplace_back(count, colour);
        std::stable_sort(order.begin(), order.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        for (std::size_t i = 0; i < std::min(palette_size, order.size()); ++i)
            colours_.push_back(order[i].second);
    }

    unsigned char find(std::uint32_t colour) {
        const std::uint32_t wanted = coarse(colour);
        const auto known = nearest_.find(wanted);
        if (known != nearest_.end()) return known->second;
        std::size_t best = 0;
        int least = std::numeric_limits<int>::max();
        for (std::size_t i = 0; i < colours_.size(); ++i) {
            int distance = 0;
            for (const int shift : {0, 8, 16}) {
                const int d =
                    static_cast<int>(wanted >> shift & 0xFF) - static_cast<int>(colours_[i] >> shift & 0xFF);
                distance += d * d;
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return nearest_[wanted] = static_cast<unsigned char>(best);
    }

    std::string bytes() const {
        std::string out;
        for (std::size_t i = 0; i < palette_size; ++i) {
            const std::uint32_t colour = i < colours_.size() ? colours_[i] : 0;
            // The dropped bits are filled so that white stays white.
            for (const int shift : {16, 8, 0}) {
                const std::uint32_t part = colour >> shift & 0xFC;
                out += static_cast<char>(part | part >> 6);
            }
        }
        return out;
    }

 private:
    std::vector<std::uint32_t> colours_;
    std::unordered_map<std::uint32_t, unsigned char> nearest_;
};

/// Codes of growing width, packed from the lowest bit into blocks of up to 255 bytes.
class CodeWriter {
 public:
    explicit CodeWriter(std::string& out) : out_(out) {}

    void put(int code, int bits) {
        held_ |= static_cast<std::uint32_t>(code) << count_;
        count_ += bits;
        while (count_ >= 8) {
            add_byte(static_cast<char>(held_ & 0xFF));
            held_ >>= 8;
            count_ -= 8;
        }
    }
    void finish() {
        if (count_ > 0) add_byte(static_cast<char>(held_ & 0xFF));
        flush();
        out_ += '\0';
    }

 private:
    void add_byte(char byte) {
        block_ += byte;
        if (block_.size() == 255) flush();
    }
    void flush() {
        if (block_.empty()) return;
        out_ += static_cast<char>(block_.size());
        out_ += block_;
        block_.clear();
    }

    std::string& out_;
    std::string block_;
    std::uint32_t held_ = 0;
    int count_ = 0;
};

/// Lempel, Ziv and Welch's codes as GIF89a has them: 8-bit colours, codes of 9 to 12 bits.
void compress(std::string& out, const std::vector<unsigned char>& indices) {
    constexpr int clear = 256, end = 257, first_free = 258, first_bits = 9, most_bits = 12;
    out += static_cast<char>(8);
    CodeWriter writer(out);
    std::vector<std::array<std::int16_t, 256>> next;
    int bits = first_bits;
    const auto restart = [&] {
        std::array<std::int16_t, 256> none{};
        none.fill(-1);
        next.assign(first_free, none);
        bits = first_bits;
    };
    writer.put(clear, bits);
    restart();
    int prefix = indices.front();
    for (std::size_t i = 1; i < indices.size(); ++i) {
        const unsigned char colour = indices[i];
        std::int16_t& known = next[static_cast<std::size_t>(prefix)][colour];
        if (known >= 0) {
            prefix = known;
            continue;
        }
        writer.put(prefix, bits);
        prefix = colour;
        const auto code = static_cast<int>(next.size());
        if (code == 1 << most_bits) {
            writer.put(clear, bits);
            restart();
            continue;
        }
        known = static_cast<std::int16_t>(code);
        if (code == 1 << bits && bits < most_bits) ++bits;
        std::array<std::int16_t, 256> none{};
        none.fill(-1);
        next.push_back(none);
    }
    writer.put(prefix, bits);
    writer.put(end, bits);
    writer.finish();
}

}  // namespace

std::string make_gif(const std::vector<GifFrame>& frames, int width, int height, int centiseconds) {
    constexpr int longest_side = 65535;
    if (frames.empty() || width < 1 || height < 1 || width > longest_side || height > longest_side)
        throw std::invalid_argument("make_gif: no frames, or sides GIF cannot say");
    Palette palette(frames);
    std::string out = "GIF89a";
    put16(out, width);
    put16(out, height);
    out += '\xF7';  // a palette of 256 colours of 8 bits
    out += std::string(2, '\0');
    out += palette.bytes();
    out += std::string("\x21\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00\x00", 19);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (frames[i].size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
            throw std::invalid_argument("make_gif: a frame has another size");
        out += std::string("\x21\xF9\x04\x04", 4);
        put16(out, i + 1 == frames.size() ? 3 * centiseconds : centiseconds);
        out += std::string("\x00\x00\x2C\x00\x00\x00\x00", 7);
        put16(out, width);
        put16(out, height);
        out += '\0';
        std::vector<unsigned char> indices;
        indices.reserve(frames[i].size());
        for (const std::uint32_t colour : frames[i]) indices.push_back(palette.find(colour));
        compress(out, indices);
    }
    out += ';';
    return out;
}

}  // namespace domino::viz
