#include "scenarios/world/exits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "scenarios/vocabulary.h"
#include "scenarios/world/support_order.h"

namespace domino::scenarios {

namespace {

constexpr int table_of_partner_countries = 7;

/// A row of exit_schemes.
struct Scheme {
    int table = 0;
    std::string name, support_type, applicant, sector;
};

std::map<std::string, Scheme> read_schemes(Pack& pack) {
    const auto table =
        pack.read("exit_schemes", {"scheme_id", "table", "name", "support_type", "applicant", "sector"});
    const Rows rows(table);
    std::map<std::string, Scheme> schemes;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        schemes[rows.text(i, "scheme_id")] = {static_cast<int>(rows.required_number(i, "table")),
                                              rows.text(i, "name"), rows.text(i, "support_type"),
                                              rows.text(i, "applicant"), rows.text(i, "sector")};
    }
    return schemes;
}

std::map<std::string, sim::SupportChannels> read_support_types(Pack& pack) {
    const auto table = pack.read("exit_support_types",
                                 {"support_type", "feasibility", "policy_dialogue", "capacity_building"});
    const Rows rows(table);
    std::map<std::string, sim::SupportChannels> types;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        types[rows.text(i, "support_type")] = {rows.required_number(i, "feasibility"),
                                               rows.required_number(i, "policy_dialogue"),
                                               rows.required_number(i, "capacity_building")};
    }
    return types;
}

/// Sectors of the table that no technology of the simulation belongs to.
bool is_outside_the_model(const std::string& sector) {
    static const std::set<std::string> outside = {"agriculture", "forestry", "F-gases"};
    return outside.contains(sector);
}

class ExitPlan {
 public:
    ExitPlan(const Scenario& scenario, const std::map<std::string, sim::Month>& partners,
             std::vector<PlannedProject> ending, sim::World& world, Problems& problems)
        : scenario_(scenario),
          partners_(partners),
          ending_(std::move(ending)),
          world_(world),
          problems_(problems) {}

    void add(const ExitEntry& entry, const Scheme& scheme, const sim::SupportChannels& channels) {
        const auto programme = static_cast<std::uint16_t>(world_.programmes.size());
        sim::Programme budget{"exit-" + entry.scheme, scheme.name, {}};
        budget.budget_jpy.assign(static_cast<std::size_t>(world_.calendar.touched_years()),
                                 entry.budget_jpy_per_year);
        world_.programmes.push_back(std::move(budget));
        std::size_t eligible = 0, moved = 0;
        for (const PlannedProject& project : ending_) {
            if (moved_.contains(project.id) || !may_move(project, entry, scheme)) continue;
            ++eligible;
            // Evenly spread: the n-th moves when n times the share passes a whole number.
            constexpr double rounding = 1e-9;
            const double due = std::floor(static_cast<double>(eligible) * entry.share + rounding);
            if (due <= static_cast<double>(moved)) continue;
            ++moved;
            moved_.insert(project.id);
            sim::SupportWindow window;
            window.project_id = fmt::format("exit-{}-{}", entry.scheme, project.id);
            window.place = project.place;
            window.partner = project.partner;
            window.from = project.to;
            window.to = sim::Month{project.to.value + 12 * entry.years};
            window.cost_jpy_per_year = entry.cost_jpy_per_project_year;
            window.programme = programme;
            window.channels = channels;
            world_.support.push_back(std::move(window));
        }
        report(entry, scheme, eligible, moved);
    }

 private:
    bool may_move(const PlannedProject& project, const ExitEntry& entry, const Scheme& scheme) const {
        if (entry.from && project.to < *entry.from) return false;
        if (scheme.table != table_of_partner_countries) return project.partner.has_value();
        const auto& iso3 = world_.countries[world_.places[project.place].country].iso3;
        const auto since = partners_.find(iso3);
        return since != partners_.end() && since->second <= project.to;
    }

