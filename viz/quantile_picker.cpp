#include "viz/quantile_picker.h"

#include <algorithm>

#include "sim/kernel/lane.h"

namespace domino::viz {

namespace {

struct Range {
    double least = 0.0, greatest = 0.0;
};

/// Least and greatest of a sample, lane by lane first.
struct FindRange {
    std::span<const double> sample;
    Range& range;

    DOMINO_INLINE void run() const {
        constexpr std::size_t lanes = sim::lane_count;
        sim::DoubleLanes least, greatest;
        least.of.fill(sample[0]);
        greatest.of.fill(sample[0]);
        std::size_t i = 0;
        for (; i + lanes <= sample.size(); i += lanes) {
            const double* values = &sample[i];
            sim::each_lane([&](std::size_t lane) {
                const double value = values[lane];
                least[lane] = value < least[lane] ? value : least[lane];
                greatest[lane] = value > greatest[lane] ? value : greatest[lane];
            });
        }
        for (; i < sample.size(); ++i) {
            least[0] = std::min(least[0], sample[i]);
            greatest[0] = std::max(greatest[0], sample[i]);
        }
        range = {*std::min_element(least.of.begin(), least.of.end()),
                 *std::max_element(greatest.of.begin(), greatest.of.end())};
    }
};

/// The class of each value. Rounding keeps their order.
struct Classify {
    std::span<const double> sample;
    double least = 0.0, scale = 0.0, last = 0.0;
    std::uint8_t* classes = nullptr;

    DOMINO_INLINE void run() const {
        const std::size_t members = sample.size();
        const double* values = sample.data();
        for (std::size_t i = 0; i < members; ++i) {
            const double at = (values[i] - least) * scale;
            // Also where the scale is infinite, of values that hardly differ: all are of the last class then.
            classes[i] = static_cast<std::uint8_t>(static_cast<int>(at < last ? at : last));
        }
    }
};

}  // namespace

std::array<double, 3> QuantilePicker::pick(std::span<const double> sample, const std::array<double, 3>& p) {
    if (members_ != sample.size() || p_ != p) choose_ranks(sample.size(), p);
    constexpr std::size_t few = 48;  // sorted sooner than counted
    if (sample.size() <= few) {
        kept_.assign(sample.begin(), sample.end());
        std::sort(kept_.begin(), kept_.end());
        position_ = rank_;
    } else {
        count(sample);
        find_wanted();
        keep_wanted(sample);
    }
    std::array<double, 3> picked;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double low = kept_[position_[between_[i].low]];
        const double high = kept_[position_[between_[i].high]];
        picked[i] = low + between_[i].part * (high - low);
    }
    return picked;
}

void QuantilePicker::choose_ranks(std::size_t members, const std::array<double, 3>& p) {
    members_ = members;
    p_ = p;
    std::array<std::size_t, 3> below, above;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double h = static_cast<double>(members - 1) * p[i];
        below[i] = static_cast<std::size_t>(h);
        above[i] = std::min(below[i] + 1, members - 1);
        between_[i].part = h - static_cast<double>(below[i]);
        rank_[2 * i] = below[i];
        rank_[2 * i + 1] = above[i];
    }
    std::sort(rank_.begin(), rank_.end());
    const auto index_of = [this](std::size_t rank) {
        return static_cast<std::size_t>(std::lower_bound(rank_.begin(), rank_.end(), rank) - rank_.begin());
    };
    for (std::size_t i = 0; i < p.size(); ++i) {
        between_[i].low = index_of(below[i]);
        between_[i].high = index_of(above[i]);
    }
}

void QuantilePicker::count(std::span<const double> sample) {
    const sim::InstructionSet instructions = sim::best_instruction_set();
    Range range;
    sim::run_kernel(FindRange{sample, range}, instructions);
    constexpr auto last = static_cast<double>(classes - 1);
    const double width = range.greatest - range.least;
    class_of_.resize(sample.size());
    sim::run_kernel(Classify{sample, range.least, width > 0.0 ? last / width : 0.0, last, class_of_.data()},
                    instructions);
    count_.fill(0);
    for (const std::uint8_t c : class_of_) ++count_[c];
}

void QuantilePicker::find_wanted() {
    wanted_.fill(0);
    std::size_t next = 0;    // rank
    std::size_t end = 0;     // of the values up to this class
    std::size_t passed = 0;  // values of classes that are not wanted
    for (std::size_t c = 0; c < classes && next < ranks; ++c) {
        end += count_[c];
        if (rank_[next] >= end) {
            passed += count_[c];
            continue;
        }
        wanted_[c] = 1;
        for (; next < ranks && rank_[next] < end; ++next) position_[next] = rank_[next] - passed;
    }
}

void QuantilePicker::keep_wanted(std::span<const double> sample) {
    kept_.resize(sample.size() + 1);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        kept_[kept] = sample[i];  // overwritten by the next unless wanted
        kept += wanted_[class_of_[i]];
    }
    std::sort(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(kept));
}

}  // namespace domino::viz
