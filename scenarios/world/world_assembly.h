#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/reading_progress.h"
#include "scenarios/world/contacts.h"
#include "scenarios/world/listed_projects.h"
#include "scenarios/world/observations.h"
#include "scenarios/world/pack_countries.h"
#include "scenarios/world/pack_places.h"
#include "scenarios/world/pack_technologies.h"
#include "scenarios/world/parameters.h"
#include "scenarios/world/path_assumptions.h"
#include "scenarios/world/place_names.h"
#include "scenarios/world/plan_candidates.h"
#include "scenarios/world/programmes.h"
#include "scenarios/world/strategy_choices.h"
#include "scenarios/world/systems.h"

namespace domino::scenarios {

/// Puts a world together in two parts: what no strategy touches, and the rest. A copy taken between the two
/// can be finished with another strategy.
class WorldAssembly {
 public:
    /// Throws geo::ProblemError, as all of it, where the pack is damaged.
    WorldAssembly(const Scenario& scenario, const std::filesystem::path& data_dir, ReadingProgress progress);

    /// Reads the pack and makes places, countries and technologies. False where problems end it.
    bool make_ground();
    /// Programmes, ties and what is told of the world; once, after make_ground().
    WorldResult finish();
    /// Problems found so far.
    const Problems& problems() const { return problems_; }

    /// Another strategy than the scenario's; before finish().
    void choose(const StrategySection& strategy);
    /// A plan in place of what the strategy's rule would choose.
    void choose(StrategyPlan plan);
    /// The world alone, in place of finish().
    sim::World finish_world();
    /// Places a strategy may choose, as a rule that measures places sees them. After make_ground().
    std::vector<PlanCandidate> candidates(StrategyRule rule) const;
    /// Japanese municipalities with a tie on record, ascending. After make_ground().
    std::vector<std::uint32_t> municipalities() const;
    /// Pairs of cities with an agreement on record. After make_ground().
    CityPairs agreed() const;
    /// Technologies of the run that JCM projects may buy, ascending; none where there are no such projects.
    /// After make_ground().
    std::vector<std::uint16_t> bought_by_projects() const;

 private:
    /// What the pack says that more than one step of the assembly needs.
    struct PackContents {
        CountryRecords countries;
        AdminUnits units;
        std::vector<GazetteerPlace> gazetteer;
        std::vector<PairRecord> pairs;
        std::map<std::string, sim::Month> partners;
    };

    /// What runs without the strategy.
    Collaboration programme() const;
    void read_pack();
    void report(std::string what, std::string why, std::string fix);
    /// Ids of places kept whatever their size: of the scenario, its agreements and the pack's ties.
    std::set<std::string> kept_ids();
    bool make_places();
    void make_countries();
    void make_place_inputs();
    void make_technologies();
    void describe_technology(const TechnologyRecord& record);
    void make_programmes_and_layers();
    std::set<std::uint32_t> places_without_ties();
    /// Centrality of places on the ties there would be without the strategy, for the rule that asks for it.
    std::vector<double> centrality_without_strategy(const Collaboration& collaboration);
    void make_context();
    /// No lever is silently without effect: figures that stand elsewhere in a scenario cannot be set here.
    void report_unused_parameters();
    void verify();

    Scenario scenario_;
    ReadingProgress progress_;
    Pack pack_;
    std::vector<std::string> wanted_;
    Parameters parameters_;
    PackContents data_;
    PathAssumptions assumptions_;
    BuiltWorld built_;
    Problems problems_;
    std::map<std::string, std::string> authority_;
    std::vector<ResolvedAgreement> resolved_;
    std::vector<ResolvedContactEvent> events_;
    std::vector<ListedProject> listed_;
    std::optional<StrategyPlan> plan_;
    std::vector<PlaceNames::Match> without_ties_;
    Systems systems_;
    ElectricCarStock cars_;
    std::vector<DeclarationCount> counts_;
    std::vector<InputRecord> technology_inputs_;
};

}  // namespace domino::scenarios
