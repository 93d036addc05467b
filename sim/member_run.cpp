#include "sim/member_run.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "geo/portable_math.h"
#include "sim/commitment.h"
#include "sim/cost.h"
#include "sim/credit_projects.h"
#include "sim/drawn_ties.h"
#include "sim/price_support.h"
#include "sim/technology_stock.h"

namespace domino::sim {
namespace {

constexpr double implementing_share = 0.05;  ///< of a technology's potential, added since the start
constexpr double enabled_capacity = 0.5;

/// One member on its way through the months.
class MemberRun {
 public:
    MemberRun(const PreparedWorld& prepared, const MemberDraws& draws, MemberId id, CouplingSwitch coupling,
              const ReferenceTrace* reference, const Trend* trend_of)
        : prepared_(prepared),
          world_(*prepared.world),
          draws_(draws),
          id_(id),
          reference_(reference),
          years_(static_cast<std::size_t>(world_.calendar.touched_years())),
          coupling_(coupling),
          propensity_(place_propensity(prepared, draws)),
          trend_(trend_of != nullptr ? *trend_of : solve_trend(prepared, draws, propensity_)),
          commitment_(prepared, draws, id, propensity_, trend_, coupling),
          costs_(cost_paths()),
          stock_(prepared, draws, coefficients(), coupling),
          emissions_(prepared, paths(), draws.withdrawals),
          prices_(world_),
          capacity_(prepared.places, resting_capacity(draws.capacity)),
          multiplier_(prepared.places, 1.0),
          installed_(0) {
        for (const SupportLevel& level : prepared.support_levels) {
            for (std::size_t committed = 0; committed < 2; ++committed) {
                relaxation_[committed].push_back(capacity_relaxation(
                    draws.capacity, committed != 0, level.capacity_building, part_years(world_.calendar)));
            }
            if (!level.technology_adoption.empty())
                favour_.assign(prepared.places * prepared.technologies, 1.0);
        }
        for (const PlaceInputs& place : world_.places) {
            dose_.push_back(
                place.population > draws.dose_population ? draws.dose_population / place.population : 1.0);
        }
        resize_outcome();
    }

    MemberOutcome run() {
        for (int step = 0; step < prepared_.steps; ++step) {
            const Month month = world_.calendar.month(step);
            const auto year = static_cast<std::size_t>(month.year() - world_.calendar.first.year());
            if (step == 0 || month.month_of_year() == 1) begin_year(year);
            advance(step, year);
            if (month.month_of_year() == 12 || step == prepared_.steps - 1) end_year(year);
        }
        finish();
        return std::move(outcome_);
    }

 private:
    std::vector<CostPath> cost_paths() const {
        std::vector<CostPath> costs;
        for (std::size_t k = 0; k < world_.technologies.size(); ++k) {
            costs.emplace_back(world_.technologies[k], draws_.technologies[k], world_.calendar.first.year());
        }
        return costs;
    }

    std::vector<CountryPaths> paths() const {
        std::vector<CountryPaths> all;
        for (std::size_t c = 0; c < world_.countries.size(); ++c)
            all.push_back(country_paths(world_, c, draws_));
        return all;
    }

    std::vector<AdoptionCoefficients> coefficients() const {
        const std::size_t n = world_.technologies.size();
        std::vector<AdoptionCoefficients> all(world_.countries.size() * n);
        for (std::size_t k = 0; k < n; ++k) {
            std::vector<double> multiplier;
            for (std::size_t y = 0; y < years_; ++y) {
                multiplier.push_back(portable::pow(costs_[k].relative_cost(y, 0.0), -draws_.eta_cost));
            }
            for (std::size_t c = 0; c < world_.countries.size(); ++c) {
                all[c * n + k] = condition_on_observed(world_, world_.technologies[k], c,
                                                       draws_.technologies[k].countries[c], multiplier);
            }
        }
        return all;
    }

