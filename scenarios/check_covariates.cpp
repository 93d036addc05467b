#include "scenarios/check_covariates.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/choices.h"
#include "scenarios/covariate_years.h"
#include "scenarios/source_name.h"

namespace domino::scenarios {
namespace {

class CovariateChecks {
 public:
    CovariateChecks(const Covariate& covariate, Problems& problems)
        : covariate_(covariate), problems_(problems) {}

    void run() {
        check_name();
        if (covariate_.over == CovariateZone::point) {
            check_point();
        } else {
            check_area();
        }
        if (!covariate_.is_vector() && !covariate_.layer.empty())
            report("a layer without a column of values", "", "add field = \"…\", the column that holds them");
        if (covariate_.centre && !covariate_.beta)
            report("centre without beta", "it is the value at which beta has no effect",
                   "add beta, or leave centre out");
        check_weights();
        check_classes();
        check_years();
    }

 private:
    void report(std::string what, std::string why, std::string fix) {
        problems_.push_back({covariate_.where,
                             fmt::format("places.covariates \"{}\": {}", covariate_.name, std::move(what)),
                             std::move(why), std::move(fix)});
    }
    bool is(ZonalStatistic statistic) const { return covariate_.statistic == statistic; }

    void check_name() {
        for (const std::string_view taken :
             {population_proxy, night_lights_proxy, std::string_view("uniform")})
            if (covariate_.name == taken)
                report("the name is taken", "it stands for a proxy of the program", "choose another name");
    }

    void check_point() {
        if (covariate_.statistic)
            report("a point has no statistic", "sums and means are taken over areas",
                   "add over = \"area\" or \"voronoi\", or leave statistic out");
        if (covariate_.quantity == CovariateQuantity::count && covariate_.beta)
            report("a count at a point depends on how large its cell is", "",
                   "take the sum over an area with over = \"area\", or give a density");
    }

    void check_area() {
        if (!covariate_.quantity && !is(ZonalStatistic::class_share))
            report("it does not say whether its values are counts or densities",
                   "a count is conserved when cells are divided, a density is averaged over area",
                   "add quantity = \"count\" or quantity = \"density\"");
        if (covariate_.quantity == CovariateQuantity::count &&
            (is(ZonalStatistic::mean) || is(ZonalStatistic::weighted_mean)))
            report("the mean of counts depends on how large the cells are", "",
                   "take statistic = \"sum\", or give densities");
    }

    void check_weights() {
        if (covariate_.weights.empty() && (covariate_.weights_band != 1 || !covariate_.weights_crs.empty()))
            report("a band or CRS of weights without weights", "",
                   "add weights = \"people.tif\", or leave them out");
        if (!covariate_.weights_field.empty()) check_weights_field();
        const bool weighted = !covariate_.weights.empty() || !covariate_.weights_field.empty();
        if (is(ZonalStatistic::weighted_mean) == weighted) return;
        if (weighted) {
            report("weights that nothing is weighted by", "",
                   "add statistic = \"weighted_mean\", or leave weights out");
        } else {
            report("a weighted mean without weights", "",
                   covariate_.is_vector() ? "add weights = \"people.tif\", or the layer's column of amounts "
                                            "with weights_field = \"people\""
                                          : "add weights = \"people.tif\"");
        }
    }

    void check_weights_field() {
        if (!covariate_.is_vector())
            report("a column of weights of a raster", "a raster has no columns",
                   "add weights = \"people.tif\" instead of weights_field");
        if (!covariate_.weights.empty())
            report("two weights", "weights names a raster, weights_field a column of the layer",
                   "leave one of them out");
    }

    void check_years() {
        if (covariate_.years.empty()) {
            if (names_its_years(covariate_) || weighs_by_years(covariate_))
                report("a file or column by {year} without years", "",
                       "add years = [2020, 2030], those there are");
            if (covariate_.between)
                report("between without years", "nothing changes that could lie between",
                       "add years = [2020, 2030], or leave between out");
            return;
        }
        if (covariate_.is_vector() && !names_its_years(covariate_) && !weighs_by_years(covariate_))
            report("the same column for every year", "a vector layer has no bands",
                   "write {year} in the column's name or in the path, as in field = \"cars_{year}\"");
        std::vector<std::filesystem::path> files = files_of_years(covariate_);
        for (auto& file : weights_of_years(covariate_)) files.push_back(std::move(file));
        for (const std::filesystem::path& file : files) {
            std::error_code ignored;
            const std::filesystem::path behind = file_behind(file);
            if (is_gdal_name(file.string()) ? behind.empty() && file.string().starts_with("/vsizip/")
                                            : !std::filesystem::is_regular_file(file, ignored))
                report(fmt::format("there is no file \"{}\"", file.string()),
                       "each of the years has one of its own", "add it, or take its year out of years");
        }
    }

    void check_classes() {
        const bool share = is(ZonalStatistic::class_share);
        if (share && !covariate_.class_low)
            report("the share of no class", "", "add class_low = 190.0, and class_high for a range");
        if (!share && (covariate_.class_low || covariate_.class_high))
            report("a class without a share", "", "add statistic = \"class_share\", or leave the class out");
        if (covariate_.class_low && covariate_.class_high && *covariate_.class_high < *covariate_.class_low)
            report("class_high is below class_low", "", "exchange them");
    }

    const Covariate& covariate_;
    Problems& problems_;
};

}  // namespace

void check_covariates(const Scenario& scenario, Problems& problems) {
    std::set<std::string> of_years;  // columns of results.gpkg
    for (const Covariate& covariate : scenario.places.covariates) {
        CovariateChecks(covariate, problems).run();
        for (const int year : covariate.years) of_years.insert(fmt::format("{}_{}", covariate.name, year));
    }
    for (const Covariate& covariate : scenario.places.covariates) {
        if (of_years.contains(covariate.name))
            problems.push_back({covariate.where,
                                fmt::format("places.covariates \"{}\": the name is taken", covariate.name),
                                "it stands for a year of another covariate", "choose another name"});
    }
}

}  // namespace domino::scenarios
