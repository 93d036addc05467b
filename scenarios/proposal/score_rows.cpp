#include "scenarios/proposal/score_rows.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/month_text.h"
#include "scenarios/proposal/score_evidence.h"
#include "scenarios/units.h"

namespace domino::scenarios {
namespace {

bool is_on(const std::optional<OnOff>& fact) {
    return fact && *fact == OnOff::on;
}

/// Fills one row; each member function knows one item of the sheet.
class RowScorer {
 public:
    RowScorer(const Criterion& criterion, const ScoringFacts& facts)
        : criterion_(criterion), facts_(facts), proposal_(facts.proposal) {
        row_.item = criterion.item;
        row_.criterion = criterion.criterion;
        row_.domino = criterion.domino;
        row_.source = criterion.source;
        row_.undefined = criterion.undefined;
        row_.most = criterion.most(proposal_.kind);
        leave_open("a person must judge");
    }

    ScoreRow score() {
        using Method = void (RowScorer::*)();
        static const std::map<std::string_view, Method> methods = {
            {"cost", &RowScorer::score_cost},
            {"ghg", &RowScorer::score_tonnes},
            {"engineer_load", &RowScorer::score_engineer},
            {"past_collaboration", &RowScorer::score_past},
            {"environmental_management", &RowScorer::score_environmental},
            {"work_life", &RowScorer::score_work_life},
            {"targets", &RowScorer::score_targets},
        };
        if (const auto method = methods.find(criterion_.item); method != methods.end())
            (this->*method->second)();
        row_.evidence = [&] {
            auto all = gather_evidence(criterion_, facts_);
            all.insert(all.begin(), row_.evidence.begin(), row_.evidence.end());
            return all;
        }();
        return row_;
    }

 private:
    void leave_open(std::string why) {
        row_.from = PointsFrom::open;
        row_.points = {0.0, row_.most};
        row_.reason = std::move(why);
    }

    void settle(double points, std::string reason) {
        row_.from = PointsFrom::computed;
        row_.points = {points, points};
        row_.reason = std::move(reason);
    }

    void take_band(double value, const std::string& formula) {
        const BandScore score = criterion_.bands->score(value);
        row_.from = score.defined ? PointsFrom::computed : PointsFrom::undefined;
        row_.points = score.points;
        row_.reason = formula.empty() ? score.reason : fmt::format("{}: {}", formula, score.reason);
    }

    void score_cost() {
        const ReductionEstimate& r = facts_.reductions;
        const auto& convention = proposal_.reduction.lifetime;
        const auto words = choices_of(LifetimeConvention{});
        for (std::size_t k = 0; k < convention_count; ++k) {
            if (!r.cost_jpy_per_t[k]) continue;
            row_.evidence.push_back(
                fmt::format("by {}: {:.6g} JPY/tCO2{}", words[k], *r.cost_jpy_per_t[k],
                            convention && k == static_cast<std::size_t>(*convention) ? " (declared)" : ""));
        }
        if (!r.cost_missing.empty()) return leave_open(r.cost_missing);
        take_band(*r.cost_jpy_per_t[static_cast<std::size_t>(*convention)], r.cost_formula);
    }

    void score_tonnes() {
        const ReductionEstimate& r = facts_.reductions;
        if (!r.tonnes_per_year)
            return leave_open("neither [[technologies]] nor reduction.tonnes_per_year is stated");
        for (const TechnologyReduction& one : r.technologies) {
            row_.evidence.push_back(fmt::format("{}: {}", one.name, one.formula));
            row_.evidence.insert(row_.evidence.end(), one.evidence.begin(), one.evidence.end());
        }
        if (!proposal_.reduction.basis.empty())
            row_.evidence.push_back("basis as stated: " + proposal_.reduction.basis);
        if (*r.tonnes_per_year < 0.0) return settle(0.0, r.formula + ": emissions rise");
        take_band(*r.tonnes_per_year, r.formula);
    }

    void score_engineer() {
        if (!proposal_.engineer.other_projects) return leave_open("engineer.other_projects is not stated");
        take_band(*proposal_.engineer.other_projects, "beside this one");
    }