    void resize_outcome() {
        outcome_.stage_step.assign(stage_count * prepared_.places, never_step);
        std::copy(prepared_.engaged_step.begin(), prepared_.engaged_step.end(), outcome_.stage_step.begin());
        outcome_.capacity.assign(prepared_.places * years_, 0.0);
        outcome_.adoption_share.assign(prepared_.technologies * prepared_.places * years_, 0.0);
        outcome_.stock_units.assign(prepared_.technologies * world_.countries.size() * years_, 0.0);
        outcome_.added_units.assign(
            prepared_.technologies * world_.countries.size() * sales_cause_count * years_, 0.0);
        outcome_.relative_cost.assign(prepared_.technologies * years_, 1.0);
        outcome_.credit_spent_jpy.assign(years_, 0.0);
        outcome_.lease_spent_jpy.assign(years_, 0.0);
        // Payments of leases begun in the last year lie beyond the run.
        const int longest = std::max(world_.credits.payment_years, world_.eco_lease.payment_years);
        model_promised_jpy_.assign(years_ + static_cast<std::size_t>(longest), 0.0);
        lease_promised_jpy_ = model_promised_jpy_;
        outcome_.credit_started_t.assign(years_, 0.0);
        outcome_.scheme_spent_jpy.assign(world_.price_schemes.size() * years_, 0.0);
        outcome_.trace.additions.assign(prepared_.technologies * years_, 0.0);
        outcome_.trace.modelled_power_kwh.assign(world_.countries.size() * years_, 0.0);
        for (std::size_t i = 0; i < prepared_.places; ++i) {
            if (commitment_.committed()[i] != 0) stage(Stage::committed, i) = 0;
            if (capacity_[i] >= enabled_capacity) stage(Stage::enabled, i) = 0;
        }
    }

    std::uint16_t& stage(Stage s, std::size_t place) {
        return outcome_.stage_step[static_cast<std::size_t>(s) * prepared_.places + place];
    }

    /// Units added beyond the reference by the end of the year before.
    double extra_units(std::size_t technology, std::size_t year) const {
        if (world_.endogenous_cost == EndogenousCost::off || reference_ == nullptr || year == 0) return 0.0;
        return stock_.additions()[technology] - reference_->additions[technology * years_ + year - 1];
    }

    void begin_year(std::size_t year) {
        stock_.begin_year(year);
        for (std::size_t k = 0; k < prepared_.technologies; ++k) {
            outcome_.relative_cost[k * years_ + year] = costs_[k].relative_cost(year, extra_units(k, year));
        }
        std::vector<double> cost(prepared_.technologies);
        for (std::size_t k = 0; k < cost.size(); ++k) cost[k] = outcome_.relative_cost[k * years_ + year];
        prices_.begin_year(year, cost, draws_.eta_cost);
        const std::vector<double> power = emissions_.added_power_kwh(stock_);
        std::vector<double> counted = power;
        for (std::size_t c = 0; c < power.size(); ++c) {
            outcome_.trace.modelled_power_kwh[c * years_ + year] = power[c];
            if (reference_ != nullptr) counted[c] = reference_->modelled_power_kwh[c * years_ + year];
        }
        emissions_.begin_year(year, counted);
        start_projects(year, cost);
    }

    void start_projects(std::size_t year, const std::vector<double>& cost) {
        const auto start = [&](const CreditProgramme& programme, std::vector<double>& promised) {
            const auto projects = credit_year(prepared_, programme, draws_, id_, year, cost, promised);
            for (const CreditProject& p : projects) outcome_.credit_started_t[year] += p.annual_reduction_t;
            projects_.insert(projects_.end(), projects.begin(), projects.end());
            return projects;
        };
        start(world_.credits, model_promised_jpy_);
        for (const CreditProject& p : start(world_.eco_lease, lease_promised_jpy_))
            lease_subsidy_jpy_ += p.subsidy_jpy;
        outcome_.credit_spent_jpy[year] = model_promised_jpy_[year];
        outcome_.lease_spent_jpy[year] = lease_promised_jpy_[year];
        // Programmes differ in their lags.
        std::stable_sort(
            projects_.begin() + static_cast<std::ptrdiff_t>(installed_), projects_.end(),
            [](const CreditProject& a, const CreditProject& b) { return a.install_step < b.install_step; });
    }

    void advance(int step, std::size_t year) {
        const std::size_t first_new = outcome_.events.size();
        install_projects(step);
        for (int part = 0; part < world_.calendar.parts_per_month; ++part) advance_part(step, part, year);
        emissions_.add_month(step, stock_);
        for (std::size_t n = first_new; n < outcome_.events.size(); ++n) label_event(outcome_.events[n]);
    }

