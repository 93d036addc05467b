#include "sim/leverage/leverage_ensemble.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "sim/drawn_ties.h"
#include "sim/ensemble.h"
#include "sim/leverage/mean_field.h"
#include "sim/statistics/sorted_quantile.h"

namespace domino::sim {
namespace {

constexpr double jpy_in_million = 1e6;

/// A member of one world, made ready for its mean field. Stays where it is.
class ReadyMember {
 public:
    ReadyMember(const PreparedWorld& prepared, MemberId id, const ReferenceTrace* reference)
        : draws_(draw_member(*prepared.world, id)), reference_(reference) {
        if (draws_ties(*prepared.world)) own_ties_ = with_drawn_ties(prepared, draws_);
        ties_ = own_ties_ ? &*own_ties_ : &prepared;
        constants_ = member_constants(*ties_, draws_);
        if (reference == nullptr) {
            const MeanFieldMember member{&draws_, &constants_.propensity, ties_};
            trend_ = std::move(solve_trends(prepared, std::span(&member, 1)).front());
        }
    }
    ReadyMember(const ReadyMember&) = delete;
    ReadyMember& operator=(const ReadyMember&) = delete;

    MeanFieldInput input() const {
        return {ties_, &draws_, &constants_, reference_ != nullptr ? &reference_->trend : &trend_,
                reference_};
    }

 private:
    MemberDraws draws_;
    const ReferenceTrace* reference_;
    std::optional<PreparedWorld> own_ties_;
    const PreparedWorld* ties_ = nullptr;
    MemberConstants constants_;
    Trend trend_;
};

ReferenceTrace trace_of(const MeanFieldInput& input) {
    const FieldConstants constants(input);
    MeanField field(constants, nullptr);
    std::vector<MonthTape> tape(1);
    for (std::size_t y = 0; y < constants.years; ++y) field.run_year(y, tape);
    return field.trace();
}

std::vector<LeverAt> all_levers(const World& world) {
    std::vector<LeverAt> levers;
    for (std::uint32_t i = 0; i < world.places.size(); ++i) {
        levers.push_back({Lever::support, i, 0});
        levers.push_back({Lever::commitment_hazard, i, 0});
        for (const Lever lever : {Lever::units, Lever::price_share}) {
            for (std::uint16_t k = 0; k < world.technologies.size(); ++k) levers.push_back({lever, i, k});
        }
    }
    return levers;
}

/// What a lever brings in one member, and what that costs.
struct Pull {
    double tonnes = 0.0;
    double tonnes_per_million_jpy = 0.0;
};

/// One member's leverage as the years in which levers are pulled have it.
class PulledYears {
 public:
    PulledYears(const World& world, const Leverage& leverage, const LeverageOptions& options)
        : world_(world),
          leverage_(leverage),
          support_cost_jpy_(options.support_cost_jpy),
          first_(static_cast<std::size_t>(options.pulled_from - world.calendar.first.year())),
          last_(static_cast<std::size_t>(options.pulled_to - world.calendar.first.year())),
          years_(static_cast<std::size_t>(world.calendar.touched_years())) {}

    Pull of(const LeverAt& at) const {
        switch (at.lever) {
            case Lever::support:
                return at_cost(place_mean(leverage_.derivative.support, at.place), support_cost_jpy_);
            case Lever::commitment_hazard:
                return {place_mean(leverage_.derivative.hazard, at.place), 0.0};
            case Lever::units:
                return of_units(at);
            case Lever::price_share:
                break;
        }
        const std::vector<double>& share = leverage_.derivative.price_share;
        return at_cost(technology_mean(share, at), technology_mean(leverage_.share_cost_jpy, at));
    }

 private:
    static Pull at_cost(double tonnes, double jpy) {
        return {tonnes, jpy > 0.0 ? tonnes * jpy_in_million / jpy : 0.0};
    }
    double over_years(double sum) const { return sum / static_cast<double>(last_ - first_ + 1); }

    double place_mean(const std::vector<double>& field, std::size_t place) const {
        double sum = 0.0;
        for (std::size_t y = first_; y <= last_; ++y) sum += field[leverage_.derivative.at(y, place)];
        return over_years(sum);
    }
    double technology_mean(const std::vector<double>& field, const LeverAt& at) const {
        double sum = 0.0;
        for (std::size_t y = first_; y <= last_; ++y)
            sum += field[leverage_.derivative.at(y, at.technology, at.place)];
        return over_years(sum);
    }
    Pull of_units(const LeverAt& at) const {
        const double capex =
            world_.technologies[at.technology].countries[world_.places[at.place].country].capex_jpy;
        double per_jpy = 0.0;
        for (std::size_t y = first_; y <= last_ && capex > 0.0; ++y) {
            per_jpy += leverage_.derivative.units[leverage_.derivative.at(y, at.technology, at.place)] /
                       (capex * leverage_.relative_cost[at.technology * years_ + y]);
        }
        return {technology_mean(leverage_.derivative.units, at), over_years(per_jpy) * jpy_in_million};
    }

