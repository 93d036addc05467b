#include "scenarios/proposal/project_worlds.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/month_text.h"
#include "scenarios/world/pack_technologies.h"

namespace domino::scenarios {
namespace {

/// A tie that goes on in the record past the start of the proposal: the project it proposes to carry on.
bool is_same_project(const std::string& project_id, const Partnership& partnership) {
    return std::any_of(partnership.ties.begin(), partnership.ties.end(),
                       [&](const TieOnRecord& tie) { return tie.project && tie.id == project_id; });
}

/// Ends support and ties of the two cities' projects on record where the contract year begins.
void end_recorded_projects(const Partnership& partnership, sim::Month start, sim::World& world,
                           std::vector<std::string>& conventions) {
    for (const sim::SupportWindow& window : world.support) {
        if (window.to <= start || !is_same_project(window.project_id, partnership)) continue;
        conventions.push_back(fmt::format("{}, on record to {}, ends in both runs where the proposal begins",
                                          window.project_id, format_month({window.to.value - 1})));
        if (!window.partner) continue;
        for (sim::FrozenLayer& layer : world.layers) {
            if (layer.kind != sim::LayerKind::collaboration || !layer.dated()) continue;
            for (const auto& [target, source] :
                 {std::pair{window.place, *window.partner}, {*window.partner, window.place}})
                for (std::uint32_t e = layer.row_begin[target]; e < layer.row_begin[target + 1]; ++e)
                    if (layer.source[e] == source && layer.from[e] == window.from && layer.to[e] == window.to)
                        layer.to[e] = std::max(layer.from[e], start);
        }
    }
    std::erase_if(world.support, [&](const sim::SupportWindow& w) {
        return w.from >= start && is_same_project(w.project_id, partnership);
    });
    for (sim::SupportWindow& window : world.support)
        if (window.to > start && is_same_project(window.project_id, partnership)) window.to = start;
}

class ProjectWorldBuilder {
 public:
    ProjectWorldBuilder(const Proposal& proposal, const Partnership& partnership, Scenario scenario,
                        const std::filesystem::path& data_dir, Problems& problems)
        : proposal_(proposal),
          partnership_(partnership),
          scenario_(std::move(scenario)),
          data_dir_(data_dir),
          problems_(problems) {}

    std::optional<ProjectWorlds> build(sim::Month last) {
        scenario_.run.end = last;
        scenario_.c3p.enabled = OnOff::on;
        scenario_.c3p.expansion = ExpansionRule::none;
        scenario_.collaboration.enabled = OnOff::on;
        scenario_.targets.clear();
        for (const Actor& actor : {partnership_.japan, partnership_.partner})
            if (!actor.unit) scenario_.places.include.push_back(actor.id);
        add_technologies();
        auto worlds = std::optional<ProjectWorlds>{};
        if (needs_no_other_country()) worlds = attempt(restricted());
        if (!worlds) {
            Problems shown;
            std::swap(shown, attempts_);
            worlds = attempt(scenario_);
            if (!worlds) std::move(attempts_.begin(), attempts_.end(), std::back_inserter(problems_));
        }
        return worlds;
    }

 private:
    /// Planned technologies the model can run join the scenario's.
    void add_technologies() {
        if (scenario_.technologies.empty()) return;
        Pack pack(data_dir_);
        const auto usable = usable_technologies(pack);
        for (const PlannedTechnology& planned : proposal_.technologies) {
            auto& ids = scenario_.technologies;
            const bool there = std::find(ids.begin(), ids.end(), planned.technology) != ids.end();
            if (!there && std::find(usable.begin(), usable.end(), planned.technology) != usable.end())
                ids.push_back(planned.technology);
        }
    }

    bool needs_no_other_country() const {
        return scenario_.places.layers.empty() && scenario_.user_layers.empty() &&
               scenario_.collaboration.agreements.empty();
    }

    /// The scenario for Japan and the partner's country alone.
    Scenario restricted() const {
        Scenario small = scenario_;
        small.places.countries = {"JPN", partnership_.partner.iso3};
        std::sort(small.places.countries.begin(), small.places.countries.end());
        const auto kept = [&](const std::string& iso3) {
            return std::find(small.places.countries.begin(), small.places.countries.end(), iso3) !=
                   small.places.countries.end();
        };
        for (PriceSchemeEntry& scheme : small.price_schemes)
            std::erase_if(scheme.countries, [&](const std::string& iso3) { return !kept(iso3); });
        std::erase_if(small.price_schemes, [](const PriceSchemeEntry& s) { return s.countries.empty(); });
        return small;
    }

    std::optional<ProjectWorlds> attempt(const Scenario& without) {
        attempts_.clear();
        Scenario with = without;
        AgreementEntry project;
        project.japan = partnership_.japan.id;
        project.partner = partnership_.partner.id;
        project.from = proposal_.start();
        project.to = sim::Month{proposal_.phase_end().value - 1};
        project.project = true;
        with.collaboration.agreements.push_back(project);
        WorldResult a = build_world(with, data_dir_), b = build_world(without, data_dir_);
        for (WorldResult* result : {&a, &b})
            std::move(result->problems.begin(), result->problems.end(), std::back_inserter(attempts_));
        if (!a.built || !b.built) return std::nullopt;
        ProjectWorlds worlds{std::move(*a.built), std::move(*b.built), 0, without.places.countries, {}};
        if (!find_partner(worlds)) return std::nullopt;
        end_recorded_projects(partnership_, proposal_.start(), worlds.with.world, worlds.conventions);
        std::vector<std::string> same;
        end_recorded_projects(partnership_, proposal_.start(), worlds.without.world, same);
        return worlds;
    }

    bool find_partner(ProjectWorlds& worlds) {
        const std::string id = fmt::format("scenario-{}-{}", partnership_.japan.id, partnership_.partner.id);
        for (const sim::SupportWindow& window : worlds.with.world.support) {
            if (window.project_id != id || window.from != proposal_.start()) continue;
            worlds.partner = window.place;
            return true;
        }
        attempts_.push_back({{},
                             fmt::format("the scenario has no place for {} or {}", partnership_.japan.name,
                                         partnership_.partner.name),
                             "the project cannot be simulated",
                             "choose another --scenario"});
        return false;
    }

    const Proposal& proposal_;
    const Partnership& partnership_;
    Scenario scenario_;
    const std::filesystem::path& data_dir_;
    Problems& problems_;
    Problems attempts_;
};

}  // namespace

std::optional<ProjectWorlds> build_project_worlds(const Proposal& proposal, const Partnership& partnership,
                                                  Scenario scenario, sim::Month last,
                                                  const std::filesystem::path& data_dir, Problems& problems) {
    return ProjectWorldBuilder(proposal, partnership, std::move(scenario), data_dir, problems).build(last);
}

}  // namespace domino::scenarios
