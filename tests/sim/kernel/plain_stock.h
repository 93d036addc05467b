#pragma once

#include <cstdint>
#include <vector>

#include "sim/adoption.h"
#include "sim/adoption_coefficients.h"
#include "sim/coupling.h"
#include "sim/member_draws.h"
#include "sim/prepared_world.h"
#include "sim/results.h"

namespace domino::sim::test {

/// Stocks of all technologies at all places in one member, stepped month by month in double, plainly: what
/// the lanes of the ensemble are held against.
class PlainStock {
 public:
    PlainStock(const PreparedWorld& prepared, const MemberDraws& draws,
               std::vector<AdoptionCoefficients> coefficients, CouplingSwitch coupling);

    /// People of the country change the units that serve all and the potential; called at each new year.
    void begin_year(std::size_t touched_year);

    /// One part of a month: retirements, then sales. `price` is ((1−σ)c/c_ref)^(−η_c) by
    /// [country][technology], `multiplier` by place, `favour` by [place][technology] (empty: nobody favours a
    /// technology). Sales of the step are left in `sales()`.
    void step(int step, const std::vector<double>& multiplier, const std::vector<double>& price,
              const std::vector<double>& favour = {});

    /// Installs project units (model §3); returns what fitted below the potential.
    double install_project(std::uint32_t place, std::size_t technology, double units);

    double stock(std::size_t place, std::size_t technology) const { return stock_[at(place, technology)]; }
    double potential(std::size_t place, std::size_t technology) const {
        return potential_[at(place, technology)];
    }
    double units_serving_all(std::size_t place, std::size_t technology) const {
        return units_[at(place, technology)];
    }
    double sales(std::size_t place, std::size_t technology) const { return sales_[at(place, technology)]; }
    const double* stock_row(std::size_t place) const { return stock_.data() + at(place, 0); }
    const double* units_row(std::size_t place) const { return units_.data() + at(place, 0); }
    /// Units that entered use since the year began, [country][technology][cause]; causes are split only where
    /// coupling is on (model §8).
    const std::vector<double>& added_this_year() const { return added_this_year_; }
    /// Units sold or installed since the start, all places, by technology.
    const std::vector<double>& additions() const { return additions_; }
    /// Largest relative error of stock_t = stock_{t−1} + sales_t − retirements_t and of 0 ≤ A ≤ M so far.
    double largest_identity_error() const { return identity_error_; }

 private:
    std::size_t at(std::size_t place, std::size_t technology) const {
        return place * technologies_ + technology;
    }
    void spread_between_places(int step);
    void step_place(std::size_t place, double multiplier, const std::vector<double>& price,
                    const std::vector<double>& favour);
    double* added(std::size_t country, std::size_t technology) {
        return added_this_year_.data() + (country * technologies_ + technology) * sales_cause_count;
    }

    const PreparedWorld& prepared_;
    const MemberDraws& draws_;
    std::vector<AdoptionCoefficients> coefficients_;  ///< [country][technology]
    std::size_t technologies_;
    int stages_ = 0;                   ///< largest number of Erlang stages
    bool spreads_ = false;             ///< some r > 0
    bool splits_ = true;               ///< whether sales are split by cause
    double years_;                     ///< length of a part of a month
    std::vector<double> retire_rate_;  ///< nΔt/L by technology
    std::vector<int> stage_count_;
    std::vector<double>
        largest_sales_;  ///< of a month, share of U, [country][technology]; 1 without turnover
    std::vector<double> start_potential_;
    std::vector<double> potential_, units_, stock_, project_, sales_;  ///< [place][technology]
    std::vector<double> ages_;                                         ///< [place][technology][stage]
    std::vector<double> share_;                                        ///< x = A/M at the start of the step
    std::vector<double> incoming_;                                     ///< r Σ w x from other places
    std::vector<double> additions_;
    std::vector<double> added_this_year_;
    double identity_error_ = 0.0;
};

}  // namespace domino::sim::test
