#include "cli/compared_scenarios.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/failure.h"
#include "cli/progress.h"
#include "cli/simulate.h"
#include "cli/version.h"
#include "viz/results_folder.h"

namespace domino::cli {
namespace {

namespace fs = std::filesystem;

/// The seed and members of results.
RunOverrides read_run(const fs::path& folder, const viz::ResultsManifest& manifest) {
    const std::string text = viz::text_in(manifest.run(), "seed");
    RunOverrides overrides;
    overrides.members = manifest.members;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), overrides.seed.emplace());
    if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
        viz::refuse_results(folder, "its manifest does not say which seed it has");
    if (!fs::is_regular_file(folder / "scenario_resolved.toml"))
        viz::refuse_results(folder, "it has no scenario_resolved.toml");
    return overrides;
}

fs::path same_file(const fs::path& file) {
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(file, error);
    return error ? file : canonical;
}

/// The scenario whose trend of commitments it is measured with: its reference, or itself.
fs::path root_of(const ComparedScenario& compared) {
    const auto& reference = compared.worlds.scenario.scenario.reference;
    return same_file(reference ? fs::path(*reference) : compared.file);
}

const scenarios::Scenario& root_scenario(const ComparedScenario& compared) {
    return compared.worlds.reference ? compared.worlds.reference->scenario
                                     : compared.worlds.scenario.scenario;
}

/// Whether two of them take their trend of commitments from the same scenario, by file or by content.
bool same_root(const ComparedScenario& a, const ComparedScenario& b) {
    return root_of(a) == root_of(b) || scenarios::differences(root_scenario(a), root_scenario(b)).empty();
}

void check_paired(const ComparedScenario& a, const ComparedScenario& b) {
    const sim::World& x = a.worlds.scenario.built.world;
    const sim::World& y = b.worlds.scenario.built.world;
    const auto refuse = [&](std::string_view what) {
        throw Failure(ExitCode::scenario_invalid,
                      fmt::format("{} differ between \"{}\" and \"{}\"; their members cannot be paired. Give "
                                  "all scenarios the same, most simply by extending one of them",
                                  what, a.name, b.name));
    };
    const auto same_place = [](const sim::PlaceInputs& p, const sim::PlaceInputs& q) {
        return p.key == q.key;
    };
    if (!std::equal(x.places.begin(), x.places.end(), y.places.begin(), y.places.end(), same_place))
        refuse("places");
    if (a.worlds.scenario.scenario.technologies != b.worlds.scenario.scenario.technologies)
        refuse("technologies");
    const auto steps = [](const sim::Calendar& c) {
        return std::tuple(c.first.value, c.steps, c.parts_per_month, c.months_per_step);
    };
    if (steps(x.calendar) != steps(y.calendar)) refuse("start, end or steps of the run");
}

void make_names_unique(std::vector<ComparedScenario>& compared) {
    std::set<std::string> taken;
    for (ComparedScenario& one : compared) {
        const std::string name = one.name;
        for (int n = 2; !taken.insert(one.name).second; ++n) one.name = fmt::format("{} ({})", name, n);
    }
}

void settle_run(std::vector<ComparedScenario>& compared, const RunOverrides& overrides, Console& console) {
    std::set<std::uint64_t> seeds;
    std::set<int> members;
    for (const ComparedScenario& one : compared) {
        seeds.insert(one.worlds.scenario.scenario.run.seed);
        members.insert(one.worlds.scenario.scenario.run.members);
    }
    if (seeds.size() > 1)
        throw Failure(ExitCode::usage, fmt::format("the scenarios have different seeds ({} and {}), so their "
                                                   "draws are not the same; say --seed N",
                                                   *seeds.begin(), *seeds.rbegin()));
    if (members.size() > 1 && !overrides.members)
        console.info(fmt::format("{} members each, the fewest any of them has", *members.begin()));
    for (ComparedScenario& one : compared) one.worlds.scenario.scenario.run.members = *members.begin();
}

