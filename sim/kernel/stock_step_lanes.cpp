// A step of the stocks (model §2.3): the loops over places and lanes.
#include <algorithm>

#include "sim/adoption.h"
#include "sim/kernel/carried_exposure.h"
#include "sim/kernel/stock_lanes.h"

namespace domino::sim {
namespace {

/// Places whose steps are taken together, one operation after the other over all of them: each operation is
/// then a short piece of arithmetic on independent numbers, and no place waits for another's division or
/// exponential. What the operations hand on stays in the nearest cache.
constexpr std::uint32_t block_places = 16;
using Block = std::array<Lanes, block_places>;

}  // namespace

/// Some technologies at some places, inlined into a function for each instruction set.
struct StockLanes::Kernel {
    StockLanes& s;
    const Lanes* multiplier;
    const Lanes* price;
    const Lanes* favour;  ///< or nullptr
    std::size_t group;
    std::size_t chunk;

    /// What one technology's operations at a block of places hand on.
    struct Cells {
        std::uint32_t first, count;
        std::size_t technology;
        Block both;                        ///< p, and what comes from other places
        Block kept;                        ///< stock after retirements
        Block projects;                    ///< units of projects as a share of the potential
        Block imitation;                   ///< Q
        Block free, inverse, share, pull;  ///< AdoptionStart
        Block gone;                        ///< the exponent, then the share gone
        Block rise;                        ///< of the pull, then its logarithm
        Block sales, innovated;
        Block own;  ///< of what was innovated: by the place's own p
    };

    /// Retirements: what is kept of the stock, and of the units of projects in it.
    DOMINO_INLINE void retire_units(Cells& c) const {
        const int stages = s.stage_count_[c.technology];
        const float rate = s.retire_rate_[c.technology];
        const std::size_t cell = s.at(c.first, c.technology);
        for (std::uint32_t b = 0; b < c.count; ++b) {
            Lanes* ages = s.ages_.data() + (cell + b) * s.stages_;
            const float* stock = s.stock_[cell + b].of.data();
            Lanes passed;
            each_lane([&](std::size_t m) { passed.of[m] = 0.0f; });
            for (int j = 0; j < stages; ++j) {
                float* stage = ages[j].of.data();
                each_lane([&](std::size_t m) {
                    const float out = stage[m] * rate;
                    stage[m] = stage[m] - out + passed.of[m];
                    passed.of[m] = out;
                });
            }
            float* kept = c.kept[b].of.data();
            each_lane([&](std::size_t m) { kept[m] = stock[m] - passed.of[m]; });
        }
        for (std::uint32_t b = 0; b < c.count; ++b) {
            float* share = c.projects[b].of.data();
            each_lane([&](std::size_t m) { share[m] = 0.0f; });
            if (s.has_project_[cell + b] != 0) keep_project(cell + b, c.kept[b], share);
        }
    }

    DOMINO_INLINE void keep_project(std::size_t cell, const Lanes& kept, float* share) const {
        const float* stock = s.stock_[cell].of.data();
        const float* potential = s.potential_[cell].of.data();
        float* project = s.project_[cell].of.data();
        each_lane([&](std::size_t m) {
            const float left = project[m] * (kept.of[m] / stock[m]);
            project[m] = stock[m] > 0.0f ? left : project[m];
            const float part = project[m] / potential[m];
            share[m] = potential[m] > 0.0f ? part : 0.0f;
        });
    }

    DOMINO_INLINE void start(Cells& c, const CarriedExposure::Incoming* incoming) const {
        const std::size_t cell = s.at(c.first, c.technology);
        const float* weight = s.seed_weight_.of.data();
        const float years = s.years_;
        for (std::uint32_t b = 0; b < c.count; ++b) {
            const std::size_t row = row_of(c, b);
            const float* p = s.p_[row].of.data();
            float* both = c.both[b].of.data();
            if (incoming == nullptr) {
                each_lane([&](std::size_t m) { both[m] = p[m]; });
            } else {
                const float* others = incoming[b].of.data();
                each_lane([&](std::size_t m) { both[m] = p[m] + others[m]; });
            }
        }
        for (std::uint32_t b = 0; b < c.count; ++b) {
            const std::size_t row = row_of(c, b);
            const float* of_place = multiplier[c.first + b].of.data();
            const float* cost = price[row].of.data();
            float* factor = c.imitation[b].of.data();
            each_lane([&](std::size_t m) { factor[m] = of_place[m] * cost[m]; });
            if (favour == nullptr) continue;
            const float* favoured = favour[(c.first + b) * s.technologies_ + c.technology].of.data();
            each_lane([&](std::size_t m) { factor[m] *= favoured[m]; });
        }
        for (std::uint32_t b = 0; b < c.count; ++b) {
            const float* q = s.q_[row_of(c, b)].of.data();
            const float* potential = s.potential_[cell + b].of.data();
            each_lane([&](std::size_t m) {
                const float factor = c.imitation[b].of[m];
                const AdoptionRates<float> rates{c.both[b].of[m] * factor, q[m] * factor};
                const AdoptionStart<float> at = adoption_start(c.kept[b].of[m], potential[m], rates, years,
                                                               c.projects[b].of[m], weight[m]);
                c.imitation[b].of[m] = rates.imitation;
                c.free[b].of[m] = at.free;
                c.inverse[b].of[m] = at.inverse;
                c.share[b].of[m] = at.share;
                c.pull[b].of[m] = at.pull;
                c.gone[b].of[m] = at.exponent;
            });
        }
    }

