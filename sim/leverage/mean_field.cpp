#include "sim/leverage/mean_field.h"

#include <algorithm>

#include "geo/portable_math.h"
#include "sim/adoption.h"
#include "sim/propensity_factors.h"
#include "sim/withdrawal_effects.h"

namespace domino::sim {

MeanField::MeanField(const FieldConstants& constants, const ReferenceTrace* reference,
                     const LeverField* levers, const Threads* threads)
    : k_(constants),
      reference_(reference),
      levers_(levers),
      threads_(threads),
      prices_(constants.world),
      abated_t_(k_.years * k_.places, 0.0),
      linked_(k_.projects.none() ? 0 : k_.technologies * k_.places),
      scheme_spent_jpy_(k_.world.price_schemes.size() * k_.years),
      share_(k_.technologies, std::vector<double>(k_.places)),
      coercion_of_(k_.coercing.size(), std::vector<double>(k_.places)) {
    const std::size_t cells = k_.technologies * k_.places;
    state_.committed.resize(k_.places);
    state_.capacity.assign(k_.places, resting_capacity(k_.draws.capacity));
    state_.stock.resize(cells);
    state_.projects.resize(cells);
    state_.ages.resize(cells * k_.stages);
    state_.additions.resize(k_.technologies);
    for (std::size_t i = 0; i < k_.places; ++i) {
        if (k_.ties.committed_from_step[i] < 0) state_.committed[i] = 1.0;
        for (std::size_t t = 0; t < k_.technologies; ++t) {
            const double initial = k_.ties.initial_stock[i * k_.technologies + t];
            const Technology& technology = k_.world.technologies[t];
            const auto ages = starting_ages(technology.erlang_stages, technology.lifetime_years,
                                            technology.countries[k_.country[i]].past_growth_per_year);
            for (std::size_t j = 0; j < static_cast<std::size_t>(technology.erlang_stages); ++j)
                state_.ages[k_.cell(t, i) * k_.stages + j] = ages[j] * initial;
            state_.stock[k_.cell(t, i)] = initial;
        }
    }
    // Who had committed before the run is new to the others, as in the simulator.
    state_.fresh = state_.committed;
    base_stock_ = state_.stock;
    if (propensity_changes(k_.world)) moved_.resize(k_.places);
    trace_.additions.resize(k_.technologies * k_.years);
    trace_.modelled_power_kwh.resize(k_.countries * k_.years);
    trace_.trend = k_.trend;
}

void MeanField::begin_year(std::size_t year) {
    touched_year_ = year;
    std::fill_n(abated_t_.begin() + static_cast<std::ptrdiff_t>(year * k_.places), k_.places, 0.0);
    year_.relative_cost.resize(k_.technologies);
    for (std::size_t t = 0; t < k_.technologies; ++t)
        year_.relative_cost[t] = k_.costs[t].relative_cost(year, extra_units(t, year, state_.additions[t]));
    prices_.begin_year(year, year_.relative_cost, k_.draws.eta_cost);
    year_.potential.resize(state_.stock.size());
    year_.units.resize(state_.stock.size());
    for (std::size_t t = 0; t < k_.technologies; ++t) {
        for (std::size_t i = 0; i < k_.places; ++i) {
            const std::size_t cell = k_.cell(t, i);
            const YearLimits least = k_.limits(t, i, year);
            year_.units[cell] = std::max(least.units, state_.stock[cell]);
            year_.potential[cell] = std::max(least.potential, state_.stock[cell]);
        }
    }
    begin_grid(year);
}

double MeanField::extra_units(std::size_t technology, std::size_t year, double additions) const {
    if (reference_ == nullptr || year == 0 || k_.world.endogenous_cost == EndogenousCost::off) return 0.0;
    return additions - reference_->additions[technology * k_.years + year - 1];
}

void MeanField::begin_grid(std::size_t year) {
    const int first = k_.first_step(year);
    year_.grid_t_per_kwh.resize(k_.countries);
    year_.sector_factor.resize(k_.countries * sector_count);
    for (std::size_t c = 0; c < k_.countries; ++c) {
        double power = 0.0;
        for (const ElectricityEffect& e : k_.ties.effects[c].electricity) {
            if (k_.world.technologies[e.technology].power_role != PowerRole::generates) continue;
            for (const std::uint32_t i : k_.ties.country_places[c]) {
                const std::size_t cell = k_.cell(e.technology, i);
                if (past_base(c, first))
                    power += (state_.stock[cell] - base_stock_[cell]) * e.kwh_per_unit_year;
            }
        }
        trace_.modelled_power_kwh[c * k_.years + year] = power;
        // The path holds what the reference generates, whatever levers add to it.
        if (reference_ != nullptr) power = reference_->modelled_power_kwh[c * k_.years + year];
        const CountryPaths& path = k_.constants.paths[c];
        const double grid = grid_factor_t_per_kwh(k_.world.countries[c], path, year, power);
        year_.grid_t_per_kwh[c] = grid;
        for (std::size_t s = 0; s < sector_count; ++s)
            year_.sector_factor[c * sector_count + s] = path.sector_factor[s][year];
    }
}

bool MeanField::past_base(std::size_t country, int step) const {
    // The stocks of a step are those of its last month's end.
    return k_.world.calendar.month(step + k_.world.calendar.months_per_step - 1) >
           make_month(k_.world.countries[country].base_year, 12);
}

bool MeanField::ends_base(std::size_t country, int step) const {
    return k_.world.calendar.month(step + k_.world.calendar.months_per_step - 1) ==
           make_month(k_.world.countries[country].base_year, 12);
}

void MeanField::begin_drift(int step) {
    if (k_.world.withdrawals.empty()) return;
    drift_.resize(k_.places);
    withdrawal_drift(k_.world, k_.draws.withdrawals, step, drift_);
}

SectorTonnes MeanField::before(std::size_t place) const {
    SectorTonnes tonnes = k_.world.places[place].emissions_t;
    for (std::size_t s = 0; s < sector_count; ++s) {
        tonnes[s] *= year_.sector_factor[k_.country[place] * sector_count + s];
        if (!drift_.empty()) tonnes[s] *= drift_[place];
    }
    return tonnes;
}

void MeanField::book_abatement(int step) {
    for (std::size_t c = 0; c < k_.countries; ++c) {
        if (!ends_base(c, step)) continue;
        for (std::size_t t = 0; t < k_.technologies; ++t) {
            for (const std::uint32_t i : k_.ties.country_places[c])
                base_stock_[k_.cell(t, i)] = state_.stock[k_.cell(t, i)];
        }
    }
    begin_drift(step);
    double* abated = abated_t_.data() + touched_year_ * k_.places;
    const double share = k_.step_in_years();
    for (std::size_t i = 0; i < k_.places; ++i) {
        const std::size_t c = k_.country[i];
        if (!past_base(c, step)) continue;
        const auto added = [&](std::size_t t) {
            return state_.stock[k_.cell(t, i)] - base_stock_[k_.cell(t, i)];
        };
        const auto units = [&](std::size_t t) { return year_.units[k_.cell(t, i)]; };
        abated[i] +=
            share * avoided_emissions(k_.ties.effects[c], before(i), year_.grid_t_per_kwh[c], added, units);
    }
}

void MeanField::step(int step, MonthTape& tape) {
    install(step, tape);
    tape.parts.resize(static_cast<std::size_t>(k_.world.calendar.parts_per_month));
    for (PartTape& part : tape.parts) {
        const std::vector<double>& price = prices_.month(k_.world.calendar.month(step));
        part.price.assign(price.begin(), price.end());
        commit(step, part);
        build_capacity(step, part);
        adopt(step, part);
        prices_.pay(
            k_.ties, k_.world.calendar.month(step),
            [&](std::uint32_t place, std::size_t technology) {
                return part.sold[k_.cell(technology, place)];
            },
            scheme_spent_jpy_, k_.years, touched_year_);
    }
    book_abatement(step);
}

void MeanField::run_year(std::size_t year, std::span<MonthTape> tape) {
    begin_year(year);
    std::size_t next = 0;
    for (int n = k_.first_step(year); n < k_.last_step(year); n += k_.world.calendar.months_per_step) {
        step(n, tape[next]);
        if (next + 1 < tape.size()) ++next;
    }
    for (std::size_t t = 0; t < k_.technologies; ++t)
        trace_.additions[t * k_.years + year] = state_.additions[t];
}

}  // namespace domino::sim
