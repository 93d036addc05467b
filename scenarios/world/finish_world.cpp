#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "scenarios/world/clean_city_partnerships.h"
#include "scenarios/world/commitment_data.h"
#include "scenarios/world/country_paths.h"
#include "scenarios/world/credit_plan.h"
#include "scenarios/world/emission_allocation.h"
#include "scenarios/world/exits.h"
#include "scenarios/world/layer_assembly.h"
#include "scenarios/world/partnership_benefits.h"
#include "scenarios/world/plan_strategy.h"
#include "scenarios/world/strategy_programme.h"
#include "scenarios/world/target_assembly.h"
#include "scenarios/world/without_ties.h"
#include "scenarios/world/world_assembly.h"
#include "sim/graph/centrality.h"

namespace domino::scenarios {

namespace {

constexpr double identity_tolerance = 1e-9;

}  // namespace

WorldResult WorldAssembly::finish() {
    make_programmes_and_layers();
    make_context();
    verify();
    if (has_errors(problems_)) return {std::nullopt, std::move(problems_)};
    return {std::move(built_), std::move(problems_)};
}

void WorldAssembly::choose(const StrategySection& strategy) {
    scenario_.strategy = strategy;
}

void WorldAssembly::choose(StrategyPlan plan) {
    scenario_.strategy.rule = plan.rule;
    plan_ = std::move(plan);
}

sim::World WorldAssembly::finish_world() {
    make_programmes_and_layers();
    return std::move(built_.world);
}

Collaboration WorldAssembly::programme() const {
    std::vector<std::string> notes;
    return plan_collaboration({scenario_, data_.pairs, resolved_, data_.partners, built_.places, authority_},
                              built_.world, notes);
}

std::vector<PlanCandidate> WorldAssembly::candidates(StrategyRule rule) const {
    const Collaboration alone = programme();
    auto candidates = open_candidates(
        rule, {built_.places, built_.world, data_.partners, alone.japanese, {}, scenario_.strategy.from},
        alone);
    if (scenario_.strategy.agreements == StrategyAgreements::alone) drop_agreed(candidates, alone);
    return candidates;
}

std::vector<std::uint32_t> WorldAssembly::municipalities() const {
    return programme().japanese;
}

CityPairs WorldAssembly::agreed() const {
    return agreed_pairs(programme());
}

std::vector<std::uint16_t> WorldAssembly::bought_by_projects() const {
    std::vector<std::uint16_t> bought;
    if (scenario_.jcm.enabled == OnOff::off) return bought;
    Pack pack = pack_;
    const auto tags = read_technology_tags(pack);
    for (std::size_t k = 0; k < built_.world.technologies.size(); ++k)
        if (may_buy(scenario_.jcm, built_.world.technologies[k].id, tags))
            bought.push_back(static_cast<std::uint16_t>(k));
    return bought;
}

void WorldAssembly::make_programmes_and_layers() {
    sim::World& world = built_.world;
    counts_ = read_declaration_counts(pack_);
    fill_commitment(scenario_, counts_, parameters_, world);
    const CollaborationInputs ties{scenario_,      data_.pairs,   resolved_,
                                   data_.partners, built_.places, authority_};
    auto collaboration = plan_collaboration(ties, world, built_.notes);
    built_.strategy = plan_ ? *plan_
                            : plan_strategy({ties, listed_, centrality_without_strategy(collaboration)},
                                            collaboration, world, problems_);
    const auto alone = places_without_ties();
    built_.without_ties.assign(alone.begin(), alone.end());
    drop_partnerships(alone, collaboration, built_.strategy);
    const auto tags = read_technology_tags(pack_);
    add_c3p(scenario_, collaboration.projects, read_project_technologies(pack_, world), world);
    add_strategy({scenario_, tags}, built_.strategy, collaboration, world, problems_);
    for (const auto& technology : world.technologies) {
        const auto tag = tags.find(technology.id);
        built_.technology_goals.emplace_back();
        if (tag != tags.end())
            built_.technology_goals.back().assign(tag->second.goals.begin(), tag->second.goals.end());
    }
    std::vector<std::string> technology_ids;
    for (const auto& technology : world.technologies) technology_ids.push_back(technology.id);
    built_.benefits = read_partnership_benefits(pack_, technology_ids);
    add_exits(pack_, scenario_, data_.partners, collaboration.projects, world, problems_);
    add_clean_city_partnerships(scenario_, collaboration, tags, built_.places, world, problems_);
    fill_credits(pack_, {scenario_, data_.partners, tags, parameters_}, world, built_.notes, problems_);
    fill_eco_lease(scenario_, parameters_, world, problems_);
    fill_credit_accounting(pack_, scenario_, data_.partners, parameters_, world, built_.notes);
    add_price_schemes(scenario_, world, problems_);
    systems_ = assemble_systems(pack_,
                                {scenario_, built_.places, authority_, events_, collaboration.agreements,
                                 collaboration.projects, parameters_},
                                world, built_.notes);
    build_layers({scenario_, built_.places, authority_, collaboration.agreements, collaboration.projects,
                  systems_.networks, systems_.examples, parameters_, progress_},
                 world, built_.links, built_.files, problems_);
    drop_edges(alone, world.layers, built_.links);
}

std::set<std::uint32_t> WorldAssembly::places_without_ties() {
    std::set<std::uint32_t> rows;
    for (const auto& match : without_ties_) {
        const auto row =
            find_actor(built_.places, authority_, match.unit ? "" : match.id, match.unit ? match.id : "");
        if (row) {
            rows.insert(*row);
            continue;
        }
        const auto at = scenario_.set_at.find("model.without_ties_of");
        problems_.push_back({at == scenario_.set_at.end() ? SourceLocation{} : at->second,
                             fmt::format("model.without_ties_of: {} is no place of this run", match.id), "",
                             "name a place of the scenario's countries, or delete it", Severity::error,
                             ProblemKind::scenario});
    }
    return rows;
}

std::vector<double> WorldAssembly::centrality_without_strategy(const Collaboration& collaboration) {
    if (scenario_.strategy.rule != StrategyRule::hubs) return {};
    sim::World without = built_.world;
    std::vector<Link> links;
    std::vector<InputFile> files;
    std::vector<std::string> notes;
    Problems problems;
    const Systems systems = assemble_systems(pack_,
                                             {scenario_, built_.places, authority_, events_,
                                              collaboration.agreements, collaboration.projects, parameters_},
                                             without, notes);
    build_layers({scenario_, built_.places, authority_, collaboration.agreements, collaboration.projects,
                  systems.networks, systems.examples, parameters_, progress_},
                 without, links, files, problems);
    return sim::page_rank(without.layers, without.places.size(), scenario_.strategy.from);
}

void WorldAssembly::make_context() {
    built_.targets = read_targets(pack_, scenario_, data_.countries, built_.world, problems_);
    built_.history_mt = national_history(data_.countries, built_.world);
    built_.stocktake_levels = read_stocktake_levels(pack_);
    built_.groups =
        place_groups(scenario_, systems_.networks, systems_.areas, built_.history_mt, built_.world);
    built_.urban = urban_shares(built_.world, built_.country_names);
    built_.notes.push_back(describe_urban_shares(built_.urban));
    built_.observations = gather_observations(data_.countries, cars_, counts_, built_.world);
    built_.inputs = parameters_.inputs();
    built_.inputs.insert(built_.inputs.end(), technology_inputs_.begin(), technology_inputs_.end());
    built_.files.insert(built_.files.end(), pack_.files_read().begin(), pack_.files_read().end());
    std::sort(built_.files.begin(), built_.files.end(), [](const auto& a, const auto& b) {
        return std::tie(a.path, a.role) < std::tie(b.path, b.role);
    });
    built_.files.erase(
        std::unique(built_.files.begin(), built_.files.end(),
                    [](const auto& a, const auto& b) { return a.path == b.path && a.content == b.content; }),
        built_.files.end());
    std::sort(built_.notes.begin(), built_.notes.end());
}

void WorldAssembly::report_unused_parameters() {
    for (const auto& symbol : parameters_.unused_overrides()) {
        const auto at = scenario_.set_at.find("parameters." + symbol);
        problems_.push_back({at == scenario_.set_at.end() ? SourceLocation{} : at->second,
                             fmt::format("the parameter {} changes nothing in this run", symbol),
                             "it describes a source, or a section of the scenario holds its value",
                             "set it in its section (c3p, jcm, proximity, collaboration), or leave it out",
                             Severity::warning, ProblemKind::scenario});
    }
}

void WorldAssembly::verify() {
    report_unused_parameters();
    const double error = largest_allocation_error(built_.world);
    built_.notes.push_back(
        fmt::format("emissions of places and national sectors agree to {:.1e} (relative)", error));
    if (error <= identity_tolerance) return;
    problems_.push_back({{},
                         fmt::format("emissions of places miss a national sector by {:.1e}", error),
                         "emissions are neither lost nor invented",
                         "report this with the scenario",
                         Severity::error,
                         ProblemKind::data});
}

}  // namespace domino::scenarios
