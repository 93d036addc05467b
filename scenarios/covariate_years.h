#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/scenario.h"

namespace domino::scenarios {

/// Stands for the year in the paths and the column of a covariate that is known for several.
inline constexpr std::string_view year_mark = "{year}";

/// Whether a file or column is named for each year; else the years of a raster lie in its bands.
bool names_its_years(const Covariate& covariate);

/// Whether weights are named for each year.
bool weighs_by_years(const Covariate& covariate);

/// What is read for the k-th of Covariate::years: a covariate of one year, its file, column and weights those
/// of the year, or the k-th band from its own on. The covariate itself where it has no years.
Covariate covariate_of_year(const Covariate& covariate, std::size_t k);

/// The same for the stated year that stands for @p year where years cannot be mixed: the latest not after it,
/// else the first.
Covariate covariate_in_year(const Covariate& covariate, int year);

/// The files of a covariate in all of its years, each once.
std::vector<std::filesystem::path> files_of_years(const Covariate& covariate);
std::vector<std::filesystem::path> weights_of_years(const Covariate& covariate);

/// A covariate that is known for several years, as places have it.
struct CovariateSeries {
    std::string name;
    std::vector<int> years;  ///< ascending
    BetweenYears between = BetweenYears::linear;
    std::vector<std::vector<std::optional<double>>> values;  ///< [year][place]

    /// From the years in which the place has a value: linear between two of them, or the latest not after the
    /// year (step); before the first and after the last the value of that one. nullopt where it has none.
    std::optional<double> in_year(int year, std::size_t place) const;
};

}  // namespace domino::scenarios
