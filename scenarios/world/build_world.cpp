#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "scenarios/built_world.h"
#include "scenarios/reading_progress.h"
#include "scenarios/world/clean_city_partnerships.h"
#include "scenarios/world/commitment_data.h"
#include "scenarios/world/country_paths.h"
#include "scenarios/world/covariates.h"
#include "scenarios/world/credit_plan.h"
#include "scenarios/world/emission_allocation.h"
#include "scenarios/world/exits.h"
#include "scenarios/world/layer_assembly.h"
#include "scenarios/world/model_parameters.h"
#include "scenarios/world/observations.h"
#include "scenarios/world/partnership_benefits.h"
#include "scenarios/world/place_assembly.h"
#include "scenarios/world/place_names.h"
#include "scenarios/world/plan_strategy.h"
#include "scenarios/world/problems.h"
#include "scenarios/world/programmes.h"
#include "scenarios/world/systems.h"
#include "scenarios/world/target_assembly.h"
#include "scenarios/world/technology_assembly.h"
#include "scenarios/world/user_places.h"
#include "scenarios/world/without_ties.h"
#include "sim/graph/centrality.h"

namespace domino::scenarios {

namespace {

constexpr double identity_tolerance = 1e-9;

/// Everything the pack says that more than one step of the assembly needs.
struct PackContents {
    CountryRecords countries;
    AdminUnits units;
    std::vector<GazetteerPlace> gazetteer;
    std::vector<PairRecord> pairs;
    std::map<std::string, sim::Month> partners;
};

std::vector<std::string> sorted_countries(const Scenario& scenario) {
    std::set<std::string> countries(scenario.places.countries.begin(), scenario.places.countries.end());
    return {countries.begin(), countries.end()};
}

class WorldAssembly {
 public:
    WorldAssembly(const Scenario& scenario, const std::filesystem::path& data_dir,
                  const ReadingProgress& progress)
        : scenario_(scenario),
          progress_(progress),
          pack_(data_dir),
          wanted_(sorted_countries(scenario)),
          parameters_(pack_, scenario) {}

    WorldResult run() {
        sim::World& world = built_.world;
        world.calendar.first = scenario_.run.start;
        world.calendar.steps = scenario_.run.end.value - scenario_.run.start.value + 1;
        world.calendar.parts_per_month = scenario_.run.parts_per_month;
        world.calendar.months_per_step = scenario_.run.months_per_step;
        world.endogenous_cost =
            scenario_.model.endogenous_cost == OnOff::on ? sim::EndogenousCost::on : sim::EndogenousCost::off;
        world.uncertainty = scenario_.model.uncertainty == OnOff::on ? sim::Uncertainty::sampled
                                                                     : sim::Uncertainty::medians_only;
        world.parameters = read_model_parameters(parameters_);
        built_.discount_rate = read_discount_rate(parameters_);
        read_pack();
        if (!problems_.empty() || !make_places()) return stop();
        make_countries();
        make_place_inputs();
        make_technologies();
        make_programmes_and_layers();
        make_context();
        verify();
        if (has_errors(problems_)) return stop();
        return {std::move(built_), std::move(problems_)};
    }

 private:
    WorldResult stop() { return {std::nullopt, std::move(problems_)}; }

    void read_pack() {
        data_.countries = read_countries(pack_);
        data_.units = read_admin_units(pack_);
        data_.pairs = read_pairs(pack_);
        data_.partners = read_jcm_partners(pack_);
        data_.gazetteer = read_gazetteer(pack_, wanted_);
        for (const auto& iso3 : wanted_) {
            if (data_.countries.contains(iso3)) continue;
            report(fmt::format("the data pack does not know the country {}", iso3),
                   "countries are named by ISO 3166-1 alpha-3", "see: domino data countries");
        }
        if (wanted_.empty()) {
            report("the scenario names no country", "a world needs places", "set places.countries");
        }
    }

    void report(std::string what, std::string why, std::string fix) {
        const auto at = scenario_.set_at.find("places.countries");
        problems_.push_back(
            {at == scenario_.set_at.end() ? SourceLocation{scenario_.file.string(), 0, 0} : at->second,
             std::move(what), std::move(why), std::move(fix), Severity::error, ProblemKind::scenario});
    }

