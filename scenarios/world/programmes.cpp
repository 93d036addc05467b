#include "scenarios/world/programmes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include "scenarios/vocabulary.h"
#include "scenarios/world/commitment_data.h"
#include "scenarios/world/support_order.h"

namespace domino::scenarios {

namespace {

/// A month after `month`, or never.
sim::Month after(std::optional<sim::Month> month) {
    return month ? sim::Month{month->value + 1} : sim::never;
}

std::string id_text(const PlaceNames::Match& match, bool unit) {
    return match.unit == unit ? match.id : std::string();
}

/// Finds both ends of an agreement; what is wrong with them is told once.
class AgreementEnds {
 public:
    AgreementEnds(const AgreementEntry& entry, const NamedPlaces& names, Problems& problems)
        : entry_(entry), names_(names), problems_(problems) {}

    std::optional<ResolvedAgreement> find() {
        const auto abroad = names_.out_of_scope(entry_.japan, NameScope::japan);
        const auto in_japan = names_.out_of_scope(entry_.partner, NameScope::elsewhere);
        const auto japan = abroad ? std::nullopt : find_end(entry_.japan, NameScope::japan);
        const auto partner = in_japan ? std::nullopt : find_end(entry_.partner, NameScope::elsewhere);
        if (abroad) {
            report({fmt::format("{}{}, and `japan` must be a Japanese municipality",
                                partner ? "both ends are outside Japan: " : "", *abroad),
                    in_japan ? "swap japan and partner" : "name a Japanese municipality"});
        } else if (in_japan) {
            report({fmt::format("{}{}, and `partner` must be a place abroad",
                                japan ? "both ends are in Japan: " : "", *in_japan),
                    "name a place abroad"});
        }
        if (!japan || !partner) return std::nullopt;
        return ResolvedAgreement{entry_, *japan, *partner};
    }

 private:
    std::optional<PlaceNames::Match> find_end(const std::string& text, NameScope scope) {
        NamedPlaces::Fault fault;
        auto match = names_.find(text, scope, fault);
        if (!match) report(fault);
        return match;
    }
    void report(const NamedPlaces::Fault& fault) {
        problems_.push_back({entry_.where, fault.what,
                             "an agreement joins a Japanese municipality and a partner abroad", fault.fix,
                             Severity::error, ProblemKind::scenario});
    }

