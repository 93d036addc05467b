#include "cli/optimize_scenario.h"

#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "cli/data_folder.h"
#include "cli/ending.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/load_world.h"
#include "cli/output_folder.h"
#include "cli/progress.h"
#include "cli/ranks.h"
#include "scenarios/search/plan_toml.h"
#include "scenarios/search/strategy_search.h"
#include "scenarios/units.h"
#include "viz/checked_file.h"
#include "viz/found_plan.h"
#include "viz/picture/frontier_picture.h"

namespace domino::cli {
namespace {

namespace fs = std::filesystem;
using scenarios::StrategyRule;

constexpr const char* reference_file = "without-strategy.toml";

double budget_of(const OptimizeRequest& request, const scenarios::Scenario& scenario) {
    if (request.budget.empty()) {
        if (scenario.strategy.budget_jpy_per_year) return *scenario.strategy.budget_jpy_per_year;
        throw Failure(ExitCode::usage,
                      "there is no money to plan with: say --budget \"0.5 GJPY/yr\", or set strategy.budget");
    }
    const auto quantity = scenarios::parse_quantity(request.budget);
    if (const auto* wrong = std::get_if<scenarios::UnitError>(&quantity))
        throw Failure(ExitCode::usage,
                      fmt::format("--budget \"{}\": {}; {}", request.budget, wrong->what, wrong->fix));
    const auto& read = std::get<scenarios::Quantity>(quantity);
    if (read.dimension != scenarios::money_per_year || read.value < 0.0)
        throw Failure(ExitCode::usage,
                      fmt::format("--budget \"{}\" is no money a year; say it as in --budget "
                                  "\"0.5 GJPY/yr\"",
                                  request.budget));
    return read.value;
}

sim::Aim aim_of(const std::string& maximise) {
    if (maximise == "gap") return sim::Aim::gap;
    return maximise == "commitments" ? sim::Aim::commitments : sim::Aim::abatement;
}

int last_year(const OptimizeRequest& request, const scenarios::Scenario& scenario,
              const sim::Calendar& calendar) {
    const int first = scenario.strategy.from.year();
    // Only whole years of the run count.
    const int last = calendar.first.year() + calendar.years() - 1;
    if (!request.given("--until")) return last;
    const double until = request.until_years;
    if (until != std::floor(until) || until < first || until > last)
        throw Failure(ExitCode::usage,
                      fmt::format("--until {:g}: count to a year from {}, when the strategy's "
                                  "money begins, to {}, the last whole one of the run",
                                  until, first, last));
    return static_cast<int>(until);
}

int search_step(const OptimizeRequest& request, const sim::Calendar& calendar) {
    const int step = request.search_step;
    if (step == 0 || (step >= calendar.months_per_step && calendar.steps % step == 0)) return step;
    throw Failure(
        ExitCode::usage,
        fmt::format("--search-step {}: take months that divide the run's {} and are no fewer than its "
                    "own step, {}",
                    step, calendar.steps, calendar.months_per_step));
}

scenarios::SearchOptions search_options(const OptimizeRequest& request, const ScenarioWorld& one,
                                        const Ranks& ranks) {
    scenarios::SearchOptions options;
    options.aim = aim_of(request.maximise);
    options.until = last_year(request, one.scenario, one.built.world.calendar);
    options.members = request.members;
    options.held_out = request.held_out;
    options.seed = request.given("--seed") ? request.seed : one.scenario.run.seed;
    options.threads = request.threads > 0 ? request.threads : ranks.fair_threads();
    options.share = {ranks.rank(), ranks.count(),
                     [&ranks](const std::string& own) { return ranks.share_all(own); }};
    options.screen = request.screen;
    options.years_between_starts = request.starts_every;
    options.search_step = search_step(request, one.built.world.calendar);
    options.municipalities = request.municipalities;
    options.technologies = request.technologies;
    options.most_sets = request.try_all;
    options.levels = request.levels;
    return options;
}

/// A line of progress for each stage of the search.
class Stages {
 public:
    explicit Stages(Console& console) : console_(console) {}

