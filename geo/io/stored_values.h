#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace domino::geo::io {

/// How a file stores a number; the types of GDAL that a double holds exactly, but for complex ones.
enum class StoredType : std::uint8_t { byte, uint16, int16, uint32, int32, float32, float64 };

std::size_t stored_bytes(StoredType type);

/// Turns @p count numbers, stored one behind the other, into doubles.
void to_doubles(StoredType type, const std::byte* stored, std::size_t count, double* values);

/// Sum of values that are not NaN, and how many there are.
struct ValueSum {
    double sum = 0.0;
    std::int64_t known = 0;
};

/// Eight sums side by side, so that adding does not wait for the last one. Each value goes to the next sum in
/// turn, so the bits do not depend on how many are added at once.
class LaneSums {
 public:
    void add(const double* values, std::size_t count);
    std::size_t count() const { return count_; }
    ValueSum total() const;

 private:
    static constexpr std::size_t lanes = 8;
    void add_one(double value);

    std::array<double, lanes> sums_{};
    std::array<double, lanes> known_{};
    std::size_t count_ = 0;
};

/// The same for values that are there at once.
inline ValueSum sum_values(const double* values, std::size_t count) {
    if (count == 1) return *values == *values ? ValueSum{*values, 1} : ValueSum{};
    LaneSums sums;
    sums.add(values, count);
    return sums.total();
}

}  // namespace domino::geo::io
