#include "cli/spread_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace domino::cli {
namespace {

std::string describe_method(const SpreadAnswer& answer) {
    if (answer.method == SpreadMethod::exact) return "exact";
    return fmt::format("{} members, seed {}", answer.members, answer.seed);
}

/// Names stay on the comment's one line.
std::string on_one_line(std::string text) {
    for (char& c : text)
        if (c == '\n' || c == '\r') c = ' ';
    return text;
}

}  // namespace

std::string quoted_csv(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos && text.front() != '#') return text;
    std::string all = "\"";
    for (const char c : text) {
        if (c == '"') all += '"';
        all += c;
    }
    return all + '"';
}

std::string to_csv(const SpreadAnswer& answer, const NamedGraph& graph) {
    std::string text =
        fmt::format("# model: {}, {}\n# graph: {} nodes, {} edges\n# seeds: {}\n", answer.model,
                    describe_method(answer), graph.graph.nodes(), graph.graph.edges(),
                    on_one_line(fmt::format("{}", fmt::join(answer.seeds, ", "))));
    text += fmt::format("# expected spread: {}\n# standard error: {}\n", answer.expected_spread,
                        answer.standard_error);
    text += "node,activation_probability,standard_error\n";
    for (const std::uint32_t row : graph.rows_by_name())
        text += fmt::format("{},{},{}\n", quoted_csv(graph.names[row]), answer.probability[row],
                            answer.probability_standard_error[row]);
    return text;
}

std::string to_json(const SpreadAnswer& answer, const NamedGraph& graph) {
    nlohmann::ordered_json all;
    all["model"] = answer.model;
    all["method"] = answer.method == SpreadMethod::exact ? "exact" : "simulation";
    if (answer.method == SpreadMethod::simulation) {
        all["members"] = answer.members;
        all["seed"] = answer.seed;
    }
    all["nodes"] = graph.graph.nodes();
    all["edges"] = graph.graph.edges();
    all["seeds"] = answer.seeds;
    all["expected_spread"] = answer.expected_spread;
    all["standard_error"] = answer.standard_error;
    auto nodes = nlohmann::ordered_json::array();
    for (const std::uint32_t row : graph.rows_by_name())
        nodes.push_back({{"node", graph.names[row]},
                         {"activation_probability", answer.probability[row]},
                         {"standard_error", answer.probability_standard_error[row]}});
    all["activation"] = std::move(nodes);
    if (!answer.curve.empty()) {
        auto curve = nlohmann::ordered_json::array();
        for (const auto& [years, spread] : answer.curve)
            curve.push_back({{"years", years}, {"expected_spread", spread}});
        all["over_time"] = std::move(curve);
    }
    return all.dump(2) + "\n";
}

}  // namespace domino::cli
