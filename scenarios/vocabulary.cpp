#include "scenarios/vocabulary.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo/problem.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {
namespace {

void sort_unique(std::vector<std::string>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// The distribution of a row; none for choices and for what is solved. half_normal keeps its scale in b.
std::optional<sim::Prior> read_prior(const Rows& rows, std::size_t row) {
    const std::string family = rows.text(row, "prior");
    const auto a = rows.number(row, "a"), b = rows.number(row, "b");
    std::optional<sim::Prior> prior;
    if (family == "half_normal" || family == "zero_or_half_normal") {
        if (a || b) prior = sim::half_normal(a ? *a : *b);
    } else if (family == "fixed") {
        if (const auto value = rows.number(row, "default")) prior = sim::fixed(*value);
    } else if (a && b) {
        if (family == "normal") prior = sim::normal(*a, *b);
        if (family == "uniform") prior = sim::uniform(*a, *b);
        if (family == "log_uniform") prior = sim::log_uniform(*a, *b);
    }
    if (prior)
        prior->zero_mass =
            rows.number(row, "zero_mass").value_or(family == "zero_or_half_normal" ? 0.5 : 0.0);
    return prior;
}

/// Runs one table's reading; what it throws becomes problems of kind data.
void guard(Problems& problems, const std::function<void()>& read) {
    try {
        read();
    } catch (const geo::ProblemError& error) {
        for (const geo::Problem& p : error.problems())
            problems.push_back(
                Problem{{p.where, 0, 0}, p.what, p.why, p.fix, Severity::error, ProblemKind::data});
    }
}

}  // namespace

Vocabulary Vocabulary::read(const std::filesystem::path& data_dir, Problems& problems) {
    Vocabulary names;
    Pack pack(data_dir);
    guard(problems, [&] {
        const geo::Table table = pack.read("countries", {"iso3", "name", "aliases"});
        const Rows rows(table);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            names.countries_.push_back(
                {rows.text(i, "iso3"), rows.text(i, "name"), split_list(rows.text(i, "aliases"), ';')});
            names.groups_["world"].push_back(rows.text(i, "iso3"));
        }
    });
    guard(problems, [&] {
        const geo::Table table = pack.read("jcm_partners", {"iso3", "status"});
        const Rows rows(table);
        // The groups are those of the guidebook of February 2024; who signed later is a group of its own.
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string iso3 = rows.text(i, "iso3"), status = rows.text(i, "status");
            const bool later = rows.text(i, "date_flag") == "later_signing";
            if (status == "partner" && !later) names.groups_["jcm_partners"].push_back(iso3);
            if (status == "candidate") names.groups_["jcm_candidates"].push_back(iso3);
            if (later) names.groups_["jcm_later_signings"].push_back(iso3);
        }
    });
    guard(problems, [&] {
        const auto table = pack.read_optional("country_groups", {"group_id", "name", "iso3"});
        if (!table) return;
        const Rows rows(*table);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            names.groups_[geo::fold_case(rows.text(i, "name"))].push_back(rows.text(i, "iso3"));
        }
    });
    guard(problems, [&] {
        const geo::Table table = pack.read("technologies", {"tech_id"});
        const Rows rows(table);
        for (std::size_t i = 0; i < rows.size(); ++i) names.technologies_.push_back(rows.text(i, "tech_id"));
    });
    guard(problems, [&] {
        const geo::Table table = pack.read("network_members", {"network"});
        const Rows rows(table);
        for (std::size_t i = 0; i < rows.size(); ++i) names.networks_.push_back(rows.text(i, "network"));
    });
    guard(problems, [&] {
        const geo::Table table =
            pack.read("parameters", {"parameter_id", "default", "prior", "a", "b", "zero_mass"});
        const Rows rows(table);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string mark = rows.text(i, "mark");
            names.parameters_.push_back({rows.text(i, "parameter_id"), rows.text(i, "meaning"),
                                         rows.text(i, "unit"), read_prior(rows, i),
                                         mark.empty() ? 'G' : mark.front(), rows.text(i, "source")});
        }
    });
    for (auto& [group, members] : names.groups_) sort_unique(members);
    sort_unique(names.technologies_);
    sort_unique(names.networks_);
    return names;
}

std::optional<std::string> Vocabulary::find_country(std::string_view text) const {
    const std::string word = geo::fold_case(text);
    for (const CountryName& country : countries_) {
        const bool alias = std::any_of(country.aliases.begin(), country.aliases.end(),
                                       [&](const std::string& a) { return geo::fold_case(a) == word; });
        if (alias || geo::fold_case(country.iso3) == word || geo::fold_case(country.name) == word)
            return country.iso3;
    }
    return std::nullopt;
}

std::vector<std::string> Vocabulary::group(std::string_view name) const {
    const auto found = groups_.find(geo::fold_case(name));
    return found == groups_.end() ? std::vector<std::string>{} : found->second;
}

std::vector<std::string> Vocabulary::country_spellings() const {
    std::vector<std::string> all;
    for (const auto& [group, members] : groups_) all.push_back(group);
    for (const CountryName& country : countries_) {
        all.push_back(country.name);
        all.insert(all.end(), country.aliases.begin(), country.aliases.end());
    }
    for (const CountryName& country : countries_) all.push_back(country.iso3);
    return all;
}

std::string Vocabulary::country_name(std::string_view iso3) const {
    for (const CountryName& country : countries_)
        if (country.iso3 == iso3) return country.name;
    return std::string(iso3);
}

const ParameterName* Vocabulary::find_parameter(std::string_view symbol) const {
    for (const ParameterName& parameter : parameters_)
        if (parameter.symbol == symbol) return &parameter;
    return nullptr;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest_name = 80;
    if (word.size() > longest_name) return {};
    const std::string near = geo::closest_spelling(word, candidates);
    if (!near.empty()) return fmt::format("did you mean \"{}\"?", near);
    constexpr std::size_t shortest_beginning = 4, most_suggestions = 3;
    std::vector<std::string> longer;
    for (const std::string& candidate : candidates)
        if (word.size() >= shortest_beginning && candidate.starts_with(word)) longer.push_back(candidate);
    if (longer.empty() || longer.size() > most_suggestions) return {};
    return fmt::format("did you mean \"{}\"?", fmt::join(longer, "\" or \""));
}

}  // namespace domino::scenarios