    void tell(std::string_view stage, std::string_view unit, std::size_t done, std::size_t total) {
        if (stage != stage_) {
            stage_ = stage;
            progress_.emplace(console_, stage_, std::string(unit));
        }
        progress_->update(static_cast<int>(done), static_cast<int>(total));
    }

 private:
    Console& console_;
    std::string stage_;
    std::optional<Progress> progress_;
};

/// A path as a file in the folder says it.
std::string seen_from(const fs::path& folder, const fs::path& file) {
    return fs::absolute(file).lexically_normal().lexically_proximate(folder).generic_string();
}

std::string about(const viz::FoundPlan& found) {
    const auto& options = found.options;
    return fmt::format(
        "Chosen by domino optimize: {}, with {:g} MJPY/yr.\n"
        "{} members from seed {} to choose by, {} others to try it on; docs/optimize.md tells how.\n{}",
        viz::describe_aim(found), found.budget_jpy_per_year / 1e6, options.members, options.seed,
        options.held_out, viz::describe_verdict(found));
}

/// plan.toml, and what it is measured from where the scenario names no reference.
void write_scenarios(const viz::FoundPlan& found, const OutputFolder& folder, const fs::path& data_dir) {
    const scenarios::Scenario& scenario = found.scenario;
    const scenarios::StrategyPlan& plan = found.result.frontier.back().plan;
    const std::string title = fmt::format("{}: projects chosen by simulation", scenario.name);
    const std::string name = scenario.name + "-optimised";
    std::string reference = reference_file;
    if (scenario.reference) {
        reference = seen_from(folder.target(), *scenario.reference);
    } else {
        scenarios::Scenario without = scenario;
        without.strategy = {};
        without.name = scenario.name + "-without-strategy";
        viz::write_file(folder.partial() / reference_file, scenarios::resolved_toml(without, data_dir));
    }
    std::string text;
    if (scenario.strategy.projects.empty()) {
        text = scenarios::plan_toml({about(found), seen_from(folder.target(), scenario.file), reference, name,
                                     title, scenario.strategy, plan, found.without,
                                     viz::project_remarks(found)});
    } else {
        // A scenario that extends one with a list takes that list over too.
        scenarios::Scenario whole = scenario;
        whole.name = name;
        whole.title = title;
        whole.reference = (folder.target() / reference).lexically_normal();
        whole.strategy.rule = StrategyRule::list;
        whole.strategy.budget_jpy_per_year = plan.budget_jpy_per_year;
        whole.strategy.projects = scenarios::list_entries(plan, scenario.strategy, found.without);
        text = scenarios::resolved_toml(whole, data_dir);
    }
    viz::write_file(folder.partial() / "plan.toml", text);
}

void write_plan(const viz::FoundPlan& found, const OptimizeRequest& request, const fs::path& data_dir,
                Console& console) {
    OutputFolder folder(request.output, request.overwrite ? Overwrite::replace : Overwrite::refuse);
    write_scenarios(found, folder, data_dir);
    viz::write_projects_csv(found, folder.partial() / "projects.csv");
    viz::write_frontier_csv(found, folder.partial() / "frontier.csv");
    viz::draw_frontier(found).save_png(folder.partial() / "frontier.png");
    viz::write_file(folder.partial() / "plan.json", viz::plan_json(found));
    folder.commit();
    console.info(fmt::format("wrote {}; domino run {} runs the plan", folder.target().string(),
                             (folder.target() / "plan.toml").string()));
}

using Found = std::variant<scenarios::SearchResult, scenarios::Infeasible>;

/// Every rank searches, and all come to the same.
Found search(const ScenarioWorld& one, const sim::World* reference, double budget,
             const scenarios::BuiltWorld& without, const scenarios::StrategyWorlds& all,
             scenarios::SearchOptions& options, Console& console) {
    Stages stages(console);
    options.progress = [&](std::string_view stage, std::string_view unit, std::size_t done,
                           std::size_t total) { stages.tell(stage, unit, done, total); };
    try {
        return scenarios::search_strategy(one.scenario, all, without, reference, budget, options);
    } catch (const scenarios::Infeasible& infeasible) {
        return infeasible;
    }
}

/// What the search starts from, after everything that can be wrong with what was asked.
struct Question {
    Worlds worlds;
    double budget = 0.0;
    scenarios::SearchOptions options;
};

void check_agreements(const OptimizeRequest& request, const scenarios::StrategySection& strategy) {
    if (strategy.agreements == scenarios::StrategyAgreements::none || strategy.agreement_cost_jpy_per_year)
        return;
    throw Failure(
        ExitCode::scenario_invalid,
        fmt::format("{}: strategy.agreement_cost is missing (the strategy concludes agreements, and no "
                    "document of the programme says what one costs); add agreement_cost = \"0.5 "
                    "MJPY/yr\" to [strategy]; 0 where the cities bear it",
                    request.edges));
}

Question read_question(const OptimizeRequest& request, const fs::path& data_dir, const Ranks& ranks,
                       const InterruptGuard& interrupt, Console& console) {
    if (!request.output.empty())
        OutputFolder::check(normal_folder(request.output),
                            request.overwrite ? Overwrite::replace : Overwrite::refuse);
    RunOverrides overrides;
    overrides.strategy = StrategyUse::search;
    Question question{
        load_worlds(request.edges, data_dir, overrides, console, [&] { interrupt.check(); }), 0.0, {}};
    const ScenarioWorld& one = question.worlds.scenario;
    question.budget = budget_of(request, one.scenario);
    check_agreements(request, one.scenario.strategy);
    question.options = search_options(request, one, ranks);
    question.options.cancelled = &interrupt.requested();
    return question;
}

void optimize_on(Ranks& ranks, const OptimizeRequest& request, Session& session) {
    const InterruptGuard interrupt;
    const auto data_dir = find_data_folder(session.data);
    Question question =
        ranks.alike([&] { return read_question(request, data_dir, ranks, interrupt, session.console); });
    const ScenarioWorld& one = question.worlds.scenario;
    if (one.scenario.strategy.rule == StrategyRule::list)
        session.console.warn("the scenario's own list of projects is put aside");
    const scenarios::StrategyWorlds all(one.scenario, data_dir);
    const scenarios::BuiltWorld without = all.without();
    const Found found =
        search(one, question.worlds.reference ? &question.worlds.reference->built.world : nullptr,
               question.budget, without, all, question.options, session.console);
    ranks.alike([&] {
        if (const auto* infeasible = std::get_if<scenarios::Infeasible>(&found))
            throw Failure(ExitCode::infeasible,
                          fmt::format("{}: {}; {}", request.edges, infeasible->what, infeasible->fix));
        return true;
    });
    ranks.lead([&] {
        const viz::FoundPlan plan{one.scenario, one.built, std::get<scenarios::SearchResult>(found),
                                  question.options, question.budget};
        interrupt.check();
        if (!request.output.empty()) write_plan(plan, request, data_dir, session.console);
        print_data(session.json ? viz::plan_json(plan) : viz::plan_text(plan));
        return std::string();
    });
}

}  // namespace

ExitCode optimize_scenario(const OptimizeRequest& request, Session& session) {
    Ranks& ranks = session.ranks.emplace();
    if (!ranks.leads()) session.console.set_loudness(Loudness::silent);
    try {
        optimize_on(ranks, request, session);
    } catch (...) {
        ranks.give_up(describe_exception().message);
        throw;
    }
    return ExitCode::done;
}

}  // namespace domino::cli
