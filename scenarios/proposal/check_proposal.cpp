#include "scenarios/proposal/check_proposal.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/month_text.h"
#include "scenarios/units.h"
#include "scenarios/vocabulary.h"

namespace domino::scenarios {
namespace {

constexpr int goals = 17;

class ProposalChecks {
 public:
    ProposalChecks(const Proposal& proposal, const ScoringSheet& sheet, const std::string& shown,
                   Problems& problems)
        : proposal_(proposal), sheet_(sheet), shown_(shown), problems_(problems) {}

    void run() {
        check_phase();
        check_words("sectors", proposal_.sectors, sheet_.sectors, "sector of Box 5");
        check_certificates();
        check_goals();
        check_technologies();
        check_reduction();
        check_past_projects();
        for (const JudgedScore& judged : proposal_.judged) check_judged(judged);
    }

 private:
    SourceLocation at(const std::string& key) const {
        const auto found = proposal_.set_at.find(key);
        return found == proposal_.set_at.end() ? SourceLocation{shown_, 0, 0} : found->second;
    }

    void report(SourceLocation where, std::string what, std::string why, std::string fix) {
        problems_.push_back({std::move(where), std::move(what), std::move(why), std::move(fix)});
    }

    bool is_new() const { return proposal_.kind == ProposalKind::new_project; }

    void check_phase() {
        if (!proposal_.set_at.contains("kind")) return;
        const bool first_year = proposal_.phase == 1 && proposal_.year_of_phase == 1;
        const std::string key = proposal_.set_at.contains("phase") ? "phase" : "kind";
        if (is_new() && !first_year)
            report(
                at(key),
                fmt::format("a new project in year {} of phase {}", proposal_.year_of_phase, proposal_.phase),
                "a new project begins with the first year of the first phase",
                "write kind = \"ongoing\", or phase = 1 and year_of_phase = 1");
        if (!is_new() && first_year)
            report(at("kind"), "an ongoing project in the first year of its first phase",
                   "that is a new project", "write phase and year_of_phase, or kind = \"new\"");
    }

    void check_words(const std::string& key, const std::vector<std::string>& words,
                     const std::vector<std::string>& known, std::string_view noun) {
        if (known.empty()) return;
        for (const std::string& word : words) {
            if (std::find(known.begin(), known.end(), word) != known.end()) continue;
            const std::string near = did_you_mean(word, known);
            report(at(key), fmt::format("{}: there is no {} \"{}\"", key, noun, word.substr(0, 60)), "",
                   near.empty() ? fmt::format("choose from {}", fmt::join(known, ", ")) : near);
        }
    }

    void check_certificates() {
        const Criterion* work_life = sheet_.find("work_life");
        if (work_life == nullptr || !work_life->named) return;
        check_words("certificates.work_life", proposal_.certificates.work_life, work_life->named->names(),
                    "certificate");
    }

    void check_goals() {
        std::vector<std::string> known;
        for (int goal = 1; goal <= goals; ++goal) known.push_back(std::to_string(goal));
        check_words("claims.sdgs", proposal_.claims.sdgs, known, "Sustainable Development Goal");
    }

    void check_technologies() {
        for (const PlannedTechnology& planned : proposal_.technologies) {
            if (planned.units.has_value() == planned.tonnes_per_year.has_value())
                report(planned.where,
                       fmt::format("technologies: {} {} tonnes_per_year", planned.technology,
                                   planned.units ? "has units and" : "has neither units nor"),
                       "either the pack's reduction of a unit counts, or your own figure",
                       "write one of units and tonnes_per_year");
            if (planned.subsidy_jpy && planned.subsidy_share)
                report(planned.where,
                       fmt::format("technologies: {} has subsidy and subsidy_share", planned.technology),
                       "each says the same", "write one of them");
        }
    }

    void check_reduction() {
        const ReductionSection& reduction = proposal_.reduction;
        for (const auto& [key, set] : {std::pair{"reduction.subsidy", reduction.subsidy_jpy.has_value()},
                                       {"reduction.years", reduction.years.has_value()}}) {
            if (!set || reduction.tonnes_per_year) continue;
            report(at(key), fmt::format("{} without reduction.tonnes_per_year", key),
                   "it belongs to a reduction stated for the whole project",
                   "write reduction.tonnes_per_year, or the figure at each of [[technologies]]");
        }
    }

    void check_past_projects() {
        for (const PastProject& past : proposal_.past_projects) {
            if (past.to < past.from)
                report(past.where,
                       fmt::format("past_projects: \"{}\" ends in {}, before it begins in {}", past.title,
                                   format_month(past.to), format_month(past.from)),
                       "", "mend the dates");
            else if (proposal_.fiscal_year > 0 && past.from >= proposal_.start())
                report(past.where,
                       fmt::format("past_projects: \"{}\" begins in {}", past.title, format_month(past.from)),
                       "the contract year begins then or earlier, so it is no past project",
                       "delete it, or mend the dates");
        }
    }

    void check_judged(const JudgedScore& judged) {
        if (judged.item.empty()) return;
        const Criterion* criterion = sheet_.find(judged.item);
        if (criterion == nullptr) {
            std::vector<std::string> items;
            for (const Criterion& known : sheet_.criteria) items.push_back(known.item);
            const std::string near = did_you_mean(judged.item, items);
            return report(judged.where,
                          fmt::format("judged: there is no item \"{}\"", judged.item.substr(0, 60)), "",
                          near.empty() ? fmt::format("choose from {}", fmt::join(items, ", ")) : near);
        }
        const double most = criterion->most(proposal_.kind);
        if (most == 0.0)
            report(judged.where,
                   fmt::format("judged: {} is not scored for {} projects", judged.item,
                               is_new() ? "new" : "ongoing"),
                   "the sheet leaves it blank", "delete the entry, or mend kind");
        else if (judged.points > most)
            report(judged.where,
                   fmt::format("judged: {} points for {}", format_number(judged.points), judged.item),
                   fmt::format("the sheet gives at most {}", format_number(most)),
                   fmt::format("give 0 to {}", format_number(most)));
        if (!judged_items_.insert(judged.item).second)
            report(judged.where, fmt::format("judged: {} is judged twice", judged.item), "",
                   "keep one entry");
    }

    const Proposal& proposal_;
    const ScoringSheet& sheet_;
    const std::string& shown_;
    Problems& problems_;
    std::set<std::string> judged_items_;
};

}  // namespace

void check_proposal(const Proposal& proposal, const ScoringSheet& sheet, const std::string& shown,
                    Problems& problems) {
    ProposalChecks(proposal, sheet, shown, problems).run();
}

}  // namespace domino::scenarios
