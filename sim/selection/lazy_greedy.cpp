#include "sim/selection/lazy_greedy.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>
#include <utility>

namespace domino::sim {
namespace {

constexpr std::size_t never_seen = std::numeric_limits<std::size_t>::max();

/// What an item was last seen to add, or is taken to add at most, and after how many choices it was seen.
struct Bound {
    double priority = 0.0;
    std::uint32_t item = 0;
    std::size_t seen_after = 0;

    /// The most promising first.
    friend bool operator<(const Bound& a, const Bound& b) {
        return a.priority != b.priority ? a.priority > b.priority : a.item < b.item;
    }
};

class LazyGreedy {
 public:
    LazyGreedy(const SelectionProblem& problem, GreedyRule rule, ValueMemory& memory,
               const GreedyOptions& options)
        : problem_(problem), memory_(memory), options_(options) {
        for (std::uint32_t item = 0; item < problem.within.size(); ++item)
            if (problem.within[item] > item)
                throw std::invalid_argument("an item lies within an earlier one, or in none");
        if (options.together == 0) throw std::invalid_argument("gains are looked at one by one at least");
        for (const double cost : problem.cost)
            if (!(cost > 0.0)) throw std::invalid_argument("an item of a selection problem costs something");
        selection_.rule = rule;
    }

    Selection run() {
        selection_.value = memory_.of(selection_.chosen, problem_);
        start();
        while (choose_next()) {
            if (options_.progress) options_.progress(selection_.rule, selection_.picks.size());
        }
        return std::move(selection_);
    }

 private:
    bool fits(std::uint32_t item) {
        if (problem_.fits(selection_.chosen, item)) return true;
        left_out_ = true;
        return false;
    }

    void start() {
        std::vector<std::uint32_t> first, later;
        for (std::uint32_t item = 0; item < problem_.cost.size(); ++item) {
            if (!fits(item)) continue;
            const std::uint32_t bound = problem_.within.empty() ? item : problem_.within[item];
            (bound == item || !fits(bound) ? first : later).push_back(item);
        }
        gain_.assign(problem_.cost.size(), 0.0);
        look_at(first);
        // Those within others in order of number: what bounds them has been bounded itself.
        for (const std::uint32_t item : later) {
            gain_[item] = gain_[problem_.within[item]];
            queue_.insert({priority(item), item, never_seen});
        }
    }

    double priority(std::uint32_t item) const {
        return selection_.rule == GreedyRule::gain ? gain_[item] : gain_[item] / problem_.cost[item];
    }

    /// Sees what items add now.
    void look_at(const std::vector<std::uint32_t>& items) {
        std::vector<ItemSet> sets;
        for (const std::uint32_t item : items) sets.push_back(with_item(selection_.chosen, item));
        const auto values = memory_.of(sets, problem_);
        const double now = selection_.mean();
        for (std::size_t n = 0; n < items.size(); ++n) {
            gain_[items[n]] = mean_value(*values[n]) - now;
            queue_.insert({priority(items[n]), items[n], selection_.picks.size()});
        }
    }

    /// False where the search ends.
    bool choose_next() {
        while (!queue_.empty()) {
            const Bound top = *queue_.begin();
            if (!fits(top.item)) {
                queue_.erase(queue_.begin());
                continue;
            }
            if (top.seen_after == selection_.picks.size()) {
                if (top.priority <= 0.0) return end(SearchEnd::nothing_gained);
                queue_.erase(queue_.begin());
                choose(top.item);
                return true;
            }
            look_at(take_stale());
        }
        return end(left_out_ ? SearchEnd::nothing_fits : SearchEnd::all_chosen);
    }

    /// The most promising of those not seen since the last choice.
    std::vector<std::uint32_t> take_stale() {
        std::vector<std::uint32_t> stale;
        for (auto at = queue_.begin(); at != queue_.end() && stale.size() < options_.together;) {
            const bool old = at->seen_after != selection_.picks.size();
            if (old && fits(at->item)) stale.push_back(at->item);
            at = old ? queue_.erase(at) : std::next(at);
        }
        return stale;
    }

    void choose(std::uint32_t item) {
        const MemberValues before = selection_.value;
        selection_.chosen = with_item(selection_.chosen, item);
        selection_.value = memory_.of(selection_.chosen, problem_);
        Pick pick;
        pick.item = item;
        MemberValues gains(before.size());
        for (std::size_t m = 0; m < gains.size(); ++m) gains[m] = selection_.value[m] - before[m];
        pick.gain = mean_value(gains);
        double squares = 0.0;
        for (const double gain : gains) squares += (gain - pick.gain) * (gain - pick.gain);
        const auto members = static_cast<double>(gains.size());
        if (gains.size() > 1) pick.standard_error = std::sqrt(squares / (members - 1.0) / members);
        pick.value = selection_.mean();
        pick.cost = problem_.cost[item] + (selection_.picks.empty() ? 0.0 : selection_.picks.back().cost);
        selection_.picks.push_back(pick);
    }

    bool end(SearchEnd why) {
        selection_.end = why;
        return false;
    }

    const SelectionProblem& problem_;
    ValueMemory& memory_;
    const GreedyOptions& options_;
    Selection selection_;
    std::vector<double> gain_;  ///< by item, as last seen or bounded
    std::set<Bound> queue_;
    bool left_out_ = false;
};

}  // namespace

Selection select_greedily(const SelectionProblem& problem, GreedyRule rule, ValueMemory& memory,
                          const GreedyOptions& options) {
    return LazyGreedy(problem, rule, memory, options).run();
}

BothSelections select_by_both_rules(const SelectionProblem& problem, ValueMemory& memory,
                                    const GreedyOptions& options) {
    BothSelections both{select_greedily(problem, GreedyRule::gain, memory, options),
                        select_greedily(problem, GreedyRule::gain_per_cost, memory, options)};
    if (both.other.mean() > both.better.mean()) std::swap(both.better, both.other);
    return both;
}

}  // namespace domino::sim
