#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "scenarios/read_value.h"

namespace domino::scenarios {
namespace {

struct FamilyWord {
    std::string_view word;
    sim::Family family;
    std::size_t numbers;
};
constexpr std::array<FamilyWord, 5> families = {{{"fixed", sim::Family::fixed, 1},
                                                 {"normal", sim::Family::normal, 2},
                                                 {"half_normal", sim::Family::half_normal, 1},
                                                 {"uniform", sim::Family::uniform, 2},
                                                 {"log_uniform", sim::Family::log_uniform, 2}}};
constexpr std::string_view zero_word = "zero";
constexpr std::string_view how =
    "write a number, or one of { normal = [mean, sd] }, { half_normal = sd }, "
    "{ uniform = [low, high] }, { log_uniform = [low, high] }, each with zero = probability if wanted";

class PriorReader {
 public:
    PriorReader(const std::string& key, ReadContext& context) : key_(key), context_(context) {}

    std::optional<sim::Prior> read(const toml::node& node) {
        if (node.is_number()) {
            const auto value = number(node);
            return value ? std::optional{sim::fixed(*value)} : std::nullopt;
        }
        const toml::table* table = node.as_table();
        if (table == nullptr) return fail(node, "neither a number nor a prior", std::string(how));
        std::optional<sim::Prior> prior;
        double zero = 0.0;
        bool good = true;
        for (const auto& [word, value] : *table) {
            if (word.str() == zero_word) {
                const auto mass = number(value);
                good = good && mass &&
                       check(value, *mass >= 0.0 && *mass <= 1.0, "zero is a probability", "give 0 to 1");
                zero = mass.value_or(0.0);
                continue;
            }
            const auto one = read_family(word, value, prior.has_value());
            good = good && one;
            if (one) prior = one;
        }
        if (!good) return std::nullopt;
        if (!prior) return fail(node, "no distribution", std::string(how));
        prior->zero_mass = zero;
        return prior;
    }

    std::nullopt_t fail(const toml::node& node, std::string what, std::string fix) {
        context_.problems.push_back(
            {locate(node, context_.document.shown), fmt::format("{}: {}", key_, what), "", std::move(fix)});
        return std::nullopt;
    }

 private:
    bool check(const toml::node& node, bool holds, std::string_view what, std::string_view fix) {
        if (!holds) fail(node, std::string(what), std::string(fix));
        return holds;
    }

    std::optional<double> number(const toml::node& node) {
        if (!node.is_number()) return fail(node, "a distribution's values are numbers", std::string(how));
        const double value = number_of(node);
        if (!std::isfinite(value))
            return fail(node, "the value is not a finite number", "write a number such as 0.5");
        return value;
    }

    std::optional<sim::Prior> read_family(const toml::key& word, const toml::node& value, bool second) {
        std::vector<std::string> words = {std::string(zero_word)};
        const FamilyWord* found = nullptr;
        for (const FamilyWord& family : families) {
            words.emplace_back(family.word);
            if (word.str() == family.word) found = &family;
        }
        if (found == nullptr) {
            const std::string near = did_you_mean(word.str(), words);
            context_.problems.push_back(
                {locate(word, context_.document.shown),
                 fmt::format("{}: there is no distribution \"{}\"", key_, word.str().substr(0, 60)), "",
                 near.empty() ? std::string(how) : near});
            return std::nullopt;
        }
        if (second) return fail(value, "two distributions at once", "keep one");
        std::vector<double> numbers;
        if (const toml::array* array = value.as_array(); array != nullptr && found->numbers == 2) {
            for (const toml::node& element : *array) {
                const auto read = number(element);
                if (!read) return std::nullopt;
                numbers.push_back(*read);
            }
        } else if (const auto read = number(value)) {
            numbers.push_back(*read);
        } else {
            return std::nullopt;
        }
        if (numbers.size() != found->numbers)
            return fail(value,
                        fmt::format("{} takes {} number{}", found->word, found->numbers,
                                    found->numbers == 1 ? "" : "s"),
                        std::string(how));
        sim::Prior prior{found->family, numbers[0], found->numbers == 2 ? numbers[1] : 0.0, 0.0};
        return valid(value, prior) ? std::optional{prior} : std::nullopt;
    }

    bool valid(const toml::node& node, const sim::Prior& prior) {
        switch (prior.family) {
            case sim::Family::normal:
                return check(node, prior.b >= 0.0, "the standard deviation is negative", "give 0 or more");
            case sim::Family::half_normal:
                return check(node, prior.a >= 0.0, "the standard deviation is negative", "give 0 or more");
            case sim::Family::uniform:
                return check(node, prior.a < prior.b, "the bounds are not in order",
                             "give [low, high] with low < high");
            case sim::Family::log_uniform:
                return check(node, prior.a > 0.0, "the lower bound of log_uniform is not above zero",
                             "give a low bound above 0") &&
                       check(node, prior.a < prior.b, "the bounds are not in order",
                             "give [low, high] with low < high");
            default:
                return true;
        }
    }

    const std::string& key_;
    ReadContext& context_;
};

}  // namespace

bool can_be_negative(const sim::Prior& prior) {
    switch (prior.family) {
        case sim::Family::normal:
            return prior.b > 0.0 || prior.a < 0.0;
        case sim::Family::fixed:
        case sim::Family::uniform:
            return prior.a < 0.0;
        default:
            return false;
    }
}

std::optional<sim::Prior> read_prior(const toml::node& node, const std::string& key, Support support,
                                     ReadContext& context) {
    PriorReader reader(key, context);
    const auto prior = reader.read(node);
    if (prior && support == Support::not_negative && can_be_negative(*prior))
        return reader.fail(node, "this value can be negative",
                           "it is 0 or more by definition: use half_normal, or bounds of 0 or more");
    return prior;
}

}  // namespace domino::scenarios
