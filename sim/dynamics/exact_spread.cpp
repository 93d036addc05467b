#include "sim/dynamics/exact_spread.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

namespace domino::sim {
namespace {

enum class Rule : std::uint8_t { cascade, threshold };

/// A node not yet active, with what active nodes have done to it.
struct Candidate {
    std::uint32_t row = 0;
    double pending =
        0.0;              ///< cascade: chance of the edges from active nodes; threshold: sum of their weights
    double failed = 0.0;  ///< threshold: weight that has been tried in vain
};

/// A set of inactive nodes that touch each other and of which some may be activated; ascending by row.
using Part = std::vector<Candidate>;

/// A part as a key: two parts with equal keys have equal futures.
using PartKey = std::vector<std::uint64_t>;

PartKey key_of(const Part& part) {
    PartKey key;
    key.reserve(part.size() * 3);
    for (const Candidate& c : part) {
        key.push_back(c.row);
        key.push_back(std::bit_cast<std::uint64_t>(c.pending));
        key.push_back(std::bit_cast<std::uint64_t>(c.failed));
    }
    return key;
}

class Enumeration {
 public:
    Enumeration(const Digraph& graph, Rule rule, ExactLimits limits)
        : graph_(graph),
          rule_(rule),
          limits_(limits),
          place_(graph.nodes(), absent),
          rank_(graph.nodes(), absent) {}

    ExactSpread spread_from(std::span<const NodeId> seeds) {
        ExactSpread result;
        result.activation_probability.assign(graph_.nodes(), 0.0);
        const Part all = press_from(graph_.rows(seeds), result.activation_probability);
        const std::vector<Part> parts = split(all);
        check_edges(parts);
        for (const Part& part : parts) {
            const std::vector<double> chances = solve(part);
            for (std::size_t i = 0; i < part.size(); ++i)
                result.activation_probability[part[i].row] = chances[i];
        }
        for (const double chance : result.activation_probability) result.expected_spread += chance;
        result.branchings = branchings_;
        return result;
    }

 private:
    static constexpr std::uint32_t absent = UINT32_MAX;

    /// Activates the seeds and whoever follows them with certainty; returns the others.
    Part press_from(std::vector<std::uint32_t> active, std::vector<double>& chances) {
        Part all(graph_.nodes());
        for (std::uint32_t row = 0; row < graph_.nodes(); ++row) all[row].row = row;
        for (const std::uint32_t seed : active) chances[seed] = 1.0;
        for (std::size_t next = 0; next < active.size(); ++next) {
            rank_[active[next]] = static_cast<std::uint32_t>(next);
            act(active[next], all, [](std::uint32_t row) { return row; });
            for (const std::uint32_t target : graph_.targets(active[next])) {
                if (chances[target] == 1.0 || chance_of(all[target]) < 1.0) continue;
                chances[target] = 1.0;
                active.push_back(target);
            }
        }
        rank_by_distance(active);
        std::erase_if(all, [&](const Candidate& c) { return chances[c.row] == 1.0; });
        return all;
    }

    /// Nodes near the active ones are decided first: what lies between them and the rest stays narrow.
    void rank_by_distance(std::vector<std::uint32_t> queue) {
        for (std::size_t next = 0; next < queue.size(); ++next) {
            for (const std::uint32_t target : graph_.targets(queue[next])) {
                if (rank_[target] != absent) continue;
                rank_[target] = static_cast<std::uint32_t>(queue.size());
                queue.push_back(target);
            }
        }
    }

    /// The node at @p row has become active: its edges press on those of @p part.
    template <class PlaceOf>
    void act(std::uint32_t row, Part& part, PlaceOf place_of) const {
        const auto targets = graph_.targets(row);
        const auto weights = graph_.out_weights(row);
        for (std::size_t e = 0; e < targets.size(); ++e) {
            const std::uint32_t place = place_of(targets[e]);
            if (place == absent) continue;
            double& pending = part[place].pending;
            pending = rule_ == Rule::cascade ? pending + (1.0 - pending) * weights[e] : pending + weights[e];
        }
    }

    double chance_of(const Candidate& c) const {
        if (rule_ == Rule::cascade) return std::min(c.pending, 1.0);
        const double open = 1.0 - c.failed;
        return c.pending >= open ? 1.0 : c.pending / open;
    }

    /// What can still be activated, in parts that do not touch. Rows within a part stay ascending.
    std::vector<Part> split(const Part& all) {
        set_places(all);
        const std::vector<bool> reachable = find_reachable(all);
        std::vector<std::uint32_t> label(all.size(), absent);
        std::vector<Part> parts;
        std::vector<std::uint32_t> stack;
        for (std::uint32_t start = 0; start < all.size(); ++start) {
            if (!reachable[start] || label[start] != absent) continue;
            const auto number = static_cast<std::uint32_t>(parts.size());
            parts.emplace_back();
            label[start] = number;
            stack.push_back(start);
            const auto visit = [&](std::uint32_t row, double weight) {
                const std::uint32_t place = place_[row];
                if (weight == 0.0 || place == absent || !reachable[place] || label[place] != absent) return;
                label[place] = number;
                stack.push_back(place);
            };
            while (!stack.empty()) {
                const std::uint32_t row = all[stack.back()].row;
                stack.pop_back();
                for_each(graph_.targets(row), graph_.out_weights(row), visit);
                for_each(graph_.sources(row), graph_.in_weights(row), visit);
            }
        }
        for (std::uint32_t i = 0; i < all.size(); ++i)
            if (label[i] != absent) parts[label[i]].push_back(all[i]);
        clear_places(all);
        return parts;
    }

