#include "sim/kernel/stock_lanes.h"

#include <algorithm>

#include "sim/drawn_ties.h"

namespace domino::sim {
/// The loop over places of one step, inlined into a function for each instruction set.
struct StockLanes::Kernel {
    StockLanes& s;
    int step;
    const Lanes* multiplier;
    const Lanes* price;
    const Lanes* favour;  ///< or nullptr
    std::size_t technology;
    Lanes* share;  ///< x = A/M of the technology, by place

    /// Places whose neighbours are looked at together before any of them steps: the rows' lengths are then
    /// guessed wrong by the processor without holding up the arithmetic, which is one straight piece.
    static constexpr std::uint32_t block_places = 32;
    using Incoming = std::array<Lanes, block_places>;

    /// r Σ w x_j of the places from `first` to `last`; 0 where no tie carries technology to one.
    DOMINO_INLINE void look_around(std::uint32_t first, std::uint32_t last, const float* between_places,
                                   Incoming& incoming) const {
        for (std::uint32_t i = first; i < last; ++i)
            each_lane([&](std::size_t m) { incoming[i - first].of[m] = 0.0f; });
        for (const CarryingLayer& carrying : s.carrying_) {
            const bool dated = carrying.ties->dated();
            for (std::uint32_t i = first; i < last; ++i) {
                const std::uint32_t begin = carrying.ties->row_begin[i];
                const std::uint32_t end = carrying.ties->row_begin[i + 1];
                if (begin == end) continue;
                Lanes sum = dated ? sum_dated(carrying, begin, end) : sum_row(carrying, begin, end);
                if (dated) scale(carrying, i, sum);
                float* into = incoming[i - first].of.data();
                each_lane([&](std::size_t m) { into[m] += sum.of[m]; });
            }
        }
        for (std::uint32_t i = first; i < last; ++i)
            each_lane([&](std::size_t m) { incoming[i - first].of[m] *= between_places[m]; });
    }

    DOMINO_INLINE void add_edge(const CarryingLayer& carrying, std::uint32_t e, Lanes& sum) const {
        const float* x = share[carrying.ties->source[e]].of.data();
        if (carrying.drawn.empty()) {
            const float weight = carrying.weight[e];
            each_lane([&](std::size_t m) { sum.of[m] += weight * x[m]; });
        } else {
            const float* weight = carrying.drawn[e].of.data();
            each_lane([&](std::size_t m) { sum.of[m] += weight[m] * x[m]; });
        }
    }

    DOMINO_INLINE Lanes sum_row(const CarryingLayer& carrying, std::uint32_t begin, std::uint32_t end) const {
        Lanes sum;
        each_lane([&](std::size_t m) { sum.of[m] = 0.0f; });
        for (std::uint32_t e = begin; e < end; ++e) add_edge(carrying, e, sum);
        return sum;
    }

    DOMINO_INLINE Lanes sum_dated(const CarryingLayer& carrying, std::uint32_t begin,
                                  std::uint32_t end) const {
        Lanes sum;
        each_lane([&](std::size_t m) { sum.of[m] = 0.0f; });
        for (std::uint32_t e = begin; e < end; ++e) {
            if (carrying.ties->live(e, step)) add_edge(carrying, e, sum);
        }
        return sum;
    }

    DOMINO_INLINE void scale(const CarryingLayer& carrying, std::uint32_t i, Lanes& sum) const {
        const int steps = s.prepared_.steps;
        if (carrying.drawn.empty()) {
            const auto by = static_cast<float>(carrying.ties->scale(i, step, steps));
            each_lane([&](std::size_t m) { sum.of[m] *= by; });
            return;
        }
        for (std::size_t m = 0; m < lane_count; ++m)
            sum.of[m] *= static_cast<float>(carrying.ties_of[m]->scale(i, step, steps));
    }

