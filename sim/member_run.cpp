#include "sim/member_run.h"

#include <deque>
#include <stdexcept>

#include "sim/drawn_ties.h"
#include "sim/member_course.h"

namespace domino::sim {
namespace {

/// Members on their way through the months side by side.
class BatchRun {
 public:
    BatchRun(const PreparedWorld& prepared, std::span<const MemberInput> members, CouplingSwitch coupling,
             PlaceYears* places, InstructionSet instructions)
        : prepared_(prepared),
          places_(places),
          calendar_(prepared.world->calendar),
          courses_(make_courses(members, coupling)),
          commitment_(prepared, commitment_members(), coupling, instructions),
          capacity_(prepared, draws_of(members), instructions),
          stock_(prepared, stock_members(), coupling, instructions),
          emissions_(prepared, emission_members(), instructions),
          price_(prepared.world->countries.size() * prepared.technologies) {
        for (Lanes& lanes : price_) lanes.of.fill(1.0f);
        for (MemberCourse& course : courses_) events_.push_back(&course.events());
    }

    std::vector<MemberOutcome> run(const std::atomic<bool>* cancelled) {
        for (MemberCourse& course : courses_) course.begin(capacity_, commitment_.committed());
        for (int step = 0; step < prepared_.steps; step += calendar_.months_per_step) {
            const Month month = calendar_.month(step);
            const auto year = static_cast<std::size_t>(month.year() - calendar_.first.year());
            if (step == 0 || month.month_of_year() == 1) {
                if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) return {};
                begin_year(year);
            }
            advance(step, year);
            const int next = step + calendar_.months_per_step;
            if (calendar_.month(next).month_of_year() == 1 || next == prepared_.steps) end_year(year);
        }
        std::vector<MemberOutcome> outcomes;
        for (MemberCourse& course : courses_) outcomes.push_back(course.finish(stock_, emissions_));
        return outcomes;
    }

 private:
    std::deque<MemberCourse> make_courses(std::span<const MemberInput> members, CouplingSwitch coupling) {
        std::deque<MemberCourse> courses;
        for (std::size_t m = 0; m < members.size(); ++m) {
            const MemberInput& input = members[m];
            const PreparedWorld* prepared = &prepared_;
            if (draws_ties(*prepared_.world)) {
                own_ties_.push_back(with_drawn_ties(prepared_, *input.draws));
                prepared = &own_ties_.back();
            }
            courses.emplace_back(*prepared, *input.draws, input.id, m, coupling, input.reference,
                                 input.trend);
        }
        return courses;
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
        stock_.begin_year(year);
        std::vector<std::vector<double>> power;
        for (MemberCourse& course : courses_) power.push_back(course.begin_year(year, stock_, emissions_));
        emissions_.begin_year(year, power);
    }

    void advance(int step, std::size_t year) {
        for (MemberCourse& course : courses_) course.install_projects(step, stock_, emissions_);
        for (int part = 0; part < calendar_.parts_per_month; ++part) {
            commitment_.step(step, part, events_);
            for (MemberCourse& course : courses_) course.set_prices(step, price_);
            capacity_.step(step, commitment_.committed());
            for (MemberCourse& course : courses_) course.label_enabled(step, capacity_);
            stock_.step(step, capacity_.multiplier(), price_, capacity_.favour());
            for (MemberCourse& course : courses_) course.pay(step, year, stock_);
        }
        emissions_.add_step(step, stock_);
        for (MemberCourse& course : courses_) course.end_step();
    }

    void end_year(std::size_t year) {
        if (places_ != nullptr) places_->add_year(year, stock_, capacity_, emissions_);
        emissions_.end_year();
        for (MemberCourse& course : courses_) course.end_year(year, stock_);
    }

    const PreparedWorld& prepared_;
    PlaceYears* places_;
    const Calendar& calendar_;
    std::deque<PreparedWorld> own_ties_;  ///< of members that see ties of their own; stay where they are
    std::deque<MemberCourse> courses_;
    std::vector<std::vector<CommitmentEvent>*> events_;  ///< by member
    CommitmentLanes commitment_;
    CapacityLanes capacity_;
    StockLanes stock_;
    EmissionLanes emissions_;
    std::vector<Lanes> price_;  ///< [country][technology]
};

}  // namespace

std::vector<MemberOutcome> run_members(const PreparedWorld& prepared, std::span<const MemberInput> members,
                                       CouplingSwitch coupling, PlaceYears* places,
                                       const std::atomic<bool>* cancelled, InstructionSet instructions) {
    if (members.empty() || members.size() > lane_count)
        throw std::invalid_argument("a batch holds from one to lane_count members");
    return BatchRun(prepared, members, coupling, places, instructions).run(cancelled);
}

MemberOutcome run_member(const PreparedWorld& prepared, const MemberDraws& draws, MemberId id,
                         CouplingSwitch coupling, const ReferenceTrace* reference, const Trend* trend_of,
                         PlaceYears* places) {
    const MemberInput input{&draws, id, reference, trend_of};
    return std::move(run_members(prepared, std::span(&input, 1), coupling, places).front());
}

}  // namespace domino::sim
