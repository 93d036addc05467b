#include "scenarios/world/plan_strategy.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "scenarios/choices.h"
#include "scenarios/month_text.h"
#include "scenarios/world/commitment_data.h"
#include "scenarios/world/support_order.h"

namespace domino::scenarios {

namespace {

/// Projects that use up a budget exactly must not fail on the rounding of their sum.
constexpr double rounding = 1.0 + 1e-12;

class RankedPlan {
 public:
    explicit RankedPlan(const StrategyRequest& request)
        : request_(request),
          queue_(request.candidates),
          cost_(request.c3p.project_with_surveys_jpy_per_year()) {
        sort_by_rank(queue_);
        plan_.rule = request.section.rule;
        plan_.candidates = queue_.size();
        plan_.budget_jpy_per_year = request.section.budget_jpy_per_year.value_or(0.0);
        used_.assign(queue_.size(), false);
    }

    StrategyPlan make() {
        const StrategySection& section = request_.section;
        sim::Month round = sim::make_month(section.from.year(), april);
        if (round < section.from) round = sim::make_month(section.from.year() + 1, april);
        for (; round <= section.to; round = sim::Month{round.value + 12}) run_round(round);
        return std::move(plan_);
    }

 private:
    int phases_from(sim::Month round) const {
        const int months = request_.section.to.value + 1 - round.value;
        return std::min(request_.section.phases, months / (12 * request_.c3p.phase_years));
    }

    void run_round(sim::Month month) {
        StrategyRound round;
        round.month = month;
        for (const auto& project : plan_.projects)
            if (project.from <= month && month < project.to) ++round.runs;
        const int phases = phases_from(month);
        if (phases < 1) {
            round.limit = "no whole phase ends before the money does";
        } else {
            fill(round, phases);
        }
        round.cost_jpy_per_year = static_cast<double>(round.runs) * cost_;
        plan_.rounds.push_back(std::move(round));
    }

    void fill(StrategyRound& round, int phases) {
        bool waiting = false;
        for (std::size_t n = 0; n < queue_.size(); ++n) {
            if (used_[n]) continue;
            if (queue_[n].eligible_from > round.month) {
                waiting = true;
                continue;
            }
            if (static_cast<int>(round.runs) >= request_.section.most_concurrent) {
                round.limit = fmt::format("{} projects run, the most allowed", round.runs);
                return;
            }
            if (static_cast<double>(round.runs + 1) * cost_ > plan_.budget_jpy_per_year * rounding) {
                round.limit = fmt::format("the budget does not bear one more of {:g} MJPY/yr", cost_ / 1e6);
                return;
            }
            start(n, round.month, phases);
            ++round.begins;
            ++round.runs;
        }
        round.limit = waiting ? "the candidates left are not eligible yet" : "no candidate is left";
    }

    void start(std::size_t n, sim::Month from, int phases) {
        const PlanCandidate& candidate = queue_[n];
        StrategyProject project;
        project.id = strategy_project_id(candidate.place_id, from);
        project.place = candidate.place;
        project.partner = candidate.partner;
        const auto& turns = request_.japanese_partners;
        if (!project.partner && !turns.empty()) project.partner = turns[plan_.projects.size() % turns.size()];
        project.from = from;
        project.to = sim::Month{from.value + 12 * request_.c3p.phase_years * phases};
        project.phases = phases;
        project.cost_jpy_per_year = cost_;
        project.technologies = request_.technologies;
        project.reason = fmt::format("{} of {} candidates: {}", n + 1, queue_.size(), candidate.reason);
        plan_.projects.push_back(std::move(project));
        used_[n] = true;
    }

    const StrategyRequest& request_;
    std::vector<PlanCandidate> queue_;
    double cost_;
    std::vector<bool> used_;
    StrategyPlan plan_;
};

/// Turns a list into a plan.
class ListedPlan {
 public:
    ListedPlan(const StrategyInputs& in, const Collaboration& programme, const sim::World& world,
               Problems& problems)
        : in_(in), programme_(programme), world_(world), problems_(problems) {}

    StrategyPlan make() {
        const Scenario& scenario = in_.collaboration.scenario;
        StrategyPlan plan;
        plan.rule = StrategyRule::list;
        plan.budget_jpy_per_year = scenario.strategy.budget_jpy_per_year.value_or(0.0);
        auto listed = in_.listed;
        std::stable_sort(listed.begin(), listed.end(), [](const auto& a, const auto& b) {
            return std::tie(a.entry.from, a.partner.id) < std::tie(b.entry.from, b.partner.id);
        });
        for (const ListedProject& project : listed) add(project, plan);
        add_rounds(plan);
        return plan;
    }

