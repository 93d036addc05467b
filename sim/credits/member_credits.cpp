#include "sim/credits/member_credits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/credits/credit_ledger.h"
#include "sim/credits/credit_report.h"

namespace domino::sim {
namespace {

struct CreditedVintage {
    int year = 0;
    Tonnes tonnes = 0;
};

/// A project of either kind with what it is credited with, whole tonnes.
struct CreditedProject {
    CreditProjectId id;
    std::vector<CreditedVintage> vintages;  ///< ascending
    std::size_t booked = 0;                 ///< of them so far
};

Tonnes whole(double tonnes) {
    return static_cast<Tonnes>(std::floor(std::max(0.0, tonnes)));
}

/// Ascending, one of a kind.
void add_up_alike(std::vector<std::pair<CreditFlow, Tonnes>>& flows) {
    std::sort(flows.begin(), flows.end());
    std::size_t kinds = 0;
    for (const auto& flow : flows) {
        if (kinds > 0 && flows[kinds - 1].first == flow.first) {
            flows[kinds - 1].second += flow.second;
        } else {
            flows[kinds++] = flow;
        }
    }
    flows.resize(kinds);
}

/// Months of a calendar year in [from, to).
int months_in(int year, Month from, Month to) {
    const int first = std::max(make_month(year, 1).value, from.value);
    const int last = std::min(make_month(year + 1, 1).value, to.value);
    return std::max(0, last - first);
}

class MemberBooks {
 public:
    MemberBooks(const World& world, double buyer_share)
        : world_(world),
          plan_(world.credit_accounting),
          buyer_share_(buyer_share),
          first_year_(world.calendar.first_year()),
          last_year_(world.calendar.last_year()) {
        for (const Country& c : world.countries)
            ledger_.add_party(c.iso3, plan_.other_first_transfer, plan_.periods);
        for (const std::string& iso3 : plan_.outside_parties)
            ledger_.add_party(iso3, plan_.other_first_transfer, plan_.periods);
    }

    void add_existing(const ExistingCreditProject& existing) {
        CreditedProject project{ledger_.add_project(existing.host, existing.id), {}, 0};
        for (int year = existing.from.year(); year <= last_year_; ++year) {
            const int months = months_in(year, existing.from, existing.to);
            const Tonnes tonnes = whole(existing.annual_reduction_t * months / 12.0);
            if (tonnes > 0) project.vintages.push_back({year, tonnes});
        }
        projects_.push_back(std::move(project));
    }

    void add_simulated(const InstalledProject& installed, const ProjectCredits& credits, std::size_t number) {
        const CreditParty host{world_.places[installed.place].country};
        CreditedProject project{
            ledger_.add_project(host, fmt::format("project {} of the run", number)), {}, 0};
        for (std::size_t y = 0; y < credits.credited_t.size(); ++y) {
            const Tonnes tonnes = whole(credits.credited_t[y]);
            if (tonnes > 0) project.vintages.push_back({first_year_ + static_cast<int>(y), tonnes});
        }
        projects_.push_back(std::move(project));
    }

    void keep(MemberCredits& out) {
        const auto years = static_cast<std::size_t>(world_.calendar.years());
        for (int year = first_year_; year <= last_year_; ++year) {
            for (CreditedProject& project : projects_) {
                if (year == first_year_) open_books(project);
                if (project.booked == project.vintages.size()) continue;
                const CreditedVintage& next = project.vintages[project.booked];
                if (next.year != year) continue;
                issue(project.id, year, next.tonnes);
                ++project.booked;
            }
            use_holdings(year);
        }
        const std::size_t parties = ledger_.party_count();
        out.first_transferred.assign(parties * years, 0);
        out.used.assign(parties * years, 0);
        for (std::size_t p = 0; p < parties; ++p) {
            for (std::size_t y = 0; y < years; ++y) {
                const CreditParty party{static_cast<std::uint16_t>(p)};
                const int year = first_year_ + static_cast<int>(y);
                out.first_transferred[p * years + y] = ledger_.first_transferred(party, year);
                out.used[p * years + y] = ledger_.used(party, year);
            }
        }
        add_flows(out);
        const CreditReconciliation check = reconcile(ledger_);
        if (check.largest() != 0) {
            Tonnes issued = 1;
            for (const CreditBlock& block : ledger_.blocks()) issued += block.quantity();
            out.error = static_cast<double>(check.largest()) / static_cast<double>(issued);
        }
    }

 private:
    void require(const CreditReceipt& receipt) const {
        if (!receipt) throw std::logic_error(geo::to_text(receipt.problem));
    }

    Tonnes buyers_part(Tonnes tonnes) const { return whole(buyer_share_ * static_cast<double>(tonnes)); }

    bool in_some_period(int year) const {
        return std::any_of(plan_.periods.begin(), plan_.periods.end(),
                           [&](const NdcPeriod& period) { return period.contains(year); });
    }

    /// Vintages before the run: the buyer's part is brought forward.
    void open_books(CreditedProject& project) {
        for (; project.booked < project.vintages.size(); ++project.booked) {
            const auto& [vintage, tonnes] = project.vintages[project.booked];
            if (vintage >= first_year_) break;
            const Tonnes bought = buyers_part(tonnes);
            if (bought == 0) continue;
            const CreditPurpose purpose =
                in_some_period(vintage) ? CreditPurpose::ndc : CreditPurpose::unauthorised;
            const CreditReceipt opened =
                ledger_.open(project.id, vintage, bought, purpose, plan_.buyer, first_year_);
            require(opened);
            if (purpose == CreditPurpose::ndc) held_.push_back(ledger_.all_units(opened.block));
        }
    }

