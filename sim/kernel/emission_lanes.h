#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "sim/emission_paths.h"
#include "sim/kernel/instruction_set.h"
#include "sim/kernel/stock_lanes.h"
#include "sim/prepared_world.h"
#include "sim/withdrawal.h"

namespace domino::sim {

/// What one member brings into its lane of the emissions account.
struct EmissionMember {
    std::vector<CountryPaths> paths;           ///< by country
    std::vector<WithdrawalDraws> withdrawals;  ///< empty without
};

/// What one member's emissions came to.
struct EmissionOutcome {
    std::vector<double> places_year_t;  ///< [country][touched year], places together
    std::vector<double> sector_year_t;  ///< [country][sector][touched year]
    std::vector<double> month_t;        ///< [country][step], places + remainder
};

/// The emissions account of up to sixteen members, step by step (model §4). Sector emissions of a place:
/// `E_is = B_is · Π_k (1 − α_ks (A_ik − A_ik(t0))/U_ik)`; electricity: (demand − what technologies save or
/// generate + what they use) × grid factor; t0 is the end of the country's base year, before it nothing is
/// taken off. A place's negative demand is export and is netted in its country. What technologies do is in
/// float, like their stocks; emissions and all sums are in double, so the base year is reproduced exactly.
class EmissionLanes {
 public:
    /// 1 to 16 members; empty lanes repeat the last member.
    EmissionLanes(const PreparedWorld& prepared, std::vector<EmissionMember> members,
                  InstructionSet instructions = best_instruction_set());

    /// `modelled_power_kwh` by [member][country]: generation of the reference's added units at the year's
    /// start, already contained in the grid path where the country says so.
    void begin_year(std::size_t touched_year, std::span<const std::vector<double>> modelled_power_kwh);

    /// Adds one step's months, all at the stocks of its end.
    /// Threads, where there are any, share the places.
    void add_step(int step, const StockLanes& stock, const Threads* threads = nullptr);
    /// Emissions of a place in the year begun last, after its last step; t CO2e.
    const DoubleLanes& place_year(std::size_t place) const {
        return year_at(prepared_.order.position_of[place]);
    }
    /// The same by position (PlaceOrder).
    const DoubleLanes& year_at(std::size_t position) const { return place_year_[position]; }
    /// Closes the year begun last. Threads, where there are any, share the countries.
    void end_year(const Threads* threads = nullptr);

    /// From now on keeps what technologies take off a place's emissions in one member, for credits.
    void watch(std::size_t member, std::uint32_t place);
    /// Of a watched place: emissions without the units added since the base year, less emissions; t CO2e,
    /// [sector][touched year].
    const std::vector<double>& reductions(std::size_t member, std::uint32_t place) const {
        return watched_[member].at(place);
    }

    /// Generation a year of units added since the base year, by country, kWh.
    std::vector<DoubleLanes> added_power_kwh(const StockLanes& stock) const;

    const std::vector<CountryPaths>& paths(std::size_t member) const { return members_[member].paths; }
    EmissionOutcome take(std::size_t member);

    /// What the coming years depend on, and what was put down, at the end of a year.
    struct State {
        std::vector<std::uint8_t> past_base;
        std::shared_ptr<const PackedLanes> base_stock;  ///< shared by snapshots after the last base year
        std::vector<EmissionOutcome> outcome;
        std::vector<std::map<std::uint32_t, std::vector<double>>> watched;

        std::size_t bytes() const;  ///< without what is shared
    };
    State save();
    void restore(const State& state);

 private:
    struct Kernel;
    static constexpr std::uint32_t no_slot = 0xFFFFFFFF;
    static constexpr float no_shared_number = -1.0f;
    using SectorLanes = std::array<DoubleLanes, sector_count>;

    /// Some places of a country, as positions.
    struct Block {
        std::size_t country = 0;
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    /// Some of the sectors, ascending.
    class Sectors {
     public:
        void add(std::uint8_t sector) { of_[count_++] = sector; }
        bool empty() const { return count_ == 0; }
        const std::uint8_t* begin() const { return of_.data(); }
        const std::uint8_t* end() const { return of_.data() + count_; }

     private:
        std::array<std::uint8_t, sector_count> of_{};
        std::uint8_t count_ = 0;
    };
    /// Those whose emissions may change within a year: technologies act on them, or a place's base drifts.
    Sectors moving_sectors(std::size_t country) const;
    static Sectors others(const Sectors& sectors);

    void add_blocks();
    void add_months(int step);
    void remember_base(int step, const StockLanes& stock);
    bool settled() const;  ///< every country is past its base year
    void take_units(const StockLanes& stock);
    void begin_drift(int step);
    std::size_t at(std::size_t position, std::size_t technology) const {
        return technology * prepared_.places + position;
    }
    std::size_t inverse_at(std::size_t position, std::size_t technology) const {
        return inverse_slot_[technology] * prepared_.places + position;
    }
    /// Calls a function of each position of a country.
    template <class Function>
    void each_position(std::size_t country, const Function& function) const {
        const auto& begin = prepared_.order.country_begin;
        for (std::size_t n = begin[country]; n < begin[country + 1]; ++n) function(n);
    }

    const PreparedWorld& prepared_;
    InstructionSet instructions_;
    std::vector<EmissionMember> members_;
    std::size_t years_;
    std::size_t year_ = 0;
    double year_share_;                                ///< a step's part of a yearly rate
    int steps_of_year_ = 0;                            ///< of the year begun last, so far
    bool closes_year_ = false;                         ///< whether the step being added is the year's last
    std::vector<std::uint8_t> past_base_;              ///< by country
    std::vector<std::uint8_t> drifts_;                 ///< by country: the year begun has a drift of B
    LaneArray base_stock_;                             ///< A(t0), [technology][position]
    std::shared_ptr<const PackedLanes> settled_base_;  ///< the same put away, once it is settled
    std::vector<std::uint32_t> inverse_slot_;          ///< by technology: its row of the next, or no_slot
    /// 1/U of the year, 0 where U is; [slot][position]. Members mostly have the same: then it stands here
    /// alone, a fraction of what lanes would take out of memory every step.
    std::vector<float> shared_inverse_units_;  ///< or no_shared_number
    LaneArray inverse_units_;                  ///< where they differ
    std::vector<DoubleLanes> sector_factor_;   ///< [country][sector], this year; electricity: of emissions
    std::vector<DoubleLanes> grid_t_per_kwh_;  ///< by country, this year
    std::vector<DoubleLanes> drift_;        ///< factor on B by position this month; empty without withdrawals
    std::vector<double> drift_of_member_;   ///< room to work in
    std::vector<double> base_t_;            ///< B, [position][sector]
    std::vector<DoubleLanes> place_year_;   ///< by position, this year so far
    std::vector<Block> blocks_;             ///< all places, by country
    std::vector<double> block_base_t_;      ///< [block][sector]: base-year emissions of a block's places
    std::vector<DoubleLanes> block_month_;  ///< [block][sector]: sector_month_ of a block's places
    std::vector<DoubleLanes> sector_month_;  ///< [country][sector], a year's worth at this month's rate
    std::vector<DoubleLanes> sector_year_;   ///< the same, this year so far
    std::vector<EmissionOutcome> outcome_;   ///< by member
    std::vector<std::map<std::uint32_t, std::vector<double>>> watched_;  ///< by member
    std::vector<std::uint32_t> watch_slot_;  ///< by position: its row in watched_year_ and one, or 0
    std::vector<DoubleLanes> watched_year_;  ///< [slot][sector]: reductions of the year so far
};

}  // namespace domino::sim
