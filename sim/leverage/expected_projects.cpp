#include "sim/leverage/expected_projects.h"

#include <algorithm>

#include "geo/portable_math.h"
#include "sim/credit_projects.h"

namespace domino::sim {
namespace {

/// What a project of one country and year is on average.
struct MeanProject {
    std::vector<double> units;  ///< by technology
    double subsidy_jpy = 0.0;   ///< nominal
};

/// The projects one programme adds to the mean course.
class ProgrammeFlow {
 public:
    ProgrammeFlow(const PreparedWorld& prepared, const CreditProgramme& programme, const MemberDraws& draws,
                  const std::vector<double>& relative_cost, ExpectedProjects& projects)
        : prepared_(prepared),
          world_(*prepared.world),
          programme_(programme),
          draws_(draws),
          relative_cost_(relative_cost),
          projects_(projects),
          years_(static_cast<std::size_t>(world_.calendar.touched_years())),
          promised_(years_ + static_cast<std::size_t>(programme.payment_years), 0.0) {}

    void add() {
        for (std::size_t y = 0; y < years_; ++y) add_year(y);
    }

 private:
    using Known = std::vector<std::uint16_t>;

    double weight(std::size_t k, std::size_t country, const Known* known) const {
        if (!(credited_t_per_unit(world_, draws_, k, country) > 0.0)) return 0.0;
        if (known == nullptr) return programme_.technology_weight[k];
        return std::find(known->begin(), known->end(), k) != known->end() ? 1.0 : 0.0;
    }

    MeanProject mean_project(std::size_t country, std::size_t year, const Known* known) const {
        MeanProject mean{std::vector<double>(prepared_.technologies, 0.0), 0.0};
        double total = 0.0;
        for (std::size_t k = 0; k < prepared_.technologies; ++k) total += weight(k, country, known);
        if (!(total > 0.0)) return known != nullptr ? mean_project(country, year, nullptr) : mean;
        const int calendar_year = world_.calendar.first.year() + static_cast<int>(year);
        const double nominal = portable::exp(portable::log1p(world_.parameters.inflation_per_year) *
                                             (calendar_year - world_.money_year));
        for (std::size_t k = 0; k < prepared_.technologies; ++k) {
            const double share = weight(k, country, known) / total;
            if (share == 0.0) continue;
            const Technology& t = world_.technologies[k];
            const double units = programme_.size_mean_t / credited_t_per_unit(world_, draws_, k, country);
            const double cost = units * t.countries[country].capex_jpy * relative_cost_[k * years_ + year];
            const double cap = programme_.subsidy_cap_jpy_per_t * programme_.size_mean_t * t.jcm_credit_years;
            mean.units[k] = share * units;
            mean.subsidy_jpy += share * std::min(programme_.subsidy_ceiling * cost, cap) * nominal;
        }
        return mean;
    }

    bool eligible(std::size_t country, Month month) const {
        return programme_.eligible_from[country] <= month && world_.calendar.first <= month &&
               month < world_.calendar.end();
    }

    /// Projects a support window opens in a month, on average.
    double opened(std::size_t window, std::size_t year, int month_of_year) const {
        const SupportWindow& w = world_.support[window];
        const unsigned funded = prepared_.support_months[window * years_ + year];
        const Month month = make_month(world_.calendar.first.year() + static_cast<int>(year), month_of_year);
        const bool opens = (funded >> static_cast<unsigned>(month_of_year - 1) & 1U) != 0 &&
                           eligible(world_.places[w.place].country, month);
        return opens ? draws_.projects_per_support_year * w.channels.feasibility * step_years : 0.0;
    }

    static const Known* known_of(const SupportWindow& window) {
        return window.project_technologies.empty() ? nullptr : &window.project_technologies;
    }

    void add_year(std::size_t year) {
        std::vector<MeanProject> mean;
        for (std::size_t c = 0; c < world_.countries.size(); ++c)
            mean.push_back(mean_project(c, year, nullptr));
        const bool links = programme_.stream == 0;
        double demand = 0.0;
        for (int m = 1; m <= 12; ++m) {
            for (std::size_t c = 0; c < mean.size(); ++c)
                demand += arrivals(c, year, m) * mean[c].subsidy_jpy;
            for (std::size_t w = 0; links && w < world_.support.size(); ++w) {
                const double projects = opened(w, year, m);
                if (projects == 0.0) continue;
                const std::size_t c = world_.places[world_.support[w].place].country;
                demand += projects * mean_project(c, year, known_of(world_.support[w])).subsidy_jpy;
            }
        }
        const double funded = promise(year, demand);
        for (int m = 1; m <= 12; ++m) install(year, m, funded, mean);
    }

