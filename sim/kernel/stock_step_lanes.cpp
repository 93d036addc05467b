// A step of the stocks (model §2.3): the loops over places and lanes.
#include <algorithm>
#include <cmath>

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

struct PlaceBlock {
    std::uint32_t first, count;
    std::uint16_t country;
};

constexpr Lanes filled(float value) {
    Lanes lanes;
    for (float& lane : lanes.of) lane = value;
    return lanes;
}
constexpr Lanes no_exposure = filled(0.0f);
constexpr Lanes no_favour = filled(1.0f);

}  // namespace

/// Some packs of technologies at some places, inlined into a function for each instruction set.
struct StockLanes::Kernel {
    StockLanes& s;
    const Lanes* multiplier;  ///< [position]
    const Lanes* price;       ///< [country][pack]
    const Lanes* favour;      ///< [position][pack], or nullptr
    std::size_t group;
    std::size_t chunk;

    /// What one pack's operations at a block of places of one country hand on.
    struct Cells {
        PlaceBlock places;
        std::size_t pack;
        bool projects;         ///< some place has units of projects
        Block both;            ///< p, and what comes from other places
        Block kept;            ///< stock after retirements
        Block project_share;   ///< units of projects as a share of the potential, where there are projects
        Block imitation;       ///< Q
        Block free, pull;      ///< AdoptionStart
        Block exponent;        ///< the same
        Block sales, rise;     ///< AdoptionSales
        Block innovated, own;  ///< of the sales: by p and other places, by the place's own p
    };

