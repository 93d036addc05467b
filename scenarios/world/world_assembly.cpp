#include "scenarios/world/world_assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "geo/hilbert_curve.h"
#include "scenarios/world/commitment_data.h"
#include "scenarios/world/country_paths.h"
#include "scenarios/world/covariates.h"
#include "scenarios/world/emission_allocation.h"
#include "scenarios/world/model_parameters.h"
#include "scenarios/world/named_places.h"
#include "scenarios/world/place_assembly.h"
#include "scenarios/world/technology_assembly.h"
#include "scenarios/world/user_places.h"
#include "scenarios/world/without_ties.h"

namespace domino::scenarios {

namespace {

std::vector<std::string> sorted_countries(const Scenario& scenario) {
    std::set<std::string> countries(scenario.places.countries.begin(), scenario.places.countries.end());
    return {countries.begin(), countries.end()};
}

}  // namespace

WorldAssembly::WorldAssembly(const Scenario& scenario, const std::filesystem::path& data_dir,
                             ReadingProgress progress)
    : scenario_(scenario),
      progress_(std::move(progress)),
      pack_(data_dir),
      wanted_(sorted_countries(scenario)),
      parameters_(pack_, scenario) {}

bool WorldAssembly::make_ground() {
    sim::World& world = built_.world;
    world.calendar.first = scenario_.run.start;
    world.calendar.steps = scenario_.run.end.value - scenario_.run.start.value + 1;
    world.calendar.parts_per_month = scenario_.run.parts_per_month;
    world.calendar.months_per_step = scenario_.run.months_per_step;
    world.endogenous_cost =
        scenario_.model.endogenous_cost == OnOff::on ? sim::EndogenousCost::on : sim::EndogenousCost::off;
    world.uncertainty =
        scenario_.model.uncertainty == OnOff::on ? sim::Uncertainty::sampled : sim::Uncertainty::medians_only;
    world.parameters = read_model_parameters(parameters_);
    built_.discount_rate = read_discount_rate(parameters_);
    read_pack();
    if (!problems_.empty() || !make_places()) return false;
    make_countries();
    make_place_inputs();
    make_technologies();
    // By far the largest of what was read, and all names are resolved.
    data_.gazetteer = {};
    return true;
}

void WorldAssembly::read_pack() {
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

void WorldAssembly::report(std::string what, std::string why, std::string fix) {
    const auto at = scenario_.set_at.find("places.countries");
    problems_.push_back(
        {at == scenario_.set_at.end() ? SourceLocation{scenario_.file.string(), 0, 0} : at->second,
         std::move(what), std::move(why), std::move(fix), Severity::error, ProblemKind::scenario});
}

std::set<std::string> WorldAssembly::kept_ids() {
    std::set<std::string> keep;
    const NamedPlaces names(pack_, data_.countries, data_.units, data_.gazetteer, wanted_);
    for (const auto& text : scenario_.places.include) {
        NamedPlaces::Fault fault;
        const auto match = names.find(text, NameScope::anywhere, fault);
        if (match) {
            if (!match->unit) keep.insert(match->id);
            continue;
        }
        const auto at = scenario_.set_at.find("places.include");
        problems_.push_back({at == scenario_.set_at.end() ? SourceLocation{} : at->second, fault.what,
                             "places.include names places of the scenario's countries", fault.fix,
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

bool WorldAssembly::make_places() {
    CoverageRequest request;
    request.countries = wanted_;
    request.min_population = scenario_.places.min_population;
    request.keep = kept_ids();
    for (const auto& iso3 : wanted_) {
        const auto people = start_population(data_.countries.at(iso3), built_.world.calendar);
        if (people) request.country_population[iso3] = *people;
    }
    request.user_places =
        read_user_places(scenario_.places, wanted_, pack_, built_.files, problems_, progress_);
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
    built_.covariate_series =
        add_covariates(scenario_.places, built_.own_areas, pack_, built_.world.calendar.first.year(),
                       built_.places, built_.files, problems_, progress_);
    return !has_errors(problems_);
}

void WorldAssembly::make_countries() {
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
        built_.income_groups.push_back(known ? data_.countries.at(iso3).income : IncomeGroup{});
        if (!known) built_.notes.push_back(iso3 + " is no country of the pack: its places have no inventory");
    }
}

void WorldAssembly::make_place_inputs() {
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
        inputs.curve_index = geo::hilbert_index(place.position);
        inputs.population = place.population;
        built_.world.places.push_back(std::move(inputs));
    }
    built_.world.covariates =
        hazard_covariates(scenario_.places, built_.places, built_.covariate_series, built_.world.calendar);
    if (scenario_.commitment.observed == OnOff::on) {
        fill_observed_commitments(pack_, built_.places, authority_, built_.world);
    }
    allocate_emissions({data_.countries, built_.places, built_.covariate_series, scenario_},
                       read_city_inventories(pack_), built_.world, built_.notes);
}

void WorldAssembly::make_technologies() {
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

void WorldAssembly::describe_technology(const TechnologyRecord& record) {
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

}  // namespace domino::scenarios
