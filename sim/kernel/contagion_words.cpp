#include "sim/kernel/contagion_words.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "sim/kernel/wait_lanes.h"

namespace domino::sim {
namespace {

constexpr double whole_row = 65535.0;  ///< fixed point of a row's weights

}  // namespace

FixedRates fix_rates(const ContagionRates& rates) {
    const auto [p, q] = rates;
    if (!(p >= 0.0) || !(q >= 0.0) || !(p + q <= largest_contagion_rate))
        throw std::invalid_argument("rates a step lie between 0 and 16");
    FixedRates fixed;
    fixed.spontaneous = static_cast<std::uint32_t>(std::lround(p * one_hazard));
    // The largest shift that keeps the factor within 16 bits, so that its product with the pressure fits.
    double factor = q * one_hazard / whole_row;
    while (fixed.shift < 31 && factor * 2.0 < whole_row && factor > 0.0) {
        factor *= 2.0;
        ++fixed.shift;
    }
    fixed.contagion = static_cast<std::uint32_t>(std::lround(factor));
    return fixed;
}

WordGraph make_word_graph(std::span<const std::size_t> row_begin, std::span<const std::uint32_t> source,
                          std::span<const double> weight, std::span<const std::uint64_t> key) {
    if (row_begin.size() != key.size() + 1 || source.size() != weight.size() ||
        row_begin.back() != source.size() || source.size() > UINT32_MAX) {
        throw std::invalid_argument("rows, edges and keys of a graph do not fit each other");
    }
    WordGraph graph;
    graph.key.assign(key.begin(), key.end());
    graph.source.assign(source.begin(), source.end());
    graph.row_begin.reserve(row_begin.size());
    for (const std::size_t begin : row_begin) graph.row_begin.push_back(static_cast<std::uint32_t>(begin));
    graph.weight.reserve(weight.size());
    for (std::size_t row = 0; row < key.size(); ++row) {
        double sum = 0.0;
        for (std::size_t e = row_begin[row]; e < row_begin[row + 1]; ++e) sum += weight[e];
        const double scale = whole_row / std::max(1.0, sum);
        // Rounded so that the running sum is off by less than one unit: a full row stays full.
        double passed = 0.0;
        double given = 0.0;
        for (std::size_t e = row_begin[row]; e < row_begin[row + 1]; ++e) {
            passed += weight[e] * scale;
            const double units = std::clamp(std::floor(passed + 1e-6) - given, 0.0, whole_row - given);
            given += units;
            graph.weight.push_back(static_cast<std::uint16_t>(units));
        }
    }
    return graph;
}

ContagionWords::ContagionWords(const WordGraph& graph, std::uint64_t seed,
                               std::span<const std::uint32_t> members, std::span<const ContagionRates> rates,
                               InstructionSet instructions)
    : graph_(graph),
      kernels_(binary_kernels(instructions)),
      due_(graph.rows() * word_members, UINT32_MAX),
      state_(graph.rows(), 0),
      next_(graph.rows(), 0),
      step_of_(graph.rows() * word_members, never_reached) {
    if (members.empty() || members.size() > word_members || rates.size() != members.size()) {
        throw std::invalid_argument("a word holds 1 to 64 members, each with its rates");
    }
    mask_ = members.size() == word_members ? ~std::uint64_t{0} : (std::uint64_t{1} << members.size()) - 1;
    for (std::size_t m = 0; m < members.size(); ++m) {
        const FixedRates fixed = fix_rates(rates[m]);
        rates_.spontaneous[m] = fixed.spontaneous;
        rates_.contagion[m] = fixed.contagion;
        rates_.shift[m] = fixed.shift;
    }
    for (std::size_t row = 0; row < graph.rows(); ++row)
        fixed_waits(seed, members, graph.key[row], due_.data() + row * word_members, instructions);
}

void ContagionWords::seed_rows(std::span<const std::uint32_t> rows) {
    for (const std::uint32_t row : rows) {
        state_[row] = mask_;
        for (std::size_t m = 0; m < word_members; ++m) {
            if ((mask_ >> m & 1) != 0) step_of_[row * word_members + m] = 0;
        }
    }
}

void ContagionWords::step() {
    constexpr std::size_t rows_ahead = 4;
    constexpr std::size_t line = 64 / sizeof(std::uint32_t);
    for (std::size_t row = 0; row < graph_.rows(); ++row) {
        const std::uint64_t before = state_[row];
        if (before == mask_) {
            next_[row] = before;
            continue;
        }
        std::uint32_t* due = due_.data() + row * word_members;
        if (row + rows_ahead < graph_.rows()) {
            for (std::size_t m = 0; m < word_members; m += line)
                __builtin_prefetch(due + rows_ahead * word_members + m);
        }
        const std::size_t begin = graph_.row_begin[row];
        const std::uint64_t reached =
            kernels_.step_row(state_.data(), graph_.source.data() + begin, graph_.weight.data() + begin,
                              graph_.row_begin[row + 1] - begin, rates_, due);
        next_[row] = before | (reached & mask_);
        for (std::uint64_t fresh = reached & mask_ & ~before; fresh != 0; fresh &= fresh - 1) {
            step_of_[row * word_members + static_cast<std::size_t>(std::countr_zero(fresh))] = now_;
        }
    }
    state_.swap(next_);
    ++now_;
}

}  // namespace domino::sim