 private:
    std::optional<std::uint32_t> find(const ListedProject& project, const PlaceNames::Match& match) {
        const auto& in = in_.collaboration;
        const auto row =
            find_actor(in.table, in.authority, match.unit ? "" : match.id, match.unit ? match.id : "");
        if (!row)
            problems_.push_back({project.entry.where,
                                 fmt::format("strategy.projects \"{}\": {} is no place of this run",
                                             project.entry.partner, match.id),
                                 "", "add its country to places.countries", Severity::error,
                                 ProblemKind::scenario});
        return row;
    }

    void add(const ListedProject& listed, StrategyPlan& plan) {
        const Scenario& scenario = in_.collaboration.scenario;
        const auto place = find(listed, listed.partner);
        if (!place) return;
        StrategyProject project;
        project.id = strategy_project_id(in_.collaboration.table.places[*place].id, listed.entry.from);
        project.place = *place;
        const auto& turns = programme_.japanese;
        if (listed.japan)
            project.partner = find(listed, *listed.japan);
        else if (!turns.empty())
            project.partner = turns[plan.projects.size() % turns.size()];
        project.from = listed.entry.from;
        project.to = listed.to;
        project.phases = listed.phases;
        project.cost_jpy_per_year = scenario.c3p.project_with_surveys_jpy_per_year();
        project.technologies = strategy_technologies(
            listed.entry.technologies.empty() ? scenario.strategy.technologies : listed.entry.technologies,
            world_);
        project.reason = "listed in the scenario";
        warn_of_others(listed, project);
        plan.projects.push_back(std::move(project));
    }

    void warn_of_others(const ListedProject& listed, const StrategyProject& project) {
        for (const PlannedProject& other : programme_.projects) {
            if (other.place != project.place || other.to <= project.from || project.to <= other.from)
                continue;
            problems_.push_back(
                {listed.entry.where,
                 fmt::format("strategy.projects \"{} {}\": c3p supports the place from {} to {}, {}",
                             listed.entry.partner, format_month(listed.entry.from), format_month(other.from),
                             format_month(sim::Month{other.to.value - 1}),
                             other.hypothetical ? "by its own expansion" : "on record"),
                 "where two projects meet the more intense one acts, and the money adds nothing",
                 "begin later, or choose another place", Severity::warning, ProblemKind::scenario});
        }
    }

    static void add_rounds(StrategyPlan& plan) {
        std::set<sim::Month> begins;
        for (const auto& project : plan.projects) begins.insert(project.from);
        for (const sim::Month month : begins) {
            StrategyRound round;
            round.month = month;
            for (const auto& project : plan.projects) {
                if (project.from == month) ++round.begins;
                if (month < project.from || project.to <= month) continue;
                ++round.runs;
                round.cost_jpy_per_year += project.cost_jpy_per_year;
            }
            round.limit = "the list has no more";
            plan.rounds.push_back(std::move(round));
        }
    }