    void issue(CreditProjectId project, int year, Tonnes tonnes) {
        require(ledger_.record_monitoring(project, year, tonnes));
        const Tonnes bought = buyers_part(tonnes);
        if (tonnes > bought)
            require(ledger_.issue(project, year, tonnes - bought, CreditPurpose::unauthorised, year));
        if (bought == 0) return;
        if (!in_some_period(year)) {
            require(ledger_.open(project, year, bought, CreditPurpose::unauthorised, plan_.buyer, year));
            return;
        }
        const bool shared = year >= plan_.shares_from_year;
        const Tonnes other = shared ? whole(plan_.international_share * static_cast<double>(bought)) : 0;
        const Tonnes cancelled =
            shared ? std::min(bought - other, whole(plan_.cancelled_share * static_cast<double>(bought))) : 0;
        if (other > 0)
            held_.push_back(acquire(project, year, other, CreditPurpose::international_mitigation));
        if (other == bought) return;
        CreditUnits units = acquire(project, year, bought - other, CreditPurpose::ndc);
        if (cancelled > 0) {
            require(ledger_.cancel({units.block, units.first, cancelled}, plan_.buyer, year));
            units.first += cancelled;
            units.count -= cancelled;
        }
        if (units.count > 0) held_.push_back(units);
    }

    CreditUnits acquire(CreditProjectId project, int year, Tonnes tonnes, CreditPurpose purpose) {
        const CreditReceipt issued = ledger_.issue(project, year, tonnes, purpose, year);
        require(issued);
        const CreditUnits units = ledger_.all_units(issued.block);
        require(ledger_.first_transfer(units, plan_.buyer, year));
        require(ledger_.acquire(units, plan_.buyer, year));
        return units;
    }

    void use_holdings(int year) {
        if (plan_.use == CreditUse::hold) return;
        for (const NdcPeriod& period : plan_.periods) {
            if (!period.contains(year)) continue;
            if (plan_.use == CreditUse::target_year && year != period.last_year) continue;
            std::vector<CreditUnits> kept;
            for (const CreditUnits& units : held_) {
                if (period.contains(ledger_.block(units.block).vintage())) {
                    require(ledger_.use(units, plan_.buyer, year));
                } else {
                    kept.push_back(units);
                }
            }
            held_ = std::move(kept);
        }
    }

    void add_flows(MemberCredits& out) const {
        const auto years = static_cast<std::size_t>(world_.calendar.years());
        out.supply.assign(years, 0);
        for (const CreditEntry& entry : ledger_.entries()) {
            const CreditBlock& block = ledger_.block(entry.units.block);
            out.flows.push_back({{entry.year, block.vintage(), block.host(), entry.verb, block.purpose(),
                                  entry.debit, entry.credit},
                                 entry.units.count});
            const bool acquired = entry.verb == CreditVerb::acquisition || entry.verb == CreditVerb::opening;
            if (acquired && entry.debit.party == plan_.buyer)
                out.supply[static_cast<std::size_t>(entry.year - first_year_)] += entry.units.count;
        }
        for (std::size_t y = 1; y < years; ++y) out.supply[y] += out.supply[y - 1];
        add_up_alike(out.flows);
    }

    const World& world_;
    const CreditAccounting& plan_;
    double buyer_share_;
    int first_year_, last_year_;
    CreditLedger ledger_;
    std::vector<CreditedProject> projects_;
    std::vector<CreditUnits> held_;  ///< the buyer's, authorised
};

}  // namespace

MemberCredits account_credits(const World& world, double buyer_share,
                              std::span<const InstalledProject> projects,
                              std::span<const PlaceReductions* const> reductions) {
    MemberCredits out;
    const CreditAccounting& plan = world.credit_accounting;
    if (!plan.active) return out;
    const auto years = static_cast<std::size_t>(world.calendar.years());
    out.monitored_t.assign(years, 0.0);
    out.uncredited_t.assign(years, 0.0);
    std::vector<InstalledProject> own;
    std::vector<const PlaceReductions*> own_reductions;
    for (std::size_t n = 0; n < projects.size(); ++n) {
        const bool at_home = world.places[projects[n].place].country == plan.buyer.value;
        if (at_home || projects[n].funded < plan.simulated_from) continue;
        own.push_back(projects[n]);
        own_reductions.push_back(reductions[n]);
    }
    const std::vector<ProjectCredits> credits = credit_projects(world, own, own_reductions);
    MemberBooks books(world, buyer_share);
    for (const ExistingCreditProject& existing : plan.existing) books.add_existing(existing);
    for (std::size_t n = 0; n < own.size(); ++n) {
        books.add_simulated(own[n], credits[n], n + 1);
        for (std::size_t y = 0; y < years; ++y) {
            out.monitored_t[y] += credits[n].monitored_t[y];
            out.uncredited_t[y] += credits[n].monitored_t[y] - credits[n].credited_t[y];
        }
    }
    books.keep(out);
    out.error = std::max(out.error, largest_excess(world, own, own_reductions, credits));
    return out;
}

}  // namespace domino::sim