    /// By place in @p all; places must be set.
    std::vector<bool> find_reachable(const Part& all) const {
        std::vector<bool> reachable(all.size(), false);
        std::vector<std::uint32_t> stack;
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            if (!(all[i].pending > 0.0)) continue;
            reachable[i] = true;
            stack.push_back(i);
        }
        while (!stack.empty()) {
            const std::uint32_t row = all[stack.back()].row;
            stack.pop_back();
            for_each(graph_.targets(row), graph_.out_weights(row), [&](std::uint32_t target, double weight) {
                const std::uint32_t place = place_[target];
                if (weight == 0.0 || place == absent || reachable[place]) return;
                reachable[place] = true;
                stack.push_back(place);
            });
        }
        return reachable;
    }

    template <class Visit>
    static void for_each(std::span<const std::uint32_t> rows, std::span<const double> weights, Visit visit) {
        for (std::size_t e = 0; e < rows.size(); ++e) visit(rows[e], weights[e]);
    }

    void set_places(const Part& part) {
        for (std::uint32_t i = 0; i < part.size(); ++i) place_[part[i].row] = i;
    }
    void clear_places(const Part& part) {
        for (const Candidate& c : part) place_[c.row] = absent;
    }

    /// The probability of each node of a part to become active in the end.
    std::vector<double> solve(const Part& part) {
        if (part.size() == 1) return {chance_of(part.front())};
        PartKey key = key_of(part);
        if (const auto known = solved_.find(key); known != solved_.end()) return known->second;
        if (++branchings_ > limits_.branchings)
            throw TooLargeForExact(fmt::format("an exact answer takes more than {} cases; simulate instead",
                                               limits_.branchings));
        const std::size_t chosen = choose(part);
        const double chance = chance_of(part[chosen]);
        std::vector<double> chances(part.size(), 0.0);
        add_case(with_success(part, chosen), part, chance, chances);
        chances[chosen] += chance;
        if (chance < 1.0) add_case(with_failure(part, chosen), part, 1.0 - chance, chances);
        if (remembered_ < most_remembered) {
            remembered_ += part.size();
            solved_.emplace(std::move(key), chances);
        }
        return chances;
    }

    std::size_t choose(const Part& part) const {
        std::size_t best = part.size();
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (!(part[i].pending > 0.0)) continue;
            if (best == part.size() || rank_[part[i].row] < rank_[part[best].row]) best = i;
        }
        return best;
    }

    Part with_success(const Part& part, std::size_t chosen) {
        Part rest = part;
        const std::uint32_t row = part[chosen].row;
        set_places(part);
        place_[row] = absent;
        act(row, rest, [this](std::uint32_t target) { return place_[target]; });
        clear_places(part);
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(chosen));
        return rest;
    }

    Part with_failure(Part part, std::size_t chosen) const {
        Candidate& candidate = part[chosen];
        if (rule_ == Rule::threshold) candidate.failed += candidate.pending;
        candidate.pending = 0.0;
        return part;
    }

    /// Solves what is left of @p part in one case and adds its chances, times the case's own.
    void add_case(const Part& rest, const Part& part, double weight, std::vector<double>& chances) {
        for (const Part& piece : split(rest)) {
            const std::vector<double> inner = solve(piece);
            std::size_t at = 0;
            for (std::size_t i = 0; i < piece.size(); ++i) {
                while (part[at].row != piece[i].row) ++at;
                chances[at] += weight * inner[i];
            }
        }
    }

    void check_edges(const std::vector<Part>& parts) const {
        std::size_t edges = 0;
        for (const Part& part : parts)
            for (const Candidate& c : part)
                for (const double weight : graph_.in_weights(c.row)) edges += weight > 0.0 ? 1U : 0U;
        if (edges > limits_.edges)
            throw TooLargeForExact(fmt::format(
                "the seeds can reach {} edges whose outcome is open, and an exact answer takes at most {}; "
                "simulate instead",
                edges, limits_.edges));
    }

    static constexpr std::size_t most_remembered = 1 << 22;  // nodes; about 150 MB

    const Digraph& graph_;
    Rule rule_;
    ExactLimits limits_;
    std::vector<std::uint32_t> place_;  ///< of a row in the part at hand
    std::vector<std::uint32_t> rank_;   ///< of a row, by distance from the seeds
    std::map<PartKey, std::vector<double>> solved_;
    std::size_t remembered_ = 0;
    std::uint64_t branchings_ = 0;
};

}  // namespace

ExactSpread compute_exact_spread(const IndependentCascade& model, std::span<const NodeId> seeds,
                                 ExactLimits limits) {
    return Enumeration(model.graph(), Rule::cascade, limits).spread_from(seeds);
}

ExactSpread compute_exact_spread(const LinearThreshold& model, std::span<const NodeId> seeds,
                                 ExactLimits limits) {
    return Enumeration(model.graph(), Rule::threshold, limits).spread_from(seeds);
}

}  // namespace domino::sim
