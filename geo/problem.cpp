#include "geo/problem.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>
#include <utility>

namespace domino::geo {

namespace {

std::string join_texts(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        if (!text.empty()) text += '\n';
        text += to_text(problem);
    }
    return text;
}

/// Optimal string alignment distance: inserts, deletes, replacements and swaps of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = a[i - 1] == b[j - 1];
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::string to_text(const Problem& problem) {
    std::string text = problem.where;
    if (!text.empty()) text += ": ";
    text += problem.what;
    if (!problem.why.empty()) text += " (" + problem.why + ")";
    if (!problem.fix.empty()) text += "; " + problem.fix;
    return text;
}

ProblemError::ProblemError(Problem problem) : ProblemError(std::vector<Problem>{std::move(problem)}) {}

ProblemError::ProblemError(std::vector<Problem> problems)
    : std::runtime_error(join_texts(problems)), problems_(std::move(problems)) {}

std::string fold_case(std::string_view text) {
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return folded;
}

std::string closest_spelling(std::string_view name, const std::vector<std::string>& candidates) {
    constexpr std::size_t max_edits = 2;
    const std::string folded = fold_case(name);
    std::size_t best = max_edits + 1;
    std::string closest;
    for (const std::string& candidate : candidates) {
        // A two-letter name is two edits from every other: demand that most of it agrees.
        const std::size_t edits = edit_distance(folded, fold_case(candidate));
        if (edits < best && edits < std::max(name.size(), candidate.size()) - edits) {
            best = edits;
            closest = candidate;
        }
    }
    return closest;
}

}  // namespace domino::geo
