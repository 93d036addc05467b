#include "sim/kernel/emission_lanes.h"

#include <algorithm>

#include "sim/withdrawal_effects.h"

namespace domino::sim {

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
      sector_year_(sector_month_.size()),
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
    shared_inverse_units_.resize(inverse_units_.size());
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
    std::fill(sector_year_.begin(), sector_year_.end(), DoubleLanes{});
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
        Lanes room;
        each_position(c, [&](std::size_t n) {
            for (std::size_t k = 0; k < prepared_.technologies; ++k)
                base_stock_[at(n, k)] = stock.stock_at(n, k, room);
        });
    }
}

void EmissionLanes::take_units(const StockLanes& stock) {
    Lanes room;
    for (std::size_t k = 0; k < prepared_.technologies; ++k) {
        if (inverse_slot_[k] == no_slot) continue;
        for (std::size_t n = 0; n < prepared_.places; ++n) {
            const float* units = stock.units_at(n, k, room).of.data();
            float& shared = shared_inverse_units_[inverse_at(n, k)];
            int differ = 0;
            each_lane([&](std::size_t m) { differ |= units[m] != units[0] ? 1 : 0; });
            if (differ == 0) {
                shared = units[0] > 0.0f ? 1.0f / units[0] : 0.0f;
                continue;
            }
            shared = no_shared_number;
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

void EmissionLanes::end_year(const Threads* threads) {
    run_shared(threads, past_base_.size(), [&](std::size_t c) {
        DoubleLanes sum;
        each_position(c, [&](std::size_t n) {
            each_lane([&](std::size_t m) { sum.of[m] += place_year_[n].of[m]; });
            place_year_[n] = {};
        });
        for (std::size_t m = 0; m < members_.size(); ++m) {
            outcome_[m].places_year_t[c * years_ + year_] = sum[m];
            for (std::size_t s = c * sector_count; s < (c + 1) * sector_count; ++s)
                outcome_[m].sector_year_t[s * years_ + year_] = sector_year_[s][m];
        }
    });
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
        Lanes room;
        each_position(c, [&](std::size_t n) {
            for (const ElectricityEffect& e : prepared_.effects[c].electricity) {
                if (world.technologies[e.technology].power_role != PowerRole::generates) continue;
                const Lanes& a = stock.stock_at(n, e.technology, room);
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
