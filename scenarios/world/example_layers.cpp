#include "scenarios/world/example_layers.h"

namespace domino::scenarios {

void add_broadcast(const std::vector<Example>& examples, const std::vector<std::uint32_t>& targets,
                   sim::Month to, std::vector<sim::DatedEdge>& edges) {
    if (examples.empty()) return;
    const double weight = 1.0 / static_cast<double>(examples.size());
    for (const auto& example : examples) {
        if (!(example.from < to)) continue;
        for (const auto target : targets) {
            if (target != example.place) edges.push_back({example.place, target, weight, example.from, to});
        }
    }
}

}  // namespace domino::scenarios