    const StrategyInputs& in_;
    const Collaboration& programme_;
    const sim::World& world_;
    Problems& problems_;
};

void warn_if_idle(const Scenario& scenario, const StrategyPlan& plan, Problems& problems) {
    if (!plan.projects.empty() || scenario.strategy.rule == StrategyRule::list) return;
    const auto at = scenario.set_at.find("strategy.rule");
    problems.push_back(
        {at == scenario.set_at.end() ? SourceLocation{scenario.file.string(), 0, 0} : at->second,
         "strategy changes nothing: it supports nobody",
         plan.rounds.empty() ? "no April, when projects begin, lies between strategy.from and strategy.to"
                             : plan.rounds.front().limit,
         "give it more money, a larger cap or more time, or set rule = \"none\"", Severity::warning,
         ProblemKind::scenario});
}

}  // namespace

std::string strategy_project_id(const std::string& place_id, sim::Month from) {
    return fmt::format("strategy-{}-{}", place_id, from.year());
}

std::vector<std::uint16_t> strategy_technologies(const std::vector<std::string>& ids,
                                                 const sim::World& world) {
    std::vector<std::uint16_t> indices;
    for (std::size_t k = 0; k < world.technologies.size(); ++k) {
        if (std::find(ids.begin(), ids.end(), world.technologies[k].id) != ids.end())
            indices.push_back(static_cast<std::uint16_t>(k));
    }
    return indices;
}

std::vector<PlanCandidate> open_candidates(StrategyRule rule, const CandidateInputs& in,
                                           const Collaboration& programme) {
    std::set<std::uint32_t> taken;
    for (const auto& project : programme.projects) taken.insert(project.place);
    std::vector<PlanCandidate> candidates = rank_candidates(rule, in);
    std::erase_if(candidates, [&](const auto& candidate) { return taken.contains(candidate.place); });
    return candidates;
}

StrategyPlan plan_by_rank(const StrategyRequest& request) {
    return RankedPlan(request).make();
}

std::vector<PlanCandidate> partners_on_record(const Collaboration& collaboration, const CandidateInputs& in) {
    struct Record {
        sim::Month since, free_from;
        std::uint32_t japan = 0;
    };
    std::map<std::uint32_t, Record> records;
    const auto note = [&](std::uint32_t place, std::uint32_t japan, sim::Month since, sim::Month free_from) {
        const auto [at, added] = records.emplace(place, Record{since, free_from, japan});
        Record& record = at->second;
        if (std::tie(since, japan) < std::tie(record.since, record.japan)) {
            record.since = since;
            record.japan = japan;
        }
        record.free_from = std::max(record.free_from, free_from);
    };
    for (const auto& tie : collaboration.agreements) note(tie.partner, tie.japan, tie.from, tie.from);
    for (const auto& project : collaboration.projects)
        if (!project.hypothetical && project.partner)
            note(project.place, *project.partner, project.from, project.to);
    std::vector<PlanCandidate> candidates;
    for (const auto& [row, record] : records) {
        const auto& place = in.table.places[row];
        const auto signed_at = in.partners.find(place.iso3);
        if (signed_at == in.partners.end()) continue;
        PlanCandidate candidate{row, place.id, place.admin1_id,
                                std::max(signed_at->second, record.free_from)};
        candidate.rank = -static_cast<double>(record.since.value);
        candidate.partner = record.japan;
        candidate.reason = fmt::format("partner of {} on record since {}", in.table.places[record.japan].name,
                                       format_month(record.since));
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

StrategyPlan plan_strategy(const StrategyInputs& in, const Collaboration& programme, const sim::World& world,
                           Problems& problems) {
    const Scenario& scenario = in.collaboration.scenario;
    const StrategySection& section = scenario.strategy;
    if (section.rule == StrategyRule::none) return {};
    if (section.rule == StrategyRule::list) return ListedPlan(in, programme, world, problems).make();
    const CandidateInputs inputs{in.collaboration.table, world,         in.collaboration.partners,
                                 programme.japanese,     in.centrality, section.from};
    StrategyRequest request{
        section, scenario.c3p, {}, programme.japanese, strategy_technologies(section.technologies, world)};
    if (section.rule == StrategyRule::observed) {
        request.candidates = partners_on_record(programme, inputs);
    } else {
        request.candidates = open_candidates(section.rule, inputs, programme);
    }
    StrategyPlan plan = plan_by_rank(request);
    warn_if_idle(scenario, plan, problems);
    return plan;
}

void add_strategy(const Scenario& scenario, const StrategyPlan& plan, Collaboration& collaboration,
                  sim::World& world) {
    const StrategySection& section = scenario.strategy;
    if (plan.projects.empty()) return;
    const auto rule = choices_of(section.rule)[static_cast<std::size_t>(section.rule)];
    sim::Programme programme{"strategy", fmt::format("Strategy ({})", rule), {}};
    for (int i = 0; i < world.calendar.touched_years(); ++i) {
        const sim::Month january = sim::make_month(world.calendar.first.year() + i, 1);
        const int first = std::max(january.value, section.from.value);
        const int last = std::min(january.value + 11, section.to.value);
        programme.budget_jpy.push_back(plan.budget_jpy_per_year * std::max(0, last - first + 1) / 12.0);
    }
    const auto index = static_cast<std::uint16_t>(world.programmes.size());
    world.programmes.push_back(std::move(programme));
    const C3pSection& c3p = scenario.c3p;
    for (const StrategyProject& project : plan.projects) {
        sim::SupportWindow window;
        window.project_id = project.id;
        window.place = project.place;
        window.partner = project.partner;
        window.from = project.from;
        window.to = project.to;
        window.cost_jpy_per_year = project.cost_jpy_per_year;
        window.programme = index;
        window.channels = {c3p.feasibility, c3p.policy_dialogue, c3p.capacity_building};
        window.technologies = project.technologies;
        window.project_technologies = project.technologies;
        world.support.push_back(std::move(window));
        collaboration.projects.push_back({project.id,
                                          fmt::format("strategy: {}", rule),
                                          project.place,
                                          project.partner,
                                          project.from,
                                          project.to,
                                          1.0,
                                          true,
                                          {},
                                          Payer::strategy});
    }
    std::stable_sort(
        collaboration.projects.begin(), collaboration.projects.end(),
        [](const auto& a, const auto& b) { return std::tie(a.from, a.id) < std::tie(b.from, b.id); });
    sort_support(world);
}

}  // namespace domino::scenarios
