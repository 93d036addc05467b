#include "cli/compared_scenarios.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/failure.h"
#include "cli/progress.h"
#include "cli/simulate.h"

namespace domino::cli {
namespace {

namespace fs = std::filesystem;

/// What a folder of results says of its run.
RunOverrides read_run(const fs::path& folder) {
    const auto refuse = [&](std::string_view why) {
        return Failure(ExitCode::usage, fmt::format("\"{}\" is no folder of results of domino run ({}); name "
                                                    "scenarios or such folders",
                                                    folder.string(), why));
    };
    std::ifstream stream(folder / "manifest.json", std::ios::binary);
    if (!stream.is_open()) throw refuse("it has no manifest.json");
    const auto manifest = nlohmann::json::parse(stream, nullptr, false);
    const auto run = manifest.is_object() ? manifest.find("domino") : manifest.end();
    if (run == manifest.end() || !run->is_object()) throw refuse("its manifest does not tell of a run");
    const auto members = run->find("members"), seed = run->find("seed");
    if (members == run->end() || !members->is_number_integer() || seed == run->end() || !seed->is_string())
        throw refuse("its manifest has no members or no seed");
    const auto text = seed->get<std::string>();
    RunOverrides overrides;
    overrides.members = members->get<int>();
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), overrides.seed.emplace());
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || *overrides.members < 1)
        throw refuse("its manifest has no members or no seed");
    if (!fs::is_regular_file(folder / "scenario_resolved.toml"))
        throw refuse("it has no scenario_resolved.toml");
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

}  // namespace

std::vector<ComparedScenario> load_compared(const std::vector<std::string>& inputs, const fs::path& data_dir,
                                            const RunOverrides& overrides, Console& console,
                                            const std::function<void()>& check_interrupt) {
    std::vector<ComparedScenario> compared;
    for (const std::string& input : inputs) {
        std::error_code error;
        RunOverrides wanted = overrides;
        fs::path file = input;
        if (fs::is_directory(input, error)) {
            const RunOverrides ran = read_run(input);
            if (!wanted.members) wanted.members = ran.members;
            if (!wanted.seed) wanted.seed = ran.seed;
            file = fs::path(input) / "scenario_resolved.toml";
        }
        Worlds worlds = load_worlds(file, data_dir, wanted, console, check_interrupt);
        compared.push_back({worlds.scenario.scenario.name, file, std::move(worlds), nullptr, nullptr});
    }
    make_names_unique(compared);
    settle_run(compared, overrides, console);
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
                        one.reference.get()});
    return {std::move(runs), options};
}

}  // namespace domino::cli
