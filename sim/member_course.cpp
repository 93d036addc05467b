#include "sim/member_course.h"

#include <algorithm>
#include <cmath>

#include "geo/portable_math.h"
#include "sim/support_funding.h"

namespace domino::sim {

MemberCourse::MemberCourse(const PreparedWorld& prepared, const MemberInput& input, std::size_t member,
                           CouplingSwitch coupling)
    : prepared_(prepared),
      world_(*prepared.world),
      draws_(*input.draws),
      id_(input.id),
      member_(member),
      reference_(input.reference),
      years_(static_cast<std::size_t>(world_.calendar.touched_years())),
      coupling_(coupling),
      constants_(*input.constants),
      trend_(*input.trend),
      costs_(cost_paths()),
      prices_(world_) {
    resize_outcome();
}

std::vector<CostPath> MemberCourse::cost_paths() const {
    std::vector<CostPath> costs;
    for (std::size_t k = 0; k < world_.technologies.size(); ++k) {
        costs.emplace_back(world_.technologies[k], draws_.technologies[k], world_.calendar.first.year());
    }
    return costs;
}

LaneMember MemberCourse::stock_member() const {
    return {&draws_, constants_.coefficients, &prepared_};
}

EmissionMember MemberCourse::emission_member() const {
    return {constants_.paths, draws_.withdrawals};
}

void MemberCourse::resize_outcome() {
    outcome_.events.reserve(prepared_.places);
    outcome_.stage_step.assign(stage_count * prepared_.places, never_step);
    std::copy(prepared_.engaged_step.begin(), prepared_.engaged_step.end(), outcome_.stage_step.begin());
    if (coupling_ == CouplingSwitch::on) {
        const std::size_t rows = prepared_.technologies * world_.countries.size();
        outcome_.stock_units.assign(rows * years_, 0.0);
        outcome_.added_units.assign(rows * sales_cause_count * years_, 0.0);
    }
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
}

CourseSnapshot MemberCourse::save() const {
    return {projects_,           installed_,         installed_projects_, model_promised_jpy_,
            lease_promised_jpy_, lease_subsidy_jpy_, labelled_,           outcome_};
}

void MemberCourse::restore(const CourseSnapshot& snapshot) {
    projects_ = snapshot.projects;
    installed_ = snapshot.installed;
    installed_projects_ = snapshot.installed_projects;
    model_promised_jpy_ = snapshot.model_promised_jpy;
    lease_promised_jpy_ = snapshot.lease_promised_jpy;
    lease_subsidy_jpy_ = snapshot.lease_subsidy_jpy;
    labelled_ = snapshot.labelled;
    outcome_ = snapshot.outcome;
    // What this world has of its own: who will be engaged when, and schemes that are still to come.
    std::copy(prepared_.engaged_step.begin(), prepared_.engaged_step.end(), outcome_.stage_step.begin());
    outcome_.scheme_spent_jpy.resize(world_.price_schemes.size() * years_, 0.0);
}

void MemberCourse::begin(std::span<const MemberBits> committed) {
    for (std::size_t i = 0; i < prepared_.places; ++i)
        if ((committed[i] >> member_ & 1U) != 0) stage(Stage::committed, i) = 0;
}

double MemberCourse::extra_units(std::size_t technology, std::size_t year, const StockLanes& stock) const {
    if (world_.endogenous_cost == EndogenousCost::off || reference_ == nullptr || year == 0) return 0.0;
    // Units added beyond the reference by the end of the year before.
    return stock.additions_before_year(technology, member_) -
           reference_->additions[technology * years_ + year - 1];
}

std::vector<double> MemberCourse::begin_year(std::size_t year, const StockLanes& stock,
                                             std::span<const DoubleLanes> added_kwh) {
    std::vector<double> cost(prepared_.technologies);
    for (std::size_t k = 0; k < cost.size(); ++k) {
        cost[k] = costs_[k].relative_cost(year, extra_units(k, year, stock));
        outcome_.relative_cost[k * years_ + year] = cost[k];
    }
    prices_.begin_year(year, cost, draws_.eta_cost);
    std::vector<double> counted(added_kwh.size());
    for (std::size_t c = 0; c < counted.size(); ++c) {
        counted[c] = added_kwh[c][member_];
        outcome_.trace.modelled_power_kwh[c * years_ + year] = counted[c];
        if (reference_ != nullptr) counted[c] = reference_->modelled_power_kwh[c * years_ + year];
    }
    start_projects(year, cost);
    return counted;
}

void MemberCourse::start_projects(std::size_t year, const std::vector<double>& cost) {
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

void MemberCourse::install_projects(int step, StockLanes& stock, EmissionLanes& emissions) {
    const int next = step + world_.calendar.months_per_step;
    while (installed_ < projects_.size() && projects_[installed_].install_step < next) {
        const CreditProject& p = projects_[installed_++];
        const double fitted = stock.install_project(member_, p.place, p.technology, p.units);
        if (!(fitted > 0.0) || coupling_ == CouplingSwitch::off) continue;
        emissions.watch(member_, p.place);
        installed_projects_.push_back({p.place, p.technology, world_.calendar.month(p.start_step),
                                       world_.calendar.month(p.install_step),
                                       p.annual_reduction_t * fitted / p.units});
    }
}

void MemberCourse::set_prices(int step, std::span<Lanes> price) {
    const std::vector<double>& own = prices_.month(world_.calendar.month(step));
    for (std::size_t n = 0; n < own.size(); ++n) price[n][member_] = static_cast<float>(own[n]);
}

void MemberCourse::pay(int step, std::size_t year, const StockLanes& stock) {
    prices_.pay(
        prepared_, world_.calendar.month(step),
        [&](std::uint32_t place, std::size_t technology) { return stock.sales(place, technology, member_); },
        outcome_.scheme_spent_jpy, years_, year);
}

void MemberCourse::end_step() {
    for (; labelled_ < outcome_.events.size(); ++labelled_) {
        const CommitmentEvent& event = outcome_.events[labelled_];
        stage(Stage::committed, event.place) = event.step;
        if (event.source == no_place) continue;
        std::uint16_t& replicating = stage(Stage::replicating, event.source);
        replicating = std::min(replicating, event.step);
    }
}

void MemberCourse::keep_additions(std::size_t year, std::span<const DoubleLanes> additions) {
    for (std::size_t k = 0; k < additions.size(); ++k)
        outcome_.trace.additions[k * years_ + year] = additions[k][member_];
}

void MemberCourse::keep_books(std::size_t year, const StockYear& stock) {
    for (std::size_t row = 0; row < stock.units.size(); ++row)
        outcome_.stock_units[row * years_ + year] = stock.units[row][member_];
    for (std::size_t row = 0; row < stock.added.size(); ++row)
        outcome_.added_units[row * years_ + year] = stock.added[row][member_];
    keep_additions(year, stock.additions);
}

MemberOutcome MemberCourse::finish(const StockLanes& stock, EmissionLanes& emissions) {
    outcome_.trace.trend = trend_;
    outcome_.paths = emissions.paths(member_);
    keep_credits(emissions);
    EmissionOutcome account = emissions.take(member_);
    outcome_.sector_year_t = std::move(account.sector_year_t);
    outcome_.month_t = std::move(account.month_t);
    outcome_.identities.stock = static_cast<double>(stock.largest_identity_error(member_));
    check_emissions(account);
    check_money();
    return std::move(outcome_);
}

void MemberCourse::keep_credits(const EmissionLanes& emissions) {
    if (coupling_ == CouplingSwitch::off) return;
    std::vector<const PlaceReductions*> reductions;
    for (const InstalledProject& p : installed_projects_)
        reductions.push_back(&emissions.reductions(member_, p.place));
    outcome_.credits = account_credits(world_, draws_.buyer_share, installed_projects_, reductions);
    outcome_.identities.credits = outcome_.credits.error;
}

void MemberCourse::check_emissions(const EmissionOutcome& account) {
    for (std::size_t c = 0; c < world_.countries.size(); ++c) {
        for (std::size_t y = 0; y < years_; ++y) {
            const double places = account.places_year_t[c * years_ + y];
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

void MemberCourse::check_money() {
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
        const double ceiling = p.leased ? world_.eco_lease.subsidy_ceiling : world_.credits.subsidy_ceiling;
        over(p.subsidy_jpy, ceiling * p.cost_jpy * budget_rounding);
        differ(p.subsidy_jpy + p.private_jpy, p.cost_jpy);
    }
    double paid = 0.0;
    for (const double payment : lease_promised_jpy_) paid += payment;
    differ(paid, lease_subsidy_jpy_);
}

}  // namespace domino::sim
