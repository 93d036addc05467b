#include "tests/sim/kernel/plain_stock.h"

#include <algorithm>
#include <cmath>

namespace domino::sim::test {

template <class Real>
PlainStock<Real>::PlainStock(const PreparedWorld& prepared, const MemberDraws& draws,
                             const std::vector<AdoptionCoefficients>& coefficients, CouplingSwitch coupling)
    : prepared_(prepared),
      technologies_(prepared.technologies),
      splits_(coupling == CouplingSwitch::on),
      years_(static_cast<Real>(part_years(prepared.world->calendar))),
      seed_weight_(static_cast<Real>(draws.seed_weight)),
      additions_(prepared.technologies, 0.0) {
    const World& world = *prepared.world;
    for (std::size_t k = 0; k < technologies_; ++k) {
        const Technology& t = world.technologies[k];
        stage_count_.push_back(t.erlang_stages);
        stages_ = std::max(stages_, t.erlang_stages);
        retire_rate_.push_back(
            static_cast<Real>(t.erlang_stages * part_years(world.calendar) / t.lifetime_years));
        between_places_.push_back(splits_ ? static_cast<Real>(draws.technologies[k].between_places)
                                          : Real(0));
        spreads_ = spreads_ || between_places_.back() > Real(0);
    }
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        for (std::size_t k = 0; k < technologies_; ++k) {
            const AdoptionCoefficients& own = coefficients[c * technologies_ + k];
            p_.push_back(static_cast<Real>(own.p));
            q_.push_back(static_cast<Real>(own.q));
            inverse_q_.push_back(static_cast<Real>(1.0 / own.q));
            ceiling_.push_back(static_cast<Real>(draws.technologies[k].countries[c].ceiling));
            const double turnover = world.technologies[k].countries[c].turnover_years;
            largest_sales_.push_back(turnover > 0.0 ? static_cast<Real>(part_years(world.calendar) / turnover)
                                                    : Real(1));
        }
    }
    const std::size_t cells = prepared.places * technologies_;
    stock_.resize(cells);
    potential_.resize(cells);
    units_.resize(cells);
    project_.resize(cells);
    sales_.resize(cells);
    share_.resize(cells);
    incoming_.resize(cells);
    ages_.resize(cells * static_cast<std::size_t>(stages_));
    for (std::size_t i = 0; i < prepared.places; ++i) {
        const std::uint16_t c = world.places[i].country;
        for (std::size_t k = 0; k < technologies_; ++k) {
            const double initial = prepared.initial_stock[at(i, k)];
            least_potential_.push_back(static_cast<Real>(least_headroom * initial));
            const Technology& t = world.technologies[k];
            const auto ages =
                starting_ages(t.erlang_stages, t.lifetime_years, t.countries[c].past_growth_per_year);
            Real* row = ages_.data() + at(i, k) * static_cast<std::size_t>(stages_);
            for (int j = 0; j < t.erlang_stages; ++j) {
                row[j] = static_cast<Real>(ages[static_cast<std::size_t>(j)] * initial);
                stock_[at(i, k)] += row[j];
            }
        }
    }
    begin_year(0);
}

template <class Real>
void PlainStock<Real>::begin_year(std::size_t touched_year) {
    const World& world = *prepared_.world;
    added_this_year_.assign(world.countries.size() * technologies_ * sales_cause_count, 0.0);
    for (std::size_t i = 0; i < prepared_.places; ++i) {
        const std::size_t c = world.places[i].country;
        const Country& country = world.countries[c];
        const double people = country.population_factor[touched_year] / country.population_factor[0];
        for (std::size_t k = 0; k < technologies_; ++k) {
            const std::size_t cell = at(i, k);
            const double serving_all = prepared_.units_serving_all[cell];
            const Real at_start = std::max(ceiling_[c * technologies_ + k] * static_cast<Real>(serving_all),
                                           least_potential_[cell]);
            units_[cell] = std::max(static_cast<Real>(serving_all * people), stock_[cell]);
            potential_[cell] = std::max(at_start * static_cast<Real>(people), stock_[cell]);
        }
    }
}

/// Ties that always act, then those that come and go.
template <class Real>
void PlainStock<Real>::spread_between_places(int step) {
    for (std::size_t cell = 0; cell < share_.size(); ++cell)
        share_[cell] = potential_[cell] > Real(0) ? stock_[cell] / potential_[cell] : Real(0);
    std::fill(incoming_.begin(), incoming_.end(), Real(0));
    for (const bool dated : {false, true}) {
        std::vector<Real> sum(incoming_.size());
        for (const PreparedLayer& layer : prepared_.layers) {
            if (!layer.carries_technology || layer.dated() != dated) continue;
            for (std::uint32_t i = 0; i < prepared_.places; ++i) {
                for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
                    if (!layer.live(e, step)) continue;
                    const double scale = dated ? layer.scale(i, step, prepared_.steps) : 1.0;
                    const auto weight = static_cast<Real>(layer.weight[e] * scale);
                    for (std::size_t k = 0; k < technologies_; ++k)
                        sum[at(i, k)] += weight * share_[at(layer.source[e], k)];
                }
            }
        }
        for (std::size_t cell = 0; cell < sum.size(); ++cell) incoming_[cell] += sum[cell];
    }
    for (std::size_t cell = 0; cell < incoming_.size(); ++cell)
        incoming_[cell] *= between_places_[cell % technologies_];
}

