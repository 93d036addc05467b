// A step of the emissions account (model §4): the loops over places and lanes.
#include <algorithm>

#include "sim/kernel/emission_lanes.h"

namespace domino::sim {

/// The loop over a block of one country's places in one step, inlined into a function for each instruction
/// set.
struct EmissionLanes::Kernel {
    EmissionLanes& s;
    const StockLanes& stock;
    std::size_t block;

    /// Places that are reckoned together, technology by technology: each then runs through its own memory.
    static constexpr std::size_t run_places = 16;

    /// What the units added since the base year do at a run of places.
    struct Action {
        /// `Π_k (1 − α ΔA/U)` by sector with fuels.
        std::array<std::array<Lanes, run_places>, first_electricity_sector> kept;
        /// kWh a year less for the users of electricity.
        std::array<std::array<DoubleLanes, run_places>, sector_count - first_electricity_sector> saved_kwh;
    };

    DOMINO_INLINE void find_action(std::size_t first, std::size_t count, const Sectors& moving,
                                   const CountryEffects& effects, Action& action) const {
        for (const std::uint8_t n : moving) {
            for (std::size_t b = 0; b < count; ++b) {
                if (n < first_electricity_sector) {
                    float* share = action.kept[n][b].of.data();
                    each_lane([&](std::size_t m) { share[m] = 1.0f; });
                } else {
                    double* saved = action.saved_kwh[n - first_electricity_sector][b].of.data();
                    each_lane([&](std::size_t m) { saved[m] = 0.0; });
                }
            }
        }
        Lanes room;
        for (const DirectEffect& e : effects.direct) {
            const auto alpha = static_cast<float>(e.alpha);
            std::array<Lanes, run_places>& kept = action.kept[index(e.sector)];
            for (std::size_t b = 0; b < count; ++b) {
                float* share = kept[b].of.data();
                const float* a = stock.stock_at(first + b, e.technology, room).of.data();
                const float* a0 = s.base_stock_[s.at(first + b, e.technology)].of.data();
                const std::size_t inverse = s.inverse_at(first + b, e.technology);
                const float shared = s.shared_inverse_units_[inverse];
                if (shared != no_shared_number) {
                    each_lane([&](std::size_t m) { share[m] *= 1.0f - alpha * (a[m] - a0[m]) * shared; });
                    continue;
                }
                const float* per_unit = s.inverse_units_[inverse].of.data();
                each_lane([&](std::size_t m) { share[m] *= 1.0f - alpha * (a[m] - a0[m]) * per_unit[m]; });
            }
        }
        for (const ElectricityEffect& e : effects.electricity) {
            const double kwh = e.kwh_per_unit_year;
            auto& sector = action.saved_kwh[index(e.sector) - first_electricity_sector];
            for (std::size_t b = 0; b < count; ++b) {
                double* saved = sector[b].of.data();
                const float* a = stock.stock_at(first + b, e.technology, room).of.data();
                const float* a0 = s.base_stock_[s.at(first + b, e.technology)].of.data();
                each_lane([&](std::size_t m) { saved[m] += static_cast<double>(a[m] - a0[m]) * kwh; });
            }
        }
    }

    DOMINO_INLINE void act(const Action& action, std::size_t b, const Sectors& moving, const double* grid,
                           SectorLanes& value) const {
        for (const std::uint8_t n : moving) {
            double* v = value[n].of.data();
            if (n < first_electricity_sector) {
                const float* share = action.kept[n][b].of.data();
                each_lane([&](std::size_t m) { v[m] *= static_cast<double>(share[m]); });
            } else {
                const double* saved = action.saved_kwh[n - first_electricity_sector][b].of.data();
                each_lane([&](std::size_t m) { v[m] -= saved[m] * grid[m]; });
            }
        }
    }

    /// Emissions of a place as they would be without the units added since the base year.
    DOMINO_INLINE void start(std::size_t i, const Sectors& moving, const DoubleLanes* factor,
                             SectorLanes& value) const {
        for (const std::uint8_t k : moving) {
            const double base = s.base_t_[i * sector_count + k];
            double* v = value[k].of.data();
            const double* f = factor[k].of.data();
            each_lane([&](std::size_t m) { v[m] = base * f[m]; });
            if (s.drift_.empty()) continue;
            const double* drift = s.drift_[i].of.data();
            each_lane([&](std::size_t m) { v[m] *= drift[m]; });
        }
    }

    DOMINO_INLINE void add_place(std::size_t i, const Sectors& moving, const SectorLanes& value,
                                 DoubleLanes* sectors) const {
        DoubleLanes total;
        each_lane([&](std::size_t m) { total.of[m] = 0.0; });
        for (const std::uint8_t k : moving) {
            const double* v = value[k].of.data();
            double* sum = sectors[k].of.data();
            each_lane([&](std::size_t m) {
                sum[m] += v[m];
                total.of[m] += v[m];
            });
        }
        double* year = s.place_year_[i].of.data();
        const double share = s.year_share_;
        each_lane([&](std::size_t m) { year[m] += total.of[m] * share; });
    }

    /// What technologies take off a place in this step, for the members that watch it.
    DOMINO_INLINE void add_reductions(std::size_t i, const Sectors& moving, const SectorLanes& without,
                                      const SectorLanes& with) const {
        DoubleLanes* kept = s.watched_year_.data() + (s.watch_slot_[i] - 1) * sector_count;
        const double share = s.year_share_;
        for (const std::uint8_t k : moving) {
            double* sum = kept[k].of.data();
            const double* a = without[k].of.data();
            const double* b = with[k].of.data();
            each_lane([&](std::size_t m) { sum[m] += (a[m] - b[m]) * share; });
        }
    }

