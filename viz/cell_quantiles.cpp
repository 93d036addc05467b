#include "viz/cell_quantiles.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <thread>
#include <vector>

namespace domino::viz {

namespace {

/// Quantiles of one sample. Values are dealt out into equal classes between the least and the greatest, and
/// only classes that hold a rank that is asked for are sorted: the same values a whole sort would give.
class QuantilePicker {
 public:
    void take(std::span<const double> sample) {
        std::array<double, 4> least, greatest;
        least.fill(sample[0]);
        greatest.fill(sample[0]);
        std::size_t i = 0;
        for (; i + 4 <= sample.size(); i += 4) {
            for (std::size_t lane = 0; lane < 4; ++lane) {
                least[lane] = sample[i + lane] < least[lane] ? sample[i + lane] : least[lane];
                greatest[lane] = sample[i + lane] > greatest[lane] ? sample[i + lane] : greatest[lane];
            }
        }
        for (; i < sample.size(); ++i) {
            least[0] = std::min(least[0], sample[i]);
            greatest[0] = std::max(greatest[0], sample[i]);
        }
        deal(sample, *std::min_element(least.begin(), least.end()),
             *std::max_element(greatest.begin(), greatest.end()));
    }

    double pick(double p) {
        const double h = static_cast<double>(dealt_.size() - 1) * p;
        const auto below = static_cast<std::size_t>(h);
        const double low = value_of(below);
        if (below + 1 >= dealt_.size()) {
            return low;
        }
        return low + (h - static_cast<double>(below)) * (value_of(below + 1) - low);
    }

 private:
    static constexpr std::size_t classes = 256;

    void deal(std::span<const double> sample, double least, double greatest) {
        constexpr auto last = static_cast<double>(classes - 1);
        const double scale = greatest > least ? last / (greatest - least) : 0.0;
        class_of_.resize(sample.size());
        dealt_.resize(sample.size());
        first_.fill(0);
        sorted_.fill(false);
        for (std::size_t i = 0; i < sample.size(); ++i) {
            const double at = (sample[i] - least) * scale;
            class_of_[i] = static_cast<std::uint16_t>(at < last ? static_cast<int>(at) : classes - 1);
            ++first_[class_of_[i] + 1U];
        }
        for (std::size_t c = 0; c < classes; ++c) first_[c + 1] += first_[c];
        next_ = first_;
        for (std::size_t i = 0; i < sample.size(); ++i) dealt_[next_[class_of_[i]]++] = sample[i];
    }

    double value_of(std::size_t rank) {
        const auto above = std::upper_bound(first_.begin(), first_.end(), rank);
        const auto c = static_cast<std::size_t>(above - first_.begin()) - 1;
        if (!sorted_[c]) {
            std::sort(dealt_.begin() + static_cast<std::ptrdiff_t>(first_[c]),
                      dealt_.begin() + static_cast<std::ptrdiff_t>(first_[c + 1]));
            sorted_[c] = true;
        }
        return dealt_[rank];
    }

    std::vector<std::uint16_t> class_of_;
    std::vector<double> dealt_;                                ///< class by class
    std::array<std::uint32_t, classes + 1> first_{}, next_{};  ///< of a class in `dealt_`
    std::array<bool, classes> sorted_{};
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
        picker_.take(sample_);
        out_.p05[at] = static_cast<float>(picker_.pick(0.05));
        out_.p50[at] = static_cast<float>(picker_.pick(0.5));
        out_.p95[at] = static_cast<float>(picker_.pick(0.95));
    }

    void add_up(std::size_t first, std::size_t end, std::size_t year) {
        std::fill(sample_.begin(), sample_.end(), 0.0);
        for (std::size_t i = first; i < end; ++i) {
            const auto& [place, share] = cells_.holders[i];
            const float* emissions = &results_.emissions_t[results_.place_year(place, year, 0)];
            double* sums = sample_.data();
            const std::size_t members = sample_.size();
            for (std::size_t member = 0; member < members; ++member) {
                sums[member] += share * static_cast<double>(emissions[member]);
            }
        }
    }

    const CellHolders& cells_;
    const PlaceSummary& summary_;
    const sim::RunResults& results_;
    CellQuantiles& out_;
    std::vector<double> sample_;
    QuantilePicker picker_;
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
