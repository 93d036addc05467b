#include "sim/group_targets.h"
#include "viz/benefits.h"
#include "viz/number_text.h"
#include "viz/report_data.h"
#include "viz/scaled.h"
#include "viz/served_goals.h"
#include "viz/tonnes.h"

namespace domino::viz::report {

namespace {

constexpr double million = 1e6;

/// The group of the same id in the reference; nullptr where there is none.
const sim::PlaceGroup* same_group(const ReportSources& s, const sim::PlaceGroup& group) {
    if (s.context.reference_built == nullptr) return nullptr;
    for (const sim::PlaceGroup& other : s.context.reference_built->groups)
        if (other.id == group.id) return &other;
    return nullptr;
}

/// "net zero", or "−50% on 2019".
std::string describe(const sim::PlaceGroup& group, const sim::ImpliedTarget& target) {
    if (target.reduction >= 1.0) return "net zero";
    constexpr double percent = 100.0;
    return "\u2212" + number_text(percent * target.reduction, 3) + "% on " + std::to_string(group.base_year);
}

Json make_group_targets(const ReportSources& s, const sim::PlaceGroup& group) {
    Json targets = Json::array();
    const sim::PlaceGroup* other = same_group(s, group);
    for (const sim::ImpliedTarget& target : group.targets) {
        const sim::TargetResult result = sim::assess_group(group, target, s.context.results.scenario);
        const bool assessed = result.status == sim::TargetStatus::assessed;
        Json reference;
        if (assessed && other != nullptr)
            reference = sim::assess_group(*other, target, *s.context.results.reference).probability;
        targets.push_back({{"year", target.year},
                           {"label", describe(group, target)},
                           {"level", assessed ? Json(rounded(result.level_low_mt)) : Json()},
                           {"p", assessed ? Json(result.probability) : Json()},
                           {"pRef", std::move(reference)},
                           {"reason", assessed ? "" : result.reason}});
    }
    return targets;
}

double people_of(const ReportSources& s, const sim::PlaceGroup& group) {
    double people = 0.0;
    for (const std::uint32_t place : group.places) people += s.context.built.world.places[place].population;
    return people / million;
}

}  // namespace

Json make_groups(const ReportSources& s) {
    Json groups = Json::array();
    const sim::RunResults& results = s.context.results.scenario;
    for (const sim::PlaceGroup& group : s.context.built.groups) {
        if (group.places.empty()) continue;
        const auto emissions = [&](int year) {
            return make_interval(scaled(sim::group_emissions_t(group, results, year), tonnes_per_megatonne));
        };
        groups.push_back({{"name", group.name},
                          {"places", group.places.size()},
                          {"people", rounded(people_of(s, group))},
                          {"first", emissions(results.calendar.first_year())},
                          {"last", emissions(results.calendar.last_year())},
                          {"targets", make_group_targets(s, group)}});
    }
    return groups;
}

Json make_urban(const ReportSources& s) {
    Json urban = Json::array();
    for (const scenarios::UrbanShare& share : s.context.built.urban) {
        urban.push_back({{"name", share.name},
                         {"cities", share.cities},
                         {"people", rounded(share.people)},
                         {"emissions", rounded(share.emissions)}});
    }
    return urban;
}

Json make_benefits(const ReportSources& s) {
    Json benefits = Json::array();
    const std::size_t last = s.summary.years - 1;
    const auto delivered = deliver_benefits(s.context.built, s.context.results.scenario);
    std::vector<DeliveredBenefit> reference;
    if (s.context.reference_built != nullptr)
        reference = deliver_benefits(*s.context.reference_built, *s.context.results.reference);
    for (const DeliveredBenefit& one : delivered) {
        const bool city = one.benefit->beneficiary == scenarios::Beneficiary::partner_city;
        Json without;
        for (const DeliveredBenefit& other : reference)
            if (other.benefit->id == one.benefit->id)
                without = make_interval(other.all_countries(last))["mid"];
        benefits.push_back({{"to", city ? "partner_city" : "local_company"},
                            {"label", one.benefit->label},
                            {"unit", one.unit == "places" ? "places" : "Mt"},
                            {"value", make_interval(one.all_countries(last))},
                            {"ref", std::move(without)}});
    }
    return benefits;
}

Json make_goals(const ReportSources& s) {
    Json goals = Json::array();
    const sim::RunResults& results = s.context.results.scenario;
    const std::size_t last = s.summary.years - 1;
    for (const ServedGoal& served : serve_goals(s.context.built, results)) {
        std::vector<double> people(static_cast<std::size_t>(results.members), 0.0);
        for (std::size_t c = 0; c < results.countries; ++c)
            for (std::size_t m = 0; m < people.size(); ++m) people[m] += served.at(c, last, m) / million;
        goals.push_back({{"goal", served.goal}, {"people", make_interval(people)}});
    }
    return goals;
}

}  // namespace domino::viz::report
