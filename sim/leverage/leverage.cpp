#include "sim/leverage/leverage.h"

#include <span>
#include <utility>

#include "sim/leverage/mean_field.h"
#include "sim/leverage/mean_field_reverse.h"

namespace domino::sim {
namespace {

std::vector<double> weights(const FieldConstants& constants, const CountedAbatement& counted) {
    std::vector<double> weight;
    for (std::size_t y = 0; y < constants.years; ++y) {
        const int year = constants.world.calendar.first.year() + static_cast<int>(y);
        weight.push_back(counted.first <= year && year <= counted.last ? 1.0 : 0.0);
    }
    return weight;
}

}  // namespace

Leverage measure_leverage(const MeanFieldInput& input, const CountedAbatement& counted,
                          const Threads* threads) {
    const FieldConstants constants(input);
    const std::vector<double> weight = weights(constants, counted);
    MeanField field(constants, input.reference, nullptr, threads);
    Leverage leverage;
    leverage.relative_cost.resize(constants.technologies * constants.years);
    std::vector<FieldState> starts;
    std::vector<MonthTape> tape(1);
    for (std::size_t y = 0; y < constants.years; ++y) {
        starts.push_back(field.state());
        field.run_year(y, tape);
        for (std::size_t t = 0; t < constants.technologies; ++t)
            leverage.relative_cost[t * constants.years + y] = field.year().relative_cost[t];
        for (std::size_t i = 0; i < constants.places; ++i)
            if (!counted.place || *counted.place == i)
                leverage.abated_t += weight[y] * field.abated_t()[y * constants.places + i];
    }
    leverage.trace = field.trace();
    field.compare_with(input.reference != nullptr ? *input.reference : leverage.trace);
    MeanFieldReverse reverse(constants, weight, counted.place, threads);
    for (std::size_t y = constants.years; y-- > 0;) {
        const int steps = constants.last_step(y) - constants.first_step(y);
        tape.resize(static_cast<std::size_t>(steps / constants.world.calendar.months_per_step));
        field.restore(starts.back());
        field.run_year(y, tape);
        reverse.run_year(y, field, starts.back(), tape);
        starts.pop_back();
    }
    leverage.derivative = reverse.derivative();
    leverage.share_cost_jpy = reverse.share_cost_jpy();
    return leverage;
}

}  // namespace domino::sim
