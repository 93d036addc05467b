#include "scenarios/check_partnerships.h"

#include <fmt/format.h>

#include "scenarios/month_text.h"
#include "scenarios/scenario_keys.h"

namespace domino::scenarios {
namespace {

class PartnershipChecks {
 public:
    PartnershipChecks(const Scenario& scenario, const std::string& shown, Problems& problems)
        : scenario_(scenario), shown_(shown), problems_(problems) {}

    void run() {
        check_eco_lease();
        check_c2p2();
        for (const ExitEntry& entry : scenario_.exits) {
            if (scenario_.c3p.enabled == OnOff::off)
                warn(entry.where, fmt::format("exits \"{}\" changes nothing", entry.scheme),
                     "c3p.enabled is false: no project ends", "enable c3p, or delete the exit");
            else if (entry.from && *entry.from > scenario_.run.end)
                warn(entry.where,
                     fmt::format("exits \"{}\": starts in {}, after the run has ended", entry.scheme,
                                 format_month(*entry.from)),
                     "it changes nothing", "start it earlier, or run longer");
        }
        const C3pSection standard;
        const C3pSection& c3p = scenario_.c3p;
        const bool meetings_set = c3p.visits_per_year != standard.visits_per_year ||
                                  c3p.workshops_per_year != standard.workshops_per_year ||
                                  c3p.report_sessions_per_year != standard.report_sessions_per_year;
        if (c3p.contact_intensity && meetings_set)
            warn(at("c3p.contact_intensity"),
                 "c3p.visits, workshops and report_sessions change nothing beside c3p.contact_intensity",
                 "the intensity stands in for them", "delete one or the other");
    }

 private:
    SourceLocation at(const std::string& key) const {
        const auto found = scenario_.set_at.find(key);
        return found == scenario_.set_at.end() ? SourceLocation{shown_, 0, 0} : found->second;
    }
    void refuse(const std::string& key, std::string what, std::string why, std::string fix) {
        problems_.push_back({at(key), std::move(what), std::move(why), std::move(fix), Severity::error});
    }
    void warn(const SourceLocation& where, std::string what, std::string why, std::string fix) {
        problems_.push_back({where, std::move(what), std::move(why), std::move(fix), Severity::warning});
    }
    /// What a switched-off section sets to no standard value does nothing.
    void warn_if_set(std::string_view table) {
        static const Scenario standard;
        for (const Key<Scenario>& info : scenario_keys()) {
            if (info.table != table || info.key == "enabled") continue;
            const auto set = scenario_.set_at.find(dotted(info));
            if (set == scenario_.set_at.end() || info.get(scenario_) == info.get(standard)) continue;
            warn(set->second, fmt::format("{} changes nothing", set->first),
                 fmt::format("{}.enabled is false", table),
                 fmt::format("set {}.enabled = true, or delete this key", table));
        }
    }

    void check_eco_lease() {
        const EcoLeaseSection& lease = scenario_.eco_lease;
        if (lease.enabled == OnOff::off) return warn_if_set("eco_lease");
        if (!lease.budget_jpy_per_year)
            refuse("eco_lease.enabled", "eco_lease.budget is missing",
                   "the documents give the leases no budget", "add budget = \"0.5 GJPY/yr\" to [eco_lease]");
        if (!lease.from)
            refuse("eco_lease.enabled", "eco_lease.from is missing", "the documents do not date the leases",
                   "add from = \"2027-04\" to [eco_lease]");
        else if (*lease.from > scenario_.run.end)
            warn(at("eco_lease.from"),
                 fmt::format("eco_lease.from: {} is after the run has ended", format_month(*lease.from)),
                 "it changes nothing", "start it earlier, or run longer");
        if (scenario_.jcm.enabled == OnOff::off)
            warn(at("eco_lease.enabled"), "eco_lease stays on although jcm.enabled is false",
                 "leases are a programme of their own", "set eco_lease.enabled = false to end both");
    }

    void check_c2p2() {
        const C2p2Section& c2p2 = scenario_.c2p2;
        if (c2p2.enabled == OnOff::off) return warn_if_set("c2p2");
        if (!c2p2.budget_jpy_per_year)
            refuse("c2p2.enabled", "c2p2.budget is missing", "the documents give the programme no budget",
                   "add budget = \"0.2 GJPY/yr\" to [c2p2]");
        const C2p2Section standard;
        if (c2p2.from < standard.from)
            warn(at("c2p2.from"),
                 fmt::format("c2p2.from: {} is before the programme was launched in {}",
                             format_month(c2p2.from), format_month(standard.from)),
                 "the run then differs from what happened", "start it later");
    }

    const Scenario& scenario_;
    const std::string& shown_;
    Problems& problems_;
};

}  // namespace

void check_partnerships(const Scenario& scenario, const std::string& shown, Problems& problems) {
    PartnershipChecks(scenario, shown, problems).run();
}

}  // namespace domino::scenarios
