#include "viz/cell_quantiles.h"

#include <algorithm>
#include <thread>

namespace domino::viz {

namespace {

/// Takes ascending quantiles of one sample, sorting no more of it than they need.
class QuantilePicker {
 public:
    explicit QuantilePicker(std::vector<double>& sample) : sample_(sample) {}

    /// The p-quantile; calls must come with ascending @p p.
    double pick(double p) {
        const double h = static_cast<double>(sample_.size() - 1) * p;
        const auto below = static_cast<std::size_t>(h);
        const double low = settle(below);
        if (below + 1 >= sample_.size()) {
            return low;
        }
        return low + (h - static_cast<double>(below)) * (settle(below + 1) - low);
    }

 private:
    /// The value of a rank; all before it are no greater afterwards.
    double settle(std::size_t rank) {
        if (rank >= settled_) {
            const auto begin = sample_.begin();
            std::nth_element(begin + static_cast<std::ptrdiff_t>(settled_),
                             begin + static_cast<std::ptrdiff_t>(rank), sample_.end());
            settled_ = rank + 1;
        }
        return sample_[rank];
    }

    std::vector<double>& sample_;
    std::size_t settled_ = 0;
};

class QuantileFinder {
 public:
    QuantileFinder(const CellHolders& cells, const PlaceSummary& summary, const sim::RunResults& results,
                   CellQuantiles& out)
        : cells_(cells), summary_(summary), results_(results), out_(out) {}

    void find_all(std::size_t begin, std::size_t end) {
        sample_.resize(static_cast<std::size_t>(results_.members));
        for (std::size_t cell = begin; cell < end; ++cell) {
            for (std::size_t year = 0; year < results_.years; ++year) {
                find(cell, year);
            }
        }
    }

 private:
    void find(std::size_t cell, std::size_t year) {
        const std::size_t at = year * (cells_.first.size() - 1) + cell;
        const std::size_t first = cells_.first[cell];
        if (cells_.first[cell + 1] == first + 1) {
            const auto& [place, share] = cells_.holders[first];
            const std::size_t row = summary_.at(place, year);
            out_.p05[at] = static_cast<float>(share * summary_.p05_t[row]);
            out_.p50[at] = static_cast<float>(share * summary_.p50_t[row]);
            out_.p95[at] = static_cast<float>(share * summary_.p95_t[row]);
            return;
        }
        add_up(first, cells_.first[cell + 1], year);
        QuantilePicker picker(sample_);
        out_.p05[at] = static_cast<float>(picker.pick(0.05));
        out_.p50[at] = static_cast<float>(picker.pick(0.5));
        out_.p95[at] = static_cast<float>(picker.pick(0.95));
    }

    void add_up(std::size_t first, std::size_t end, std::size_t year) {
        std::fill(sample_.begin(), sample_.end(), 0.0);
        for (std::size_t i = first; i < end; ++i) {
            const auto& [place, share] = cells_.holders[i];
            const float* emissions = &results_.emissions_t[results_.place_year(place, year, 0)];
            for (std::size_t member = 0; member < sample_.size(); ++member) {
                sample_[member] += share * static_cast<double>(emissions[member]);
            }
        }
    }

    const CellHolders& cells_;
    const PlaceSummary& summary_;
    const sim::RunResults& results_;
    CellQuantiles& out_;
    std::vector<double> sample_;
};

}  // namespace

CellHolders find_holders(const MapFrame& frame) {
    CellHolders cells;
    cells.first.assign(frame.covered.size() + 1, 0);
    std::vector<std::size_t> slot_of_share;
    slot_of_share.reserve(frame.cells.shares.size());
    for (const geo::CellShare& share : frame.cells.shares) {
        const auto found = std::lower_bound(frame.covered.begin(), frame.covered.end(), share.cell);
        slot_of_share.push_back(static_cast<std::size_t>(found - frame.covered.begin()));
        ++cells.first[slot_of_share.back() + 1];
    }
    for (std::size_t i = 1; i < cells.first.size(); ++i) {
        cells.first[i] += cells.first[i - 1];
    }
    cells.holders.resize(frame.cells.shares.size());
    std::vector<std::size_t> next(cells.first.begin(), cells.first.end() - 1);
    for (std::size_t place = 0; place < frame.cells.places(); ++place) {
        for (std::size_t i = frame.cells.first[place]; i < frame.cells.first[place + 1]; ++i) {
            cells.holders[next[slot_of_share[i]]++] = {static_cast<std::uint32_t>(place),
                                                       frame.cells.shares[i].share};
        }
    }
    return cells;
}

CellQuantiles find_cell_quantiles(const MapFrame& frame, const PlaceSummary& summary,
                                  const sim::RunResults& results, int threads) {
    const CellHolders holders = find_holders(frame);
    CellQuantiles out;
    out.years = results.years;
    for (std::vector<float>* quantile : {&out.p05, &out.p50, &out.p95}) {
        quantile->resize(results.years * frame.covered.size());
    }
    const std::size_t cells = frame.covered.size();
    const auto workers = static_cast<std::size_t>(std::max(1, threads));
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < workers; ++i) {
        running.emplace_back([&, begin = cells * i / workers, end = cells * (i + 1) / workers] {
            QuantileFinder(holders, summary, results, out).find_all(begin, end);
        });
    }
    running.clear();  // waits for all
    return out;
}

}  // namespace domino::viz
