#include "sim/credit_projects.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "geo/portable_math.h"
#include "sim/random.h"

namespace domino::sim {
namespace {

/// Where and when a project would start, before its size and technology are drawn.
struct Opening {
    std::uint32_t place = 0;
    Month start;
    std::uint32_t index = 0;  ///< tells several projects of one place and year apart
    const std::vector<std::uint16_t>* technologies = nullptr;  ///< what it buys, where known
};

class CreditYearBuilder {
 public:
    CreditYearBuilder(const PreparedWorld& prepared, const CreditProgramme& programme,
                      const MemberDraws& draws, MemberId id, int year, std::size_t touched_year,
                      const std::vector<double>& relative_cost)
        : prepared_(prepared),
          world_(*prepared.world),
          programme_(programme),
          draws_(draws),
          id_(id),
          year_(year),
          touched_year_(touched_year),
          relative_cost_(relative_cost) {}

    std::vector<CreditProject> build(std::vector<double>& promised_jpy) {
        add_country_openings();
        if (programme_.stream == 0) add_linked_openings();
        std::sort(openings_.begin(), openings_.end(), [this](const Opening& a, const Opening& b) {
            return std::tuple(a.start, key(a.place), a.index) < std::tuple(b.start, key(b.place), b.index);
        });
        std::vector<CreditProject> projects;
        for (const Opening& opening : openings_) {
            const auto project = design(opening);
            if (!project || !pay(project->subsidy_jpy, promised_jpy)) continue;
            projects.push_back(*project);
        }
        return projects;
    }

 private:
    std::uint64_t key(std::uint32_t place) const { return world_.places[place].key.value; }

    /// Promises a subsidy in equal parts if every year's budget bears its part.
    bool pay(double subsidy_jpy, std::vector<double>& promised_jpy) const {
        const auto parts = static_cast<std::size_t>(programme_.payment_years);
        const double part = subsidy_jpy / programme_.payment_years;
        for (std::size_t n = touched_year_; n < touched_year_ + parts; ++n) {
            if (n < programme_.budget_jpy.size() && promised_jpy[n] + part > programme_.budget_jpy[n])
                return false;
        }
        for (std::size_t n = touched_year_; n < touched_year_ + parts; ++n) promised_jpy[n] += part;
        return true;
    }

    bool eligible(std::size_t country, Month month) const {
        return programme_.eligible_from[country] <= month && world_.calendar.first <= month &&
               month < world_.calendar.end();
    }

    void add_country_openings() {
        for (std::size_t c = 0; c < world_.countries.size(); ++c) {
            const double mean = programme_.projects_per_year[c];
            const auto& places = prepared_.country_places_by_key[c];
            if (!(mean > 0.0) || places.empty()) continue;
            const std::uint64_t country = geo::place_key(world_.countries[c].iso3).value;
            double people = 0.0;
            for (const std::uint32_t i : places) people += world_.places[i].population;
            // Arrivals of a Poisson process over the year: the n-th draw is the n-th waiting time.
            double when = 0.0;
            for (std::uint32_t n = 0; n < 1000; ++n) {
                const auto words = random_words(
                    {id_.seed, Process::credit_count, programme_.stream, id_.member, year_, country, n});
                when -= portable::log(to_uniform(words[0])) / mean;
                if (when >= 1.0) break;
                const Month start{make_month(year_, 1).value + static_cast<int>(12.0 * when)};
                if (!eligible(c, start)) continue;
                openings_.push_back(
                    {place_by_population(places, people, to_uniform(words[1])), start, n, nullptr});
            }
        }
    }

    std::uint32_t place_by_population(const std::vector<std::uint32_t>& places, double people,
                                      double u) const {
        double passed = 0.0;
        for (const std::uint32_t i : places) {
            passed += world_.places[i].population;
            if (u * people < passed) return i;
        }
        return places.back();
    }

    void add_linked_openings() {
        const auto years = static_cast<std::size_t>(world_.calendar.touched_years());
        for (std::size_t w = 0; w < world_.support.size(); ++w) {
            const unsigned funded = prepared_.support_months[w * years + touched_year_];
            if (funded == 0) continue;
            const SupportWindow& window = world_.support[w];
            const std::uint32_t project = sub_of(window.project_id);
            const auto words = random_words(
                {id_.seed, Process::linked_credit, project, id_.member, year_, key(window.place), 0});
            const int first = std::max(window.from.value, make_month(year_, 1).value);
            const int last = std::min(window.to.value, make_month(year_ + 1, 1).value) - 1;
            const double share = (last - first + 1) / 12.0;
            const double chance = draws_.projects_per_support_year * window.channels.feasibility * share;
            if (to_uniform(words[0]) >= chance) continue;
            const Month start{first + static_cast<int>(to_uniform(words[1]) * (last - first + 1))};
            if ((funded >> (start.month_of_year() - 1) & 1U) == 0) continue;
            if (!eligible(world_.places[window.place].country, start)) continue;
            openings_.push_back(
                {window.place, start, project,
                 window.project_technologies.empty() ? nullptr : &window.project_technologies});
        }
    }

