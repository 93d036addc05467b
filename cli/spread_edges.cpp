#include "cli/spread_edges.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "cli/failure.h"
#include "geo/place_id.h"
#include "geo/problem.h"

namespace domino::cli {
namespace {

constexpr std::size_t most_told = 20;

sim::NodeId id_of(std::string_view name) {
    return sim::NodeId{geo::place_key(name).value};
}

/// The first of the names that is a column.
std::optional<std::size_t> find_either(const geo::Table& table, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const auto column = table.find_column(name)) return column;
    return std::nullopt;
}

class EdgeReader {
 public:
    EdgeReader(const geo::Table& table, const EdgeReading& reading) : table_(table), reading_(reading) {}

    NamedGraph read() {
        find_columns();
        std::vector<sim::WeightedEdge> edges;
        edges.reserve(table_.rows());
        for (std::size_t row = 0; row < table_.rows(); ++row)
            if (const auto edge = read_edge(row)) edges.push_back(*edge);
        if (table_.rows() == 0) tell({table_.source(), "there are no edges", "", "add a row for each"});
        if (told_ > most_told)
            problems_.push_back({table_.source(), fmt::format("{} more problems", told_ - most_told), "",
                                 "mend those above first"});
        if (!problems_.empty()) throw geo::ProblemError(std::move(problems_));

        NamedGraph named;
        if (weight_) named.weight_column = table_.column_names()[*weight_];
        named.graph = sim::Digraph(
            reading_.direction == EdgeDirection::both_ways ? sim::both_directions(edges) : std::move(edges));
        for (std::uint32_t row = 0; row < named.graph.nodes(); ++row)
            named.names.emplace_back(names_.at(named.graph.id(row).value));
        return named;
    }

 private:
    void find_columns() {
        const auto from = find_either(table_, {"from", "source"});
        const auto to = find_either(table_, {"to", "target"});
        std::vector<std::string> missing;
        if (!from) missing.emplace_back("from");
        if (!to) missing.emplace_back("to");
        if (!reading_.weight_column.empty()) {
            weight_ = table_.find_column(reading_.weight_column);
            if (!weight_) missing.push_back(reading_.weight_column);
        } else {
            weight_ = find_either(table_, {"weight", "probability"});
        }
        table_.require_columns(missing);
        from_ = *from;
        to_ = *to;
    }

    std::optional<sim::WeightedEdge> read_edge(std::size_t row) {
        const std::size_t told_before = told_;
        const auto from = read_name(row, from_);
        const auto to = read_name(row, to_);
        const double weight = weight_ ? read_weight(row) : 1.0;
        if (!from || !to) return std::nullopt;
        if (*from == *to)
            tell({table_.where(row, to_), fmt::format("\"{}\" acts on itself", table_.cell(row, to_)), "",
                  "leave the row out"});
        else
            check_told_once(row, *from, *to);
        if (told_ != told_before) return std::nullopt;
        return sim::WeightedEdge{*from, *to, weight};
    }

    std::optional<sim::NodeId> read_name(std::size_t row, std::size_t column) {
        const std::string_view name = table_.cell(row, column);
        if (name.empty()) {
            tell({table_.where(row, column), "the name of a node is missing", "", "fill it in"});
            return std::nullopt;
        }
        const sim::NodeId id = id_of(name);
        const auto [known, is_new] = names_.emplace(id.value, name);
        if (!is_new && known->second != name) {
            tell({table_.where(row, column),
                  fmt::format("\"{}\" and \"{}\" have the same 64-bit hash", name, known->second),
                  "nodes are told apart by it", "rename one"});
            return std::nullopt;
        }
        return id;
    }

    double read_weight(std::size_t row) {
        try {
            const double weight = table_.required_number(row, *weight_);
            if (weight < 0.0)
                tell({table_.where(row, *weight_), fmt::format("weight {} is negative", weight), "",
                      "write 0 or more"});
            else if (reading_.most_weight > 0.0 && weight > reading_.most_weight)
                tell({table_.where(row, *weight_), fmt::format("weight {} is above 1", weight),
                      "this model takes it for a probability", "write a number from 0 to 1"});
            return weight;
        } catch (const geo::ProblemError& error) {
            tell(error.problems().front());
            return 0.0;
        }
    }

    void check_told_once(std::size_t row, sim::NodeId from, sim::NodeId to) {
        const bool either = reading_.direction == EdgeDirection::both_ways;
        const auto key = either && to < from ? std::pair(to, from) : std::pair(from, to);
        const auto [known, is_new] = lines_.emplace(key, table_.line(row));
        if (is_new) return;
        tell({table_.where(row, from_),
              fmt::format("the edge from \"{}\" to \"{}\" stands already on line {}", table_.cell(row, from_),
                          table_.cell(row, to_), known->second),
              either ? "edges act both ways here" : "", "leave one out, or make one of both"});
    }

    void tell(geo::Problem problem) {
        if (++told_ <= most_told) problems_.push_back(std::move(problem));
    }

    const geo::Table& table_;
    const EdgeReading& reading_;
    std::size_t from_ = 0;
    std::size_t to_ = 0;
    std::optional<std::size_t> weight_;
    std::unordered_map<std::uint64_t, std::string_view> names_;  // looked up only
    std::map<std::pair<sim::NodeId, sim::NodeId>, std::size_t> lines_;
    std::vector<geo::Problem> problems_;
    std::size_t told_ = 0;
};

/// The name as a whole number, where it is one of up to 18 digits.
std::optional<std::uint64_t> number_of(std::string_view name) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), value);
    if (name.size() > 18 || error != std::errc() || end != name.data() + name.size()) return std::nullopt;
    return value;
}

}  // namespace

sim::NodeId NamedGraph::node(std::string_view name) const {
    if (std::find(names.begin(), names.end(), name) != names.end()) return id_of(name);
    const std::string near = geo::closest_spelling(name.substr(0, 80), names);
    throw Failure(ExitCode::usage,
                  fmt::format("--seeds: no edge has a node \"{}\"; {}", name.substr(0, 80),
                              near.empty() ? "name nodes as the table does, with commas between them"
                                           : fmt::format("did you mean \"{}\"?", near)));
}

std::vector<std::uint32_t> NamedGraph::rows_by_name() const {
    std::vector<std::uint32_t> rows(names.size());
    for (std::uint32_t row = 0; row < rows.size(); ++row) rows[row] = row;
    const bool numbers = std::all_of(names.begin(), names.end(),
                                     [](const std::string& name) { return number_of(name).has_value(); });
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (numbers && number_of(names[a]) != number_of(names[b]))
            return number_of(names[a]) < number_of(names[b]);
        return names[a] < names[b];
    });
    return rows;
}

NamedGraph read_edges(const geo::Table& table, const EdgeReading& reading) {
    return EdgeReader(table, reading).read();
}

}  // namespace domino::cli
