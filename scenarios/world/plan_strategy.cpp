#include "scenarios/world/plan_strategy.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "scenarios/month_text.h"
#include "scenarios/world/fiscal_year.h"
#include "sim/support_funding.h"

namespace domino::scenarios {

namespace {

class RankedPlan {
 public:
    explicit RankedPlan(const StrategyRequest& request)
        : request_(request),
          queue_(request.candidates),
          project_cost_(request.c3p.project_with_surveys_jpy_per_year()),
          agreement_cost_(request.section.agreement_cost_jpy_per_year.value_or(0.0)),
          projects_(request.section.agreements != StrategyAgreements::alone),
          agreements_(request.section.agreements != StrategyAgreements::none) {
        sort_by_rank(queue_);
        plan_.rule = request.section.rule;
        plan_.candidates = queue_.size();
        plan_.budget_jpy_per_year = request.section.budget_jpy_per_year.value_or(0.0);
        used_.assign(queue_.size(), false);
    }

    StrategyPlan make() {
        const StrategySection& section = request_.section;
        for (sim::Month round = next_fiscal_start(section.from); round <= section.to;
             round = sim::Month{round.value + 12})
            run_round(round);
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
        const int phases = phases_from(month);
        if (projects_ && phases < 1) {
            round.limit = "no whole phase ends before the money does";
        } else {
            fill(round, phases);
        }
        count_living(plan_, round);
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
            count_living(plan_, round);
            const std::size_t living = projects_ ? round.runs : round.agreements;
            if (static_cast<int>(living) >= request_.section.most_concurrent) {
                const std::string_view what = projects_
                                                  ? (living == 1 ? "project runs" : "projects run")
                                                  : (living == 1 ? "agreement holds" : "agreements hold");
                round.limit = fmt::format("{} {}, the most allowed", living, what);
                return;
            }
            const double more = (projects_ ? project_cost_ : 0.0) + (agreements_ ? agreement_cost_ : 0.0);
            if (round.cost_jpy_per_year + more > plan_.budget_jpy_per_year * sim::budget_rounding) {
                round.limit = fmt::format("the budget does not bear one more of {:g} MJPY/yr", more / 1e6);
                return;
            }
            start(n, round.month, phases);
            ++round.begins;
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
        if (!project.partner && !turns.empty()) project.partner = turns[started_++ % turns.size()];
        project.from = from;
        project.to = sim::Month{from.value + 12 * request_.c3p.phase_years * phases};
        project.phases = phases;
        project.cost_jpy_per_year = project_cost_;
        project.technologies = request_.technologies;
        project.reason = fmt::format("{} of {} candidates: {}", n + 1, queue_.size(), candidate.reason);
        used_[n] = true;
        add_choice(plan_, std::move(project), request_.section, request_.section.agreements, request_.agreed);
    }

    const StrategyRequest& request_;
    std::vector<PlanCandidate> queue_;
    double project_cost_, agreement_cost_;
    bool projects_, agreements_;  ///< whether it chooses them
    std::size_t started_ = 0;     ///< with a municipality in turn
    std::vector<bool> used_;
    StrategyPlan plan_;
};

void warn_if_idle(const Scenario& scenario, const StrategyPlan& plan, Problems& problems) {
    if (!plan.projects.empty() || scenario.strategy.rule == StrategyRule::list) return;
    const auto at = scenario.set_at.find("strategy.rule");
    problems.push_back(
        {at == scenario.set_at.end() ? SourceLocation{scenario.file.string(), 0, 0} : at->second,
         "strategy changes nothing: it supports nobody",
         plan.rounds.empty() ? "no April, when projects begin, lies between strategy.from and strategy.to"
                             : plan.rounds.front().limit,
         plan.candidates == 0 ? "let the run have more cities (places), leave some to it by c3p.expansion, "
                                "or set rule = \"none\""
                              : "give it more money, a larger cap or more time, or set rule = \"none\"",
         Severity::warning, ProblemKind::scenario});
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

void drop_agreed(std::vector<PlanCandidate>& candidates, const Collaboration& programme) {
    std::erase_if(candidates, [&](const auto& candidate) {
        return std::any_of(programme.agreements.begin(), programme.agreements.end(),
                           [&](const Agreement& tie) { return tie.partner == candidate.place; });
    });
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
    if (section.rule == StrategyRule::list) return plan_list(in, programme, world, problems);
    const CandidateInputs inputs{in.collaboration.table, world,         in.collaboration.partners,
                                 programme.japanese,     in.centrality, section.from};
    StrategyRequest request{
        section, scenario.c3p, {}, programme.japanese, strategy_technologies(section.technologies, world)};
    if (section.rule == StrategyRule::observed) {
        request.candidates = partners_on_record(programme, inputs);
    } else {
        request.candidates = open_candidates(section.rule, inputs, programme);
    }
    request.agreed = agreed_pairs(programme);
    if (section.agreements == StrategyAgreements::alone) drop_agreed(request.candidates, programme);
    StrategyPlan plan = plan_by_rank(request);
    warn_if_idle(scenario, plan, problems);
    return plan;
}

}  // namespace domino::scenarios