    const World& world_;
    const Leverage& leverage_;
    double support_cost_jpy_;
    std::size_t first_, last_, years_;
};

LeverageSpread spread(std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    std::sort(values.begin(), values.end());
    const std::span<const double> sorted(values);
    return {sum / static_cast<double>(values.size()), sorted_quantile(sorted, 0.05),
            sorted_quantile(sorted, 0.95)};
}

void check(const World& world, const LeverageOptions& options) {
    if (options.members < 1) throw std::invalid_argument("leverage needs at least one member");
    const int first = world.calendar.first.year(), last = first + world.calendar.touched_years() - 1;
    if (options.pulled_from < first || options.pulled_to > last || options.pulled_from > options.pulled_to)
        throw std::invalid_argument(
            "levers are pulled in years of the run, from the first to the last of them");
}

/// What one sum of tonnes comes to in every member.
struct MemberPulls {
    std::vector<std::vector<Pull>> pulls;  ///< [member][lever]
    std::vector<double> abated;            ///< [member]
};

LeverageTable tabulate(const std::vector<LeverAt>& levers, MemberPulls& of) {
    LeverageTable table;
    const std::size_t members = of.pulls.size();
    table.members = static_cast<int>(members);
    table.abated_t = spread(of.abated);
    std::vector<double> tonnes(members), per_million(members);
    for (std::size_t n = 0; n < levers.size(); ++n) {
        for (std::size_t m = 0; m < members; ++m) {
            tonnes[m] = of.pulls[m][n].tonnes;
            per_million[m] = of.pulls[m][n].tonnes_per_million_jpy;
        }
        LeverageRow row{levers[n], spread(tonnes), false, spread(per_million)};
        row.priced = row.tonnes_per_million_jpy.p05 != 0.0 || row.tonnes_per_million_jpy.p95 != 0.0;
        table.rows.push_back(row);
    }
    return table;
}

}  // namespace

std::vector<LeverageTable> measure_member_leverages(const World& scenario, const World* reference,
                                                    const LeverageOptions& options,
                                                    std::span<const CountedAbatement> counted) {
    check(scenario, options);
    const PreparedWorld prepared = prepare(scenario);
    std::optional<PreparedWorld> prepared_reference;
    if (reference != nullptr) prepared_reference = prepare(*reference);
    const std::vector<LeverAt> levers = all_levers(scenario);
    const auto members = static_cast<std::size_t>(options.members);
    std::vector<MemberPulls> sums(counted.size());
    for (MemberPulls& sum : sums) {
        sum.pulls.resize(members);
        sum.abated.resize(members);
    }
    std::mutex reported;
    int done = 0;
    const Threads threads(options.threads);
    threads.run(members, [&](std::size_t m) {
        if (options.cancelled != nullptr && options.cancelled->load(std::memory_order_relaxed)) return;
        const MemberId id{options.seed, static_cast<std::uint32_t>(m)};
        std::optional<ReferenceTrace> trace;
        if (prepared_reference) trace = trace_of(ReadyMember(*prepared_reference, id, nullptr).input());
        const ReadyMember member(prepared, id, trace ? &*trace : nullptr);
        const std::vector<Leverage> leverages = measure_leverages(member.input(), counted);
        for (std::size_t n = 0; n < counted.size(); ++n) {
            const PulledYears pulled(scenario, leverages[n], options);
            for (const LeverAt& at : levers) sums[n].pulls[m].push_back(pulled.of(at));
            sums[n].abated[m] = leverages[n].abated_t;
        }
        const std::lock_guard lock(reported);
        if (options.progress) options.progress(++done, options.members);
    });
    if (options.cancelled != nullptr && options.cancelled->load()) throw Cancelled{};
    std::vector<LeverageTable> tables;
    for (MemberPulls& sum : sums) tables.push_back(tabulate(levers, sum));
    return tables;
}

LeverageTable measure_member_leverage(const World& scenario, const World* reference,
                                      const LeverageOptions& options) {
    return std::move(
        measure_member_leverages(scenario, reference, options, std::span(&options.counted, 1)).front());
}

}  // namespace domino::sim