    const AgreementEntry& entry_;
    const NamedPlaces& names_;
    Problems& problems_;
};

/// Ties of the pack and the scenario in one form, their ends as rows of the world.
struct Tie {
    std::string id, source;
    std::uint32_t japan = 0, partner = 0;
    sim::Month from;
    std::optional<sim::Month> to;
    std::optional<int> last_fiscal_year;
    bool project = false;
    double weight = 1.0;
    std::string archetype = {};
};

std::vector<Tie> ties_of_world(const CollaborationInputs& in, std::vector<std::string>& notes) {
    std::vector<Tie> ties;
    const bool use_pack = in.scenario.collaboration.observed_pairs == OnOff::on;
    for (const auto& pair : in.pairs) {
        if (!use_pack) break;
        const auto japan = find_actor(in.table, in.authority, pair.japan_place_id, pair.japan_admin1_id);
        const auto partner =
            find_actor(in.table, in.authority, pair.overseas_place_id, pair.overseas_admin1_id);
        if (!japan || !partner) continue;
        ties.push_back({pair.id, pair.source, *japan, *partner, pair.from, pair.to, pair.last_fiscal_year,
                        pair.project, pair.weight, pair.archetype});
    }
    for (const auto& agreement : in.resolved) {
        const auto japan = find_actor(in.table, in.authority, id_text(agreement.japan, false),
                                      id_text(agreement.japan, true));
        const auto partner = find_actor(in.table, in.authority, id_text(agreement.partner, false),
                                        id_text(agreement.partner, true));
        if (!japan || !partner) {
            notes.push_back(
                fmt::format("the agreement {} – {} is left out: not both are in the scenario's countries",
                            agreement.entry.japan, agreement.entry.partner));
            continue;
        }
        ties.push_back({fmt::format("scenario-{}-{}", agreement.japan.id, agreement.partner.id), "scenario",
                        *japan, *partner, agreement.entry.from, agreement.entry.to, std::nullopt,
                        agreement.entry.project, 1.0, agreement.entry.archetype});
    }
    return ties;
}

/// The rule of a strategy by which the programme itself goes on.
StrategyRule rule_of(ExpansionRule expansion) {
    switch (expansion) {
        case ExpansionRule::nearest:
            return StrategyRule::nearest;
        case ExpansionRule::highest_emissions:
            return StrategyRule::highest_emissions;
        default:
            return StrategyRule::largest;
    }
}

SourceLocation place_of(const Scenario& scenario, const std::string& key) {
    const auto at = scenario.set_at.find(key);
    return at == scenario.set_at.end() ? SourceLocation{scenario.file.string(), 0, 0} : at->second;
}

void check_sectors(const Scenario& scenario, const std::vector<std::string>& known, Problems& problems) {
    for (const auto& sector : scenario.jcm.sectors) {
        if (std::find(known.begin(), known.end(), sector) != known.end()) continue;
        problems.push_back({place_of(scenario, "jcm.sectors"),
                            fmt::format("jcm.sectors: there is no sector \"{}\"", sector),
                            "sectors are those of the guidebook's Box 5",
                            fmt::format("see: domino data guidebook_sectors{}", did_you_mean(sector, known)),
                            Severity::error, ProblemKind::scenario});
    }
}

/// Share of a calendar year that lies on or after a month.
double share_from(sim::Month from, int year) {
    const int months = std::clamp(sim::make_month(year + 1, 1).value - from.value, 0, 12);
    return months / 12.0;
}

}  // namespace

bool may_buy(const JcmSection& jcm, const std::string& technology,
             const std::map<std::string, TechnologyTags>& tags) {
    const auto tag = tags.find(technology);
    if (tag == tags.end()) return jcm.sectors.empty();
    if (!tag->second.energy_co2) return false;
    return jcm.sectors.empty() ||
           std::any_of(jcm.sectors.begin(), jcm.sectors.end(), [&](const auto& sector) {
               return std::find(tag->second.sectors.begin(), tag->second.sectors.end(), sector) !=
                      tag->second.sectors.end();
           });
}

std::vector<PairRecord> read_pairs(Pack& pack) {
    const auto table = pack.read(
        "c3p_pairs", {"pair_id", "overseas_place_id", "overseas_admin1_id", "overseas_iso3", "japan_place_id",
                      "japan_admin1_id", "from_date", "to_date", "kind", "source"});
    const Rows rows(table);
    std::vector<PairRecord> pairs;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        PairRecord pair;
        pair.id = rows.text(i, "pair_id");
        pair.overseas_place_id = rows.text(i, "overseas_place_id");
        pair.overseas_admin1_id = rows.text(i, "overseas_admin1_id");
        pair.overseas_iso3 = rows.text(i, "overseas_iso3");
        pair.japan_place_id = rows.text(i, "japan_place_id");
        pair.japan_admin1_id = rows.text(i, "japan_admin1_id");
        pair.source = rows.text(i, "source");
        const auto from = parse_pack_month(rows.text(i, "from_date"), rows.where(i, "from_date"));
        if (!from) continue;
        pair.from = *from;
        pair.to = parse_pack_month(rows.text(i, "to_date"), rows.where(i, "to_date"));
        pair.last_fiscal_year = rows.year(i, "last_year");
        pair.project = rows.text(i, "kind") == "c3p_project";
        pair.weight = rows.number(i, "weight").value_or(1.0);
        pair.archetype = rows.text(i, "archetype");
        pairs.push_back(std::move(pair));
    }
    std::sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return pairs;
}

