#include "scenarios/covariate_years.h"

#include <algorithm>
#include <string>

namespace domino::scenarios {
namespace {

std::string put_year(std::string text, int year) {
    for (auto at = text.find(year_mark); at != std::string::npos; at = text.find(year_mark, at))
        text.replace(at, year_mark.size(), std::to_string(year));
    return text;
}

bool is_marked(const std::string& text) {
    return text.find(year_mark) != std::string::npos;
}

template <class Files>
std::vector<std::filesystem::path> over_years(const Covariate& covariate, const Files& files_of) {
    std::vector<std::filesystem::path> files;
    for (std::size_t k = 0; k < std::max<std::size_t>(covariate.years.size(), 1); ++k) {
        for (const std::filesystem::path& file : files_of(covariate_of_year(covariate, k)))
            if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
    }
    return files;
}

}  // namespace

bool weighs_by_years(const Covariate& covariate) {
    return is_marked(covariate.weights.string()) || is_marked(covariate.weights_field);
}

bool names_its_years(const Covariate& covariate) {
    return is_marked(covariate.path.string()) || is_marked(covariate.field) ||
           std::any_of(covariate.more_paths.begin(), covariate.more_paths.end(), is_marked);
}

Covariate covariate_of_year(const Covariate& covariate, std::size_t k) {
    if (covariate.years.empty()) return covariate;
    Covariate one = covariate;
    const int year = covariate.years[k];
    one.years.clear();
    one.path = put_year(covariate.path.string(), year);
    for (std::string& path : one.more_paths) path = put_year(path, year);
    one.field = put_year(covariate.field, year);
    one.weights_field = put_year(covariate.weights_field, year);
    one.weights = put_year(covariate.weights.string(), year);
    if (!names_its_years(covariate)) one.band += static_cast<int>(k);
    return one;
}

Covariate covariate_in_year(const Covariate& covariate, int year) {
    const auto after = std::upper_bound(covariate.years.begin(), covariate.years.end(), year);
    const auto k = std::max<std::ptrdiff_t>(after - covariate.years.begin() - 1, 0);
    return covariate_of_year(covariate, static_cast<std::size_t>(k));
}

std::vector<std::filesystem::path> files_of_years(const Covariate& covariate) {
    return over_years(covariate, [](const Covariate& one) {
        std::vector<std::filesystem::path> files = {one.path};
        files.insert(files.end(), one.more_paths.begin(), one.more_paths.end());
        return files;
    });
}

std::vector<std::filesystem::path> weights_of_years(const Covariate& covariate) {
    if (covariate.weights.empty()) return {};
    return over_years(covariate, [](const Covariate& one) { return std::vector{one.weights}; });
}

std::optional<double> CovariateSeries::in_year(int year, std::size_t place) const {
    std::optional<std::size_t> before, after;
    for (std::size_t k = 0; k < years.size(); ++k) {
        if (!values[k][place]) continue;
        if (years[k] <= year) before = k;
        if (years[k] > year && !after) after = k;
    }
    if (!before && !after) return std::nullopt;
    if (!before) return values[*after][place];
    if (!after || between == BetweenYears::step) return values[*before][place];
    const double share =
        static_cast<double>(year - years[*before]) / static_cast<double>(years[*after] - years[*before]);
    return *values[*before][place] + share * (*values[*after][place] - *values[*before][place]);
}

}  // namespace domino::scenarios
