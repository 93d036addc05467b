// The steps of the mean field: commitment, capacity, projects, adoption.
#include <algorithm>

#include "geo/portable_math.h"
#include "sim/adoption.h"
#include "sim/exposure.h"
#include "sim/leverage/expected_commitment.h"
#include "sim/leverage/mean_field.h"
#include "sim/propensity_factors.h"

namespace domino::sim {

void MeanField::choose_phase(PartTape& tape) const {
    tape.late.resize(k_.countries);
    for (std::size_t c = 0; c < k_.countries; ++c) {
        double sum = 0.0;
        for (const std::uint32_t i : k_.ties.country_places[c]) sum += state_.committed[i];
        tape.late[c] = sum >= k_.draws.phase_switch * static_cast<double>(k_.ties.country_places[c].size());
    }
}

double MeanField::coerced(std::uint32_t place, int step) const {
    double sum = 0.0;
    for (std::size_t n = 0; n < k_.coercing.size(); ++n) {
        const PreparedLayer& layer = k_.ties.layers[k_.coercing[n]];
        for (std::size_t e = layer.row_begin[place]; e < layer.row_begin[place + 1]; ++e)
            if (layer.weight[e] > 0.0 && layer.live(e, step)) sum += coercion_of_[n][layer.source[e]];
    }
    return sum;
}

double MeanField::hazard(std::uint32_t place, int step, double level, const PartTape& tape) const {
    double pull = 1.0;
    for (const std::size_t l : k_.pulling) {
        const PreparedLayer& layer = k_.ties.layers[l];
        const double e = exposure(layer, place, step, k_.ties.steps, state_.committed);
        pull += k_.gamma(l, tape.late[k_.country[place]] != 0) *
                respond(layer.response, e, k_.draws.layers[l].threshold);
    }
    double own = level * k_.constants.propensity[place];
    if (!moved_.empty()) own *= moved_[place];
    const double supported = k_.ties.support_at(step, place).policy_dialogue;
    double hazard = own * pull + k_.joint_hazard[k_.country[place]] + k_.draws.support_hazard * supported;
    if (levers_ != nullptr) {
        const std::size_t at = levers_->at(touched_year_, place);
        hazard += levers_->hazard[at] + k_.draws.support_hazard * levers_->support[at] * (1.0 - supported);
    }
    return hazard;
}

void MeanField::commit(int step, PartTape& tape) {
    choose_phase(tape);
    if (!moved_.empty()) propensity_factors(k_.world, k_.draws, step, moved_);
    for (std::size_t n = 0; n < k_.coercing.size(); ++n) {
        const double c = k_.draws.layers[k_.coercing[n]].coercion;
        for (std::size_t i = 0; i < k_.places; ++i)
            coercion_of_[n][i] = state_.fresh[i] > 0.0 ? expected_coercion(c, state_.fresh[i]) : 0.0;
    }
    std::vector<double> level(k_.countries);
    for (std::size_t c = 0; c < k_.countries; ++c)
        level[c] = portable::exp(k_.trend.log_hazard[c][static_cast<std::size_t>(step)]);
    tape.committed.resize(k_.places);
    tape.survival.resize(k_.places);
    constexpr std::size_t block = 512;
    run_shared(threads_, (k_.places + block - 1) / block, [&](std::size_t n) {
        for (std::size_t i = n * block; i < std::min((n + 1) * block, k_.places); ++i) {
            const auto place = static_cast<std::uint32_t>(i);
            const bool observed = k_.ties.committed_from_step[i] <= step;
            const double cumulative =
                observed ? 0.0
                         : hazard(place, step, level[k_.country[i]], tape) * k_.part + coerced(place, step);
            tape.survival[i] = observed ? 0.0 : portable::exp(-cumulative);
        }
    });
    tape.fresh = state_.fresh;
    for (std::size_t i = 0; i < k_.places; ++i) {
        tape.committed[i] = state_.committed[i];
        state_.committed[i] = expected_commitment(state_.committed[i], tape.survival[i]);
        state_.fresh[i] = state_.committed[i] - tape.committed[i];
    }
}

void MeanField::build_capacity(int step, PartTape& tape) {
    tape.capacity.resize(k_.places);
    tape.multiplier.resize(k_.places);
    tape.remaining.resize(k_.places);
    const MemberDraws& d = k_.draws;
    const double rest = resting_capacity(d.capacity);
    for (std::size_t i = 0; i < k_.places; ++i) {
        const SupportLevel& level = k_.ties.support_at(step, i);
        const double more = levers_ != nullptr ? levers_->support[levers_->at(touched_year_, i)] : 0.0;
        const double adoption = level.adoption + more * (1.0 - level.adoption);
        const double building = level.capacity_building + more * (1.0 - level.capacity_building);
        const double capacity = state_.capacity[i];
        tape.capacity[i] = capacity;
        tape.multiplier[i] =
            portable::exp(d.eta_capacity * (capacity - rest) + d.eta_commitment * tape.committed[i] +
                          d.eta_support * k_.dose[i] * adoption);
        const CapacityRelaxation relaxation =
            capacity_relaxation(d.capacity, tape.committed[i], building, k_.part);
        tape.remaining[i] = relaxation.remaining;
        state_.capacity[i] = step_capacity(capacity, relaxation);
    }
}

double MeanField::bought(std::size_t technology, std::size_t place, int step) const {
    double units = 0.0;
    if (!k_.projects.none()) {
        const std::size_t c = k_.country[place];
        units += k_.projects.country_units(step, c, technology) * k_.projects.population_share[place] +
                 linked_[k_.cell(technology, place)];
        const int opened = step - k_.projects.lag_steps;
        if (levers_ != nullptr && opened >= 0)
            units += k_.projects.units_per_support(step, c, technology) *
                     levers_->support[levers_->at(k_.year_of(opened), place)];
    }
    if (levers_ != nullptr)
        units +=
            k_.units_in_step(levers_->units[levers_->at(touched_year_, technology, place)], touched_year_);
    return units;
}

void MeanField::install(int step, MonthTape& tape) {
    if (k_.projects.none() && levers_ == nullptr) return;
    const auto begin = std::lower_bound(k_.projects.linked.begin(), k_.projects.linked.end(), step,
                                        [](const auto& linked, int at) { return linked.step < at; });
    std::fill(linked_.begin(), linked_.end(), 0.0);
    for (auto n = begin; n != k_.projects.linked.end() && n->step == step; ++n)
        linked_[k_.cell(n->technology, n->place)] += n->units;
    tape.fits.resize(state_.stock.size());
    for (std::size_t t = 0; t < k_.technologies; ++t) {
        for (std::size_t i = 0; i < k_.places; ++i) {
            const std::size_t cell = k_.cell(t, i);
            const double units = bought(t, i, step);
            const double room = year_.potential[cell] - state_.stock[cell];
            tape.fits[cell] = units < room ? 1 : 0;
            const double fitted = std::min(units, room);
            state_.stock[cell] += fitted;
            state_.projects[cell] += fitted;
            state_.ages[cell * k_.stages] += fitted;
            state_.additions[t] += fitted;
        }
    }
}

void MeanField::step_cell(std::size_t technology, std::size_t place, int step, PartTape& tape) {
    const std::size_t cell = k_.cell(technology, place);
    const std::size_t row = k_.row(place, technology);
    double factor = tape.multiplier[place] * tape.price[row];
    if (k_.favours || levers_ != nullptr) factor *= favour(technology, place, step);
    double* ages = state_.ages.data() + cell * k_.stages;
    const double stock = state_.stock[cell];
    const double potential = year_.potential[cell];
    tape.stock[cell] = stock;
    tape.projects[cell] = state_.projects[cell];
    const double kept = stock - retire(ages, k_.stage_count[technology], k_.retire_rate[technology]);
    if (stock > 0.0) state_.projects[cell] *= kept / stock;
    const double projects = potential > 0.0 ? state_.projects[cell] / potential : 0.0;
    const double innovation = (k_.p[row] + tape.incoming[cell]) * factor;
    const AdoptionRates<double> rates{innovation, k_.q[row] * factor};
    double sold = adoption_step(kept, potential, rates, k_.part, projects, k_.draws.seed_weight).sales;
    if (k_.largest_sales[row] < 1.0) sold = std::min(sold, year_.units[cell] * k_.largest_sales[row]);
    tape.kept[cell] = kept;
    tape.sold[cell] = sold;
    ages[0] += sold;
    state_.stock[cell] = kept + sold;
}

double MeanField::favour(std::size_t technology, std::size_t place, int step) const {
    double log_factor = 0.0, price = 1.0;
    double more = 0.0;
    if (levers_ != nullptr) {
        more = levers_->support[levers_->at(touched_year_, place)];
        price = std::max(least_price_share,
                         1.0 - levers_->price_share[levers_->at(touched_year_, technology, place)]);
    }
    const double beyond = k_.beyond(technology, place, step);
    if (beyond > 0.0) log_factor += k_.draws.eta_support * k_.dose[place] * beyond * (1.0 - more);
    if (price != 1.0) log_factor -= k_.draws.eta_cost * portable::log(price);
    return portable::exp(log_factor);
}

void MeanField::adopt(std::size_t technology, int step, PartTape& tape) {
    const double between = k_.draws.technologies[technology].between_places;
    double* incoming = tape.incoming.data() + k_.cell(technology, 0);
    std::fill_n(incoming, k_.places, 0.0);
    if (between > 0.0) {
        std::vector<double>& share = share_[technology];
        for (std::size_t i = 0; i < k_.places; ++i) {
            const std::size_t cell = k_.cell(technology, i);
            share[i] = year_.potential[cell] > 0.0 ? state_.stock[cell] / year_.potential[cell] : 0.0;
        }
        for (const std::size_t l : k_.carrying) {
            for (std::uint32_t i = 0; i < k_.places; ++i)
                incoming[i] += between * exposure(k_.ties.layers[l], i, step, k_.ties.steps, share);
        }
    }
    double sold = 0.0;
    for (std::size_t i = 0; i < k_.places; ++i) {
        step_cell(technology, i, step, tape);
        sold += tape.sold[k_.cell(technology, i)];
    }
    state_.additions[technology] += sold;
}

void MeanField::adopt(int step, PartTape& tape) {
    for (std::vector<double>* of : {&tape.stock, &tape.projects, &tape.kept, &tape.incoming, &tape.sold})
        of->resize(state_.stock.size());
    run_shared(threads_, k_.technologies, [&](std::size_t t) { adopt(t, step, tape); });
}

}  // namespace domino::sim