    /// Asks for the memory of a place of the next block while this one is reckoned: the stages of age from
    /// `stage` on, two of them.
    DOMINO_INLINE void fetch_ages(const Cells& c, std::uint32_t b, std::size_t stage) const {
        if (c.first + b + block_places >= s.prepared_.places) return;
        const std::size_t cell = s.at(c.first + b + block_places, c.technology);
        const Lanes* ages = s.ages_.data() + cell * s.stages_;
        if (stage < s.stages_) __builtin_prefetch(ages + stage);
        if (stage + 1 < s.stages_) __builtin_prefetch(ages + stage + 1);
    }

    DOMINO_INLINE void fetch_stock(const Cells& c, std::uint32_t b) const {
        if (c.first + b + block_places >= s.prepared_.places) return;
        const std::size_t cell = s.at(c.first + b + block_places, c.technology);
        __builtin_prefetch(s.stock_.data() + cell);
        __builtin_prefetch(s.potential_.data() + cell);
    }

    /// Whether something holds of every number of a block.
    template <class Holds>
    DOMINO_INLINE bool all_of(const Cells& c, const Block& block, const Holds& holds) const {
        IntLanes otherwise;
        each_lane([&](std::size_t m) { otherwise.of[m] = 0; });
        for (std::uint32_t b = 0; b < c.count; ++b)
            each_lane([&](std::size_t m) { otherwise.of[m] |= holds(block[b].of[m]) ? 0 : 1; });
        int any = 0;
        each_lane([&](std::size_t m) { any |= otherwise.of[m]; });
        return any == 0;
    }

    DOMINO_INLINE void sell(Cells& c) const {
        if (all_of(c, c.gone, [](float x) { return gone_near_zero(x); })) {
            for (std::uint32_t b = 0; b < c.count; ++b) {
                fetch_ages(c, b, 0);
                each_lane([&](std::size_t m) { c.gone[b].of[m] = gone_share_near_zero(c.gone[b].of[m]); });
            }
        } else {
            for (std::uint32_t b = 0; b < c.count; ++b) {
                fetch_ages(c, b, 0);
                each_lane([&](std::size_t m) { c.gone[b].of[m] = gone_share(c.gone[b].of[m]); });
            }
        }
        for (std::uint32_t b = 0; b < c.count; ++b) {
            fetch_ages(c, b, 2);
            each_lane([&](std::size_t m) {
                const AdoptionStart<float> at{c.free[b].of[m], c.inverse[b].of[m], c.share[b].of[m],
                                              c.pull[b].of[m], 0.0f};
                const AdoptionSales<float> sold = adoption_sold(at, c.imitation[b].of[m], c.gone[b].of[m]);
                c.sales[b].of[m] = sold.sales;
                c.rise[b].of[m] = sold.rise;
            });
        }
    }

    /// The part of the sales that innovation caused; a limit on turnover cuts all causes alike.
    template <bool splits>
    DOMINO_INLINE void bound_sales(Cells& c) const {
        const std::size_t cell = s.at(c.first, c.technology);
        if (splits) {
            if (all_of(c, c.rise, [](float x) { return log1p_near_zero(x); })) {
                for (std::uint32_t b = 0; b < c.count; ++b) {
                    fetch_stock(c, b);
                    each_lane(
                        [&](std::size_t m) { c.rise[b].of[m] = log1p_growth_near_zero(c.rise[b].of[m]); });
                }
            } else {
                for (std::uint32_t b = 0; b < c.count; ++b) {
                    fetch_stock(c, b);
                    each_lane([&](std::size_t m) { c.rise[b].of[m] = log1p_growth(c.rise[b].of[m]); });
                }
            }
            for (std::uint32_t b = 0; b < c.count; ++b) {
                const float* potential = s.potential_[cell + b].of.data();
                const float* inverse_q = s.inverse_q_[row_of(c, b)].of.data();
                each_lane([&](std::size_t m) {
                    c.innovated[b].of[m] =
                        adoption_innovated(c.sales[b].of[m], c.both[b].of[m] * inverse_q[m], potential[m],
                                           c.imitation[b].of[m], c.rise[b].of[m]);
                });
            }
        }
        for (std::uint32_t b = 0; b < c.count; ++b) {
            const float turnover = s.largest_sales_[row_of(c, b)];
            if (turnover >= 1.0f) continue;
            const float* units = s.units_[cell + b].of.data();
            float* sales = c.sales[b].of.data();
            float* innovated = c.innovated[b].of.data();
            each_lane([&](std::size_t m) {
                const float bought = smaller(sales[m], units[m] * turnover);
                const float cut = bought < sales[m] ? bought / sales[m] : 1.0f;
                if (splits) innovated[m] *= cut;
                sales[m] = bought;
            });
        }
    }

