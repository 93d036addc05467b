#include "sim/leverage/mean_field_reverse.h"

#include <algorithm>
#include <utility>

#include "geo/portable_math.h"
#include "sim/leverage/adoption_reverse.h"
#include "sim/leverage/expected_commitment.h"
#include "sim/leverage/exposure_reverse.h"
#include "sim/propensity_factors.h"

namespace domino::sim {

MeanFieldReverse::MeanFieldReverse(const FieldConstants& constants, std::vector<double> weight,
                                   std::optional<std::uint32_t> place, const Threads* threads)
    : k_(constants),
      weight_(std::move(weight)),
      first_counted_(place ? *place : 0),
      last_counted_(place ? *place + std::size_t{1} : k_.places),
      threads_(threads),
      levers_(k_.years, k_.technologies, k_.places),
      share_cost_jpy_(levers_.price_share.size(), 0.0),
      additions_(k_.technologies, 0.0),
      relative_cost_(k_.technologies, 0.0),
      level_(k_.countries) {
    for (std::vector<double>* by : {&committed_, &fresh_, &capacity_, &earlier_committed_, &hazard_})
        by->assign(k_.places, 0.0);
    for (std::vector<double>* by :
         {&stock_, &projects_, &base_stock_, &potential_, &units_, &multiplier_, &incoming_, &favour_})
        by->assign(k_.technologies * k_.places, 0.0);
    ages_.assign(stock_.size() * k_.stages, 0.0);
    share_.assign(k_.technologies, std::vector<double>(k_.places, 0.0));
    if (propensity_changes(k_.world)) moved_.resize(k_.places);
}

void MeanFieldReverse::run_year(std::size_t year, MeanField& field, const FieldState& start,
                                std::span<const MonthTape> tape) {
    year_ = year;
    std::size_t month = tape.size();
    const int by = k_.world.calendar.months_per_step;
    for (int step = k_.last_step(year) - by; step >= k_.first_step(year); step -= by) {
        const MonthTape& done = tape[--month];
        abate(step, field, done.parts.back());
        for (auto part = done.parts.rbegin(); part != done.parts.rend(); ++part) {
            run_shared(threads_, k_.technologies,
                       [&](std::size_t t) { adopt(t, step, field.year(), *part); });
            build_capacity(step, *part);
            commit(step, *part);
        }
        install(step, field.year(), done);
    }
    begin_year(year, field, start);
}

void MeanFieldReverse::abate(int step, MeanField& field, const PartTape& last) {
    const FieldYear& year = field.year();
    field.begin_drift(step);
    const double weight = weight_[year_] * k_.step_in_years();
    for (std::size_t i = first_counted_; i < last_counted_ && weight != 0.0; ++i) {
        const std::size_t c = k_.country[i];
        if (!field.past_base(c, step)) continue;
        const auto added = [&](std::size_t t) {
            const std::size_t cell = k_.cell(t, i);
            return last.kept[cell] + last.sold[cell] - field.base_stock()[cell];
        };
        const auto units = [&](std::size_t t) { return year.units[k_.cell(t, i)]; };
        avoided_emissions_reverse(k_.ties.effects[c], field.before(i), year.grid_t_per_kwh[c], added, units,
                                  weight, [&](std::size_t t, double by_added, double by_units) {
                                      const std::size_t cell = k_.cell(t, i);
                                      stock_[cell] += by_added;
                                      base_stock_[cell] -= by_added;
                                      units_[cell] += by_units;
                                  });
    }
    for (std::size_t c = 0; c < k_.countries; ++c) {
        if (!field.ends_base(c, step)) continue;
        for (std::size_t t = 0; t < k_.technologies; ++t) {
            for (const std::uint32_t i : k_.ties.country_places[c]) {
                stock_[k_.cell(t, i)] += base_stock_[k_.cell(t, i)];
                base_stock_[k_.cell(t, i)] = 0.0;
            }
        }
    }
}

void MeanFieldReverse::adopt(std::size_t technology, int step, const FieldYear& year, const PartTape& tape) {
    for (std::size_t i = 0; i < k_.places; ++i) step_cell(technology, i, step, year, tape);
    const double between = k_.draws.technologies[technology].between_places;
    if (!(between > 0.0)) return;
    std::vector<double>& share = share_[technology];
    std::fill(share.begin(), share.end(), 0.0);
    const double* incoming = incoming_.data() + k_.cell(technology, 0);
    for (const std::size_t l : k_.carrying) {
        for (std::uint32_t i = 0; i < k_.places; ++i)
            exposure_reverse(k_.ties.layers[l], i, step, k_.ties.steps, between * incoming[i], share);
    }
    for (std::size_t i = 0; i < k_.places; ++i) {
        const std::size_t cell = k_.cell(technology, i);
        const double potential = year.potential[cell];
        if (!(potential > 0.0)) continue;
        stock_[cell] += share[i] / potential;
        potential_[cell] -= share[i] * tape.stock[cell] / (potential * potential);
    }
}

void MeanFieldReverse::step_cell(std::size_t technology, std::size_t place, int step, const FieldYear& year,
                                 const PartTape& tape) {
    const std::size_t cell = k_.cell(technology, place);
    const std::size_t row = k_.row(place, technology);
    const double stock = tape.stock[cell], kept = tape.kept[cell], potential = year.potential[cell];
    double* ages = ages_.data() + cell * k_.stages;
    double by_sold = stock_[cell] + ages[0] + additions_[technology];
    double by_kept = stock_[cell];
    const double limit = year.units[cell] * k_.largest_sales[row];
    if (k_.largest_sales[row] < 1.0 && tape.sold[cell] >= limit) {
        units_[cell] += by_sold * k_.largest_sales[row];
        by_sold = 0.0;
    }
    const double elsewhere = k_.p[row] + tape.incoming[cell];
    const double price = favour(technology, place, step) * tape.price[row];
    const double factor = tape.multiplier[place] * price;
    const double held = stock > 0.0 ? tape.projects[cell] * kept / stock : tape.projects[cell];
    const double projects = potential > 0.0 ? held / potential : 0.0;
    const AdoptionGiven by =
        adoption_step_reverse({kept, potential, elsewhere * factor, k_.q[row] * factor, projects}, k_.part,
                              k_.draws.seed_weight, by_sold);
    by_kept += by.stock;
    potential_[cell] += by.potential;
    double by_held = projects_[cell];
    if (potential > 0.0) {
        by_held += by.projects / potential;
        potential_[cell] -= by.projects * projects / potential;
    }
    double by_stock = 0.0;
    if (stock > 0.0) {
        by_kept += by_held * tape.projects[cell] / stock;
        by_stock -= by_held * held / stock;
        by_held *= kept / stock;
    }
    projects_[cell] = by_held;
    stock_[cell] = by_stock + by_kept;
    retire_reverse(ages, k_.stage_count[technology], k_.retire_rate[technology], -by_kept);
    const double by_factor = by.innovation * elsewhere + by.imitation * k_.q[row];
    incoming_[cell] = by.innovation * factor;
    multiplier_[cell] = by_factor * price;
    book_price(technology, place, by_factor * factor, year, tape.sold[cell]);
    if (k_.favours)
        favour_[cell] = -by_factor * factor * k_.draws.eta_support * k_.dose[place] *
                        std::max(0.0, k_.beyond(technology, place, step));
}

double MeanFieldReverse::favour(std::size_t technology, std::size_t place, int step) const {
    if (!k_.favours) return 1.0;
    const double beyond = std::max(0.0, k_.beyond(technology, place, step));
    return portable::exp(k_.draws.eta_support * k_.dose[place] * beyond);
}

void MeanFieldReverse::book_price(std::size_t technology, std::size_t place, double by_log_factor,
                                  const FieldYear& year, double sold) {
    const double cost = year.relative_cost[technology];
    const std::size_t at = levers_.at(year_, technology, place);
    levers_.price_share[at] += by_log_factor * k_.draws.eta_cost;
    relative_cost_[technology] -= by_log_factor * k_.draws.eta_cost / cost;
    share_cost_jpy_[at] +=
        sold * cost * k_.world.technologies[technology].countries[k_.country[place]].capex_jpy;
}

void MeanFieldReverse::build_capacity(int step, const PartTape& tape) {
    const MemberDraws& d = k_.draws;
    for (std::size_t i = 0; i < k_.places; ++i) {
        const SupportLevel& level = k_.ties.support_at(step, i);
        double by_multiplier = 0.0, by_support = 0.0;
        for (std::size_t t = 0; t < k_.technologies; ++t) {
            by_multiplier += multiplier_[k_.cell(t, i)];
            if (k_.favours) by_support += favour_[k_.cell(t, i)];
        }
        const double by_pull = by_multiplier * tape.multiplier[i];
        const ByCapacity by =
            step_capacity_reverse(d.capacity, tape.capacity[i], tape.committed[i], level.capacity_building,
                                  tape.remaining[i], k_.part, capacity_[i]);
        capacity_[i] = by.capacity + d.eta_capacity * by_pull;
        earlier_committed_[i] = by.committed + d.eta_commitment * by_pull;
        by_support += by.support * (1.0 - level.capacity_building) +
                      by_pull * d.eta_support * k_.dose[i] * (1.0 - level.adoption);
        levers_.support[levers_.at(year_, i)] += by_support;
    }
}

void MeanFieldReverse::commit(int step, const PartTape& tape) {
    for (std::size_t i = 0; i < k_.places; ++i) {
        const ByCommitment by =
            expected_commitment_reverse(tape.committed[i], tape.survival[i], committed_[i] + fresh_[i]);
        hazard_[i] = by.hazard;
        committed_[i] = by.committed - fresh_[i] + earlier_committed_[i];
        fresh_[i] = 0.0;
    }
    if (!moved_.empty()) propensity_factors(k_.world, k_.draws, step, moved_);
    for (std::size_t c = 0; c < k_.countries; ++c)
        level_[c] = portable::exp(k_.trend.log_hazard[c][static_cast<std::size_t>(step)]);
    for (std::size_t i = 0; i < k_.places; ++i) {
        const double by_rate = hazard_[i] * k_.part;
        if (hazard_[i] == 0.0) continue;
        const double dialogue = k_.ties.support_at(step, i).policy_dialogue;
        levers_.hazard[levers_.at(year_, i)] += by_rate;
        levers_.support[levers_.at(year_, i)] += by_rate * k_.draws.support_hazard * (1.0 - dialogue);
        double own = level_[k_.country[i]] * k_.constants.propensity[i];
        if (!moved_.empty()) own *= moved_[i];
        look_around(static_cast<std::uint32_t>(i), step, by_rate * own, tape);
    }
}

void MeanFieldReverse::look_around(std::uint32_t place, int step, double by_pull, const PartTape& tape) {
    const bool late = tape.late[k_.country[place]] != 0;
    for (const std::size_t l : k_.pulling) {
        // A threshold's answer is a step: flat but where it is met.
        if (k_.ties.layers[l].response == Response::threshold) continue;
        exposure_reverse(k_.ties.layers[l], place, step, k_.ties.steps, by_pull * k_.gamma(l, late),
                         committed_);
    }
    for (const std::size_t l : k_.coercing) {
        const PreparedLayer& layer = k_.ties.layers[l];
        const double c = k_.draws.layers[l].coercion;
        for (std::size_t e = layer.row_begin[place]; e < layer.row_begin[place + 1]; ++e) {
            const double fresh = tape.fresh[layer.source[e]];
            if (layer.weight[e] > 0.0 && layer.live(e, step) && fresh > 0.0)
                fresh_[layer.source[e]] += hazard_[place] * expected_coercion_slope(c, fresh);
        }
    }
}

void MeanFieldReverse::install(int step, const FieldYear& year, const MonthTape& tape) {
    const double share = k_.units_in_step(1.0, year_);
    const int opened = step - k_.projects.lag_steps;
    const bool links = !k_.projects.none() && opened >= 0;
    for (std::size_t t = 0; t < k_.technologies; ++t) {
        for (std::size_t i = 0; i < k_.places; ++i) {
            const std::size_t cell = k_.cell(t, i);
            const double by_fitted = stock_[cell] + projects_[cell] + ages_[cell * k_.stages] + additions_[t];
            const bool fits = tape.fits.empty() ? tape.parts.front().stock[cell] < year.potential[cell]
                                                : tape.fits[cell] != 0;
            if (!fits) {
                potential_[cell] += by_fitted;
                stock_[cell] -= by_fitted;
                continue;
            }
            levers_.units[levers_.at(year_, t, i)] += by_fitted * share;
            if (links)
                levers_.support[levers_.at(k_.year_of(opened), i)] +=
                    by_fitted * k_.projects.units_per_support(step, k_.country[i], t);
        }
    }
}

void MeanFieldReverse::begin_year(std::size_t year, const MeanField& field, const FieldState& start) {
    for (std::size_t t = 0; t < k_.technologies; ++t) {
        for (std::size_t i = 0; i < k_.places; ++i) {
            const std::size_t cell = k_.cell(t, i);
            const YearLimits least = k_.limits(t, i, year);
            if (start.stock[cell] > least.units) stock_[cell] += units_[cell];
            if (start.stock[cell] > least.potential) stock_[cell] += potential_[cell];
            units_[cell] = potential_[cell] = 0.0;
        }
        if (year > 0 && k_.world.endogenous_cost == EndogenousCost::on)
            additions_[t] +=
                relative_cost_[t] * k_.costs[t].slope(year, field.extra_units(t, year, start.additions[t]));
        relative_cost_[t] = 0.0;
    }
}

}  // namespace domino::sim