template <class Real>
void PlainStock<Real>::step_place(std::size_t i, Real multiplier, const std::vector<Real>& price,
                                  const std::vector<Real>& favour) {
    const std::size_t country = prepared_.world->places[i].country;
    Real* ages = ages_.data() + at(i, 0) * static_cast<std::size_t>(stages_);
    for (std::size_t k = 0; k < technologies_; ++k, ages += stages_) {
        const std::size_t cell = at(i, k);
        const std::size_t row = country * technologies_ + k;
        const Real before = stock_[cell];
        const Real kept = before - retire(ages, stage_count_[k], retire_rate_[k]);
        if (project_[cell] > Real(0) && before > Real(0)) project_[cell] *= kept / before;
        const Real potential = potential_[cell];
        const Real projects =
            project_[cell] > Real(0) && potential > Real(0) ? project_[cell] / potential : Real(0);
        const Real innovation = p_[row] + incoming_[cell];
        const Real factor = multiplier * price[row] * (favour.empty() ? Real(1) : favour[cell]);
        const AdoptionRates<Real> rates{innovation * factor, q_[row] * factor};
        const AdoptionStep<Real> step = adoption_step(kept, potential, rates, years_, projects, seed_weight_);
        const Real per_rate = sold_per_rate(potential, inverse_q_[row], step.growth);
        PlainSales sold{step.sales, sold_by(innovation, per_rate, step.sales), Real(0)};
        sold.own =
            q_[row] > Real(0) ? sold_by(p_[row], per_rate, step.sales) : step.sales * (p_[row] / innovation);
        if (incoming_[cell] == Real(0)) sold.own = sold.innovated;
        const Real most = units_[cell] * largest_sales_[row];
        if (largest_sales_[row] < Real(1) && most < sold.all) {
            // A limit on turnover cuts all causes alike.
            const Real cut = most / sold.all;
            sold = {most, sold.innovated * cut, sold.own * cut};
        }
        add_causes(country, k, sold);
        ages[0] += sold.all;
        Real sum = ages[0];
        for (int j = 1; j < stage_count_[k]; ++j) sum += ages[j];
        const Real expected = kept + sold.all;
        stock_[cell] = sum;
        sales_[cell] = sold.all;
        const Real error = std::abs(sum - expected);
        if (expected > Real(0)) identity_error_ = std::max(identity_error_, error / expected);
    }
}

template <class Real>
void PlainStock<Real>::add_causes(std::size_t country, std::size_t technology, const PlainSales& sold) {
    double* cause = added(country, technology);
    if (!splits_) {
        cause[0] += static_cast<double>(sold.all);
        return;
    }
    cause[static_cast<std::size_t>(SalesCause::own_propensity)] += static_cast<double>(sold.own);
    cause[static_cast<std::size_t>(SalesCause::imitation)] += static_cast<double>(sold.all - sold.innovated);
    cause[static_cast<std::size_t>(SalesCause::other_places)] +=
        static_cast<double>(sold.innovated - sold.own);
}

template <class Real>
void PlainStock<Real>::step(int step, const std::vector<Real>& multiplier, const std::vector<Real>& price,
                            const std::vector<Real>& favour) {
    if (spreads_) spread_between_places(step);
    // In the order in which lanes sum up.
    for (const std::uint32_t i : prepared_.order.place_at) step_place(i, multiplier[i], price, favour);
    for (std::size_t k = 0; k < technologies_; ++k) {
        for (std::size_t i = 0; i < prepared_.places; ++i)
            additions_[k] += static_cast<double>(sales_[at(i, k)]);
    }
}

template <class Real>
Real PlainStock<Real>::install_project(std::uint32_t place, std::size_t technology, Real units) {
    const std::size_t cell = at(place, technology);
    const Real fitted = std::clamp(units, Real(0), std::max(Real(0), potential_[cell] - stock_[cell]));
    stock_[cell] += fitted;
    project_[cell] += fitted;
    ages_[cell * static_cast<std::size_t>(stages_)] += fitted;
    additions_[technology] += static_cast<double>(fitted);
    added(prepared_.world->places[place].country,
          technology)[static_cast<std::size_t>(SalesCause::credit_projects)] += static_cast<double>(fitted);
    return fitted;
}

template class PlainStock<float>;
template class PlainStock<double>;

}  // namespace domino::sim::test
