#include "viz/target_assessment.h"

#include <array>

namespace domino::viz {

TargetAssessment assess_targets(const RunContext& context) {
    TargetAssessment out;
    const sim::RunResults* reference = context.results.reference ? &*context.results.reference : nullptr;
    for (const sim::Target& target : context.built.targets) {
        out.scenario.push_back(sim::assess(target, context.built.world, context.results.scenario, reference));
        if (context.results.reference) {
            out.reference.push_back(
                sim::assess(target, context.reference_built->world, *reference, reference));
        }
    }
    return out;
}

std::string_view target_type_id(sim::TargetType type) {
    static constexpr std::array<std::string_view, 10> ids = {
        "base_year",  "bau",        "intensity", "fixed_level", "absolute_reduction",
        "peak_minus", "trajectory", "budget",    "sectoral",    "unknown"};
    return ids.at(static_cast<std::size_t>(type));
}

std::string_view conditionality_id(sim::Conditionality conditionality) {
    static constexpr std::array<std::string_view, 3> ids = {"unconditional", "conditional", "combined"};
    return ids.at(static_cast<std::size_t>(conditionality));
}

std::string_view lulucf_id(sim::LulucfTreatment lulucf) {
    static constexpr std::array<std::string_view, 4> ids = {"excluded", "included", "gross_net", "unknown"};
    return ids.at(static_cast<std::size_t>(lulucf));
}

}  // namespace domino::viz
