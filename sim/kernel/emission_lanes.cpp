#include "sim/kernel/emission_lanes.h"

#include <algorithm>

#include "sim/withdrawal_effects.h"

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
        for (const DirectEffect& e : effects.direct) {
            const auto alpha = static_cast<float>(e.alpha);
            std::array<Lanes, run_places>& kept = action.kept[index(e.sector)];
            for (std::size_t b = 0; b < count; ++b) {
                float* share = kept[b].of.data();
                const float* a = stock.stock_at(first + b, e.technology).of.data();
                const float* a0 = s.base_stock_[s.at(first + b, e.technology)].of.data();
                const float* per_unit = s.inverse_units_[s.inverse_at(first + b, e.technology)].of.data();
                each_lane([&](std::size_t m) { share[m] *= 1.0f - alpha * (a[m] - a0[m]) * per_unit[m]; });
            }
        }
        for (const ElectricityEffect& e : effects.electricity) {
            const double kwh = e.kwh_per_unit_year;
            auto& sector = action.saved_kwh[index(e.sector) - first_electricity_sector];
            for (std::size_t b = 0; b < count; ++b) {
                double* saved = sector[b].of.data();
                const float* a = stock.stock_at(first + b, e.technology).of.data();
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

EmissionLanes::EmissionLanes(const PreparedWorld& prepared, std::vector<EmissionMember> members,
                             InstructionSet instructions)
    : prepared_(prepared),
      instructions_(instructions),
      members_(std::move(members)),
      years_(static_cast<std::size_t>(prepared.world->calendar.touched_years())),
      year_share_(prepared.world->calendar.months_per_step / 12.0),
      past_base_(prepared.world->countries.size(), 0),
      drifts_(prepared.world->countries.size(), 0),
      base_stock_(prepared.places * prepared.technologies),
      sector_factor_(prepared.world->countries.size() * sector_count),
      grid_t_per_kwh_(prepared.world->countries.size()),
      place_year_(prepared.places),
      sector_month_(prepared.world->countries.size() * sector_count),
      outcome_(members_.size()),
      watched_(members_.size()),
      watch_slot_(prepared.places, 0) {
    const std::size_t countries = prepared.world->countries.size();
    constexpr std::size_t places_in_block = 512;
    for (std::size_t c = 0; c < countries; ++c) {
        const std::size_t end = prepared.order.country_begin[c + 1];
        for (std::size_t begin = prepared.order.country_begin[c]; begin < end; begin += places_in_block)
            blocks_.push_back({c, begin, std::min(begin + places_in_block, end)});
    }
    block_month_.resize(blocks_.size() * sector_count);
    inverse_slot_.assign(prepared.technologies, no_slot);
    std::uint32_t slots = 0;
    for (const CountryEffects& effects : prepared.effects) {
        for (const DirectEffect& e : effects.direct) {
            if (inverse_slot_[e.technology] == no_slot) inverse_slot_[e.technology] = slots++;
        }
    }
    inverse_units_.resize(slots * prepared.places);
    for (const std::uint32_t i : prepared.order.place_at) {
        const auto& emissions = prepared.world->places[i].emissions_t;
        base_t_.insert(base_t_.end(), emissions.begin(), emissions.end());
    }
    for (const Block& block : blocks_) {
        for (std::size_t k = 0; k < sector_count; ++k) {
            double& sum = block_base_t_.emplace_back(0.0);
            for (std::size_t n = block.begin; n < block.end; ++n) sum += base_t_[n * sector_count + k];
        }
    }
    for (std::size_t n = 0; n < prepared.places; ++n) {
        const std::size_t i = prepared.order.place_at[n];
        for (std::size_t k = 0; k < prepared.technologies; ++k) {
            const double initial = prepared.initial_stock[i * prepared.technologies + k];
            base_stock_[at(n, k)].of.fill(static_cast<float>(initial));
        }
    }
    for (EmissionOutcome& out : outcome_) {
        out.places_year_t.assign(countries * years_, 0.0);
        out.sector_year_t.assign(countries * sector_count * years_, 0.0);
        out.month_t.assign(countries * static_cast<std::size_t>(prepared.steps), 0.0);
    }
}

void EmissionLanes::begin_year(std::size_t touched_year,
                               std::span<const std::vector<double>> modelled_power_kwh) {
    year_ = touched_year;
    steps_of_year_ = 0;
    const Month december = make_month(prepared_.world->calendar.first.year() + static_cast<int>(year_), 12);
    for (const Withdrawal& withdrawal : prepared_.world->withdrawals)
        if (withdrawal.from <= december) drifts_[withdrawal.country] = 1;
    const World& world = *prepared_.world;
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        const Country& country = world.countries[c];
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            const std::size_t m = std::min(lane, members_.size() - 1);
            const CountryPaths& path = members_[m].paths[c];
            const double grid = grid_factor_t_per_kwh(country, path, year_, modelled_power_kwh[m][c]);
            grid_t_per_kwh_[c][lane] = grid;
            const double base = path.base_emission_factor_t_per_kwh;
            for (std::size_t s = 0; s < sector_count; ++s) {
                double factor = path.sector_factor[s][year_];
                if (s >= first_electricity_sector) factor *= base > 0.0 ? grid / base : 0.0;
                sector_factor_[c * sector_count + s][lane] = factor;
            }
        }
    }
}