    /// Retirements: what is kept of the stock, and of the units of projects in it.
    DOMINO_INLINE void retire_units(Cells& c) const {
        const int stages = s.stage_count_[c.pack];
        const float* rate = s.retire_rate_[c.pack].of.data();
        const std::size_t cell = cell_of(c);
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            Lanes* ages = s.ages_.data() + (cell + b) * s.stages_;
            const float* stock = s.stock_[cell + b].of.data();
            Lanes passed;
            each_lane([&](std::size_t m) { passed.of[m] = 0.0f; });
            for (int j = 0; j < stages; ++j) {
                float* stage = ages[j].of.data();
                each_lane([&](std::size_t m) {
                    const float out = stage[m] * rate[m];
                    stage[m] = stage[m] - out + passed.of[m];
                    passed.of[m] = out;
                });
            }
            float* kept = c.kept[b].of.data();
            each_lane([&](std::size_t m) { kept[m] = stock[m] - passed.of[m]; });
        }
        std::uint8_t any = 0;
        for (std::uint32_t b = 0; b < c.places.count; ++b) any |= s.has_project_[cell + b];
        c.projects = any != 0;
        if (c.projects) keep_projects(c);
    }

    DOMINO_INLINE void keep_projects(Cells& c) const {
        const std::size_t cell = cell_of(c);
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            float* share = c.project_share[b].of.data();
            each_lane([&](std::size_t m) { share[m] = 0.0f; });
            if (s.has_project_[cell + b] == 0) continue;
            const float* kept = c.kept[b].of.data();
            const float* stock = s.stock_[cell + b].of.data();
            const float* potential = s.potential_[cell + b].of.data();
            float* project = s.project_[cell + b].of.data();
            each_lane([&](std::size_t m) {
                const float left = project[m] * (kept[m] / stock[m]);
                project[m] = stock[m] > 0.0f ? left : project[m];
                const float part = project[m] / potential[m];
                share[m] = potential[m] > 0.0f ? part : 0.0f;
            });
        }
    }

    template <bool projects>
    DOMINO_INLINE void start(Cells& c, const CarriedExposure::Incoming* incoming) const {
        const std::size_t cell = cell_of(c);
        const std::size_t row = row_of(c);
        const float* p = s.p_[row].of.data();
        const float* q = s.q_[row].of.data();
        const float* cost = price[row].of.data();
        const float* weight = s.seed_weight_.of.data();
        const float years = s.years_;
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            fetch_ages(c, b, 0);
            const std::uint32_t place = c.places.first + b;
            const float* others = incoming == nullptr ? no_exposure.of.data() : incoming[b].of.data();
            const float* of_place = multiplier[place].of.data();
            const float* favoured =
                favour == nullptr ? no_favour.of.data() : favour[place * s.packs_.count() + c.pack].of.data();
            const float* kept = c.kept[b].of.data();
            const float* potential = s.potential_[cell + b].of.data();
            each_lane([&](std::size_t m) {
                const float both = p[m] + others[m];
                const float factor = of_place[m] * cost[m] * favoured[m];
                const AdoptionRates<float> rates{both * factor, q[m] * factor};
                const float effective = projects
                                            ? effective_innovation(rates, c.project_share[b].of[m], weight[m])
                                            : rates.innovation;
                const AdoptionStart<float> at =
                    adoption_start(kept[m], potential[m], effective, rates.imitation, years);
                c.both[b].of[m] = both;
                c.imitation[b].of[m] = rates.imitation;
                c.free[b].of[m] = at.free;
                c.pull[b].of[m] = at.pull;
                c.exponent[b].of[m] = at.exponent;
            });
        }
    }

    /// Asks for the memory of a place of the next block while this one is reckoned: the stages of age from
    /// `stage` on, two of them.
    DOMINO_INLINE void fetch_ages(const Cells& c, std::uint32_t b, std::size_t stage) const {
        const std::uint32_t place = c.places.first + b + block_places;
        if (place >= s.prepared_.places) return;
        const Lanes* ages = s.ages_.data() + s.at(place, c.pack) * s.stages_;
        if (stage < s.stages_) __builtin_prefetch(ages + stage);
        if (stage + 1 < s.stages_) __builtin_prefetch(ages + stage + 1);
    }

    DOMINO_INLINE void fetch_stock(const Cells& c, std::uint32_t b) const {
        const std::uint32_t place = c.places.first + b + block_places;
        if (place >= s.prepared_.places) return;
        __builtin_prefetch(s.stock_.data() + s.at(place, c.pack));
        __builtin_prefetch(s.potential_.data() + s.at(place, c.pack));
    }

    /// Whether something holds of every number of a block.
    template <class Holds>
    DOMINO_INLINE bool all_of(const Cells& c, const Block& block, const Holds& holds) const {
        IntLanes otherwise;
        each_lane([&](std::size_t m) { otherwise.of[m] = 0; });
        for (std::uint32_t b = 0; b < c.places.count; ++b)
            each_lane([&](std::size_t m) { otherwise.of[m] |= holds(block[b].of[m]) ? 0 : 1; });
        int any = 0;
        each_lane([&](std::size_t m) { any |= otherwise.of[m]; });
        return any == 0;
    }

    DOMINO_INLINE void sell(Cells& c) const {
        if (all_of(c, c.exponent, [](float x) { return gone_near_zero(x); })) {
            sell(c, [](float exponent) { return gone_share_near_zero(exponent); });
        } else {
            sell(c, [](float exponent) { return gone_share(exponent); });
        }
    }

    template <class Gone>
    DOMINO_INLINE void sell(Cells& c, const Gone& gone_of) const {
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            fetch_ages(c, b, 2);
            each_lane([&](std::size_t m) {
                const AdoptionStart<float> at{c.free[b].of[m], c.pull[b].of[m], c.exponent[b].of[m]};
                const AdoptionSales<float> sold =
                    adoption_sold(at, c.imitation[b].of[m], gone_of(at.exponent));
                c.sales[b].of[m] = sold.sales;
                c.rise[b].of[m] = sold.rise;
            });
        }
    }

    /// The parts of the sales that innovation caused, and the place's own p of it.
    DOMINO_INLINE void split_sales(Cells& c) const {
        if (all_of(c, c.rise, [](float x) { return log1p_near_zero(x); })) {
            split_sales(c, [](float rise) { return log1p_growth_near_zero(rise); });
        } else {
            split_sales(c, [](float rise) { return log1p_growth(rise); });
        }
        if (s.always_imitated_[row_of(c)] == 0) split_without_imitation(c);
    }

    template <class Growth>
    DOMINO_INLINE void split_sales(Cells& c, const Growth& growth_of) const {
        const std::size_t cell = cell_of(c);
        const std::size_t row = row_of(c);
        const float* inverse_q = s.inverse_q_[row].of.data();
        const float* p = s.p_[row].of.data();
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            fetch_stock(c, b);
            const float* potential = s.potential_[cell + b].of.data();
            each_lane([&](std::size_t m) {
                const float per_rate = sold_per_rate(potential[m], inverse_q[m], growth_of(c.rise[b].of[m]));
                c.innovated[b].of[m] = sold_by(c.both[b].of[m], per_rate, c.sales[b].of[m]);
                c.own[b].of[m] = sold_by(p[m], per_rate, c.sales[b].of[m]);
            });
        }
    }

    /// Where q = 0, p and other places share all sales as they share the pull.
    DOMINO_INLINE void split_without_imitation(Cells& c) const {
        const std::size_t row = row_of(c);
        const float* q = s.q_[row].of.data();
        const float* p = s.p_[row].of.data();
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            each_lane([&](std::size_t m) {
                const float part = c.sales[b].of[m] * (p[m] / c.both[b].of[m]);
                const float own = c.both[b].of[m] > p[m] ? part : c.sales[b].of[m];
                c.own[b].of[m] = q[m] > 0.0f ? c.own[b].of[m] : own;
            });
        }
    }

    /// A limit on turnover cuts all causes alike.
    template <bool splits>
    DOMINO_INLINE void bound_sales(Cells& c) const {
        if (s.turns_[row_of(c)] == 0) return;
        const float* turnover = s.turnover_[row_of(c)].of.data();
        const std::size_t cell = cell_of(c);
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            const float* units = s.units_[cell + b].of.data();
            float* sales = c.sales[b].of.data();
            float* innovated = c.innovated[b].of.data();
            float* own = c.own[b].of.data();
            each_lane([&](std::size_t m) {
                const float most = turnover[m] < 1.0f ? units[m] * turnover[m] : sales[m];
                const float bought = smaller(sales[m], most);
                const float cut = bought < sales[m] ? bought / sales[m] : 1.0f;
                if (splits) {
                    innovated[m] *= cut;
                    own[m] *= cut;
                }
                sales[m] = bought;
            });
        }
    }

    /// Books sales by cause: p, imitation and, where ties carry the technology, other places.
    template <bool splits>
    DOMINO_INLINE void add_causes(const Cells& c) const {
        DoubleLanes* added = s.added_.data() + s.added_at(chunk, c.places.country, c.pack);
        DoubleLanes first = added[0], second = added[1], third = added[2];
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            each_lane([&](std::size_t m) {
                first.of[m] += static_cast<double>(splits ? c.own[b].of[m] : c.sales[b].of[m]);
                if (!splits) return;
                second.of[m] += static_cast<double>(c.sales[b].of[m] - c.innovated[b].of[m]);
                third.of[m] += static_cast<double>(c.innovated[b].of[m] - c.own[b].of[m]);
            });
        }
        added[0] = first;
        if (!splits) return;
        added[1] = second;
        added[2] = third;
    }

    /// The youngest take the sales in; the stock is the sum of its ages.
    DOMINO_INLINE void settle(Cells& c, Lanes* next_share) const {
        const int stages = s.stage_count_[c.pack];
        const std::size_t cell = cell_of(c);
        const float* worst = s.identity_error_[chunk * s.packs_.count() + c.pack].of.data();
        Lanes beyond;
        each_lane([&](std::size_t m) { beyond.of[m] = 0.0f; });
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
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
                const float off = std::abs(sum.of[m] - expected);
                beyond.of[m] = larger(beyond.of[m], off - worst[m] * expected);
                stock[m] = sum.of[m];
            });
        }
        if (next_share != nullptr) hand_on_share(c, next_share);
        int worse = 0;
        each_lane([&](std::size_t m) { worse |= beyond.of[m] > 0.0f ? 1 : 0; });
        if (worse != 0) remember_error(c);
        if (s.sales_slot_[c.pack] == no_slot) return;
        Lanes* of_place = s.sales_.data() + s.sales_slot_[c.pack] * s.prepared_.places + c.places.first;
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            float* sales = of_place[b].of.data();
            each_lane([&](std::size_t m) { sales[m] = c.sales[b].of[m]; });
        }
    }

    DOMINO_INLINE void hand_on_share(const Cells& c, Lanes* next_share) const {
        const std::size_t cell = cell_of(c);
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            const float* stock = s.stock_[cell + b].of.data();
            const float* potential = s.potential_[cell + b].of.data();
            float* next = next_share[b * group_width].of.data();
            each_lane([&](std::size_t m) { next[m] = share_of(stock[m], potential[m]); });
        }
    }

    DOMINO_INLINE void remember_error(const Cells& c) const {
        const std::size_t cell = cell_of(c);
        float* worst = s.identity_error_[chunk * s.packs_.count() + c.pack].of.data();
        for (std::uint32_t b = 0; b < c.places.count; ++b) {
            const float* stock = s.stock_[cell + b].of.data();
            each_lane([&](std::size_t m) {
                // Asked as settle() asks, so that a member's error does not depend on its company.
                const float expected = c.kept[b].of[m] + c.sales[b].of[m];
                const float off = std::abs(stock[m] - expected);
                const float error = larger(worst[m], off / expected);
                const bool is_worse = expected > 0.0f && off - worst[m] * expected > 0.0f;
                worst[m] = is_worse ? error : worst[m];
            });
        }
    }

    std::size_t row_of(const Cells& c) const { return c.places.country * s.packs_.count() + c.pack; }
    std::size_t cell_of(const Cells& c) const { return s.at(c.places.first, c.pack); }

    template <bool splits>
    DOMINO_INLINE void step_block(Cells& c, const CarriedExposure::Incoming* incoming) const {
        retire_units(c);
        if (c.projects) {
            start<true>(c, incoming);
        } else {
            start<false>(c, incoming);
        }
        sell(c);
        if (splits) split_sales(c);
        bound_sales<splits>(c);
        add_causes<splits>(c);
        settle(c, incoming == nullptr ? nullptr : s.next_share_.data() + s.share_at(c.places.first, c.pack));
    }

    template <std::size_t width, bool splits>
    DOMINO_INLINE void run_group() const {
        const auto begin = static_cast<std::uint32_t>(chunk * s.chunk_places_);
        const auto end = std::min(begin + s.chunk_places_, static_cast<std::uint32_t>(s.prepared_.places));
        const CarriedExposure exposure{s.ties_, s.share_.data() + s.share_at(0, group * group_width),
                                       s.between_places_.data() + group * group_width};
        std::array<CarriedExposure::Stretch, width> incoming;
        std::array<PlaceBlock, CarriedExposure::stretch_places> blocks;
        Cells cells;
        for (std::uint32_t first = begin; first < end; first += CarriedExposure::stretch_places) {
            const std::uint32_t last = std::min(first + CarriedExposure::stretch_places, end);
            if (s.spreads_) exposure.look_around<width>(first, last - first, incoming);
            const std::size_t count = cut_blocks(first, last, blocks);
            for (std::size_t k = 0; k < width; ++k) {
                cells.pack = group * group_width + k;
                for (std::size_t n = 0; n < count; ++n) {
                    cells.places = blocks[n];
                    step_block<splits>(
                        cells, s.spreads_ ? incoming[k].data() + (cells.places.first - first) : nullptr);
                }
            }
        }
    }

    /// Cuts places [first, last) into blocks of one country; returns how many.
    DOMINO_INLINE std::size_t cut_blocks(
        std::uint32_t first, std::uint32_t last,
        std::array<PlaceBlock, CarriedExposure::stretch_places>& blocks) const {
        std::size_t count = 0;
        while (first < last) {
            const std::uint16_t country = s.country_[first];
            const std::uint32_t most = std::min(first + block_places, last);
            std::uint32_t end = first + 1;
            while (end < most && s.country_[end] == country) ++end;
            blocks[count++] = {first, end - first, country};
            first = end;
        }
        return count;
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
        const std::size_t left = s.packs_.count() - group * group_width;
        if (left >= 4) return run_group<4>();
        if (left == 3) return run_group<3>();
        if (left == 2) return run_group<2>();
        run_group<1>();
    }
};

void StockLanes::step(int step, std::span<const Lanes> multiplier, std::span<const Lanes> price,
                      std::span<const Lanes> favour, const Threads* threads) {
    if (spreads_) ties_.begin_step(step);
    if (packs_.side_by_side()) {
        deal_out(multiplier, price, favour);
        multiplier = given_.multiplier;
        price = given_.price;
        if (!favour.empty()) favour = given_.favour;
    }
    run_shared(threads, groups() * chunks_, [&](std::size_t n) {
        run_kernel(Kernel{*this, multiplier.data(), price.data(), favour.empty() ? nullptr : favour.data(),
                          n / chunks_, n % chunks_},
                   instructions_);
    });
    std::swap(share_, next_share_);
}

}  // namespace domino::sim