    /// Retirements, then sales, of one technology at one place (model §2.3).
    template <bool splits>
    DOMINO_INLINE void step_cell(std::size_t cell, std::size_t row, std::size_t k,
                                 const float* place_multiplier, const Lanes* incoming,
                                 DoubleLanes* added) const {
        const int stages = s.stage_count_[k];
        const float retire_rate = s.retire_rate_[k];
        const float turnover = s.largest_sales_[row];
        const float years = s.years_;
        Lanes* ages = s.ages_.data() + cell * s.stages_;
        float* stock = s.stock_[cell].of.data();
        const float* potential = s.potential_[cell].of.data();
        const float* p = s.p_[row].of.data();
        const float* q = s.q_[row].of.data();
        const float* inverse_q = s.inverse_q_[row].of.data();
        const float* cost = price[row].of.data();
        const float* weight = s.seed_weight_.of.data();
        Lanes factor;
        each_lane([&](std::size_t m) { factor.of[m] = place_multiplier[m] * cost[m]; });
        if (favour != nullptr) {
            const float* favoured = favour[cell_by_place(cell, k)].of.data();
            each_lane([&](std::size_t m) { factor.of[m] *= favoured[m]; });
        }
        Lanes kept, projects, sold, innovated, both;
        each_lane([&](std::size_t m) {
            kept.of[m] = 0.0f;
            projects.of[m] = 0.0f;
            both.of[m] = p[m];
        });
        for (int j = 0; j < stages; ++j) {
            float* stage = ages[j].of.data();
            each_lane([&](std::size_t m) {
                const float out = stage[m] * retire_rate;
                stage[m] = stage[m] - out + kept.of[m];
                kept.of[m] = out;
            });
        }
        each_lane([&](std::size_t m) { kept.of[m] = stock[m] - kept.of[m]; });
        if (s.has_project_[cell] != 0) {
            float* project = s.project_[cell].of.data();
            each_lane([&](std::size_t m) {
                const float left = project[m] * (kept.of[m] / stock[m]);
                project[m] = stock[m] > 0.0f ? left : project[m];
                const float part = project[m] / potential[m];
                projects.of[m] = potential[m] > 0.0f ? part : 0.0f;
            });
        }
        if (incoming != nullptr) each_lane([&](std::size_t m) { both.of[m] += incoming->of[m]; });
        each_lane([&](std::size_t m) {
            const AdoptionRates<float> rates{both.of[m] * factor.of[m], q[m] * factor.of[m]};
            const AdoptionStep<float> moved = adoption_step(
                kept.of[m], potential[m], rates, both.of[m] * inverse_q[m], years, projects.of[m], weight[m]);
            sold.of[m] = moved.sales;
            innovated.of[m] = moved.innovation;
        });
        if (turnover < 1.0f) {
            const float* units = s.units_[cell].of.data();
            each_lane([&](std::size_t m) {
                const float bought = smaller(sold.of[m], units[m] * turnover);
                // A limit on turnover cuts all causes alike.
                const float cut = bought < sold.of[m] ? bought / sold.of[m] : 1.0f;
                innovated.of[m] *= cut;
                sold.of[m] = bought;
            });
        }
        if (splits) {
            add_causes(p, both, incoming, sold, innovated, added);
        } else {
            each_lane([&](std::size_t m) { added[0].of[m] += static_cast<double>(sold.of[m]); });
        }
        settle(ages, stages, stock, kept, sold);
        if (s.keeps_sales_) s.sales_[cell] = sold;
    }

    /// Splits the sales of a cell: innovation by p and by what comes from other places, the rest imitation.
    DOMINO_INLINE void add_causes(const float* p, const Lanes& both, const Lanes* incoming, const Lanes& sold,
                                  const Lanes& innovated, DoubleLanes* added) const {
        Lanes self;
        each_lane([&](std::size_t m) { self.of[m] = innovated.of[m]; });
        if (incoming != nullptr) {
            each_lane([&](std::size_t m) {
                const float own = innovated.of[m] * (p[m] / both.of[m]);
                self.of[m] = incoming->of[m] > 0.0f ? own : innovated.of[m];
            });
            each_lane(
                [&](std::size_t m) { added[2].of[m] += static_cast<double>(innovated.of[m] - self.of[m]); });
        }
        each_lane([&](std::size_t m) {
            added[0].of[m] += static_cast<double>(self.of[m]);
            added[1].of[m] += static_cast<double>(sold.of[m] - innovated.of[m]);
        });
    }