std::map<std::string, sim::Month> read_jcm_partners(Pack& pack) {
    const auto table = pack.read("jcm_partners", {"iso3", "signing_date", "status"});
    const Rows rows(table);
    std::map<std::string, sim::Month> partners;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto since = parse_pack_month(rows.text(i, "signing_date"), rows.where(i, "signing_date"));
        if (!since)
            since = parse_pack_month(rows.text(i, "alternative_date"), rows.where(i, "alternative_date"));
        if (since) partners[rows.text(i, "iso3")] = *since;
    }
    return partners;
}

std::vector<ResolvedAgreement> resolve_agreements(const CollaborationSection& section,
                                                  const NamedPlaces& names, Problems& problems) {
    std::vector<ResolvedAgreement> resolved;
    for (const auto& entry : section.agreements) {
        if (auto agreement = AgreementEnds(entry, names, problems).find())
            resolved.push_back(std::move(*agreement));
    }
    return resolved;
}

Collaboration plan_collaboration(const CollaborationInputs& in, const sim::World& world,
                                 std::vector<std::string>& notes) {
    Collaboration out;
    PlanRequest request;
    request.calendar = world.calendar;
    request.c3p = in.scenario.c3p;
    std::set<std::uint32_t> japanese;
    for (const auto& tie : ties_of_world(in, notes)) {
        japanese.insert(tie.japan);
        if (!tie.project) {
            out.agreements.push_back(
                {tie.japan, tie.partner, tie.from, after(tie.to), tie.weight, tie.source, tie.archetype});
        } else {
            request.recorded.push_back({tie.id, tie.source, tie.partner, tie.japan, tie.from,
                                        recorded_end(tie.from, tie.to, tie.last_fiscal_year, in.scenario.c3p),
                                        tie.weight, tie.archetype});
        }
    }
    out.japanese.assign(japanese.begin(), japanese.end());
    request.japanese_partners = out.japanese;
    request.candidates =
        rank_candidates(rule_of(in.scenario.c3p.expansion),
                        {in.table, world, in.partners, out.japanese, {}, world.calendar.first});
    if (in.scenario.c3p.enabled == OnOff::on) out.projects = plan_c3p(request);
    return out;
}

std::map<std::string, std::vector<std::uint16_t>> read_project_technologies(Pack& pack,
                                                                            const sim::World& world) {
    std::map<std::string, std::vector<std::uint16_t>> technologies;
    const auto table = pack.read_optional("c3p_project_technologies", {"pair_id", "tech_id"});
    if (!table) return technologies;
    const Rows rows(*table);
    for (std::size_t k = 0; k < world.technologies.size(); ++k) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows.text(i, "tech_id") != world.technologies[k].id) continue;
            technologies[rows.text(i, "pair_id")].push_back(static_cast<std::uint16_t>(k));
        }
    }
    return technologies;
}

void add_c3p(const Scenario& scenario, const std::vector<PlannedProject>& projects,
             const std::map<std::string, std::vector<std::uint16_t>>& technologies, sim::World& world) {
    const C3pSection& c3p = scenario.c3p;
    if (c3p.enabled == OnOff::off) return;
    sim::Programme programme{"c3p", "City-to-City Collaboration", {}};
    for (int i = 0; i < world.calendar.touched_years(); ++i) {
        const int year = world.calendar.first.year() + i;
        const double scaled = c3p.scaled_from ? share_from(*c3p.scaled_from, year) : 0.0;
        programme.budget_jpy.push_back(c3p.budget_jpy_per_year * (1.0 + scaled * (c3p.budget_scale - 1.0)));
    }
    if (c3p.scaled_from && c3p.scaled_from->month_of_year() != 1) {
        programme.budget_changes = *c3p.scaled_from;
        programme.unchanged_budget_jpy = c3p.budget_jpy_per_year;
    }
    const auto index = static_cast<std::uint16_t>(world.programmes.size());
    world.programmes.push_back(std::move(programme));
    for (const auto& project : projects) {
        sim::SupportWindow window;
        window.project_id = project.id;
        window.place = project.place;
        window.partner = project.partner;
        window.from = project.from;
        window.to = project.to;
        window.cost_jpy_per_year = c3p.project_with_surveys_jpy_per_year() * project.weight;
        window.programme = index;
        window.channels = {c3p.feasibility, c3p.policy_dialogue, c3p.capacity_building};
        if (const auto known = technologies.find(project.id); known != technologies.end())
            window.project_technologies = known->second;
        world.support.push_back(std::move(window));
    }
    sort_support(world);
}