    void report(const ExitEntry& entry, const Scheme& scheme, std::size_t eligible, std::size_t moved) {
        std::string reason;
        if (eligible == 0) {
            reason = scheme.table == table_of_partner_countries
                         ? "no city-to-city project ends within the run in a partner country of that date"
                         : "no city-to-city project with a Japanese municipality of the run ends within it";
        } else if (moved == 0) {
            reason = fmt::format("{} projects end, and its share of them is less than one", eligible);
        } else if (entry.budget_jpy_per_year < entry.cost_jpy_per_project_year / 12.0) {
            reason = "its budget does not pay for a month of one project";
        } else if (is_outside_the_model(scheme.sector)) {
            reason = fmt::format("no technology of the run is of its sector, {}", scheme.sector);
        } else {
            return;
        }
        problems_.push_back({entry.where, fmt::format("exits \"{}\" changes nothing", entry.scheme), reason,
                             "give it more money, a larger share or an earlier date, or delete it",
                             Severity::warning, ProblemKind::scenario});
    }

    const Scenario& scenario_;
    const std::map<std::string, sim::Month>& partners_;
    std::vector<PlannedProject> ending_;
    std::set<std::string> moved_;
    sim::World& world_;
    Problems& problems_;
};

/// The last project of each place, if it ends within the run; by end, then place id, then project id.
std::vector<PlannedProject> last_projects(const std::vector<PlannedProject>& projects,
                                          const sim::World& world) {
    std::map<std::uint32_t, PlannedProject> last;
    for (const auto& project : projects) {
        const auto [at, added] = last.emplace(project.place, project);
        if (!added && std::tie(project.to, project.id) > std::tie(at->second.to, at->second.id))
            at->second = project;
    }
    std::vector<PlannedProject> ending;
    for (const auto& [place, project] : last) {
        if (world.calendar.first <= project.to && project.to < world.calendar.end())
            ending.push_back(project);
    }
    std::sort(ending.begin(), ending.end(), [&](const auto& a, const auto& b) {
        return std::tie(a.to, world.places[a.place].key, a.id) <
               std::tie(b.to, world.places[b.place].key, b.id);
    });
    return ending;
}

}  // namespace

void add_exits(Pack& pack, const Scenario& scenario, const std::map<std::string, sim::Month>& partners,
               const std::vector<PlannedProject>& projects, sim::World& world, Problems& problems) {
    if (scenario.exits.empty()) return;
    const auto schemes = read_schemes(pack);
    const auto types = read_support_types(pack);
    const auto refuse = [&](const ExitEntry& entry, std::string what, std::string why, std::string fix) {
        problems.push_back({entry.where, std::move(what), std::move(why), std::move(fix), Severity::error,
                            ProblemKind::scenario});
    };
    ExitPlan plan(scenario, partners, last_projects(projects, world), world, problems);
    for (const ExitEntry& entry : scenario.exits) {
        const auto scheme = schemes.find(entry.scheme);
        if (scheme == schemes.end()) {
            std::vector<std::string> known;
            for (const auto& [id, row] : schemes) known.push_back(id);
            refuse(entry, fmt::format("exits: there is no scheme \"{}\"", entry.scheme),
                   "schemes are those of the guidebook's Tables 7 and 8",
                   fmt::format("see: domino data exit_schemes{}{}",
                               did_you_mean(entry.scheme, known).empty() ? "" : ";",
                               did_you_mean(entry.scheme, known)));
            continue;
        }
        const std::string& applicant = scheme->second.applicant;
        if (applicant.ends_with("projects") && entry.agency_projects == OnOff::off) {
            refuse(entry, fmt::format("exits \"{}\": a city-to-city project may not apply", entry.scheme),
                   fmt::format("the scheme is for {}", applicant),
                   "set agency_projects = true if these are, or choose another scheme");
            continue;
        }
        const auto channels = types.find(scheme->second.support_type);
        if (channels == types.end()) {
            refuse(entry, fmt::format("exits \"{}\": what its support does is not known", entry.scheme),
                   fmt::format("exit_support_types has no row \"{}\"", scheme->second.support_type),
                   "add the row to the pack, or choose another scheme");
            continue;
        }
        plan.add(entry, scheme->second,
                 is_outside_the_model(scheme->second.sector) ? sim::SupportChannels{0.0, 0.0, 0.0}
                                                             : channels->second);
    }
    sort_support(world);
}

}  // namespace domino::scenarios