    /// Books the sales: the youngest take them in, the stock is the sum of its ages.
    DOMINO_INLINE void settle(Lanes* ages, int stages, float* stock, const Lanes& kept,
                              const Lanes& sold) const {
        float* youngest = ages[0].of.data();
        Lanes sum, expected, off;
        each_lane([&](std::size_t m) {
            youngest[m] += sold.of[m];
            sum.of[m] = youngest[m];
        });
        for (int j = 1; j < stages; ++j) {
            const float* stage = ages[j].of.data();
            each_lane([&](std::size_t m) { sum.of[m] += stage[m]; });
        }
        float* worst = s.identity_error_[technology].of.data();
        int worse = 0;
        each_lane([&](std::size_t m) {
            expected.of[m] = kept.of[m] + sold.of[m];
            const float difference = sum.of[m] - expected.of[m];
            off.of[m] = difference < 0.0f ? -difference : difference;
            worse |= off.of[m] > worst[m] * expected.of[m] ? 1 : 0;
            stock[m] = sum.of[m];
        });
        if (worse == 0) return;
        each_lane([&](std::size_t m) {
            const float error = off.of[m] / expected.of[m];
            worst[m] = larger(worst[m], expected.of[m] > 0.0f ? error : 0.0f);
        });
    }

    std::size_t cell_by_place(std::size_t cell, std::size_t k) const {
        return (cell - s.at(0, k)) * s.technologies_ + k;
    }

    /// One technology at all places: what neighbours have of it stays in the cache.
    template <bool splits>
    DOMINO_INLINE void run_technology(std::size_t k) const {
        const bool spreads = s.spreads_[k] != 0;
        const float* between_places = s.between_places_[k].of.data();
        for (std::size_t i = 0; spreads && i < s.prepared_.places; ++i) {
            const float* stock = s.stock_[s.at(i, k)].of.data();
            const float* potential = s.potential_[s.at(i, k)].of.data();
            float* in_use = share[i].of.data();
            each_lane([&](std::size_t m) {
                const float x = stock[m] / potential[m];
                in_use[m] = potential[m] > 0.0f ? x : 0.0f;
            });
        }
        const auto places = static_cast<std::uint32_t>(s.prepared_.places);
        for (std::uint32_t first = 0; first < places; first += block_places) {
            const std::uint32_t last = std::min(first + block_places, places);
            Incoming incoming;
            if (spreads) look_around(first, last, between_places, incoming);
            for (std::uint32_t i = first; i < last; ++i) {
                const std::size_t c = s.country_[i];
                step_cell<splits>(s.at(i, k), c * s.technologies_ + k, k, multiplier[i].of.data(),
                                  spreads ? &incoming[i - first] : nullptr, &s.added_[s.added_at(c, k)]);
            }
        }
    }