void fill_credits(Pack& pack, const CreditInputs& inputs, sim::World& world, std::vector<std::string>& notes,
                  Problems& problems) {
    const auto& [scenario, partners, tags, parameters] = inputs;
    auto& credits = world.credits;
    const JcmSection& jcm = scenario.jcm;
    check_sectors(scenario, read_guidebook_sectors(pack, tags), problems);
    credits.active = jcm.enabled == OnOff::on;
    credits.budget_jpy.assign(static_cast<std::size_t>(world.calendar.touched_years()),
                              jcm.budget_jpy_per_year);
    credits.subsidy_ceiling = jcm.subsidy_ceiling;
    credits.subsidy_cap_jpy_per_t = jcm.subsidy_cap_jpy_per_t;
    credits.start_lag_months = jcm.start_lag_months;
    credits.projects_per_support_year =
        parameters.prior("jcm_per_c3p_project_year", sim::log_uniform(0.05, 0.3));
    credits.seed_weight = parameters.prior("seed_weight_lambda", sim::uniform(0.0, 1.0));
    credits.grid_factor = parameters.prior("jcm_factor", sim::uniform(0.4, 0.9));
    credits.central_grid_factor = sim::median(credits.grid_factor);
    credits.size_median_t = 1000.0 * parameters.value("jcm_size_median", 8.0);
    std::map<std::string, double> by_country, by_technology;
    for (const auto& [iso3, since] : partners) by_country[iso3] = 0.5;
    const auto table = pack.read("jcm_projects", {"host_iso3", "tech_id"});
    const Rows rows(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.text(i, "counts_as_project") == "0") continue;
        if (const auto host = by_country.find(rows.text(i, "host_iso3")); host != by_country.end())
            ++host->second;
        ++by_technology[rows.text(i, "tech_id")];
    }
    double all = 0.0, covered = 0.0;
    for (const auto& [iso3, projects] : by_country) all += projects;
    for (const auto& country : world.countries) {
        const auto since = partners.find(country.iso3);
        const bool partner = since != partners.end();
        credits.eligible_from.push_back(partner ? since->second : sim::never);
        credits.projects_per_year.push_back(partner ? jcm.projects_per_year * by_country[country.iso3] / all
                                                    : 0.0);
    }
    for (const auto& technology : world.technologies) {
        const auto count = by_technology.find(technology.id);
        const bool bought = count != by_technology.end() && may_buy(jcm, technology.id, tags);
        credits.technology_weight.push_back(bought ? count->second : 0.0);
        covered += credits.technology_weight.back();
    }
    for (double& weight : credits.technology_weight) weight = covered > 0.0 ? weight / covered : 0.0;
    if (covered == 0.0 && credits.active) {
        credits.active = false;
        notes.push_back(
            "JCM projects are off: none of the scenario's technologies is in the list of JCM projects");
        if (!jcm.sectors.empty()) {
            problems.push_back({place_of(scenario, "jcm.sectors"), "jcm.sectors leaves nothing to buy",
                                "no technology of the run is of these sectors, cuts energy CO2 and is in the "
                                "list of JCM projects",
                                "name another sector, or add technologies", Severity::warning,
                                ProblemKind::scenario});
        }
    }
}

