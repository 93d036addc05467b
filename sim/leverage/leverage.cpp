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

std::vector<Leverage> measure_leverages(const MeanFieldInput& input,
                                        std::span<const CountedAbatement> counted, const Threads* threads) {
    const FieldConstants constants(input);
    MeanField field(constants, input.reference, nullptr, threads);
    std::vector<Leverage> leverages(counted.size());
    std::vector<std::vector<double>> weight;
    for (const CountedAbatement& sum : counted) weight.push_back(weights(constants, sum));
    std::vector<double> relative_cost(constants.technologies * constants.years);
    std::vector<FieldState> starts;
    std::vector<MonthTape> tape(1);
    for (std::size_t y = 0; y < constants.years; ++y) {
        starts.push_back(field.state());
        field.run_year(y, tape);
        for (std::size_t t = 0; t < constants.technologies; ++t)
            relative_cost[t * constants.years + y] = field.year().relative_cost[t];
        for (std::size_t n = 0; n < counted.size(); ++n)
            for (std::size_t i = 0; i < constants.places; ++i)
                if (!counted[n].place || *counted[n].place == i)
                    leverages[n].abated_t += weight[n][y] * field.abated_t()[y * constants.places + i];
    }
    const ReferenceTrace trace = field.trace();
    field.compare_with(input.reference != nullptr ? *input.reference : trace);
    std::vector<MeanFieldReverse> reverse;
    for (std::size_t n = 0; n < counted.size(); ++n)
        reverse.emplace_back(constants, weight[n], counted[n].place, threads);
    for (std::size_t y = constants.years; y-- > 0;) {
        const int steps = constants.last_step(y) - constants.first_step(y);
        tape.resize(static_cast<std::size_t>(steps / constants.world.calendar.months_per_step));
        field.restore(starts.back());
        field.run_year(y, tape);
        for (MeanFieldReverse& one : reverse) one.run_year(y, field, starts.back(), tape);
        starts.pop_back();
    }
    for (std::size_t n = 0; n < counted.size(); ++n) {
        leverages[n].derivative = reverse[n].derivative();
        leverages[n].share_cost_jpy = reverse[n].share_cost_jpy();
        leverages[n].relative_cost = relative_cost;
        leverages[n].trace = trace;
    }
    return leverages;
}

Leverage measure_leverage(const MeanFieldInput& input, const CountedAbatement& counted,
                          const Threads* threads) {
    return std::move(measure_leverages(input, std::span(&counted, 1), threads).front());
}

}  // namespace domino::sim