    /// Books sales by cause: p, imitation and, where ties carry the technology, other places.
    template <bool splits>
    DOMINO_INLINE void add_causes(Cells& c, const CarriedExposure::Incoming* incoming) const {
        for (std::uint32_t begin = 0; begin < c.count;) {
            const std::size_t country = s.country_[c.first + begin];
            std::uint32_t end = begin + 1;
            while (end < c.count && s.country_[c.first + end] == country) ++end;
            DoubleLanes* added = s.added_.data() + s.added_at(chunk, country, c.technology);
            if (!splits) {
                add_up(added[0], begin, end,
                       [&](std::uint32_t b, std::size_t m) { return c.sales[b].of[m]; });
                begin = end;
                continue;
            }
            const float* p = s.p_[country * s.technologies_ + c.technology].of.data();
            for (std::uint32_t b = begin; b < end; ++b) {
                if (incoming == nullptr) {
                    each_lane([&](std::size_t m) { c.own[b].of[m] = c.innovated[b].of[m]; });
                    continue;
                }
                const float* others = incoming[b].of.data();
                each_lane([&](std::size_t m) {
                    const float part = c.innovated[b].of[m] * (p[m] / c.both[b].of[m]);
                    c.own[b].of[m] = others[m] > 0.0f ? part : c.innovated[b].of[m];
                });
            }
            add_up(added[0], begin, end, [&](std::uint32_t b, std::size_t m) { return c.own[b].of[m]; });
            add_up(added[1], begin, end,
                   [&](std::uint32_t b, std::size_t m) { return c.sales[b].of[m] - c.innovated[b].of[m]; });
            if (incoming != nullptr) {
                add_up(added[2], begin, end,
                       [&](std::uint32_t b, std::size_t m) { return c.innovated[b].of[m] - c.own[b].of[m]; });
            }
            begin = end;
        }
    }

    template <class Value>
    DOMINO_INLINE void add_up(DoubleLanes& into, std::uint32_t begin, std::uint32_t end,
                              const Value& value) const {
        DoubleLanes sum;
        each_lane([&](std::size_t m) { sum.of[m] = into.of[m]; });
        for (std::uint32_t b = begin; b < end; ++b)
            each_lane([&](std::size_t m) { sum.of[m] += static_cast<double>(value(b, m)); });
        each_lane([&](std::size_t m) { into.of[m] = sum.of[m]; });
    }

    /// The youngest take the sales in; the stock is the sum of its ages.
    DOMINO_INLINE void settle(Cells& c, Lanes* next_share) const {
        const int stages = s.stage_count_[c.technology];
        const std::size_t cell = s.at(c.first, c.technology);
        const float* worst = s.identity_error_[chunk * s.technologies_ + c.technology].of.data();
        Lanes beyond;
        each_lane([&](std::size_t m) { beyond.of[m] = 0.0f; });
        for (std::uint32_t b = 0; b < c.count; ++b) {
            Lanes* ages = s.ages_.data() + (cell + b) * s.stages_;
            float* youngest = ages[0].of.data();
            const float* sales = c.sales[b].of.data();
            const float* kept = c.kept[b].of.data();
            float* stock = s.stock_[cell + b].of.data();
            Lanes sum;
            each_lane([&](std::size_t m) {
                youngest[m] += sales[m];
                sum.of[m] = youngest[m];
            });
            for (int j = 1; j < stages; ++j) {
                const float* stage = ages[j].of.data();
                each_lane([&](std::size_t m) { sum.of[m] += stage[m]; });
            }
            each_lane([&](std::size_t m) {
                const float expected = kept[m] + sales[m];
                const float difference = sum.of[m] - expected;
                const float off = difference < 0.0f ? -difference : difference;
                beyond.of[m] = larger(beyond.of[m], off - worst[m] * expected);
                stock[m] = sum.of[m];
            });
        }
        if (next_share != nullptr) hand_on_share(c, next_share);
        int worse = 0;
        each_lane([&](std::size_t m) { worse |= beyond.of[m] > 0.0f ? 1 : 0; });
        if (worse != 0) remember_error(c);
        if (s.sales_slot_[c.technology] == no_slot) return;
        Lanes* of_place = s.sales_.data() + s.sales_slot_[c.technology] * s.prepared_.places + c.first;
        for (std::uint32_t b = 0; b < c.count; ++b) {
            float* sales = of_place[b].of.data();
            each_lane([&](std::size_t m) { sales[m] = c.sales[b].of[m]; });
        }
    }

