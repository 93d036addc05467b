#include "geo/cell_holders.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace domino::geo {

namespace {

void check_one_per_place(const CellHolders& holders, std::size_t values) {
    if (values != holders.places) throw std::invalid_argument("CellHolders: needs one value a place");
}

}  // namespace

CellHolders find_holders(const PlaceCells& places) {
    // How many places share each cell of the whole map, then where the next of them goes.
    std::vector<std::uint32_t> next(static_cast<std::size_t>(places.grid.cells()), 0);
    for (const CellShare& share : places.shares) ++next[static_cast<std::size_t>(share.cell)];
    CellHolders out;
    out.places = places.places();
    out.first.push_back(0);
    for (std::size_t cell = 0; cell < next.size(); ++cell) {
        if (next[cell] == 0) continue;
        const std::size_t begin = out.first.back();
        out.cells.push_back(static_cast<std::int64_t>(cell));
        out.first.push_back(begin + next[cell]);
        next[cell] = static_cast<std::uint32_t>(begin);
    }
    out.holders.resize(places.shares.size());
    for (std::size_t place = 0; place < places.places(); ++place) {
        for (const CellShare& share : places.of_place(place)) {
            out.holders[next[static_cast<std::size_t>(share.cell)]++] = {static_cast<std::uint32_t>(place),
                                                                         share.share};
        }
    }
    return out;
}

std::vector<double> totals_of_cells(const CellHolders& holders, std::span<const double> totals) {
    check_one_per_place(holders, totals.size());
    std::vector<double> values;
    values.reserve(holders.cells.size());
    for (std::size_t i = 0; i < holders.cells.size(); ++i) {
        double sum = 0.0;
        for (const auto& [place, share] : holders.of_cell(i)) sum += totals[place] * share;
        values.push_back(sum);
    }
    return values;
}

std::vector<double> means_of_cells(const CellHolders& holders, std::span<const double> values,
                                   std::span<const double> weights) {
    check_one_per_place(holders, values.size());
    check_one_per_place(holders, weights.size());
    std::vector<double> means;
    means.reserve(holders.cells.size());
    for (std::size_t i = 0; i < holders.cells.size(); ++i) {
        double sum = 0.0, weight_sum = 0.0;
        for (const auto& [place, share] : holders.of_cell(i)) {
            const double weight = weights[place] * share;
            sum += weight * values[place];
            weight_sum += weight;
        }
        means.push_back(weight_sum > 0.0 ? sum / weight_sum : std::numeric_limits<double>::quiet_NaN());
    }
    return means;
}

void fill_map(std::span<const std::int64_t> cells, std::span<const double> values, std::span<float> map) {
    std::fill(map.begin(), map.end(), std::numeric_limits<float>::quiet_NaN());
    for (std::size_t i = 0; i < cells.size(); ++i)
        map[static_cast<std::size_t>(cells[i])] = static_cast<float>(values[i]);
}

}  // namespace domino::geo