    /// Ids of places kept whatever their size: of the scenario, its agreements and the pack's ties.
    std::set<std::string> kept_ids() {
        std::set<std::string> keep;
        const PlaceNames names(data_.units, data_.gazetteer);
        for (const auto& text : scenario_.places.include) {
            std::string hint;
            const auto match = names.find(text, NameScope::anywhere, hint);
            if (match) {
                if (!match->unit) keep.insert(match->id);
                continue;
            }
            const auto at = scenario_.set_at.find("places.include");
            problems_.push_back({at == scenario_.set_at.end() ? SourceLocation{} : at->second,
                                 fmt::format("no place is meant by \"{}\"", text),
                                 "places.include names places of the scenario's countries", hint,
                                 Severity::error, ProblemKind::scenario});
        }
        resolved_ = resolve_agreements(scenario_.collaboration, names, problems_);
        for (const auto& agreement : resolved_) {
            if (!agreement.japan.unit) keep.insert(agreement.japan.id);
            if (!agreement.partner.unit) keep.insert(agreement.partner.id);
        }
        listed_ = resolve_listed_projects(scenario_, names, data_.partners, problems_);
        for (const auto& project : listed_) {
            if (!project.partner.unit) keep.insert(project.partner.id);
            if (project.japan && !project.japan->unit) keep.insert(project.japan->id);
        }
        without_ties_ = resolve_without_ties(scenario_, names, problems_);
        events_ = resolve_contact_events(scenario_.contacts, names, problems_);
        for (const auto& event : events_) {
            if (!event.host.unit) keep.insert(event.host.id);
            for (const auto& guest : event.participants) {
                if (!guest.unit) keep.insert(guest.id);
            }
        }
        keep.merge(places_named_with_systems(pack_));
        for (const auto& pair : data_.pairs) {
            keep.insert(pair.overseas_place_id);
            keep.insert(pair.japan_place_id);
        }
        keep.erase("");
        return keep;
    }

    bool make_places() {
        CoverageRequest request;
        request.countries = wanted_;
        request.min_population = scenario_.places.min_population;
        request.keep = kept_ids();
        for (const auto& iso3 : wanted_) {
            const auto people = start_population(data_.countries.at(iso3), built_.world.calendar);
            if (people) request.country_population[iso3] = *people;
        }
        request.user_places = read_user_places(scenario_.places, wanted_, pack_, built_.files, problems_);
        auto assembled = assemble_places(request, data_.units, data_.gazetteer);
        problems_.insert(problems_.end(), assembled.problems.begin(), assembled.problems.end());
        built_.notes = std::move(assembled.notes);
        built_.people_error = assembled.people_error;
        built_.places = std::move(assembled.table);
        authority_ = std::move(assembled.authority);
        for (std::size_t i = 1; i < built_.places.places.size(); ++i) {
            const auto& id = built_.places.places[i].id;
            if (id != built_.places.places[i - 1].id) continue;
            problems_.push_back({{},
                                 fmt::format("two places have the id \"{}\"", id),
                                 "ids address random draws and must be unique",
                                 "rename one in its layer",
                                 Severity::error,
                                 ProblemKind::data});
        }
        if (has_errors(problems_)) return false;
        for (auto& place : request.user_places) {
            if (!place.area.empty()) built_.own_areas.emplace(place.id, std::move(place.area));
        }
        add_covariates(scenario_.places, built_.own_areas, pack_, built_.places, built_.files, problems_,
                       progress_);
        return !has_errors(problems_);
    }

    void make_countries() {
        assumptions_ = read_path_assumptions(pack_, parameters_, data_.countries);
        const sim::Calendar& calendar = built_.world.calendar;
        std::set<std::string> all(wanted_.begin(), wanted_.end());
        for (const auto& place : built_.places.places) all.insert(place.iso3);
        for (const auto& iso3 : all) {
            const bool known = std::binary_search(wanted_.begin(), wanted_.end(), iso3);
            built_.world.countries.push_back(
                known ? build_country(data_.countries.at(iso3), assumptions_, calendar, built_.notes)
                      : build_empty_country(iso3, calendar));
            built_.country_names.push_back(built_.world.countries.back().name);
            if (!known)
                built_.notes.push_back(iso3 + " is no country of the pack: its places have no inventory");
        }
    }

    void make_place_inputs() {
        std::map<std::string, std::uint16_t> countries, unit_rows;
        for (const auto& country : built_.world.countries) {
            countries.emplace(country.iso3, static_cast<std::uint16_t>(countries.size()));
        }
        for (const auto& place : built_.places.places) unit_rows.emplace(place.admin1_id, std::uint16_t{0});
        for (auto& [id, index] : unit_rows) {
            index = static_cast<std::uint16_t>(built_.world.admin1_keys.size());
            built_.world.admin1_keys.push_back(geo::place_key(id));
        }
        for (const auto& place : built_.places.places) {
            sim::PlaceInputs inputs;
            inputs.key = geo::place_key(place.id);
            inputs.country = countries.at(place.iso3);
            inputs.admin1 = unit_rows.at(place.admin1_id);
            inputs.kind = place.kind;
            inputs.population = place.population;
            built_.world.places.push_back(std::move(inputs));
        }
        built_.world.covariates = hazard_covariates(scenario_.places, built_.places);
        if (scenario_.commitment.observed == OnOff::on) {
            fill_observed_commitments(pack_, built_.places, authority_, built_.world);
        }
        allocate_emissions(data_.countries, built_.places, scenario_, read_city_inventories(pack_),
                           built_.world, built_.notes);
    }

    void make_technologies() {
        auto ids = scenario_.technologies;
        if (ids.empty()) ids = usable_technologies(pack_);
        const auto records = read_technologies(pack_, ids, problems_);
        cars_ = read_electric_cars(pack_);
        const auto margins = read_operating_margins(pack_);
        const TechnologyEvidence evidence{data_.countries,
                                          cars_,
                                          margins,
                                          assumptions_,
                                          read_technology_assumptions(parameters_),
                                          read_between_places(scenario_, parameters_)};
        build_technologies(records, evidence, built_.places, built_.world, built_.notes);
        for (const auto& record : records) describe_technology(record);
    }

