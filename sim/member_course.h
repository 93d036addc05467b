#pragma once

#include <array>
#include <vector>

#include "sim/batch_snapshot.h"
#include "sim/cost.h"
#include "sim/credit_projects.h"
#include "sim/kernel/capacity_lanes.h"
#include "sim/kernel/commitment_lanes.h"
#include "sim/kernel/emission_lanes.h"
#include "sim/kernel/stock_lanes.h"
#include "sim/member_run.h"
#include "sim/price_support.h"

namespace domino::sim {

/// What one member goes through alone: commitments, costs, prices, projects and their money. What members go
/// through side by side (capacity, stocks, emissions) is given to it, and it reads its own lane.
class MemberCourse {
 public:
    /// `member` is the lane. The input is kept by reference, with its constants and trend.
    MemberCourse(const PreparedWorld& prepared, const MemberInput& input, std::size_t member,
                 CouplingSwitch coupling);

    MemberCourse(const MemberCourse&) = delete;  // its parts refer to each other
    MemberCourse& operator=(const MemberCourse&) = delete;

    LaneMember stock_member() const;
    EmissionMember emission_member() const;
    CommitmentMember commitment_member() const {
        return {&prepared_, &draws_, id_, &constants_.propensity, &trend_};
    }

    /// Stages that hold before the first step.
    void begin(std::span<const MemberBits> committed);
    /// Costs, prices and projects of a new year. `added_kwh` is the generation a year of added units by
    /// country; returns the modelled generation the grid path counts, by country, kWh.
    std::vector<double> begin_year(std::size_t year, const StockLanes& stock,
                                   std::span<const DoubleLanes> added_kwh);
    void install_projects(int step, StockLanes& stock, EmissionLanes& emissions);
    /// Where the member's commitments are appended.
    std::vector<CommitmentEvent>& events() { return outcome_.events; }
    /// The place has reached a stage in this step; the first call counts.
    void label(Stage s, std::size_t place, int step) {
        std::uint16_t& of_place = stage(s, place);
        if (of_place == never_step) of_place = static_cast<std::uint16_t>(step);
    }
    /// The member's ((1−σ)c/c_ref)^(−η_c) into its lane, [country][technology].
    void set_prices(int step, std::span<Lanes> price);
    void pay(int step, std::size_t year, const StockLanes& stock);
    /// Labels the events of the step.
    void end_step();
    void keep_additions(std::size_t year, std::span<const DoubleLanes> additions);
    void keep_books(std::size_t year, const StockYear& stock);
    /// Where it stands at the start of a year, and the way to go on from there.
    CourseSnapshot save() const;
    void restore(const CourseSnapshot& snapshot);
    /// Closes the books; the course is spent.
    MemberOutcome finish(const StockLanes& stock, EmissionLanes& emissions);

 private:
    std::vector<CostPath> cost_paths() const;
    void resize_outcome();
    std::uint16_t& stage(Stage s, std::size_t place) {
        return outcome_.stage_step[static_cast<std::size_t>(s) * prepared_.places + place];
    }
    double extra_units(std::size_t technology, std::size_t year, const StockLanes& stock) const;
    void start_projects(std::size_t year, const std::vector<double>& cost);
    void keep_credits(const EmissionLanes& emissions);
    void check_emissions(const EmissionOutcome& account);
    void check_money();

    const PreparedWorld& prepared_;
    const World& world_;
    const MemberDraws& draws_;
    MemberId id_;
    std::size_t member_;
    const ReferenceTrace* reference_;
    std::size_t years_;
    CouplingSwitch coupling_;
    const MemberConstants& constants_;
    const Trend& trend_;
    std::vector<CostPath> costs_;
    PriceSupport prices_;
    std::vector<double> model_promised_jpy_, lease_promised_jpy_;  ///< by touched year, nominal
    double lease_subsidy_jpy_ = 0.0;                               ///< of all leases so far
    std::vector<CreditProject> projects_;
    std::size_t installed_ = 0;
    std::vector<InstalledProject> installed_projects_;
    std::size_t labelled_ = 0;  ///< events that carry their labels
    MemberOutcome outcome_;
};

}  // namespace domino::sim