    double arrivals(std::size_t country, std::size_t year, int month_of_year) const {
        const Month month = make_month(world_.calendar.first.year() + static_cast<int>(year), month_of_year);
        return eligible(country, month) ? programme_.projects_per_year[country] * step_years : 0.0;
    }

    /// The share of the demand that every year's budget bears.
    double promise(std::size_t year, double demand_jpy) {
        const auto parts = static_cast<std::size_t>(programme_.payment_years);
        const double part = demand_jpy / programme_.payment_years;
        double share = 1.0;
        for (std::size_t n = year; n < year + parts && n < programme_.budget_jpy.size() && part > 0.0; ++n)
            share = std::min(share, std::max(0.0, programme_.budget_jpy[n] - promised_[n]) / part);
        for (std::size_t n = year; n < year + parts; ++n) promised_[n] += share * part;
        return share;
    }

    void install(std::size_t year, int month_of_year, double funded, const std::vector<MeanProject>& mean) {
        const Month start = make_month(world_.calendar.first.year() + static_cast<int>(year), month_of_year);
        const int opened_at = start.value - world_.calendar.first.value;
        if (opened_at < 0 || opened_at >= prepared_.steps) return;
        const int step = world_.calendar.step_start(opened_at + programme_.start_lag_months);
        if (step >= prepared_.steps) return;
        for (std::size_t c = 0; c < mean.size(); ++c) {
            const double projects = arrivals(c, year, month_of_year);
            const double linked = programme_.stream == 0 && eligible(c, start)
                                      ? draws_.projects_per_support_year * step_years
                                      : 0.0;
            for (std::size_t k = 0; k < prepared_.technologies; ++k) {
                projects_.by_country[projects_.at(step, c, k)] += funded * projects * mean[c].units[k];
                projects_.by_support[projects_.at(step, c, k)] += funded * linked * mean[c].units[k];
            }
        }
        for (std::size_t w = 0; programme_.stream == 0 && w < world_.support.size(); ++w) {
            const double projects = opened(w, year, month_of_year);
            if (projects == 0.0) continue;
            const std::uint32_t place = world_.support[w].place;
            const MeanProject own =
                mean_project(world_.places[place].country, year, known_of(world_.support[w]));
            for (std::size_t k = 0; k < prepared_.technologies; ++k) {
                if (own.units[k] == 0.0) continue;
                projects_.linked.push_back(
                    {step, place, static_cast<std::uint16_t>(k), funded * projects * own.units[k]});
            }
        }
    }

    const PreparedWorld& prepared_;
    const World& world_;
    const CreditProgramme& programme_;
    const MemberDraws& draws_;
    const std::vector<double>& relative_cost_;
    ExpectedProjects& projects_;
    std::size_t years_;
    std::vector<double> promised_;
};

}  // namespace

ExpectedProjects expected_projects(const PreparedWorld& prepared, const MemberDraws& draws,
                                   const std::vector<double>& relative_cost) {
    const World& world = *prepared.world;
    ExpectedProjects projects;
    projects.countries = world.countries.size();
    projects.technologies = prepared.technologies;
    projects.lag_steps = world.calendar.step_start(world.credits.start_lag_months);
    if (!world.credits.active && !world.eco_lease.active) return projects;
    const std::size_t cells =
        static_cast<std::size_t>(prepared.steps) * projects.countries * projects.technologies;
    projects.by_country.assign(cells, 0.0);
    projects.by_support.assign(cells, 0.0);
    for (const CreditProgramme* programme : {&world.credits, &world.eco_lease}) {
        if (programme->active) ProgrammeFlow(prepared, *programme, draws, relative_cost, projects).add();
    }
    std::stable_sort(projects.linked.begin(), projects.linked.end(),
                     [](const auto& a, const auto& b) { return a.step < b.step; });
    projects.population_share.resize(prepared.places);
    for (const std::vector<std::uint32_t>& places : prepared.country_places) {
        double people = 0.0;
        for (const std::uint32_t i : places) people += world.places[i].population;
        for (const std::uint32_t i : places)
            projects.population_share[i] = people > 0.0 ? world.places[i].population / people : 0.0;
    }
    return projects;
}

}  // namespace domino::sim