    void describe_technology(const TechnologyRecord& record) {
        const auto add = [&](const std::string& what, const std::string& meaning, const sim::Prior& prior) {
            InputRecord input;
            input.key = "technology." + record.id + "." + what;
            input.meaning = meaning + ", " + record.name;
            input.value = fmt::format("{:.6g}", sim::median(prior));
            input.prior = sim::describe(prior);
            input.unit = what == "ceiling" ? "1" : "1/yr";
            input.mark = record.mark;
            input.source = record.source;
            input.low = sim::draw(prior, 0.5, 0.05);
            input.high = sim::draw(prior, 0.5, 0.95);
            technology_inputs_.push_back(std::move(input));
        };
        add("p", "Innovation coefficient", record.p);
        add("q", "Imitation coefficient", record.q);
        add("ceiling", "Largest share of the units that is ever reached", record.ceiling);
    }

    void make_programmes_and_layers() {
        sim::World& world = built_.world;
        counts_ = read_declaration_counts(pack_);
        fill_commitment(scenario_, counts_, parameters_, world);
        const CollaborationInputs ties{scenario_,      data_.pairs,   resolved_,
                                       data_.partners, built_.places, authority_};
        auto collaboration = plan_collaboration(ties, world, built_.notes);
        built_.strategy = plan_strategy({ties, listed_, centrality_without_strategy(collaboration)},
                                        collaboration, world, problems_);
        const auto alone = places_without_ties();
        drop_partnerships(alone, collaboration, built_.strategy);
        const auto tags = read_technology_tags(pack_);
        add_c3p(scenario_, collaboration.projects, read_project_technologies(pack_, world), world);
        add_strategy(scenario_, built_.strategy, collaboration, world);
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
                      systems_.networks, systems_.examples, parameters_},
                     world, built_.links, built_.files, problems_);
        drop_edges(alone, world.layers, built_.links);
    }

    std::set<std::uint32_t> places_without_ties() {
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
                                 fmt::format("model.without_ties_of: {} is no place of this run", match.id),
                                 "", "name a place of the scenario's countries, or delete it",
                                 Severity::error, ProblemKind::scenario});
        }
        return rows;
    }

    /// Centrality of places on the ties there would be without the strategy, for the rule that asks for it.
    std::vector<double> centrality_without_strategy(const Collaboration& collaboration) {
        if (scenario_.strategy.rule != StrategyRule::hubs) return {};
        sim::World without = built_.world;
        std::vector<Link> links;
        std::vector<InputFile> files;
        std::vector<std::string> notes;
        Problems problems;
        const Systems systems =
            assemble_systems(pack_,
                             {scenario_, built_.places, authority_, events_, collaboration.agreements,
                              collaboration.projects, parameters_},
                             without, notes);
        build_layers({scenario_, built_.places, authority_, collaboration.agreements, collaboration.projects,
                      systems.networks, systems.examples, parameters_},
                     without, links, files, problems);
        return sim::page_rank(without.layers, without.places.size(), scenario_.strategy.from);
    }

    void make_context() {
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
        built_.files.erase(std::unique(built_.files.begin(), built_.files.end(),
                                       [](const auto& a, const auto& b) {
                                           return a.path == b.path && a.content == b.content;
                                       }),
                           built_.files.end());
        std::sort(built_.notes.begin(), built_.notes.end());
    }

    /// No lever is silently without effect: figures that stand elsewhere in a scenario cannot be set here.
    void report_unused_parameters() {
        for (const auto& symbol : parameters_.unused_overrides()) {
            const auto at = scenario_.set_at.find("parameters." + symbol);
            problems_.push_back(
                {at == scenario_.set_at.end() ? SourceLocation{} : at->second,
                 fmt::format("the parameter {} changes nothing in this run", symbol),
                 "it describes a source, or a section of the scenario holds its value",
                 "set it in its section (c3p, jcm, proximity, collaboration), or leave it out",
                 Severity::warning, ProblemKind::scenario});
        }
    }

    void verify() {
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

    const Scenario& scenario_;
    const ReadingProgress& progress_;
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
    std::vector<PlaceNames::Match> without_ties_;
    Systems systems_;
    ElectricCarStock cars_;
    std::vector<DeclarationCount> counts_;
    std::vector<InputRecord> technology_inputs_;
};

}  // namespace

WorldResult build_world(const Scenario& scenario, const std::filesystem::path& data_dir) {
    return build_world(scenario, data_dir, {});
}

WorldResult build_world(const Scenario& scenario, const std::filesystem::path& data_dir,
                        const ReadingProgress& progress) {
    try {
        return WorldAssembly(scenario, data_dir, progress).run();
    } catch (const geo::ProblemError& error) {
        WorldResult result;
        append_data_problems(result.problems, error, {});
        return result;
    }
}

}  // namespace domino::scenarios