void EmissionLanes::remember_base(int step, const StockLanes& stock) {
    const World& world = *prepared_.world;
    const Month month = world.calendar.month(step + world.calendar.months_per_step - 1);
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        const Month base_end = make_month(world.countries[c].base_year, 12);
        if (month > base_end) past_base_[c] = 1;
        if (month != base_end) continue;
        each_position(c, [&](std::size_t n) {
            for (std::size_t k = 0; k < prepared_.technologies; ++k)
                base_stock_[at(n, k)] = stock.stock_at(n, k);
        });
    }
}

void EmissionLanes::take_units(const StockLanes& stock) {
    for (std::size_t k = 0; k < prepared_.technologies; ++k) {
        if (inverse_slot_[k] == no_slot) continue;
        for (std::size_t n = 0; n < prepared_.places; ++n) {
            const float* units = stock.units_at(n, k).of.data();
            float* inverse = inverse_units_[inverse_at(n, k)].of.data();
            each_lane([&](std::size_t m) {
                const float per_unit = 1.0f / units[m];
                inverse[m] = units[m] > 0.0f ? per_unit : 0.0f;
            });
        }
    }
}

void EmissionLanes::begin_drift(int step) {
    if (prepared_.world->withdrawals.empty()) return;
    drift_.resize(prepared_.places);
    drift_of_member_.resize(prepared_.places);
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        const std::size_t m = std::min(lane, members_.size() - 1);
        withdrawal_drift(*prepared_.world, members_[m].withdrawals, step, drift_of_member_);
        for (std::size_t n = 0; n < prepared_.places; ++n)
            drift_[n][lane] = drift_of_member_[prepared_.order.place_at[n]];
    }
}

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
    const auto steps = static_cast<std::size_t>(prepared_.steps);
    for (std::size_t m = 0; m < members_.size(); ++m) {
        for (std::size_t c = 0; c < past_base_.size(); ++c) {
            double total = 0.0;
            for (std::size_t s = 0; s < sector_count; ++s) {
                const double t = sector_month_[c * sector_count + s][m];
                outcome_[m].sector_year_t[(c * sector_count + s) * years_ + year_] += t * year_share_;
                total += t;
            }
            for (std::size_t r = 0; r < remainder_count; ++r)
                total += members_[m].paths[c].remainder_t[r][year_];
            std::fill_n(outcome_[m].month_t.begin() +
                            static_cast<std::ptrdiff_t>(c * steps + static_cast<std::size_t>(step)),
                        calendar.months_per_step, total * step_years);
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

void EmissionLanes::end_year() {
    for (std::size_t c = 0; c < past_base_.size(); ++c) {
        DoubleLanes sum;
        each_position(c, [&](std::size_t n) {
            each_lane([&](std::size_t m) { sum.of[m] += place_year_[n].of[m]; });
            place_year_[n] = {};
        });
        for (std::size_t m = 0; m < members_.size(); ++m) {
            outcome_[m].places_year_t[c * years_ + year_] = sum[m];
        }
    }
    for (std::size_t m = 0; m < watched_.size(); ++m) {
        for (auto& [place, reductions] : watched_[m]) {
            const std::size_t slot = watch_slot_[prepared_.order.position_of[place]] - 1;
            const DoubleLanes* sums = watched_year_.data() + slot * sector_count;
            for (std::size_t s = 0; s < sector_count; ++s) reductions[s * years_ + year_] = sums[s][m];
        }
    }
    std::fill(watched_year_.begin(), watched_year_.end(), DoubleLanes{});
}

void EmissionLanes::watch(std::size_t member, std::uint32_t place) {
    const bool fresh = watched_[member].try_emplace(place, sector_count * years_, 0.0).second;
    std::uint32_t& slot = watch_slot_[prepared_.order.position_of[place]];
    if (slot == 0) {
        watched_year_.resize(watched_year_.size() + sector_count);
        slot = static_cast<std::uint32_t>(watched_year_.size() / sector_count);
    }
    // What others have seen of the place this year is not this member's.
    if (!fresh) return;
    DoubleLanes* sums = watched_year_.data() + (slot - 1) * sector_count;
    for (std::size_t s = 0; s < sector_count; ++s) sums[s][member] = 0.0;
}

std::vector<DoubleLanes> EmissionLanes::added_power_kwh(const StockLanes& stock) const {
    const World& world = *prepared_.world;
    std::vector<DoubleLanes> power(world.countries.size());
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        if (past_base_[c] == 0) continue;
        each_position(c, [&](std::size_t n) {
            for (const ElectricityEffect& e : prepared_.effects[c].electricity) {
                if (world.technologies[e.technology].power_role != PowerRole::generates) continue;
                const Lanes& a = stock.stock_at(n, e.technology);
                const Lanes& a0 = base_stock_[at(n, e.technology)];
                each_lane([&](std::size_t m) {
                    power[c].of[m] += static_cast<double>(a.of[m] - a0.of[m]) * e.kwh_per_unit_year;
                });
            }
        });
    }
    return power;
}

bool EmissionLanes::settled() const {
    return std::all_of(past_base_.begin(), past_base_.end(), [](std::uint8_t past) { return past != 0; });
}

EmissionLanes::State EmissionLanes::save() {
    // Once every country is past its base year, all snapshots share what was remembered of it.
    auto base = settled_base_;
    if (!base) base = std::make_shared<const PackedLanes>(base_stock_, members_.size());
    if (settled()) settled_base_ = base;
    return {past_base_, std::move(base), outcome_, watched_};
}

void EmissionLanes::restore(const State& state) {
    past_base_ = state.past_base;
    state.base_stock->unpack(base_stock_);
    settled_base_ = settled() ? state.base_stock : nullptr;
    outcome_ = state.outcome;
    watched_ = state.watched;
    watched_year_.clear();
    std::fill(watch_slot_.begin(), watch_slot_.end(), 0U);
    for (std::size_t m = 0; m < watched_.size(); ++m) {
        for (const auto& [place, reductions] : watched_[m]) watch(m, place);
    }
}

std::size_t EmissionLanes::State::bytes() const {
    std::size_t sum = 0;
    for (const EmissionOutcome& o : outcome)
        sum +=
            (o.places_year_t.capacity() + o.sector_year_t.capacity() + o.month_t.capacity()) * sizeof(double);
    for (const auto& places : watched) {
        for (const auto& [place, reductions] : places) sum += reductions.capacity() * sizeof(double);
    }
    return sum;
}

EmissionOutcome EmissionLanes::take(std::size_t member) {
    return std::move(outcome_[member]);
}

}  // namespace domino::sim
