#include "sim/member_run.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <stdexcept>

#include "sim/drawn_ties.h"
#include "sim/ensemble_threads.h"
#include "sim/member_course.h"
#include "sim/stage_marks.h"

namespace domino::sim {
namespace {

/// What a member starts from, where the caller does not know it: its own weights of ties, constants and
/// trend.
class MemberBasis {
 public:
    MemberBasis() = default;
    MemberBasis(const PreparedWorld& prepared, const MemberInput& input, CouplingSwitch coupling) {
        // Without coupling ties decide nothing but the trend.
        const bool needs_ties = coupling == CouplingSwitch::on || input.trend == nullptr;
        if (needs_ties && draws_ties(*prepared.world)) ties_ = with_drawn_ties(prepared, *input.draws);
        if (input.constants == nullptr) constants_ = member_constants(prepared, *input.draws);
    }
    void keep(Trend trend) { trend_ = std::move(trend); }

    const PreparedWorld& ties(const PreparedWorld& prepared) const { return ties_ ? *ties_ : prepared; }
    /// The input with everything known.
    MemberInput input(MemberInput known) const {
        if (constants_) known.constants = &*constants_;
        if (trend_) known.trend = &*trend_;
        return known;
    }

 private:
    std::optional<PreparedWorld> ties_;
    std::optional<MemberConstants> constants_;
    std::optional<Trend> trend_;
};

/// Members on their way through the months side by side.
class BatchRun {
    /// Of a technology's potential, added since the start.
    static constexpr double implementing_share = 0.05;

 public:
    BatchRun(const PreparedWorld& prepared, std::span<const MemberInput> members, CouplingSwitch coupling,
             PlaceYears* places, InstructionSet instructions, const BatchRoute& route)
        : prepared_(prepared),
          places_(places),
          calendar_(prepared.world->calendar),
          coupling_(coupling),
          route_(route),
          instructions_(instructions),
          courses_(make_courses(members, coupling)),
          commitment_(prepared, commitment_members(), coupling, instructions),
          capacity_(prepared, draws_of(members), instructions),
          stock_(prepared, stock_members(), coupling, instructions),
          emissions_(prepared, emission_members(), instructions),
          price_(prepared.world->countries.size() * prepared.technologies),
          enabled_(prepared.places, members.size()),
          implementing_(prepared.places, members.size()) {
        for (Lanes& lanes : price_) lanes.of.fill(1.0f);
        for (MemberCourse& course : courses_) events_.push_back(&course.events());
    }

    std::vector<MemberOutcome> run(const std::atomic<bool>* cancelled) {
        if (route_.from != nullptr) {
            restore(*route_.from);
        } else {
            for (MemberCourse& course : courses_) course.begin(commitment_.committed());
            if (coupled()) label_enabled(0);
        }
        const int first = route_.from != nullptr ? route_.from->step : 0;
        for (int step = first; step < prepared_.steps; step += calendar_.months_per_step) {
            const Month month = calendar_.month(step);
            const auto year = static_cast<std::size_t>(month.year() - calendar_.first.year());
            if (step == first || month.month_of_year() == 1) {
                if (route_.keep && step > first) route_.keep(save(step));
                if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) return {};
                begin_year(year);
            }
            advance(step, year);
            const int next = step + calendar_.months_per_step;
            if (calendar_.month(next).month_of_year() == 1 || next == prepared_.steps) end_year(year);
        }
        std::vector<MemberOutcome> outcomes(courses_.size());
        each_member([&](std::size_t m) { outcomes[m] = courses_[m].finish(stock_, emissions_); });
        return outcomes;
    }

 private:
    /// What is published is the coupled run; without coupling less is asked for.
    bool coupled() const { return coupling_ == CouplingSwitch::on; }

    BatchSnapshot save(int step) {
        const std::size_t members = courses_.size();
        BatchSnapshot snapshot{step,
                               {},
                               commitment_.save(),
                               {capacity_.capacities(), members},
                               stock_.save(),
                               emissions_.save()};
        for (const MemberCourse& course : courses_) snapshot.courses.push_back(course.save());
        return snapshot;
    }

    void restore(const BatchSnapshot& snapshot) {
        for (std::size_t m = 0; m < courses_.size(); ++m) courses_[m].restore(snapshot.courses[m]);
        capacity_.restore(snapshot.capacity);
        stock_.restore(snapshot.stock);
        emissions_.restore(snapshot.emissions);
        commitment_.restore(snapshot.commitment, snapshot.step);
    }

    /// What does not look at other members, for each, by whoever helps.
    template <class Task>
    void each_member(const Task& task) {
        run_shared(route_.threads, courses_.size(), task);
    }

    std::deque<MemberCourse> make_courses(std::span<const MemberInput> members, CouplingSwitch coupling) {
        basis_.resize(members.size());
        run_shared(route_.threads, members.size(),
                   [&](std::size_t m) { basis_[m] = MemberBasis(prepared_, members[m], coupling); });
        solve_missing_trends(members);
        std::deque<MemberCourse> courses;
        for (std::size_t m = 0; m < members.size(); ++m)
            courses.emplace_back(basis_[m].ties(prepared_), basis_[m].input(members[m]), m, coupling);
        return courses;
    }