    DOMINO_INLINE void run() const {
        if (s.splits_) {
            run_technology<true>(technology);
        } else {
            run_technology<false>(technology);
        }
    }

#if defined(__x86_64__)
    __attribute__((target("arch=x86-64-v4"))) void run_avx512() const {
        run();
    }
    __attribute__((target("arch=x86-64-v3"))) void run_avx2() const {
        run();
    }
#endif
    void run_baseline() const {
        run();
    }
};

StockLanes::StockLanes(const PreparedWorld& prepared, std::span<const LaneMember> members,
                       CouplingSwitch coupling, InstructionSet instructions)
    : prepared_(prepared),
      instructions_(instructions),
      technologies_(prepared.technologies),
      splits_(coupling == CouplingSwitch::on),
      keeps_sales_(!prepared.world->price_schemes.empty()),
      years_(static_cast<float>(part_years(prepared.world->calendar))),
      seed_weight_(across(members, [](const LaneMember& m) { return m.draws->seed_weight; })),
      additions_(prepared.technologies) {
    const World& world = *prepared.world;
    const std::size_t countries = world.countries.size();
    bool any_spreads = false;
    for (std::size_t k = 0; k < technologies_; ++k) {
        const Technology& t = world.technologies[k];
        stage_count_.push_back(t.erlang_stages);
        stages_ = std::max(stages_, static_cast<std::size_t>(t.erlang_stages));
        retire_rate_.push_back(
            static_cast<float>(t.erlang_stages * part_years(world.calendar) / t.lifetime_years));
        between_places_.push_back(across(members, [&](const LaneMember& m) {
            return coupling == CouplingSwitch::on ? m.draws->technologies[k].between_places : 0.0;
        }));
        bool spreads = false;
        for (std::size_t m = 0; m < lane_count; ++m) spreads = spreads || between_places_[k][m] > 0.0f;
        spreads_.push_back(spreads ? 1 : 0);
        any_spreads = any_spreads || spreads;
    }
    if (any_spreads) add_layers(members);
    for (std::size_t c = 0; c < countries; ++c) {
        for (std::size_t k = 0; k < technologies_; ++k) {
            const std::size_t row = c * technologies_ + k;
            const double turnover = world.technologies[k].countries[c].turnover_years;
            largest_sales_.push_back(
                turnover > 0.0 ? static_cast<float>(part_years(world.calendar) / turnover) : 1.0f);
            p_.push_back(across(members, [&](const LaneMember& m) { return m.coefficients[row].p; }));
            q_.push_back(across(members, [&](const LaneMember& m) { return m.coefficients[row].q; }));
            inverse_q_.push_back(
                across(members, [&](const LaneMember& m) { return 1.0 / m.coefficients[row].q; }));
            ceiling_.push_back(across(
                members, [&](const LaneMember& m) { return m.draws->technologies[k].countries[c].ceiling; }));
        }
    }
    const std::size_t cells = prepared.places * technologies_;
    stock_.resize(cells);
    potential_.resize(cells);
    units_.resize(cells);
    project_.resize(cells);
    sales_.resize(keeps_sales_ ? cells : 0);
    share_.resize(any_spreads ? prepared.places : 0);
    identity_error_.resize(technologies_);
    has_project_.assign(cells, 0);
    ages_.resize(cells * stages_);
    for (std::size_t i = 0; i < prepared.places; ++i) {
        const std::uint16_t c = world.places[i].country;
        country_.push_back(c);
        for (std::size_t k = 0; k < technologies_; ++k) {
            const Technology& t = world.technologies[k];
            const auto ages =
                starting_ages(t.erlang_stages, t.lifetime_years, t.countries[c].past_growth_per_year);
            Lanes* row = ages_.data() + at(i, k) * stages_;
            float sum = 0.0f;
            for (std::size_t j = 0; j < static_cast<std::size_t>(t.erlang_stages); ++j) {
                const auto units =
                    static_cast<float>(ages[j] * prepared.initial_stock[i * technologies_ + k]);
                row[j].of.fill(units);
                sum += units;
            }
            stock_[at(i, k)].of.fill(sum);
        }
    }
    begin_year(0);
}

void StockLanes::add_layers(std::span<const LaneMember> members) {
    for (std::size_t l = 0; l < prepared_.layers.size(); ++l) {
        const PreparedLayer& layer = prepared_.layers[l];
        if (!layer.carries_technology) continue;
        CarryingLayer carrying;
        carrying.ties = &layer;
        bool drawn = false;
        for (std::size_t m = 0; m < lane_count; ++m) {
            const PreparedWorld* own = members[std::min(m, members.size() - 1)].ties;
            carrying.ties_of[m] = own != nullptr ? &own->layers[l] : &layer;
            drawn = drawn || !same_weights(*carrying.ties_of[m], layer);
        }
        for (std::size_t e = 0; e < layer.weight.size(); ++e) {
            carrying.weight.push_back(static_cast<float>(layer.weight[e]));
            if (!drawn) continue;
            Lanes& weight = carrying.drawn.emplace_back();
            for (std::size_t m = 0; m < lane_count; ++m)
                weight[m] = static_cast<float>(carrying.ties_of[m]->weight[e]);
        }
        carrying_.push_back(std::move(carrying));
    }
}

DoubleLanes StockLanes::additions_so_far(std::size_t technology) const {
    DoubleLanes sum = additions_[technology];
    const std::size_t countries = prepared_.world->countries.size();
    for (std::size_t c = 0; c < countries; ++c) {
        const DoubleLanes* causes = &added_[added_at(c, technology)];
        for (std::size_t cause = 0; cause < sales_cause_count; ++cause)
            each_lane([&](std::size_t m) { sum[m] += causes[cause][m]; });
    }
    return sum;
}

void StockLanes::begin_year(std::size_t touched_year) {
    const World& world = *prepared_.world;
    for (std::size_t k = 0; k < technologies_ && !added_.empty(); ++k) additions_[k] = additions_so_far(k);
    added_.assign(world.countries.size() * technologies_ * sales_cause_count, {});
    for (std::size_t i = 0; i < prepared_.places; ++i) {
        const std::uint16_t c = world.places[i].country;
        const Country& country = world.countries[c];
        const double people = country.population_factor[touched_year] / country.population_factor[0];
        for (std::size_t k = 0; k < technologies_; ++k) {
            const std::size_t cell = at(i, k);
            const std::size_t by_place = i * technologies_ + k;
            const double units = prepared_.units_serving_all[by_place];
            const auto least = static_cast<float>(least_headroom * prepared_.initial_stock[by_place]);
            const Lanes& ceiling = ceiling_[c * technologies_ + k];
            for (std::size_t m = 0; m < lane_count; ++m) {
                const float stock = stock_[cell][m];
                const float start = larger(ceiling[m] * static_cast<float>(units), least);
                units_[cell][m] = larger(static_cast<float>(units * people), stock);
                potential_[cell][m] = larger(start * static_cast<float>(people), stock);
            }
        }
    }
}

void StockLanes::step(int step, std::span<const Lanes> multiplier, std::span<const Lanes> price,
                      std::span<const Lanes> favour, const Threads* threads) {
    // Alone, one technology follows the other in the same memory.
    const bool shared = threads != nullptr && !share_.empty();
    if (shared && share_.size() < technologies_ * prepared_.places)
        share_.resize(technologies_ * prepared_.places);
    run_shared(threads, technologies_, [&](std::size_t k) {
        Lanes* share = share_.data() + (shared ? k * prepared_.places : 0);
        run_kernel(Kernel{*this, step, multiplier.data(), price.data(),
                          favour.empty() ? nullptr : favour.data(), k, share},
                   instructions_);
    });
}

float StockLanes::largest_identity_error(std::size_t member) const {
    float largest = 0.0f;
    for (const Lanes& error : identity_error_) largest = std::max(largest, error[member]);
    return largest;
}

StockLanes::State StockLanes::save(std::size_t members) const {
    State state{{stock_, members}, {ages_, members}, {}, {}, {}, identity_error_};
    for (std::size_t k = 0; k < technologies_; ++k) state.additions.push_back(additions_so_far(k));
    std::vector<Lanes> projects;
    for (std::size_t cell = 0; cell < project_.size(); ++cell) {
        if (has_project_[cell] == 0) continue;
        state.project_cells.push_back(static_cast<std::uint32_t>(cell));
        projects.push_back(project_[cell]);
    }
    state.projects = PackedLanes(projects, members);
    return state;
}

void StockLanes::restore(const State& state) {
    state.stock.unpack(stock_);
    state.ages.unpack(ages_);
    std::fill(project_.begin(), project_.end(), Lanes{});
    std::fill(has_project_.begin(), has_project_.end(), std::uint8_t{0});
    std::vector<Lanes> projects(state.project_cells.size());
    state.projects.unpack(projects);
    for (std::size_t n = 0; n < projects.size(); ++n) {
        project_[state.project_cells[n]] = projects[n];
        has_project_[state.project_cells[n]] = 1;
    }
    additions_ = state.additions;
    added_.clear();
    identity_error_ = state.identity_error;
}

std::size_t StockLanes::State::bytes() const {
    return stock.bytes() + ages.bytes() + projects.bytes() +
           project_cells.capacity() * sizeof(std::uint32_t) + additions.capacity() * sizeof(DoubleLanes) +
           identity_error.capacity() * sizeof(Lanes);
}

double StockLanes::install_project(std::size_t member, std::uint32_t place, std::size_t technology,
                                   double units) {
    const std::size_t cell = at(place, technology);
    const float room = std::max(0.0f, potential_[cell][member] - stock_[cell][member]);
    const float fitted = std::clamp(static_cast<float>(units), 0.0f, room);
    stock_[cell][member] += fitted;
    project_[cell][member] += fitted;
    ages_[cell * stages_][member] += fitted;
    has_project_[cell] = 1;
    added_[added_at(prepared_.world->places[place].country, technology) +
           static_cast<std::size_t>(SalesCause::credit_projects)][member] += static_cast<double>(fitted);
    return static_cast<double>(fitted);
}

}  // namespace domino::sim