    void advance_part(int step, int part, std::size_t year) {
        // Capacity and adoption see the commitments known at the start of the step.
        const std::vector<std::uint8_t> committed = commitment_.committed();
        const std::uint8_t* supported =
            prepared_.supported.data() + static_cast<std::size_t>(step) * prepared_.places;
        commitment_.step(step, outcome_.events, part);
        const double rest = resting_capacity(draws_.capacity);
        for (std::size_t i = 0; i < prepared_.places; ++i) {
            const SupportLevel& level = prepared_.support_levels[supported[i]];
            multiplier_[i] = portable::exp(draws_.eta_capacity * (capacity_[i] - rest) +
                                           draws_.eta_commitment * committed[i] +
                                           draws_.eta_support * dose_[i] * level.adoption);
            if (!favour_.empty()) favour_technologies(i, level);
            capacity_[i] = step_capacity(capacity_[i], relaxation_[committed[i]][supported[i]]);
            if (capacity_[i] >= enabled_capacity && stage(Stage::enabled, i) == never_step) {
                stage(Stage::enabled, i) = static_cast<std::uint16_t>(step);
            }
        }
        stock_.step(step, multiplier_, prices_.month(world_.calendar.month(step)), favour_);
        prices_.pay(prepared_, world_.calendar.month(step), stock_, outcome_.scheme_spent_jpy, years_, year);
    }

    /// What support does for the technologies it is meant for, beyond what it does for all.
    void favour_technologies(std::size_t place, const SupportLevel& level) {
        double* favour = favour_.data() + place * prepared_.technologies;
        std::fill(favour, favour + prepared_.technologies, 1.0);
        for (std::size_t k = 0; k < level.technology_adoption.size(); ++k) {
            const double beyond = level.technology_adoption[k] - level.adoption;
            if (beyond > 0.0) favour[k] = portable::exp(draws_.eta_support * dose_[place] * beyond);
        }
    }

    void label_event(const CommitmentEvent& event) {
        stage(Stage::committed, event.place) = event.step;
        if (event.source != no_place) {
            std::uint16_t& replicating = stage(Stage::replicating, event.source);
            replicating = std::min(replicating, event.step);
        }
    }

    void install_projects(int step) {
        // Funded in order of start; a common lag keeps the order of installation.
        while (installed_ < projects_.size() && projects_[installed_].install_step <= step) {
            const CreditProject& p = projects_[installed_++];
            const double fitted = stock_.install_project(p.place, p.technology, p.units);
            if (!(fitted > 0.0)) continue;
            emissions_.watch(p.place);
            installed_projects_.push_back({p.place, p.technology, world_.calendar.month(p.start_step),
                                           world_.calendar.month(p.install_step),
                                           p.annual_reduction_t * fitted / p.units});
        }
    }

    void end_year(std::size_t year) {
        for (std::size_t i = 0; i < prepared_.places; ++i) {
            outcome_.capacity[i * years_ + year] = capacity_[i];
            const std::uint16_t country = world_.places[i].country;
            bool implementing = stage(Stage::implementing, i) != never_step;
            for (std::size_t k = 0; k < prepared_.technologies; ++k) {
                const double potential = stock_.potential(i, k);
                const double now = stock_.stock(i, k);
                outcome_.adoption_share[(k * prepared_.places + i) * years_ + year] =
                    potential > 0.0 ? now / potential : 0.0;
                outcome_.stock_units[(k * world_.countries.size() + country) * years_ + year] += now;
                const double added = now - prepared_.initial_stock[i * prepared_.technologies + k];
                implementing = implementing || (potential > 0.0 && added > implementing_share * potential);
            }
            if (implementing && stage(Stage::implementing, i) == never_step) {
                const int last = make_month(world_.calendar.first.year() + static_cast<int>(year), 12).value -
                                 world_.calendar.first.value;
                stage(Stage::implementing, i) =
                    static_cast<std::uint16_t>(std::min(last, prepared_.steps - 1));
            }
        }
        const std::size_t countries = world_.countries.size();
        for (std::size_t k = 0; k < prepared_.technologies; ++k) {
            outcome_.trace.additions[k * years_ + year] = stock_.additions()[k];
            for (std::size_t c = 0; c < countries; ++c) {
                for (std::size_t cause = 0; cause < sales_cause_count; ++cause) {
                    outcome_.added_units[((k * countries + c) * sales_cause_count + cause) * years_ + year] =
                        stock_
                            .added_this_year()[(c * prepared_.technologies + k) * sales_cause_count + cause];
                }
            }
        }
    }

    void finish() {
        outcome_.trace.trend = trend_;
        outcome_.paths = emissions_.paths();
        outcome_.place_year_t = emissions_.place_year_t();
        outcome_.sector_year_t = emissions_.sector_year_t();
        outcome_.month_t = emissions_.month_t();
        outcome_.identities.stock = stock_.largest_identity_error();
        keep_credits();
        check_emissions();
        check_money();
    }

