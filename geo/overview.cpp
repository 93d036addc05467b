#include "geo/overview.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace domino::geo {

namespace {

/// The cells of one side that a cell of the overview covers, and how much of each.
struct Reach {
    std::int64_t first = 0;
    int count = 0;        ///< at most three: an overview's cell is never wider than two
    double part[3] = {};  ///< of a cell that is covered whole: 1
};

/// Cell i of m covers [i n / m, (i + 1) n / m) of n cells, in whole numbers of 1/m.
std::vector<Reach> reach_of(std::int64_t n, std::int64_t m) {
    std::vector<Reach> all(static_cast<std::size_t>(m));
    for (std::int64_t i = 0; i < m; ++i) {
        Reach& reach = all[static_cast<std::size_t>(i)];
        const std::int64_t begin = i * n, end = begin + n;
        reach.first = begin / m;
        for (std::int64_t cell = reach.first; cell * m < end; ++cell) {
            const std::int64_t covered = std::min(end, (cell + 1) * m) - std::max(begin, cell * m);
            reach.part[reach.count++] = static_cast<double>(covered) / static_cast<double>(m);
        }
    }
    return all;
}

/// Sums of a few rows, column by column: amounts and how much of them is known.
class Columns {
 public:
    explicit Columns(std::int64_t columns)
        : sums_(static_cast<std::size_t>(columns)), parts_(static_cast<std::size_t>(columns)) {}

    void add_up(std::span<const float> values, const Reach& rows) {
        const std::size_t columns = sums_.size();
        double* sums = sums_.data();
        double* parts = parts_.data();
        for (int k = 0; k < rows.count; ++k) {
            const float* row = &values[static_cast<std::size_t>(rows.first + k) * columns];
            const double part = rows.part[k];
            for (std::size_t x = 0; x < columns; ++x) {
                const bool known = !std::isnan(row[x]);
                const double amount = known ? part * static_cast<double>(row[x]) : 0.0;
                const double weight = known ? part : 0.0;
                sums[x] = k == 0 ? amount : sums[x] + amount;
                parts[x] = k == 0 ? weight : parts[x] + weight;
            }
        }
    }

    float mean(const Reach& columns) const {
        double sum = 0.0, parts = 0.0;
        for (int k = 0; k < columns.count; ++k) {
            const auto x = static_cast<std::size_t>(columns.first + k);
            sum += columns.part[k] * sums_[x];
            parts += columns.part[k] * parts_[x];
        }
        return parts > 0.0 ? static_cast<float>(sum / parts) : std::numeric_limits<float>::quiet_NaN();
    }

 private:
    std::vector<double> sums_, parts_;
};

}  // namespace

RasterSize halve(RasterSize size) {
    return {(size.columns + 1) / 2, (size.rows + 1) / 2};
}

std::vector<float> halve_by_average(std::span<const float> values, RasterSize size) {
    const RasterSize half = halve(size);
    const std::vector<Reach> across = reach_of(size.columns, half.columns);
    const std::vector<Reach> down = reach_of(size.rows, half.rows);
    std::vector<float> out;
    out.reserve(static_cast<std::size_t>(half.cells()));
    Columns columns(size.columns);
    for (const Reach& rows : down) {
        columns.add_up(values, rows);
        for (const Reach& reach : across) out.push_back(columns.mean(reach));
    }
    return out;
}

}  // namespace domino::geo
