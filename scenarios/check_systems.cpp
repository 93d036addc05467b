#include "scenarios/check_systems.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/month_text.h"
#include "scenarios/scenario_keys.h"

namespace domino::scenarios {
namespace {

class SystemChecks {
 public:
    SystemChecks(const Scenario& scenario, const std::string& shown, Problems& problems)
        : scenario_(scenario), shown_(shown), problems_(problems) {}

    void run() {
        check_idle("leading_areas.enabled", scenario_.leading_areas.enabled, "JPN", "Japan");
        check_idle("futurecity.enabled", scenario_.futurecity.enabled, "JPN", "Japan");
        if (!covers("USA")) check_idle("subnational.enabled", scenario_.subnational.enabled, "JPN", "Japan");
        check_idle_keys();
        check_covered(at("subnational.countries"), "subnational.countries", scenario_.subnational.countries);
        check_money();
        for (const ContactEventEntry& entry : scenario_.contacts.events) check_event(entry);
        for (const WithdrawalEntry& entry : scenario_.withdrawals) check_withdrawal(entry);
    }

 private:
    SourceLocation at(const std::string& key) const {
        const auto found = scenario_.set_at.find(key);
        return found == scenario_.set_at.end() ? SourceLocation{shown_, 0, 0} : found->second;
    }

    bool covers(std::string_view iso3) const {
        const auto& covered = scenario_.places.countries;
        return covered.empty() || std::find(covered.begin(), covered.end(), iso3) != covered.end();
    }

    void report(SourceLocation where, std::string what, std::string why, std::string fix,
                Severity severity = Severity::error) {
        problems_.push_back({std::move(where), std::move(what), std::move(why), std::move(fix), severity});
    }

    /// A section that acts on a country the scenario does not have changes nothing.
    void check_idle(const std::string& key, OnOff enabled, std::string_view iso3, const char* country) {
        if (enabled == OnOff::on && !covers(iso3))
            report(at(key), fmt::format("{} changes nothing", key),
                   fmt::format("{} is not among the scenario's countries", country),
                   fmt::format("add \"{}\" to places.countries, or leave the section out", iso3),
                   Severity::warning);
    }

    /// Keys of a section that is switched off change nothing, unless they say what is so anyhow.
    void check_idle_keys() {
        const Scenario plain;
        for (const Key<Scenario>& key : scenario_keys()) {
            const bool off =
                (key.table == "leading_areas" && scenario_.leading_areas.enabled == OnOff::off) ||
                (key.table == "subnational" && scenario_.subnational.enabled == OnOff::off);
            if (!off || !scenario_.set_at.contains(dotted(key)) || key.get(scenario_) == key.get(plain))
                continue;
            report(at(dotted(key)), fmt::format("{} changes nothing", dotted(key)),
                   fmt::format("{}.enabled is false", key.table),
                   fmt::format("add enabled = true to [{}], or delete this key", key.table),
                   Severity::warning);
        }
    }

    void check_money() {
        const LeadingAreasSection& areas = scenario_.leading_areas;
        if (areas.enabled == OnOff::on && areas.cost_jpy_per_area_year > 0.0 &&
            areas.budget_jpy_per_year <= 0.0)
            report(at("leading_areas.cost_per_area"),
                   "leading_areas.cost_per_area: there is no budget to pay it from",
                   "without money nobody is supported, and the documents state no budget",
                   "add budget = \"20 GJPY/yr\" to [leading_areas], with a figure of your own");
    }

    void check_covered(const SourceLocation& where, const std::string& name,
                       const std::vector<std::string>& countries) {
        for (const std::string& iso3 : countries)
            if (!covers(iso3))
                report(where, fmt::format("{}: {} is not among the scenario's countries", name, iso3), "",
                       fmt::format("add \"{}\" to places.countries", iso3));
    }

    void check_start(const SourceLocation& where, const std::string& name, sim::Month from) {
        if (from > scenario_.run.end)
            report(where, fmt::format("{}: starts in {}, after the run has ended", name, format_month(from)),
                   "it changes nothing", "start it earlier, or run longer", Severity::warning);
    }

    void check_event(const ContactEventEntry& entry) {
        const std::string name = fmt::format("contact_events \"{}\"", entry.id);
        check_start(entry.where, name, entry.date);
        if (entry.participants.empty())
            report(entry.where, fmt::format("{}: nobody came", name), "a contact has two ends",
                   "name participants");
        if (sim::Month{entry.date.value + 12 * scenario_.contacts.memory_years} <= scenario_.run.start)
            report(entry.where, fmt::format("{}: is forgotten before the run starts", name),
                   "it changes nothing", "give contacts a longer memory, or leave the event out",
                   Severity::warning);
    }

    void check_withdrawal(const WithdrawalEntry& entry) {
        const std::string name =
            fmt::format("withdrawals \"{} {}\"", entry.country, format_month(entry.from));
        check_start(entry.where, name, entry.from);
        check_covered(entry.where, name, {entry.country});
        if (entry.to && *entry.to <= entry.from)
            report(entry.where,
                   fmt::format("{}: ends in {}, not after it starts", name, format_month(*entry.to)), "",
                   "give a later \"to\"");
        if (entry.coalition_population >= 1.0)
            report(entry.where, fmt::format("{}: the coalition is the whole country", name),
                   "nobody leaves, it changes nothing", "give a coalition_population below 100 %",
                   Severity::warning);
    }

    const Scenario& scenario_;
    const std::string& shown_;
    Problems& problems_;
};

}  // namespace

void check_systems(const Scenario& scenario, const std::string& shown, Problems& problems) {
    SystemChecks(scenario, shown, problems).run();
}

}  // namespace domino::scenarios
