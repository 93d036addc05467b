#include "tests/sim/kernel/plain_stock.h"

#include <algorithm>
#include <cmath>

namespace domino::sim::test {

PlainStock::PlainStock(const PreparedWorld& prepared, const MemberDraws& draws,
                       std::vector<AdoptionCoefficients> coefficients, CouplingSwitch coupling)
    : prepared_(prepared),
      draws_(draws),
      coefficients_(std::move(coefficients)),
      technologies_(prepared.technologies),
      splits_(coupling == CouplingSwitch::on),
      years_(part_years(prepared.world->calendar)),
      additions_(prepared.technologies, 0.0) {
    const World& world = *prepared.world;
    for (std::size_t k = 0; k < technologies_; ++k) {
        const Technology& t = world.technologies[k];
        stage_count_.push_back(t.erlang_stages);
        stages_ = std::max(stages_, t.erlang_stages);
        retire_rate_.push_back(t.erlang_stages * years_ / t.lifetime_years);
        spreads_ = spreads_ || (coupling == CouplingSwitch::on && draws.technologies[k].between_places > 0.0);
    }
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        for (std::size_t k = 0; k < technologies_; ++k) {
            const double turnover = world.technologies[k].countries[c].turnover_years;
            largest_sales_.push_back(turnover > 0.0 ? years_ / turnover : 1.0);
        }
    }
    const std::size_t cells = prepared.places * technologies_;
    start_potential_.resize(cells);
    stock_.assign(prepared.initial_stock.begin(), prepared.initial_stock.end());
    potential_.resize(cells);
    units_.resize(cells);
    project_.assign(cells, 0.0);
    sales_.assign(cells, 0.0);
    share_.resize(cells);
    incoming_.assign(cells, 0.0);
    ages_.assign(cells * static_cast<std::size_t>(stages_), 0.0);
    for (std::size_t i = 0; i < prepared.places; ++i) {
        const std::uint16_t c = world.places[i].country;
        for (std::size_t k = 0; k < technologies_; ++k) {
            const double ceiling = draws.technologies[k].countries[c].ceiling;
            start_potential_[at(i, k)] =
                std::max(ceiling * prepared.units_serving_all[at(i, k)], least_headroom * stock_[at(i, k)]);
            const Technology& t = world.technologies[k];
            const auto ages =
                starting_ages(t.erlang_stages, t.lifetime_years, t.countries[c].past_growth_per_year);
            double* row = ages_.data() + at(i, k) * static_cast<std::size_t>(stages_);
            for (int j = 0; j < t.erlang_stages; ++j)
                row[j] = ages[static_cast<std::size_t>(j)] * stock_[at(i, k)];
        }
    }
    begin_year(0);
}

void PlainStock::begin_year(std::size_t touched_year) {
    const World& world = *prepared_.world;
    added_this_year_.assign(world.countries.size() * technologies_ * sales_cause_count, 0.0);
    for (std::size_t i = 0; i < prepared_.places; ++i) {
        const Country& country = world.countries[world.places[i].country];
        const double people = country.population_factor[touched_year] / country.population_factor[0];
        for (std::size_t k = 0; k < technologies_; ++k) {
            units_[at(i, k)] = std::max(prepared_.units_serving_all[at(i, k)] * people, stock_[at(i, k)]);
            potential_[at(i, k)] = std::max(start_potential_[at(i, k)] * people, stock_[at(i, k)]);
        }
    }
}

void PlainStock::spread_between_places(int step) {
    std::fill(incoming_.begin(), incoming_.end(), 0.0);
    for (const PreparedLayer& layer : prepared_.layers) {
        if (!layer.carries_technology) continue;
        for (std::uint32_t i = 0; i < prepared_.places; ++i) {
            if (layer.row_begin[i] == layer.row_begin[i + 1]) continue;
            double* into = incoming_.data() + at(i, 0);
            const double scale = layer.dated() ? layer.scale(i, step, prepared_.steps) : 1.0;
            for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
                if (!layer.live(e, step)) continue;
                const double weight = layer.weight[e] * scale;
                const double* from = share_.data() + at(layer.source[e], 0);
                for (std::size_t k = 0; k < technologies_; ++k) into[k] += weight * from[k];
            }
        }
    }
    for (std::size_t i = 0; i < prepared_.places; ++i) {
        for (std::size_t k = 0; k < technologies_; ++k) {
            incoming_[at(i, k)] *= draws_.technologies[k].between_places;
        }
    }
}

