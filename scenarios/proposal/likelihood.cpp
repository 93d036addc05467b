#include "scenarios/proposal/likelihood.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/month_text.h"
#include "scenarios/proposal/project_worlds.h"
#include "sim/ensemble.h"

namespace domino::scenarios {
namespace {

/// Normal quantile of 95 %.
constexpr double z95 = 1.6448536269514722;

/// Reads one place's shares and means out of both runs.
class PlaceReader {
 public:
    PlaceReader(const sim::EnsembleResults& results, std::uint32_t place)
        : results_(results), place_(place) {}

    MonthlyShare share(std::string what, sim::Stage stage, sim::Month month) const {
        return {std::move(what), month,
                compare_shares(reached(results_.scenario, stage, month),
                               reached(*results_.reference, stage, month))};
    }

    PairedMean capacity(int year) const {
        return {"capacity K", year, results_.scenario.capacity_mean[place_year(year)],
                results_.reference->capacity_mean[place_year(year)]};
    }

    PairedMean adoption(const std::string& technology, std::size_t k, int year) const {
        const std::size_t at = k * results_.scenario.places * results_.scenario.years + place_year(year);
        return {technology, year, results_.scenario.adoption_mean[at], results_.reference->adoption_mean[at]};
    }

 private:
    std::vector<bool> reached(const sim::RunResults& run, sim::Stage stage, sim::Month month) const {
        std::vector<bool> flags;
        for (int m = 0; m < run.members; ++m) {
            const std::uint16_t step =
                run.stage_step[run.stage_at(stage, place_, static_cast<std::size_t>(m))];
            flags.push_back(step != sim::never_step && run.calendar.month(step) <= month);
        }
        return flags;
    }

    std::size_t place_year(int year) const {
        return place_ * results_.scenario.years +
               static_cast<std::size_t>(year - results_.scenario.calendar.first_year());
    }