    void keep_credits() {
        if (coupling_ == CouplingSwitch::off) return;
        std::vector<const PlaceReductions*> reductions;
        for (const InstalledProject& p : installed_projects_)
            reductions.push_back(&emissions_.reductions(p.place));
        outcome_.credits = account_credits(world_, draws_.buyer_share, installed_projects_, reductions);
        outcome_.identities.credits = outcome_.credits.error;
    }

    void check_emissions() {
        for (std::size_t c = 0; c < world_.countries.size(); ++c) {
            for (std::size_t y = 0; y < years_; ++y) {
                double places = 0.0;
                for (const std::uint32_t i : prepared_.country_places[c])
                    places += outcome_.place_year_t[i * years_ + y];
                double sectors = 0.0;
                double scale = 0.0;
                for (std::size_t s = 0; s < sector_count; ++s) {
                    const double v = outcome_.sector_year_t[(c * sector_count + s) * years_ + y];
                    sectors += v;
                    scale += std::abs(v);
                }
                if (scale > 0.0) {
                    outcome_.identities.emissions =
                        std::max(outcome_.identities.emissions, std::abs(places - sectors) / scale);
                }
            }
        }
    }

    void check_money() {
        const auto over = [&](double spent, double budget) {
            if (spent > budget) {
                outcome_.identities.money =
                    std::max(outcome_.identities.money, budget > 0.0 ? (spent - budget) / budget : 1.0);
            }
        };
        for (std::size_t y = 0; y < years_; ++y) {
            if (world_.credits.active) over(outcome_.credit_spent_jpy[y], world_.credits.budget_jpy[y]);
            if (world_.eco_lease.active) over(outcome_.lease_spent_jpy[y], world_.eco_lease.budget_jpy[y]);
            for (std::size_t p = 0; p < world_.programmes.size(); ++p) {
                over(prepared_.programme_spent_jpy[p * years_ + y], world_.programmes[p].budget_jpy[y]);
            }
            for (std::size_t n = 0; n < world_.price_schemes.size(); ++n) {
                if (world_.price_schemes[n].budget_jpy.empty()) continue;
                over(outcome_.scheme_spent_jpy[n * years_ + y], world_.price_schemes[n].budget_jpy[y]);
            }
        }
        const auto differ = [&](double a, double b) {
            const double scale = std::max(std::abs(a), std::abs(b));
            if (scale > 0.0)
                outcome_.identities.money_shares =
                    std::max(outcome_.identities.money_shares, std::abs(a - b) / scale);
        };
        for (const CreditProject& p : projects_) {
            const double ceiling =
                p.leased ? world_.eco_lease.subsidy_ceiling : world_.credits.subsidy_ceiling;
            over(p.subsidy_jpy, ceiling * p.cost_jpy * (1.0 + 1e-12));
            differ(p.subsidy_jpy + p.private_jpy, p.cost_jpy);
        }
        double paid = 0.0;
        for (const double payment : lease_promised_jpy_) paid += payment;
        differ(paid, lease_subsidy_jpy_);
    }

    const PreparedWorld& prepared_;
    const World& world_;
    const MemberDraws& draws_;
    MemberId id_;
    const ReferenceTrace* reference_;
    std::size_t years_;
    CouplingSwitch coupling_;
    std::vector<double> propensity_;
    Trend trend_;
    CommitmentProcess commitment_;
    std::vector<CostPath> costs_;
    TechnologyStock stock_;
    EmissionAccount emissions_;
    PriceSupport prices_;
    std::vector<double> capacity_, multiplier_, dose_;
    std::array<std::vector<CapacityRelaxation>, 2> relaxation_;  ///< [committed][support level]
    std::vector<double> favour_;  ///< [place][technology]; empty where no support is for some technologies
    std::vector<double> model_promised_jpy_, lease_promised_jpy_;  ///< by touched year, nominal
    double lease_subsidy_jpy_ = 0.0;                               ///< of all leases so far
    std::vector<CreditProject> projects_;
    std::size_t installed_;
    std::vector<InstalledProject> installed_projects_;
    MemberOutcome outcome_;
};

}  // namespace

MemberOutcome run_member(const PreparedWorld& prepared, const MemberDraws& draws, MemberId id,
                         CouplingSwitch coupling, const ReferenceTrace* reference, const Trend* trend_of) {
    if (!draws_ties(*prepared.world))
        return MemberRun(prepared, draws, id, coupling, reference, trend_of).run();
    const PreparedWorld own = with_drawn_ties(prepared, draws);
    return MemberRun(own, draws, id, coupling, reference, trend_of).run();
}

}  // namespace domino::sim
