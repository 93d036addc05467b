#include "geo/io/stored_values.h"

#include <algorithm>
#include <cstring>

namespace domino::geo::io {

namespace {

template <class Stored>
void convert(const std::byte* stored, std::size_t count, double* values) {
    for (std::size_t i = 0; i < count; ++i) {
        Stored value;
        std::memcpy(&value, stored + i * sizeof(Stored), sizeof(Stored));
        values[i] = static_cast<double>(value);
    }
}

}  // namespace

std::size_t stored_bytes(StoredType type) {
    switch (type) {
        case StoredType::byte:
            return 1;
        case StoredType::uint16:
        case StoredType::int16:
            return 2;
        case StoredType::uint32:
        case StoredType::int32:
        case StoredType::float32:
            return 4;
        case StoredType::float64:
            return 8;
    }
    return 0;
}

void to_doubles(StoredType type, const std::byte* stored, std::size_t count, double* values) {
    switch (type) {
        case StoredType::byte:
            return convert<std::uint8_t>(stored, count, values);
        case StoredType::uint16:
            return convert<std::uint16_t>(stored, count, values);
        case StoredType::int16:
            return convert<std::int16_t>(stored, count, values);
        case StoredType::uint32:
            return convert<std::uint32_t>(stored, count, values);
        case StoredType::int32:
            return convert<std::int32_t>(stored, count, values);
        case StoredType::float32:
            return convert<float>(stored, count, values);
        case StoredType::float64:
            return convert<double>(stored, count, values);
    }
}

void LaneSums::add_one(double value) {
    const std::size_t lane = count_++ % lanes;
    sums_[lane] += value == value ? value : 0.0;
    known_[lane] += value == value ? 1.0 : 0.0;
}

void LaneSums::add(const double* values, std::size_t count) {
    std::size_t i = 0;
    for (; i < count && count_ % lanes != 0; ++i) add_one(values[i]);
    // Sums of their own, so that the compiler may keep them in registers.
    std::array<double, lanes> sums = sums_, known = known_;
    const std::size_t begin = i;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const double value = values[i + lane];
            sums[lane] += value == value ? value : 0.0;
            known[lane] += value == value ? 1.0 : 0.0;
        }
    }
    sums_ = sums;
    known_ = known;
    count_ += i - begin;
    for (; i < count; ++i) add_one(values[i]);
}

ValueSum LaneSums::total() const {
    ValueSum found;
    for (std::size_t lane = 0; lane < std::min(lanes, count_); ++lane) {
        found.sum += sums_[lane];
        found.known += static_cast<std::int64_t>(known_[lane]);
    }
    return found;
}

}  // namespace domino::geo::io