    DOMINO_INLINE void hand_on_share(const Cells& c, Lanes* next_share) const {
        const std::size_t cell = s.at(c.first, c.technology);
        for (std::uint32_t b = 0; b < c.count; ++b) {
            const float* stock = s.stock_[cell + b].of.data();
            float* next = next_share[b * group_width].of.data();
            each_lane([&](std::size_t m) {
                // Where the potential is 0 its inverse is infinite.
                const float x = stock[m] * c.inverse[b].of[m];
                next[m] = stock[m] > 0.0f ? x : 0.0f;
            });
        }
    }

    DOMINO_INLINE void remember_error(const Cells& c) const {
        const std::size_t cell = s.at(c.first, c.technology);
        float* worst = s.identity_error_[chunk * s.technologies_ + c.technology].of.data();
        for (std::uint32_t b = 0; b < c.count; ++b) {
            const float* stock = s.stock_[cell + b].of.data();
            each_lane([&](std::size_t m) {
                const float expected = c.kept[b].of[m] + c.sales[b].of[m];
                const float difference = stock[m] - expected;
                const float error = (difference < 0.0f ? -difference : difference) / expected;
                worst[m] = larger(worst[m], expected > 0.0f ? error : 0.0f);
            });
        }
    }

    std::size_t row_of(const Cells& c, std::uint32_t b) const {
        return s.country_[c.first + b] * s.technologies_ + c.technology;
    }

    template <bool splits>
    DOMINO_INLINE void step_block(Cells& c, const CarriedExposure::Incoming* incoming) const {
        retire_units(c);
        start(c, incoming);
        sell(c);
        bound_sales<splits>(c);
        add_causes<splits>(c, incoming);
        settle(c, incoming == nullptr ? nullptr : s.next_share_.data() + s.share_at(c.first, c.technology));
    }

    template <std::size_t width, bool splits>
    DOMINO_INLINE void run_group() const {
        const auto begin = static_cast<std::uint32_t>(chunk * s.chunk_places_);
        const auto end = std::min(begin + s.chunk_places_, static_cast<std::uint32_t>(s.prepared_.places));
        const CarriedExposure exposure{s.ties_, s.share_.data() + s.share_at(0, group * group_width),
                                       s.between_places_.data() + group * group_width};
        std::array<CarriedExposure::Stretch, width> incoming;
        Cells cells;
        for (std::uint32_t first = begin; first < end; first += CarriedExposure::stretch_places) {
            const std::uint32_t last = std::min(first + CarriedExposure::stretch_places, end);
            if (s.spreads_) exposure.look_around<width>(first, last - first, incoming);
            for (std::size_t k = 0; k < width; ++k) {
                cells.technology = group * group_width + k;
                for (cells.first = first; cells.first < last; cells.first += block_places) {
                    cells.count = std::min(block_places, last - cells.first);
                    step_block<splits>(cells,
                                       s.spreads_ ? incoming[k].data() + (cells.first - first) : nullptr);
                }
            }
        }
    }

    template <std::size_t width>
    DOMINO_INLINE void run_group() const {
        if (s.splits_) {
            run_group<width, true>();
        } else {
            run_group<width, false>();
        }
    }

    DOMINO_INLINE void run() const {
        const std::size_t left = s.technologies_ - group * group_width;
        if (left >= 4) return run_group<4>();
        if (left == 3) return run_group<3>();
        if (left == 2) return run_group<2>();
        run_group<1>();
    }
};

void StockLanes::step(int step, std::span<const Lanes> multiplier, std::span<const Lanes> price,
                      std::span<const Lanes> favour, const Threads* threads) {
    if (spreads_) ties_.begin_step(step);
    run_shared(threads, groups() * chunks_, [&](std::size_t n) {
        run_kernel(Kernel{*this, multiplier.data(), price.data(), favour.empty() ? nullptr : favour.data(),
                          n / chunks_, n % chunks_},
                   instructions_);
    });
    std::swap(share_, next_share_);
}

}  // namespace domino::sim
