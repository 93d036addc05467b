#include "scenarios/proposal/score_card.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/proposal/score_rows.h"
#include "scenarios/units.h"
#include "scenarios/world/partnership_benefits.h"

namespace domino::scenarios {
namespace {

std::vector<std::pair<std::string, std::string>> read_goals(Pack& pack) {
    std::vector<std::pair<std::string, std::string>> goals;
    const auto table = pack.read_optional("co_benefits", {"tech_id", "sdg"});
    if (!table) return goals;
    const Rows rows(*table);
    for (std::size_t i = 0; i < rows.size(); ++i)
        goals.emplace_back(rows.text(i, "tech_id"),
                           std::to_string(static_cast<int>(rows.required_number(i, "sdg"))));
    return goals;
}

/// A person's points where the row leaves a choice; the facts stay beside them.
void apply_judgement(const JudgedScore& judged, ScoreRow& row, Problems& problems) {
    const auto report = [&](std::string what, std::string why, std::string fix) {
        problems.push_back({judged.where, std::move(what), std::move(why), std::move(fix)});
    };
    if (row.from == PointsFrom::computed)
        return report(fmt::format("judged: {} follows from the facts", judged.item),
                      fmt::format("{} points; {}", format_number(row.points.low), row.reason),
                      "delete the entry, or mend the facts");
    if (judged.points < row.points.low || judged.points > row.points.high)
        return report(
            fmt::format("judged: {} points for {}", format_number(judged.points), judged.item), row.reason,
            fmt::format("give {} to {}", format_number(row.points.low), format_number(row.points.high)));
    row.evidence.insert(row.evidence.begin(), row.reason);
    row.from = PointsFrom::judged;
    row.points = {judged.points, judged.points};
    row.reason = fmt::format("judged by {}{}{}", judged.by, judged.reason.empty() ? "" : ": ", judged.reason);
}

}  // namespace

PointRange ScoreCard::total() const {
    PointRange sum;
    for (const ScoreRow& row : rows) {
        sum.low += row.points.low;
        sum.high += row.points.high;
    }
    return sum;
}

Verdict ScoreCard::eligible() const {
    if (any_fails(eligibility)) return Verdict::fail;
    const bool all = std::all_of(eligibility.begin(), eligibility.end(),
                                 [](const RuleCheck& c) { return c.verdict == Verdict::pass; });
    return all ? Verdict::pass : Verdict::unknown;
}

std::optional<ScoreCard> score_proposal(const Proposal& proposal, const Partnership& partnership, Pack& pack,
                                        std::optional<Likelihood> likelihood, Problems& problems) {
    const ScoringSheet sheet = read_scoring_sheet(pack);
    ScoreCard card;
    card.proposal = proposal;
    card.partnership = partnership;
    card.eligibility = check_eligibility(proposal, sheet, partnership);
    card.scope = check_scope(proposal, partnership);
    card.documents = check_documents(proposal, sheet);
    card.costs = check_costs(proposal, sheet);
    card.reductions = estimate_reductions(proposal, partnership, pack);
    card.likelihood = std::move(likelihood);
    const auto goals = read_goals(pack);
    std::vector<std::string> planned;
    for (const PlannedTechnology& technology : proposal.technologies)
        planned.push_back(technology.technology);
    const auto benefits = read_partnership_benefits(pack, planned);
    const ScoringFacts facts{proposal,        partnership,
                             card.reductions, card.likelihood ? &*card.likelihood : nullptr,
                             goals,           benefits};
    for (const Criterion& criterion : sheet.criteria) {
        if (criterion.most(proposal.kind) == 0.0) continue;
        ScoreRow row = score_row(criterion, facts);
        for (const JudgedScore& judged : proposal.judged)
            if (judged.item == row.item) apply_judgement(judged, row, problems);
        card.most += row.most;
        card.rows.push_back(std::move(row));
    }
    if (has_errors(problems)) return std::nullopt;
    return card;
}

}  // namespace domino::scenarios
