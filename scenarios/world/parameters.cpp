#include "scenarios/world/parameters.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "scenarios/world/pack_technologies.h"

namespace domino::scenarios {

namespace {

std::optional<double> parse_number(const std::string& text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

/// The prior of a row; none for choices, figures the scenario sets and what is solved.
std::optional<sim::Prior> prior_of(const Rows& rows, std::size_t i, std::optional<double> standard) {
    const std::string family = rows.text(i, "prior");
    const auto a = rows.number(i, "a"), b = rows.number(i, "b");
    const std::string where = rows.where(i, "prior");
    if (family == "zero_or_half_normal" || family == "half_normal") {
        const auto scale = a ? a : b;
        if (!scale) return std::nullopt;
        const double zero = family == "half_normal" ? 0.0 : 0.5;
        return make_prior("half_normal", *scale, 0.0, rows.number(i, "zero_mass").value_or(zero), where);
    }
    if (family == "uniform" || family == "log_uniform" || family == "normal") {
        if (!a || !b) return std::nullopt;
        return make_prior(family, *a, *b, rows.number(i, "zero_mass").value_or(0.0), where);
    }
    if (family == "fixed" && standard) return sim::fixed(*standard);
    return std::nullopt;
}

}  // namespace

Parameters::Parameters(Pack& pack, const Scenario& scenario) : overrides_(scenario.parameters) {
    const auto table = pack.read("parameters", {"default", "prior", "a", "b", "zero_mass", "mark", "source"});
    const Rows rows(table);
    const bool has_id = table.find_column("parameter_id").has_value();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ParameterRecord record;
        record.symbol = rows.text(i, has_id ? "parameter_id" : "symbol");
        record.meaning = rows.text(i, "meaning");
        record.unit = rows.text(i, "unit");
        record.source = rows.text(i, "source");
        record.standard = parse_number(rows.text(i, "default"));
        record.prior = prior_of(rows, i, record.standard);
        const std::string mark = rows.text(i, "mark");
        record.mark = mark.empty() ? 'G' : mark.front();
        records_.emplace(record.symbol, std::move(record));
    }
}

sim::Prior Parameters::prior(const std::string& symbol, const sim::Prior& fallback) const {
    const auto override = overrides_.find(symbol);
    const auto record = records_.find(symbol);
    sim::Prior prior = fallback;
    if (override != overrides_.end()) {
        prior = override->second;
    } else if (record != records_.end() && record->second.prior) {
        prior = *record->second.prior;
    }
    used_[symbol] = describe_input(symbol, prior, override != overrides_.end());
    return prior;
}

double Parameters::standard(const std::string& symbol, double fallback) const {
    const auto record = records_.find(symbol);
    const auto override = overrides_.find(symbol);
    if (override != overrides_.end()) return sim::median(override->second);
    return record != records_.end() ? record->second.standard.value_or(fallback) : fallback;
}

double Parameters::value(const std::string& symbol, double fallback) const {
    const double value = standard(symbol, fallback);
    used_[symbol] = describe_input(symbol, sim::fixed(value), overrides_.contains(symbol));
    return value;
}

std::vector<std::string> Parameters::unused_overrides() const {
    std::vector<std::string> out;
    for (const auto& [symbol, prior] : overrides_) {
        if (!used_.contains(symbol)) out.push_back(symbol);
    }
    return out;
}

InputRecord Parameters::describe_input(const std::string& symbol, const sim::Prior& prior,
                                       bool overridden) const {
    InputRecord input;
    input.key = symbol;
    const auto record = records_.find(symbol);
    if (record != records_.end()) {
        input.meaning = record->second.meaning;
        input.unit = record->second.unit;
        input.mark = record->second.mark;
        input.source = record->second.source;
    }
    if (overridden) {
        input.mark = 'G';
        input.source = "set in the scenario";
    }
    input.value = fmt::format("{:.6g}", sim::median(prior));
    input.prior = sim::describe(prior);
    input.low = sim::draw(prior, 0.05, 0.05);
    input.high = sim::draw(prior, 0.95, 0.95);
    if (prior.zero_mass > 0.0) {
        const double left = prior.zero_mass < 0.95 ? (0.95 - prior.zero_mass) / (1.0 - prior.zero_mass) : 0.0;
        input.low = prior.zero_mass >= 0.05 ? 0.0 : sim::draw(prior, 0.999999, 0.05);
        input.high = left > 0.0 ? sim::draw(prior, 0.999999, left) : 0.0;
    }
    return input;
}

std::vector<InputRecord> Parameters::inputs() const {
    std::vector<InputRecord> out;
    for (const auto& [symbol, input] : used_) out.push_back(input);
    return out;
}

}  // namespace domino::scenarios