/// The scenario of results is run again by this program, whose numbers need not be those in the files.
void warn_of_versions(const std::vector<ComparedScenario>& compared, Console& console) {
    const viz::ProgramVersion own{program_version(), program_commit()};
    std::vector<std::string> others;
    for (const ComparedScenario& one : compared)
        if (one.written_by && *one.written_by != own)
            others.push_back(fmt::format("\"{}\" by {}", one.name, one.written_by->text()));
    if (others.empty()) return;
    console.warn(
        fmt::format("versions differ: results were written, {}, and their scenarios are run again "
                    "by {}; what differs from their files may be the program's",
                    fmt::join(others, ", "), own.text()));
}

}  // namespace

std::vector<ComparedScenario> load_compared(const std::vector<std::string>& inputs, const fs::path& data_dir,
                                            const RunOverrides& overrides, Console& console,
                                            const std::function<void()>& check_interrupt) {
    std::vector<ComparedScenario> compared;
    for (const std::string& input : inputs) {
        std::error_code error;
        RunOverrides wanted = overrides;
        fs::path file = input;
        std::optional<viz::ProgramVersion> written_by;
        if (fs::is_directory(input, error)) {
            const viz::ResultsManifest manifest = viz::read_results_manifest(input);
            const RunOverrides ran = read_run(input, manifest);
            written_by = manifest.program();
            if (!wanted.members) wanted.members = ran.members;
            if (!wanted.seed) wanted.seed = ran.seed;
            file = fs::path(input) / "scenario_resolved.toml";
        }
        Worlds worlds = load_worlds(file, data_dir, wanted, console, check_interrupt);
        compared.push_back(
            {worlds.scenario.scenario.name, file, std::move(worlds), nullptr, nullptr, written_by});
    }
    make_names_unique(compared);
    settle_run(compared, overrides, console);
    warn_of_versions(compared, console);
    for (std::size_t n = 1; n < compared.size(); ++n) check_paired(compared.front(), compared[n]);
    const auto other = std::find_if(compared.begin(), compared.end(), [&](const ComparedScenario& one) {
        return !same_root(one, compared.front());
    });
    if (other != compared.end())
        console.warn(
            fmt::format("\"{}\" and \"{}\" are not measured against the same reference: each passes "
                        "the observed commitments by a trend of its own, which is part of their "
                        "difference; give them one reference",
                        compared.front().name, other->name));
    return compared;
}

sim::EnsembleOptions comparison_options(const std::vector<ComparedScenario>& compared) {
    sim::EnsembleOptions options = ensemble_options(compared.front().worlds.scenario.scenario);
    options.place_memory_bytes /= compared.size();
    options.uncoupled = sim::UncoupledTwin::leave_out;
    return options;
}

viz::Comparison run_compared(std::vector<ComparedScenario>& compared, int threads,
                             const InterruptGuard& interrupt, Console& console) {
    sim::EnsembleOptions options = comparison_options(compared);
    options.threads = threads;
    options.cancelled = &interrupt.requested();
    std::map<fs::path, std::shared_ptr<const sim::RunResults>> references;
    const auto run = [&](ComparedScenario& one) {
        Progress progress(console, one.name, "members");
        sim::EnsembleOptions own = options;
        own.progress = [&](int done, int total) { progress.update(done, total); };
        const sim::World* reference = one.worlds.reference ? &one.worlds.reference->built.world : nullptr;
        sim::EnsembleResults results = [&] {
            try {
                return sim::run_ensemble(one.worlds.scenario.built.world, reference, own);
            } catch (const std::invalid_argument& error) {
                throw Failure(ExitCode::scenario_invalid, error.what());
            }
        }();
        one.results = std::make_shared<const sim::RunResults>(std::move(results.scenario));
        if (!results.reference) return;
        one.reference = std::make_shared<const sim::RunResults>(std::move(*results.reference));
        references.emplace(root_of(one), one.reference);
    };
    for (ComparedScenario& one : compared)
        if (one.worlds.reference) run(one);
    for (ComparedScenario& one : compared) {
        if (one.worlds.reference) continue;
        const auto known = references.find(root_of(one));
        if (known != references.end()) {
            one.results = known->second;
        } else {
            run(one);
        }
    }
    std::vector<viz::ComparedRun> runs;
    for (const ComparedScenario& one : compared)
        runs.push_back({one.name, one.worlds.scenario.scenario, one.worlds.scenario.built, *one.results,
                        one.reference.get(), one.written_by});
    return {std::move(runs), options};
}

}  // namespace domino::cli
