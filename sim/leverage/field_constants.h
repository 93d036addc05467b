#pragma once

#include <cstdint>
#include <vector>

#include "sim/cost.h"
#include "sim/leverage/expected_projects.h"
#include "sim/member_constants.h"
#include "sim/reference_trace.h"
#include "sim/trend.h"

namespace domino::sim {

/// One member without its chances: what the mean field runs on. All that is pointed to must outlive it.
struct MeanFieldInput {
    const PreparedWorld* ties = nullptr;  ///< with the member's own weights of ties
    const MemberDraws* draws = nullptr;
    const MemberConstants* constants = nullptr;
    const Trend* trend = nullptr;
    /// What the mean field of the reference left: learning counts units beyond it. None: costs do not answer.
    const ReferenceTrace* reference = nullptr;
};

/// U and M of a cell in a year, as long as no more units are in use.
struct YearLimits {
    double units = 0.0;
    double potential = 0.0;
};

/// What no step of the mean field changes.
struct FieldConstants {
    explicit FieldConstants(const MeanFieldInput& input);

    std::size_t cell(std::size_t technology, std::size_t place) const { return technology * places + place; }
    std::size_t row(std::size_t place, std::size_t technology) const {
        return country[place] * technologies + technology;
    }
    double gamma(std::size_t layer, bool late) const {
        return late ? draws.layers[layer].gamma_late : draws.layers[layer].gamma_early;
    }
    /// Touched year of a step.
    std::size_t year_of(int step) const {
        return static_cast<std::size_t>(world.calendar.month(step).year() - world.calendar.first.year());
    }
    int first_step(std::size_t year) const;
    int last_step(std::size_t year) const;  ///< first step of the next year, or the end of the run
    /// The months of a step that a yearly rate counts for, in years.
    double step_in_years() const { return world.calendar.months_per_step / 12.0; }
    /// Units that are bought in a step where `a_year` are bought in its year.
    double units_in_step(double a_year, std::size_t year) const {
        return a_year * world.calendar.months_per_step / (last_step(year) - first_step(year));
    }

    /// Intensity of support for one technology beyond that for all.
    double beyond(std::size_t technology, std::size_t place, int step) const {
        const SupportLevel& level = ties.support_at(step, place);
        return technology < level.technology_adoption.size()
                   ? level.technology_adoption[technology] - level.adoption
                   : 0.0;
    }
    YearLimits limits(std::size_t technology, std::size_t place, std::size_t year) const;

    const PreparedWorld& ties;
    const World& world;
    const MemberDraws& draws;
    const MemberConstants& constants;
    const Trend& trend;
    std::size_t places, technologies, countries, years;
    double part;                                       ///< of a month, in years
    std::vector<std::uint16_t> country;                ///< by place
    std::vector<double> joint_hazard;                  ///< of joint declarations, by country, 1/yr
    std::vector<std::size_t> pulling;                  ///< layers with γ
    std::vector<std::size_t> coercing;                 ///< layers with coercion
    std::vector<std::size_t> carrying;                 ///< layers along which technologies spread
    std::vector<double> dose;                          ///< of support, by place
    std::vector<double> p, q, ceiling, largest_sales;  ///< [country][technology]; 1 without turnover
    std::vector<int> stage_count;                      ///< by technology
    std::vector<double> retire_rate;                   ///< by technology
    std::size_t stages = 1;                            ///< largest number
    bool favours = false;                              ///< some support is for some technologies
    std::vector<CostPath> costs;                       ///< by technology
    ExpectedProjects projects;
};

}  // namespace domino::sim
