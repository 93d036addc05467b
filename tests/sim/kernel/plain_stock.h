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

/// Stocks of all technologies at all places in one member, stepped month by month, plainly: what the lanes of
/// the ensemble are held against. In float they have the same bits; in double they show what float costs.
template <class Real>
class PlainStock {
 public:
    PlainStock(const PreparedWorld& prepared, const MemberDraws& draws,
               const std::vector<AdoptionCoefficients>& coefficients, CouplingSwitch coupling);

    /// People of the country change the units that serve all and the potential; called at each new year.
    void begin_year(std::size_t touched_year);

    /// One part of a month: retirements, then sales. `price` is ((1−σ)c/c_ref)^(−η_c) by
    /// [country][technology], `multiplier` by place, `favour` by [place][technology] (empty: nobody favours a
    /// technology). Sales of the step are left in `sales()`.
    void step(int step, const std::vector<Real>& multiplier, const std::vector<Real>& price,
              const std::vector<Real>& favour = {});

    /// Installs project units (model §3); returns what fitted below the potential.
    Real install_project(std::uint32_t place, std::size_t technology, Real units);

    Real stock(std::size_t place, std::size_t technology) const { return stock_[at(place, technology)]; }
    Real potential(std::size_t place, std::size_t technology) const {
        return potential_[at(place, technology)];
    }
    Real sales(std::size_t place, std::size_t technology) const { return sales_[at(place, technology)]; }
    /// Units that entered use since the year began, [country][technology][cause]; where coupling is off, all
    /// sales stand under the first cause (model §8).
    const std::vector<double>& added_this_year() const { return added_this_year_; }
    /// Units sold or installed since the start, all places, by technology.
    const std::vector<double>& additions() const { return additions_; }
    /// Largest relative error of stock_t = stock_{t−1} + sales_t − retirements_t and of 0 ≤ A ≤ M so far.
    Real largest_identity_error() const { return identity_error_; }

 private:
    std::size_t at(std::size_t place, std::size_t technology) const {
        return place * technologies_ + technology;
    }
    void spread_between_places(int step);
    void step_place(std::size_t place, Real multiplier, const std::vector<Real>& price,
                    const std::vector<Real>& favour);
    /// A step's sales, what innovation (p and other places) caused of them, and the place's own p of that.
    struct PlainSales {
        Real all, innovated, own;
    };
    void add_causes(std::size_t country, std::size_t technology, const PlainSales& sold);
    double* added(std::size_t country, std::size_t technology) {
        return added_this_year_.data() + (country * technologies_ + technology) * sales_cause_count;
    }

    const PreparedWorld& prepared_;
    std::size_t technologies_;
    int stages_ = 0;                                 ///< largest number of Erlang stages
    bool spreads_ = false;                           ///< some r > 0
    bool splits_ = true;                             ///< whether sales are split by cause
    Real years_;                                     ///< length of a part of a month
    Real seed_weight_;                               ///< λ
    std::vector<Real> p_, q_, inverse_q_, ceiling_;  ///< [country][technology]
    std::vector<Real> between_places_;               ///< r by technology
    std::vector<Real> retire_rate_;                  ///< nΔt/L by technology
    std::vector<int> stage_count_;
    std::vector<Real> largest_sales_;  ///< of a month, share of U, [country][technology]; 1 without turnover
    std::vector<Real> least_potential_;                              ///< [place][technology]
    std::vector<Real> potential_, units_, stock_, project_, sales_;  ///< the same
    std::vector<Real> ages_;                                         ///< [place][technology][stage]
    std::vector<Real> share_;                                        ///< x = A/M at the start of the step
    std::vector<Real> incoming_;                                     ///< r Σ w x from other places
    std::vector<double> additions_;
    std::vector<double> added_this_year_;
    Real identity_error_{};
};

}  // namespace domino::sim::test