    void score_past() {
        const PastCollaboration past = count_past_projects(proposal_, facts_.partnership);
        row_.evidence = past.evidence;
        const BandScore low = criterion_.bands->score(past.at_least);
        const BandScore high = criterion_.bands->score(past.at_most);
        row_.points = {low.points.low, high.points.high};
        row_.from = row_.points.settled() ? PointsFrom::computed : PointsFrom::undefined;
        row_.reason = past.at_least == past.at_most
                          ? fmt::format("{} in the three years before the contract year", past.at_least)
                          : fmt::format(
                                "{} to {} in the three years before the contract year: declared "
                                "projects may be those on record",
                                past.at_least, past.at_most);
    }

    /// Points of a certificate whose copy is not submitted are not yet earned.
    void require_document(std::size_t number, std::string_view what) {
        if (row_.points.high == 0.0 || is_on(proposal_.documents.submitted[number - 1])) return;
        row_.points.low = 0.0;
        row_.from = PointsFrom::open;
        row_.reason += fmt::format("; document {}, {}, is missing: 0 without it", number, what);
    }

    void score_environmental() {
        const auto& names = proposal_.certificates.environmental;
        const bool said = !names.empty() || proposal_.set_at.contains("certificates.environmental");
        if (names.empty() && is_on(proposal_.certificates.environmental_lapsed))
            return leave_open(
                "a lapsed certificate whose system is kept up: the sheet asks for its description "
                "and states no points");
        if (!said) return leave_open("certificates.environmental is not stated");
        take_band(static_cast<double>(names.size()), fmt::format("{}", fmt::join(names, ", ")));
        require_document(8, "the certificate");
    }

    void score_work_life() {
        const auto& names = proposal_.certificates.work_life;
        if (names.empty() && !proposal_.set_at.contains("certificates.work_life"))
            return leave_open("certificates.work_life is not stated");
        double best = 0.0;
        std::string which = "no certificate";
        for (const std::string& name : names) {
            const double points = criterion_.named->find(name).value_or(0.0);
            row_.evidence.push_back(fmt::format("{}: {} points", name, format_number(points)));
            if (points > best) {
                best = points;
                which = name;
            }
        }
        settle(best, names.size() > 1 ? which + ": only the highest counts" : which);
        require_document(9, "the certificate");
    }

    void score_targets() {
        const TargetsSection& t = proposal_.targets;
        const bool disclosed = !t.published_at.empty();
        std::vector<std::string> parts;
        double low = 0.0, high = 0.0;
        const auto part = [&](std::size_t index, Verdict verdict, std::string_view text) {
            const auto& [name, points] = criterion_.named->points.at(index);
            low += verdict == Verdict::pass ? points : 0.0;
            high += verdict == Verdict::fail ? 0.0 : points;
            parts.push_back(fmt::format("{}: {}", name, text));
        };
        const auto fact = [&](std::size_t index, const std::optional<OnOff>& value) {
            part(index,
                 !value                ? Verdict::unknown
                 : *value == OnOff::on ? Verdict::pass
                                       : Verdict::fail,
                 !value                ? "not stated"
                 : *value == OnOff::on ? "yes"
                                       : "no");
        };
        const bool has_target = !t.reduction_target.empty();
        part(0, has_target ? Verdict::pass : Verdict::unknown,
             has_target ? t.reduction_target : std::string("not stated"));
        fact(1, t.decokatsu_supporters_club);
        fact(2, t.decokatsu_declaration);
        if (has_target)
            row_.evidence.push_back(disclosed
                                        ? "published at " + t.published_at
                                        : "targets should in principle be disclosed: targets.published_at "
                                          "is not stated");
        row_.points = {low, high};
        row_.from = low == high ? PointsFrom::computed : PointsFrom::open;
        row_.reason = fmt::format("{}", fmt::join(parts, "; "));
    }

    const Criterion& criterion_;
    const ScoringFacts& facts_;
    const Proposal& proposal_;
    ScoreRow row_;
};

}  // namespace

ScoreRow score_row(const Criterion& criterion, const ScoringFacts& facts) {
    return RowScorer(criterion, facts).score();
}

}  // namespace domino::scenarios
