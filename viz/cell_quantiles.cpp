#include "viz/cell_quantiles.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <thread>
#include <vector>

#include "sim/kernel/lane.h"
#include "viz/quantile_picker.h"

namespace domino::viz {

namespace {

/// Adds a place's emissions in each member, times its share.
struct AddShare {
    const float* emissions_t;
    double share;
    std::span<double> sums;

    DOMINO_INLINE void run() const {
        double* sum = sums.data();
        const std::size_t members = sums.size();
        for (std::size_t member = 0; member < members; ++member)
            sum[member] += share * static_cast<double>(emissions_t[member]);
    }
};

class QuantileFinder {
 public:
    QuantileFinder(const geo::CellHolders& cells, const PlaceSummary& summary, const sim::RunResults& results,
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
        const auto [p05, p50, p95] = picker_.pick(sample_, {0.05, 0.5, 0.95});
        out_.p05[at] = static_cast<float>(p05);
        out_.p50[at] = static_cast<float>(p50);
        out_.p95[at] = static_cast<float>(p95);
    }

    void add_up(std::size_t first, std::size_t end, std::size_t year) {
        std::fill(sample_.begin(), sample_.end(), 0.0);
        for (std::size_t i = first; i < end; ++i) {
            const auto& [place, share] = cells_.holders[i];
            sim::run_kernel(
                AddShare{&results_.emissions_t[results_.place_year(place, year, 0)], share, sample_},
                instructions_);
        }
    }

    const geo::CellHolders& cells_;
    const PlaceSummary& summary_;
    const sim::RunResults& results_;
    CellQuantiles& out_;
    std::vector<double> sample_;
    QuantilePicker picker_;
    sim::InstructionSet instructions_ = sim::best_instruction_set();
};

}  // namespace

CellQuantiles find_cell_quantiles(const MapFrame& frame, const PlaceSummary& summary,
                                  const sim::RunResults& results, int threads) {
    const geo::CellHolders& holders = frame.holders;
    CellQuantiles out;
    out.years = results.years;
    for (std::vector<float>* quantile : {&out.p05, &out.p50, &out.p95}) {
        quantile->resize(results.years * frame.covered().size());
    }
    const std::size_t cells = frame.covered().size();
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