    /// The sectors of a country that stand still over the year: as sums of the block every month, at each
    /// place once, in the year's last step.
    DOMINO_INLINE void add_still(const Sectors& still, const DoubleLanes* factor,
                                 DoubleLanes* sectors) const {
        for (const std::uint8_t k : still) {
            const double base = s.block_base_t_[block * sector_count + k];
            double* sum = sectors[k].of.data();
            const double* f = factor[k].of.data();
            each_lane([&](std::size_t m) { sum[m] = base * f[m]; });
        }
        if (!s.closes_year_) return;
        const double share = s.year_share_ * s.steps_of_year_;
        for (std::size_t n = s.blocks_[block].begin; n < s.blocks_[block].end; ++n) {
            DoubleLanes total;
            each_lane([&](std::size_t m) { total.of[m] = 0.0; });
            for (const std::uint8_t k : still) {
                const double base = s.base_t_[n * sector_count + k];
                const double* f = factor[k].of.data();
                each_lane([&](std::size_t m) { total.of[m] += base * f[m]; });
            }
            double* year = s.place_year_[n].of.data();
            each_lane([&](std::size_t m) { year[m] += total.of[m] * share; });
        }
    }

    DOMINO_INLINE void run() const {
        const std::size_t c = s.blocks_[block].country;
        const DoubleLanes* factor = s.sector_factor_.data() + c * sector_count;
        DoubleLanes* sectors = s.block_month_.data() + block * sector_count;
        for (std::size_t n = 0; n < sector_count; ++n) {
            double* sum = sectors[n].of.data();
            each_lane([&](std::size_t m) { sum[m] = 0.0; });
        }
        const bool acts = s.past_base_[c] != 0;
        const Sectors moving = s.moving_sectors(c);
        add_still(others(moving), factor, sectors);
        if (moving.empty()) return;
        const double* grid = s.grid_t_per_kwh_[c].of.data();
        Action action;
        SectorLanes value;
        for (std::size_t first = s.blocks_[block].begin; first < s.blocks_[block].end; first += run_places) {
            const std::size_t count = std::min(run_places, s.blocks_[block].end - first);
            if (acts) find_action(first, count, moving, s.prepared_.effects[c], action);
            for (std::size_t b = 0; b < count; ++b) {
                const std::size_t i = first + b;
                start(i, moving, factor, value);
                if (acts && s.watch_slot_[i] != 0) {
                    const SectorLanes without = value;
                    act(action, b, moving, grid, value);
                    add_reductions(i, moving, without, value);
                } else if (acts) {
                    act(action, b, moving, grid, value);
                }
                add_place(i, moving, value, sectors);
            }
        }
    }
};

void EmissionLanes::add_step(int step, const StockLanes& stock, const Threads* threads) {
    remember_base(step, stock);
    begin_drift(step);
    if (steps_of_year_ == 0) take_units(stock);
    ++steps_of_year_;
    const Calendar& calendar = prepared_.world->calendar;
    const int next = step + calendar.months_per_step;
    closes_year_ = next >= prepared_.steps || calendar.month(next).month_of_year() == 1;
    run_shared(threads, blocks_.size(), [&](std::size_t block) {
        run_kernel(Kernel{*this, stock, block}, instructions_);
    });
    add_blocks();
    add_months(step);
}

void EmissionLanes::add_months(int step) {
    const auto steps = static_cast<std::size_t>(prepared_.steps);
    for (std::size_t c = 0; c < past_base_.size(); ++c) {
        DoubleLanes total;
        for (std::size_t s = c * sector_count; s < (c + 1) * sector_count; ++s) {
            each_lane([&](std::size_t m) {
                sector_year_[s].of[m] += sector_month_[s].of[m] * year_share_;
                total.of[m] += sector_month_[s].of[m];
            });
        }
        for (std::size_t m = 0; m < members_.size(); ++m) {
            for (std::size_t r = 0; r < remainder_count; ++r)
                total[m] += members_[m].paths[c].remainder_t[r][year_];
            std::fill_n(outcome_[m].month_t.begin() +
                            static_cast<std::ptrdiff_t>(c * steps + static_cast<std::size_t>(step)),
                        prepared_.world->calendar.months_per_step, total[m] * step_years);
        }
    }
}

EmissionLanes::Sectors EmissionLanes::moving_sectors(std::size_t country) const {
    Sectors moving;
    const CountryEffects& effects = prepared_.effects[country];
    const auto acts_on = [&](const auto& list, std::uint8_t k) {
        return std::any_of(list.begin(), list.end(), [&](const auto& e) { return index(e.sector) == k; });
    };
    for (std::uint8_t k = 0; k < sector_count; ++k) {
        const bool acted_on =
            past_base_[country] != 0 && (acts_on(effects.direct, k) || acts_on(effects.electricity, k));
        if (acted_on || drifts_[country] != 0) moving.add(k);
    }
    return moving;
}

EmissionLanes::Sectors EmissionLanes::others(const Sectors& sectors) {
    Sectors rest;
    for (std::uint8_t k = 0; k < sector_count; ++k)
        if (std::find(sectors.begin(), sectors.end(), k) == sectors.end()) rest.add(k);
    return rest;
}

/// Countries as sums of their blocks, in order: the same whoever summed up a block.
void EmissionLanes::add_blocks() {
    std::fill(sector_month_.begin(), sector_month_.end(), DoubleLanes{});
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
        for (std::size_t k = 0; k < sector_count; ++k) {
            DoubleLanes& sum = sector_month_[blocks_[block].country * sector_count + k];
            const DoubleLanes& part = block_month_[block * sector_count + k];
            each_lane([&](std::size_t m) { sum.of[m] += part.of[m]; });
        }
    }
}

}  // namespace domino::sim
