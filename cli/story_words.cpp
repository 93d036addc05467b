#include "cli/story_words.h"

#include <cmath>

#include <fmt/format.h>

namespace domino::cli {

std::string percent(double share) {
    const double value = 100.0 * share;
    if (value > 0.0 && value < 1.0) return "< 1 %";
    return fmt::format("{:.0f} %", value);
}

std::string describe_cause(const std::string& cause, const std::string& layer) {
    if (cause == "spontaneous") return "by itself";
    if (cause == "joint_declaration") return "in a joint declaration of its region";
    if (cause == "programme") return "under a programme's support";
    if (cause == "coercion") return "because its region had";
    if (cause == "observed") return "on record before the run";
    if (cause == "layer") return fmt::format("following others ({})", layer);
    return cause;
}

std::string describe_amount(double t) {
    const double size = std::abs(t);
    if (size >= 1e6) return fmt::format("{:.2f} Mt", t / 1e6);
    if (size >= 1e3) return fmt::format("{:.1f} kt", t / 1e3);
    if (size >= 10.0 || t == 0.0) return fmt::format("{:.0f} t", t);
    return fmt::format("{:.2g} t", t);
}

}  // namespace domino::cli