void PlainStock::step_place(std::size_t i, double multiplier, const std::vector<double>& price,
                            const std::vector<double>& favour) {
    const std::size_t country = prepared_.world->places[i].country;
    const std::size_t c = country * technologies_;
    double* ages = ages_.data() + at(i, 0) * static_cast<std::size_t>(stages_);
    for (std::size_t k = 0; k < technologies_; ++k, ages += stages_) {
        const std::size_t cell = at(i, k);
        const double before = stock_[cell];
        const double retired = retire(ages, stage_count_[k], retire_rate_[k]);
        const double kept = before - retired;
        if (project_[cell] > 0.0 && before > 0.0) project_[cell] *= kept / before;
        const double potential = potential_[cell];
        double sold = 0.0;
        if (potential > 0.0) {
            const double factor = multiplier * price[c + k] * (favour.empty() ? 1.0 : favour[cell]);
            const AdoptionRates<double> rates{(coefficients_[c + k].p + incoming_[cell]) * factor,
                                              coefficients_[c + k].q * factor};
            const double projects = project_[cell] > 0.0 ? project_[cell] / potential : 0.0;
            const double wanted =
                adoption_sales(kept, potential, rates, years_, projects, draws_.seed_weight);
            sold =
                largest_sales_[c + k] < 1.0 ? std::min(wanted, units_[cell] * largest_sales_[c + k]) : wanted;
            if (splits_ && sold > 0.0) {
                // A limit on turnover cuts all causes alike.
                const double innovation =
                    innovation_part(kept, potential, rates, wanted, projects, draws_.seed_weight) *
                    (sold / wanted);
                const double own =
                    incoming_[cell] > 0.0
                        ? innovation * (coefficients_[c + k].p / (coefficients_[c + k].p + incoming_[cell]))
                        : innovation;
                double* cause = added(country, k);
                cause[static_cast<std::size_t>(SalesCause::own_propensity)] += own;
                cause[static_cast<std::size_t>(SalesCause::imitation)] += sold - innovation;
                cause[static_cast<std::size_t>(SalesCause::other_places)] += innovation - own;
            }
        }
        ages[0] += sold;
        double sum = 0.0;
        for (int j = 0; j < stage_count_[k]; ++j) sum += ages[j];
        const double expected = kept + sold;
        stock_[cell] = sum;
        sales_[cell] = sold;
        const double error = std::abs(sum - expected);
        if (error > identity_error_ * expected && expected > 0.0) identity_error_ = error / expected;
    }
}

void PlainStock::step(int step, const std::vector<double>& multiplier, const std::vector<double>& price,
                      const std::vector<double>& favour) {
    if (spreads_) {
        for (std::size_t n = 0; n < share_.size(); ++n)
            share_[n] = potential_[n] > 0.0 ? stock_[n] / potential_[n] : 0.0;
        spread_between_places(step);
    }
    for (std::size_t i = 0; i < prepared_.places; ++i) step_place(i, multiplier[i], price, favour);
    for (std::size_t k = 0; k < technologies_; ++k) {
        double sum = 0.0;
        for (std::size_t i = 0; i < prepared_.places; ++i) sum += sales_[at(i, k)];
        additions_[k] += sum;
    }
}

double PlainStock::install_project(std::uint32_t place, std::size_t technology, double units) {
    const std::size_t cell = at(place, technology);
    const double fitted = std::clamp(units, 0.0, potential_[cell] - stock_[cell]);
    stock_[cell] += fitted;
    project_[cell] += fitted;
    ages_[cell * static_cast<std::size_t>(stages_)] += fitted;
    additions_[technology] += fitted;
    added(prepared_.world->places[place].country,
          technology)[static_cast<std::size_t>(SalesCause::credit_projects)] += fitted;
    return fitted;
}

}  // namespace domino::sim::test
