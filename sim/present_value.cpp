#include "sim/present_value.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "sim/random.h"

namespace domino::sim {

double Valuation::worth(int year) const {
    const double yearly = (1.0 + inflation_per_year) * (1.0 + discount_rate);
    double worth = 1.0;
    for (int n = std::abs(year - base_year); n > 0; --n)
        worth = year > base_year ? worth / yearly : worth * yearly;
    return worth;
}

double draw_discount_rate(const Prior& prior, Uncertainty uncertainty, MemberId id) {
    const auto words =
        random_words({id.seed, Process::parameter, sub_of("discount_rate"), id.member, 0, 0, 0});
    const bool sampled = uncertainty == Uncertainty::sampled;
    return std::max(0.0, sampled ? draw(prior, to_uniform(words[0]), to_uniform(words[1])) : median(prior));
}

}  // namespace domino::sim
