#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/problem.h"
#include "sim/prior.h"

namespace domino::scenarios {

struct CountryName {
    std::string iso3;
    std::string name;
    std::vector<std::string> aliases;
};

/// A parameter of the model as the pack states it.
struct ParameterName {
    std::string symbol;  ///< parameter_id of the table
    std::string meaning;
    std::string unit;
    std::optional<sim::Prior> prior;  ///< empty where the pack has no distribution for it
    char mark = 'G';
    std::string source;
};

/// The names a scenario may use: what the data pack knows.
class Vocabulary {
 public:
    /// Reads tables/countries.csv, jcm_partners.csv, technologies.csv, network_members.csv and parameters.csv
    /// of the pack; what is missing or damaged is a problem of kind data. Deterministic.
    static Vocabulary read(const std::filesystem::path& data_dir, Problems& problems);

    /// ISO 3166-1 alpha-3 of a code, a name or an alias; letter case is ignored.
    std::optional<std::string> find_country(std::string_view text) const;
    /// Members of a group such as jcm_partners, ascending; empty where there is no such group.
    std::vector<std::string> group(std::string_view name) const;
    /// Names, aliases, codes and groups, for did-you-mean.
    std::vector<std::string> country_spellings() const;
    /// "Japan" of "JPN"; the code itself where unknown.
    std::string country_name(std::string_view iso3) const;

    const std::vector<CountryName>& countries() const { return countries_; }
    const std::vector<std::string>& technologies() const { return technologies_; }
    const std::vector<std::string>& networks() const { return networks_; }
    const std::vector<ParameterName>& parameters() const { return parameters_; }
    const ParameterName* find_parameter(std::string_view symbol) const;

 private:
    std::vector<CountryName> countries_;
    std::map<std::string, std::vector<std::string>, std::less<>> groups_;
    std::vector<std::string> technologies_;
    std::vector<std::string> networks_;
    std::vector<ParameterName> parameters_;
};

/// " did you mean ...?" for a word that is none of @p candidates: the nearest spelling, or up to three that
/// begin with it; empty where there is none. Words longer than any name are not compared.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace domino::scenarios