    const sim::EnsembleResults& results_;
    std::size_t place_;
};

sim::Month month_before(sim::Month month) {
    return sim::Month{month.value - 1};
}

void describe_runs(const Likelihood& likelihood, std::vector<std::string>& lines) {
    lines.push_back(
        fmt::format("two runs of {} on the same draws, {} members, seed {}: with the project from "
                    "{} to {}, and without it",
                    likelihood.scenario, likelihood.members, likelihood.seed, format_month(likelihood.start),
                    format_month(month_before(likelihood.phase_end))));
    lines.push_back(fmt::format("countries run: {}; projects on record only, no hypothetical ones",
                                fmt::join(likelihood.countries, ", ")));
    lines.emplace_back(
        "the model knows declarations of a whole place, not of districts, and gives every coupling "
        "an even chance of being zero");
}

/// Last month to run: the horizon, within the scenario; a whole calendar year wherever there is room.
sim::Month last_month(sim::Month horizon, sim::Month scenario_end) {
    return std::min(sim::make_month(month_before(horizon).year(), 12), scenario_end);
}

void read_results(const sim::EnsembleResults& results, const ProjectWorlds& worlds, const Proposal& proposal,
                  Likelihood& out) {
    const PlaceReader reader(results, worlds.partner);
    const auto declared = [&](std::string what, sim::Month month) {
        out.declared.push_back(reader.share(std::move(what), sim::Stage::committed, month));
    };
    declared("declared before the contract year", month_before(out.start));
    declared("declared by the end of the phase",
             std::min(month_before(out.phase_end), month_before(out.horizon)));
    if (out.horizon > out.phase_end)
        declared("declared by the end of the horizon", month_before(out.horizon));
    out.stages.push_back(
        reader.share("enabled by the end of the horizon", sim::Stage::enabled, month_before(out.horizon)));
    out.stages.push_back(reader.share("implementing by the end of the horizon", sim::Stage::implementing,
                                      month_before(out.horizon)));
    const int last_year = results.scenario.calendar.last_year();
    out.capacity.push_back(
        reader.capacity(std::max(out.start.year() - 1, results.scenario.calendar.first_year())));
    out.capacity.push_back(reader.capacity(last_year));
    const auto& technologies = worlds.with.world.technologies;
    for (std::size_t k = 0; k < technologies.size(); ++k) {
        const bool planned = std::any_of(proposal.technologies.begin(), proposal.technologies.end(),
                                         [&](const auto& p) { return p.technology == technologies[k].id; });
        if (planned) out.adoption.push_back(reader.adoption(technologies[k].id, k, last_year));
    }
}

}  // namespace

PairedShare compare_shares(const std::vector<bool>& with, const std::vector<bool>& without) {
    PairedShare out;
    const auto n = static_cast<double>(with.size());
    double plus = 0.0, minus = 0.0;
    for (std::size_t m = 0; m < with.size(); ++m) {
        out.with += with[m] ? 1.0 : 0.0;
        out.without += without[m] ? 1.0 : 0.0;
        plus += with[m] && !without[m] ? 1.0 : 0.0;
        minus += !with[m] && without[m] ? 1.0 : 0.0;
    }
    out.with /= n;
    out.without /= n;
    out.difference = (plus - minus) / n;
    const double z2 = z95 * z95;
    const double centre = (out.with + z2 / (2.0 * n)) / (1.0 + z2 / n);
    const double half =
        z95 * std::sqrt(out.with * (1.0 - out.with) / n + z2 / (4.0 * n * n)) / (1.0 + z2 / n);
    out.with_low = std::max(0.0, centre - half);
    out.with_high = std::min(1.0, centre + half);
    const double variance = (plus + minus) / n - out.difference * out.difference;
    const double error = z95 * std::sqrt(std::max(0.0, variance) / n);
    out.difference_low = out.difference - error;
    out.difference_high = out.difference + error;
    return out;
}

std::optional<Likelihood> simulate_likelihood(const Proposal& proposal, const Partnership& partnership,
                                              const std::filesystem::path& data_dir,
                                              const LikelihoodOptions& options, Problems& problems) {
    LoadedScenario loaded = load_scenario(options.scenario, data_dir);
    std::move(loaded.problems.begin(), loaded.problems.end(), std::back_inserter(problems));
    if (!loaded.scenario) return std::nullopt;
    Likelihood out;
    out.scenario = loaded.scenario->name;
    out.members = options.members;
    out.seed = options.seed;
    out.start = proposal.start();
    out.phase_end = proposal.phase_end();
    const sim::Month wanted{out.phase_end.value + 12 * options.years_after};
    out.horizon = std::min(wanted, sim::Month{loaded.scenario->run.end.value + 1});
    if (loaded.scenario->run.end <= out.start || loaded.scenario->run.start >= out.start) {
        problems.push_back({{options.scenario.string(), 0, 0},
                            fmt::format("the scenario runs from {} to {}, the project from {}",
                                        format_month(loaded.scenario->run.start),
                                        format_month(loaded.scenario->run.end), format_month(out.start)),
                            "nothing could be said of the project",
                            "choose another --scenario"});
        return std::nullopt;
    }
    const sim::Month last = last_month(out.horizon, loaded.scenario->run.end);
    auto worlds =
        build_project_worlds(proposal, partnership, std::move(*loaded.scenario), last, data_dir, problems);
    if (!worlds) return std::nullopt;
    sim::EnsembleOptions ensemble;
    ensemble.members = options.members;
    ensemble.threads = options.threads;
    ensemble.seed = options.seed;
    ensemble.progress = options.progress;
    ensemble.cancelled = options.cancelled;
    ensemble.uncoupled = sim::UncoupledTwin::leave_out;
    const auto results = sim::run_ensemble(worlds->with.world, &worlds->without.world, ensemble);
    out.place = worlds->with.places.places[worlds->partner].name;
    out.countries = worlds->countries;
    for (const InputFile& file : worlds->with.files) out.files.push_back(file.path);
    read_results(results, *worlds, proposal, out);
    describe_runs(out, out.conventions);
    out.conventions.insert(out.conventions.end(), worlds->conventions.begin(), worlds->conventions.end());
    return out;
}

}  // namespace domino::scenarios
