#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/adoption.h"
#include "sim/adoption_coefficients.h"
#include "sim/coupling.h"
#include "sim/kernel/instruction_set.h"
#include "sim/member_draws.h"
#include "sim/prepared_world.h"
#include "sim/results.h"

namespace domino::sim {

/// What one member brings into a lane.
struct LaneMember {
    const MemberDraws* draws = nullptr;
    std::vector<AdoptionCoefficients> coefficients;  ///< [country][technology], conditioned
};

/// Stocks of all technologies at all places of up to sixteen members, stepped together in float (model §2.3).
/// Lane = member: no number of one member enters another's, so results do not depend on how members are put
/// together. Deterministic, the same bits for every instruction set.
class StockLanes {
 public:
    /// 1 to 16 members; empty lanes repeat the last member.
    StockLanes(const PreparedWorld& prepared, std::span<const LaneMember> members, CouplingSwitch coupling,
               InstructionSet instructions = best_instruction_set());

    /// People of the country change the units that serve all and the potential; called at each new year.
    void begin_year(std::size_t touched_year);

    /// One part of a month: retirements, then sales. `price` is ((1−σ)c/c_ref)^(−η_c) by
    /// [country][technology], `multiplier` by place, `favour` by [place][technology] (empty: nobody favours a
    /// technology).
    void step(int step, std::span<const Lanes> multiplier, std::span<const Lanes> price,
              std::span<const Lanes> favour = {});

    /// Installs project units of one member (model §3); returns what fitted below the potential.
    double install_project(std::size_t member, std::uint32_t place, std::size_t technology, double units);

    /// By technology.
    const Lanes* stock_row(std::size_t place) const { return stock_.data() + at(place, 0); }
    const Lanes* potential_row(std::size_t place) const { return potential_.data() + at(place, 0); }
    const Lanes* sales_row(std::size_t place) const { return sales_.data() + at(place, 0); }
    /// U of the year by technology, not below the stock at its start.
    const Lanes* units_row(std::size_t place) const { return units_.data() + at(place, 0); }
    /// Units that entered use since the year began, [country][technology][cause].
    const DoubleLanes& added_this_year(std::size_t country, std::size_t technology, SalesCause cause) const {
        return added_[added_at(country, technology) + static_cast<std::size_t>(cause)];
    }
    /// Units that entered use since the start, all places.
    double additions(std::size_t technology, std::size_t member) const {
        return additions_[technology][member];
    }
    /// Largest relative error of stock = stock before + sales − retirements so far.
    float largest_identity_error(std::size_t member) const { return identity_error_[member]; }

 private:
    struct Kernel;

    std::size_t at(std::size_t place, std::size_t technology) const {
        return place * technologies_ + technology;
    }
    std::size_t added_at(std::size_t country, std::size_t technology) const {
        return (country * technologies_ + technology) * sales_cause_count;
    }

    const PreparedWorld& prepared_;
    InstructionSet instructions_;
    std::size_t technologies_;
    std::size_t stages_ = 0;              ///< largest number of Erlang stages
    std::vector<std::size_t> spreading_;  ///< technologies with r > 0 in some lane
    bool splits_ = true;
    float years_;
    std::vector<int> stage_count_;      ///< by technology
    std::vector<float> retire_rate_;    ///< nΔt/L by technology
    std::vector<float> largest_sales_;  ///< of a step, share of U, [country][technology]; 1 without turnover
    std::vector<Lanes> p_, q_, ceiling_;                              ///< [country][technology]
    std::vector<Lanes> between_places_;                               ///< r by technology
    Lanes seed_weight_;                                               ///< λ
    std::vector<Lanes> potential_, units_, stock_, project_, sales_;  ///< [place][technology]
    std::vector<Lanes> share_;               ///< x = A/M at the start of the step, where some r > 0
    std::vector<Lanes> incoming_;            ///< r Σ w x of the place at hand, by technology
    std::vector<Lanes> ages_;                ///< [place][technology][stage]
    std::vector<std::uint8_t> has_project_;  ///< [place][technology], in some lane
    std::vector<DoubleLanes> added_;         ///< [country][technology][cause], this year
    std::vector<DoubleLanes> additions_;     ///< by technology
    Lanes identity_error_;
};

/// One member's stocks.
struct StockView {
    const StockLanes& lanes;
    std::size_t member;

    double stock(std::size_t place, std::size_t technology) const {
        return static_cast<double>(lanes.stock_row(place)[technology][member]);
    }
    double potential(std::size_t place, std::size_t technology) const {
        return static_cast<double>(lanes.potential_row(place)[technology][member]);
    }
    double sales(std::size_t place, std::size_t technology) const {
        return static_cast<double>(lanes.sales_row(place)[technology][member]);
    }
};

}  // namespace domino::sim
