#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace domino::geo {

/// One thing wrong with what was read: where it is, what is wrong, why it is wrong, what would be right.
struct Problem {
    std::string where;  ///< file, layer, line, column or feature
    std::string what;   ///< the fact, naming the offending value
    std::string why;    ///< the rule it breaks; may be empty when `what` says it all
    std::string fix;    ///< what the user can do

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// "where: what (why); fix" on one line.
std::string to_text(const Problem& problem);

/// Carries every problem found in one input; what() is their texts, one a line.
class ProblemError : public std::runtime_error {
 public:
    explicit ProblemError(Problem problem);
    /// @p problems must not be empty.
    explicit ProblemError(std::vector<Problem> problems);

    const std::vector<Problem>& problems() const { return problems_; }

 private:
    std::vector<Problem> problems_;
};

/// ASCII letters in lower case; every other byte as it is.
std::string fold_case(std::string_view text);

/// The candidate within two edits (insert, delete, replace, swap) of @p name, letter case ignored, for a
/// did-you-mean; empty when none is that near. The first of equally near candidates wins.
std::string closest_spelling(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace domino::geo