    void solve_missing_trends(std::span<const MemberInput> members) {
        std::vector<std::size_t> missing;
        std::vector<MeanFieldMember> fields;
        for (std::size_t m = 0; m < members.size(); ++m) {
            if (members[m].trend != nullptr) continue;
            missing.push_back(m);
            const MemberInput known = basis_[m].input(members[m]);
            fields.push_back({known.draws, &known.constants->propensity, &basis_[m].ties(prepared_)});
        }
        if (missing.empty()) return;
        std::vector<Trend> trends = solve_trends(prepared_, fields, route_.threads, instructions_);
        for (std::size_t n = 0; n < missing.size(); ++n) basis_[missing[n]].keep(std::move(trends[n]));
    }

    static std::vector<const MemberDraws*> draws_of(std::span<const MemberInput> members) {
        std::vector<const MemberDraws*> draws;
        for (const MemberInput& member : members) draws.push_back(member.draws);
        return draws;
    }

    std::vector<CommitmentMember> commitment_members() const {
        std::vector<CommitmentMember> members;
        for (const MemberCourse& course : courses_) members.push_back(course.commitment_member());
        return members;
    }

    std::vector<LaneMember> stock_members() const {
        std::vector<LaneMember> members;
        for (const MemberCourse& course : courses_) members.push_back(course.stock_member());
        return members;
    }

    std::vector<EmissionMember> emission_members() const {
        std::vector<EmissionMember> members;
        for (const MemberCourse& course : courses_) members.push_back(course.emission_member());
        return members;
    }

    void begin_year(std::size_t year) {
        stock_.begin_year(year, route_.threads);
        std::vector<std::vector<double>> power(courses_.size());
        const std::vector<DoubleLanes> added_kwh = emissions_.added_power_kwh(stock_);
        each_member([&](std::size_t m) { power[m] = courses_[m].begin_year(year, stock_, added_kwh); });
        emissions_.begin_year(year, power);
    }

    void advance(int step, std::size_t year) {
        for (MemberCourse& course : courses_) course.install_projects(step, stock_, emissions_);
        for (int part = 0; part < calendar_.parts_per_month; ++part) {
            commitment_.step(step, part, events_, route_.threads);
            for (MemberCourse& course : courses_) course.set_prices(step, price_);
            capacity_.step(step, commitment_.committed(), route_.threads);
            if (coupled()) label_enabled(step);
            stock_.step(step, capacity_.multiplier(), price_, capacity_.favour(), route_.threads);
            for (MemberCourse& course : courses_) course.pay(step, year, stock_);
        }
        emissions_.add_step(step, stock_, route_.threads);
        for (MemberCourse& course : courses_) course.end_step();
    }

    void end_year(std::size_t year) {
        if (places_ != nullptr) places_->put_year(year, stock_, capacity_, emissions_, route_.threads);
        if (route_.see_year) route_.see_year(year, emissions_);
        emissions_.end_year(route_.threads);
        if (!coupled()) {
            const std::vector<DoubleLanes> additions = stock_.all_additions();
            for (MemberCourse& course : courses_) course.keep_additions(year, additions);
            return;
        }
        const StockYear books = stock_.year_books(route_.threads);
        for (MemberCourse& course : courses_) course.keep_books(year, books);
        label_implementing(year);
    }

    void label_enabled(int step) {
        for (std::size_t i = 0; i < prepared_.places; ++i) {
            enabled_.mark(i, capacity_.enabled(i),
                          [&](std::size_t m) { courses_[m].label(Stage::enabled, i, step); });
        }
    }

    void label_implementing(std::size_t year) {
        const int last =
            make_month(calendar_.first.year() + static_cast<int>(year), 12).value - calendar_.first.value;
        for (std::size_t i = 0; i < prepared_.places; ++i) {
            if (implementing_.complete(i)) continue;
            implementing_.mark(i, stock_.grown(i, implementing_share), [&](std::size_t m) {
                courses_[m].label(Stage::implementing, i, std::min(last, prepared_.steps - 1));
            });
        }
    }

    const PreparedWorld& prepared_;
    PlaceYears* places_;
    const Calendar& calendar_;
    CouplingSwitch coupling_;
    const BatchRoute& route_;
    InstructionSet instructions_;
    std::vector<MemberBasis> basis_;  ///< by member; stays where it is
    std::deque<MemberCourse> courses_;
    std::vector<std::vector<CommitmentEvent>*> events_;  ///< by member
    CommitmentLanes commitment_;
    CapacityLanes capacity_;
    StockLanes stock_;
    EmissionLanes emissions_;
    std::vector<Lanes> price_;  ///< [country][technology]
    StageMarks enabled_, implementing_;
};

}  // namespace

std::vector<MemberOutcome> run_members(const PreparedWorld& prepared, std::span<const MemberInput> members,
                                       CouplingSwitch coupling, PlaceYears* places,
                                       const std::atomic<bool>* cancelled, InstructionSet instructions,
                                       const BatchRoute& route) {
    if (members.empty() || members.size() > lane_count)
        throw std::invalid_argument("a batch holds from one to lane_count members");
    return BatchRun(prepared, members, coupling, places, instructions, route).run(cancelled);
}

MemberOutcome run_member(const PreparedWorld& prepared, const MemberDraws& draws, MemberId id,
                         CouplingSwitch coupling, const ReferenceTrace* reference, const Trend* trend_of,
                         PlaceYears* places) {
    const MemberInput input{&draws, id, reference, trend_of};
    return std::move(run_members(prepared, std::span(&input, 1), coupling, places).front());
}

}  // namespace domino::sim
