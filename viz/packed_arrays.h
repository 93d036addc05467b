#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace domino::viz {

/// The page's missing values (viz/web/FORMAT.md).
inline constexpr std::uint8_t missing_u8 = 255;
inline constexpr std::uint16_t missing_u16 = 65535;
inline constexpr std::int16_t missing_i16 = -32768;

/// Packs arrays for the report page (little-endian, raw deflate, base64) and keeps the CRC-32 of each one's
/// raw bytes by its dotted name. Deterministic for a given zlib.
class PackedArrays {
 public:
    template <class T>
    std::string pack(const std::string& name, std::span<const T> values) {
        static_assert(std::endian::native == std::endian::little, "the page reads little-endian arrays");
        std::string bytes(values.size_bytes(), '\0');
        if (!bytes.empty()) {
            std::memcpy(bytes.data(), values.data(), bytes.size());
        }
        return pack_bytes(name, bytes);
    }
    template <class T>
    std::string pack(const std::string& name, const std::vector<T>& values) {
        return pack(name, std::span<const T>(values));
    }

    /// Dotted name → CRC-32, 8 lower-case hex digits.
    const nlohmann::ordered_json& sums() const { return sums_; }

 private:
    std::string pack_bytes(const std::string& name, const std::string& bytes);

    nlohmann::ordered_json sums_ = nlohmann::ordered_json::object();
};

/// Raw deflate (no header) at the highest level. Throws std::runtime_error when zlib fails.
std::string deflate_raw(const std::string& bytes);

/// Base64, standard alphabet, padded.
std::string base64(const std::string& bytes);

inline constexpr double u16_steps = 65534.0;
inline constexpr double i16_steps = 32767.0;
/// A value in whole steps of @p scale, no further than the type reaches.
std::uint16_t to_u16(double value, float scale);
std::int16_t to_i16(double value, float scale);
/// A scale whose steps reach @p largest, rounded up so that no value is clipped.
float scale_for(double largest, double steps);

/// A probability in half points, 0 … 200.
std::uint8_t half_points(double probability);

}  // namespace domino::viz
