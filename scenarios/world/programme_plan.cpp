#include "scenarios/world/programme_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "scenarios/world/fiscal_year.h"

namespace domino::scenarios {

namespace {

sim::Month plus_months(sim::Month month, int months) {
    return sim::Month{month.value + months};
}

int project_months(const C3pSection& c3p) {
    return 12 * c3p.phase_years * c3p.max_phases;
}

bool overlaps(sim::Month from, sim::Month to, sim::Month begin, sim::Month end) {
    return from < end && begin < to;
}

/// One series of rounds that fills a number of slots.
class Track {
 public:
    Track(const PlanRequest& request, std::vector<PlanCandidate> queue, std::string name)
        : request_(request), queue_(std::move(queue)), name_(std::move(name)) {}

    /// Starts projects until `slots` of this track and `others` are active in the year from `round` on.
    void run_round(sim::Month round, int slots, int others, bool first) {
        int active = others;
        for (const auto& project : projects_) {
            if (overlaps(project.from, project.to, round, plus_months(round, 12))) ++active;
        }
        std::set<std::string> units;
        int started = 0;
        for (const auto& candidate : queue_) {
            if (active >= slots) break;
            if (used_.contains(candidate.place) || candidate.eligible_from > round) continue;
            if (!units.insert(candidate.admin1_id).second) continue;
            const int age = first ? 12 * (started % (request_.c3p.phase_years * request_.c3p.max_phases)) : 0;
            start(candidate, plus_months(round, -age));
            ++started;
            ++active;
        }
    }

    const std::vector<PlannedProject>& projects() const { return projects_; }
    const std::set<std::uint32_t>& used() const { return used_; }

 private:
    void start(const PlanCandidate& candidate, sim::Month from) {
        PlannedProject project;
        project.id = fmt::format("{}-{}-{}", name_, candidate.place_id, from.year());
        project.source = "expansion rule";
        project.place = candidate.place;
        const auto& partners = request_.japanese_partners;
        project.partner = candidate.partner;
        if (!project.partner && !partners.empty())
            project.partner = partners[projects_.size() % partners.size()];
        project.from = from;
        project.to = plus_months(from, project_months(request_.c3p));
        project.hypothetical = true;
        used_.insert(candidate.place);
        projects_.push_back(std::move(project));
    }

    const PlanRequest& request_;
    std::vector<PlanCandidate> queue_;
    std::string name_;
    std::vector<PlannedProject> projects_;
    std::set<std::uint32_t> used_;
};

int recorded_in_year(const PlanRequest& request, sim::Month round) {
    return static_cast<int>(
        std::count_if(request.recorded.begin(), request.recorded.end(), [&](const auto& project) {
            return overlaps(project.from, project.to, round, plus_months(round, 12));
        }));
}

std::vector<PlanCandidate> open_queue(const PlanRequest& request) {
    std::set<std::uint32_t> taken;
    for (const auto& project : request.recorded) taken.insert(project.place);
    std::vector<PlanCandidate> queue;
    for (const auto& candidate : request.candidates) {
        if (!taken.contains(candidate.place)) queue.push_back(candidate);
    }
    sort_by_rank(queue);
    return queue;
}

/// Extra projects of a scale above 1, none of which the base plan uses.
std::vector<PlannedProject> plan_extra(const PlanRequest& request, std::vector<PlanCandidate> queue,
                                       const std::set<std::uint32_t>& used) {
    const auto slots =
        static_cast<int>(std::lround(request.c3p.projects_per_year * (request.c3p.projects_scale - 1.0)));
    std::erase_if(queue, [&](const auto& candidate) { return used.contains(candidate.place); });
    Track extra(request, std::move(queue), "c3p-extra");
    for (sim::Month round = std::max(*request.c3p.scaled_from, request.calendar.first);
         round < request.calendar.end(); round = plus_months(round, 12)) {
        extra.run_round(round, slots, 0, false);
    }
    return extra.projects();
}

}  // namespace

double contact_intensity(const C3pSection& c3p) {
    if (c3p.contact_intensity) return *c3p.contact_intensity;
    const auto meetings = [](const C3pSection& section) {
        return section.visits_per_year + section.workshops_per_year + section.report_sessions_per_year;
    };
    return meetings(c3p) / meetings(C3pSection{});
}

sim::Month recorded_end(sim::Month from, std::optional<sim::Month> stated_end,
                        std::optional<int> last_fiscal_year, const C3pSection& c3p) {
    if (stated_end) return plus_months(*stated_end, 1);
    sim::Month end = plus_months(from, project_months(c3p));
    if (!last_fiscal_year) return end;
    const sim::Month evidenced = fiscal_start(*last_fiscal_year + 1);
    while (end < evidenced) end = plus_months(end, 12 * c3p.phase_years);
    return end;
}

std::vector<PlannedProject> plan_c3p(const PlanRequest& request) {
    std::vector<PlannedProject> plan;
    for (const auto& project : request.recorded) {
        plan.push_back({project.id, project.source, project.place, project.partner, project.from, project.to,
                        project.weight, false, project.archetype});
    }
    const C3pSection& c3p = request.c3p;
    if (c3p.expansion != ExpansionRule::none) {
        const auto queue = open_queue(request);
        Track base(request, queue, "c3p");
        const sim::Month first_round = fiscal_start(fiscal_year_of(request.calendar.first));
        for (sim::Month round = first_round; round < request.calendar.end(); round = plus_months(round, 12)) {
            const bool shrunk = c3p.projects_scale < 1.0 && c3p.scaled_from && round >= *c3p.scaled_from;
            const int slots = shrunk
                                  ? static_cast<int>(std::lround(c3p.projects_per_year * c3p.projects_scale))
                                  : c3p.projects_per_year;
            base.run_round(round, slots, recorded_in_year(request, round), round == first_round);
        }
        plan.insert(plan.end(), base.projects().begin(), base.projects().end());
        if (c3p.projects_scale > 1.0 && c3p.scaled_from) {
            const auto extra = plan_extra(request, queue, base.used());
            plan.insert(plan.end(), extra.begin(), extra.end());
        }
    }
    std::erase_if(plan, [&](const auto& project) {
        return !overlaps(project.from, project.to, request.calendar.first, request.calendar.end());
    });
    std::sort(plan.begin(), plan.end(),
              [](const auto& a, const auto& b) { return std::tie(a.from, a.id) < std::tie(b.from, b.id); });
    return plan;
}

}  // namespace domino::scenarios