    /// Weight of a technology in what a project buys: the programme's mix, or any of those the project is
    /// known to be about, alike.
    double weight_of(std::size_t k, std::size_t country, const std::vector<std::uint16_t>* known) const {
        if (!(credited_t_per_unit(world_, draws_, k, country) > 0.0)) return 0.0;
        if (known == nullptr) return programme_.technology_weight[k];
        return std::find(known->begin(), known->end(), k) != known->end() ? 1.0 : 0.0;
    }

    /// A technology drawn by weight among those that earn credits in the country.
    std::optional<std::uint16_t> draw_technology(std::size_t country, double u,
                                                 const std::vector<std::uint16_t>* known) const {
        double total = 0.0;
        for (std::size_t k = 0; k < world_.technologies.size(); ++k) total += weight_of(k, country, known);
        if (!(total > 0.0)) return known != nullptr ? draw_technology(country, u, nullptr) : std::nullopt;
        double passed = 0.0;
        std::uint16_t last = 0;
        for (std::size_t k = 0; k < world_.technologies.size(); ++k) {
            const double weight = weight_of(k, country, known);
            if (weight == 0.0) continue;
            passed += weight;
            last = static_cast<std::uint16_t>(k);
            if (u * total < passed) break;
        }
        return last;
    }

    std::optional<CreditProject> design(const Opening& opening) const {
        const CreditProgramme& programme = programme_;
        const PlaceInputs& place = world_.places[opening.place];
        const auto words = random_words({id_.seed, Process::credit_size, programme.stream, id_.member,
                                         opening.start.value, key(opening.place), opening.index});
        const auto technology = draw_technology(place.country, to_uniform(words[1]), opening.technologies);
        if (!technology) return std::nullopt;
        const Technology& t = world_.technologies[*technology];
        const double log_sd =
            std::sqrt(2.0 * std::max(0.0, portable::log(programme.size_mean_t / programme.size_median_t)));
        CreditProject p;
        p.place = opening.place;
        p.technology = *technology;
        p.start_step = opening.start.value - world_.calendar.first.value;
        p.install_step = p.start_step + programme.start_lag_months;
        p.annual_reduction_t =
            programme.size_median_t * portable::exp(log_sd * portable::normal_quantile(to_uniform(words[0])));
        p.units = p.annual_reduction_t / credited_t_per_unit(world_, draws_, *technology, place.country);
        const double real_cost = p.units * t.countries[place.country].capex_jpy * relative_cost_[*technology];
        const double share =
            std::min(programme.subsidy_ceiling,
                     programme.subsidy_cap_jpy_per_t * p.annual_reduction_t * t.jcm_credit_years / real_cost);
        const double nominal = portable::exp(portable::log1p(world_.parameters.inflation_per_year) *
                                             (year_ - world_.money_year));
        p.cost_jpy = real_cost * nominal;
        p.subsidy_jpy = share * p.cost_jpy;
        p.private_jpy = (1.0 - share) * p.cost_jpy;
        p.leased = programme.stream != 0;
        return p;
    }

    const PreparedWorld& prepared_;
    const World& world_;
    const CreditProgramme& programme_;
    const MemberDraws& draws_;
    MemberId id_;
    int year_;
    std::size_t touched_year_;
    const std::vector<double>& relative_cost_;
    std::vector<Opening> openings_;
};

}  // namespace

double credited_t_per_unit(const World& world, const MemberDraws& draws, std::size_t technology,
                           std::size_t country) {
    const TechnologyInCountry& local = world.technologies[technology].countries[country];
    if (!(local.jcm_t_per_unit_year > 0.0)) return 0.0;
    const double change = draws.credit_grid_factor - world.credits.central_grid_factor;
    return std::max(0.0, local.jcm_t_per_unit_year + change * local.jcm_margin_t_per_unit_year);
}

std::vector<CreditProject> credit_year(const PreparedWorld& prepared, const CreditProgramme& programme,
                                       const MemberDraws& draws, MemberId id, std::size_t touched_year,
                                       const std::vector<double>& relative_cost,
                                       std::vector<double>& promised_jpy) {
    if (!programme.active) return {};
    const int year = prepared.world->calendar.first.year() + static_cast<int>(touched_year);
    return CreditYearBuilder(prepared, programme, draws, id, year, touched_year, relative_cost)
        .build(promised_jpy);
}

}  // namespace domino::sim