void fill_eco_lease(const Scenario& scenario, const Parameters& parameters, sim::World& world,
                    Problems& problems) {
    const EcoLeaseSection& section = scenario.eco_lease;
    if (section.enabled == OnOff::off || !section.from || !section.budget_jpy_per_year) return;
    sim::CreditProgramme& lease = world.eco_lease;
    lease = world.credits;
    lease.active = std::any_of(lease.technology_weight.begin(), lease.technology_weight.end(),
                               [](double weight) { return weight > 0.0; });
    lease.stream = 1;
    lease.payment_years = section.lease_years;
    lease.budget_jpy.assign(static_cast<std::size_t>(world.calendar.touched_years()),
                            *section.budget_jpy_per_year);
    for (sim::Month& month : lease.eligible_from) {
        if (month != sim::never) month = std::max(month, *section.from);
    }
    const double all = scenario.jcm.projects_per_year;
    for (double& projects : lease.projects_per_year)
        projects = all > 0.0 ? projects / all * section.projects_per_year : 0.0;
    // A lease is an order of its own: city-to-city projects lead to model projects.
    lease.projects_per_support_year = sim::fixed(0.0);
    const double model_project_t = 1000.0 * parameters.value("jcm_size_median", 8.0);
    const double scale = 1000.0 * parameters.value("eco_lease_size_median", 0.5) / model_project_t;
    lease.size_median_t *= scale;
    lease.size_mean_t *= scale;
    lease.subsidy_ceiling = section.subsidy_share;
    lease.subsidy_cap_jpy_per_t = std::numeric_limits<double>::infinity();
    lease.start_lag_months = section.start_lag_months;
    const bool partners = std::any_of(lease.projects_per_year.begin(), lease.projects_per_year.end(),
                                      [](double projects) { return projects > 0.0; });
    if (lease.active && partners) return;
    problems.push_back({place_of(scenario, "eco_lease.enabled"), "eco_lease changes nothing",
                        lease.active
                            ? "no country of the run is a JCM partner, or jcm.projects_per_year is 0, "
                              "whose shares it takes"
                            : "no technology of the run may be bought by JCM projects",
                        "add countries or technologies, or set eco_lease.enabled = false", Severity::warning,
                        ProblemKind::scenario});
}

void add_price_schemes(const Scenario& scenario, sim::World& world, Problems& problems) {
    for (const auto& entry : scenario.price_schemes) {
        sim::PriceScheme scheme;
        scheme.id = entry.id;
        const auto technology = std::find_if(world.technologies.begin(), world.technologies.end(),
                                             [&](const auto& known) { return known.id == entry.technology; });
        if (technology == world.technologies.end()) {
            problems.push_back({entry.where,
                                fmt::format("the price scheme \"{}\" pays for {}, which is not simulated",
                                            entry.id, entry.technology),
                                "", "add the technology to technologies", Severity::error,
                                ProblemKind::scenario});
            continue;
        }
        scheme.technology = static_cast<std::uint16_t>(technology - world.technologies.begin());
        for (const auto& iso3 : entry.countries) {
            const auto country = std::find_if(world.countries.begin(), world.countries.end(),
                                              [&](const auto& known) { return known.iso3 == iso3; });
            if (country == world.countries.end()) {
                problems.push_back(
                    {entry.where,
                     fmt::format("the price scheme \"{}\" is for {}, which is not simulated", entry.id, iso3),
                     "", "add the country to places.countries", Severity::error, ProblemKind::scenario});
                continue;
            }
            scheme.countries.push_back(static_cast<std::uint16_t>(country - world.countries.begin()));
        }
        std::sort(scheme.countries.begin(), scheme.countries.end());
        scheme.from = entry.from;
        scheme.to = after(entry.to);
        scheme.share = entry.share;
        if (entry.budget_jpy_per_year) {
            scheme.budget_jpy.assign(static_cast<std::size_t>(world.calendar.touched_years()),
                                     *entry.budget_jpy_per_year);
        }
        world.price_schemes.push_back(std::move(scheme));
    }
}

}  // namespace domino::scenarios
