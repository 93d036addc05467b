#include "sim/credits/collect_credits.h"

#include <algorithm>
#include <set>

namespace domino::sim {

CreditResults collect_credits(const World& world, const std::vector<MemberCredits>& members) {
    CreditResults out;
    const CreditAccounting& plan = world.credit_accounting;
    if (!plan.active || members.empty()) return out;
    for (const Country& country : world.countries) out.parties.push_back(country.iso3);
    out.parties.insert(out.parties.end(), plan.outside_parties.begin(), plan.outside_parties.end());
    out.buyer = plan.buyer;
    out.years = static_cast<std::size_t>(world.calendar.years());
    out.members = members.size();
    std::set<CreditFlow> kinds;
    for (const MemberCredits& member : members) {
        for (const auto& [flow, tonnes] : member.flows) kinds.insert(flow);
    }
    out.flows.assign(kinds.begin(), kinds.end());
    out.tonnes.assign(out.flows.size() * out.members, 0);
    const std::size_t party_years = out.parties.size() * out.years;
    out.first_transferred.assign(party_years * out.members, 0);
    out.used.assign(party_years * out.members, 0);
    out.supply.assign(out.years * out.members, 0);
    out.monitored_t.assign(out.years * out.members, 0.0);
    out.uncredited_t.assign(out.years * out.members, 0.0);
    for (std::size_t m = 0; m < out.members; ++m) {
        const MemberCredits& member = members[m];
        for (const auto& [flow, tonnes] : member.flows) {
            const auto row = std::lower_bound(out.flows.begin(), out.flows.end(), flow) - out.flows.begin();
            out.tonnes[static_cast<std::size_t>(row) * out.members + m] = tonnes;
        }
        for (std::size_t n = 0; n < party_years; ++n) {
            out.first_transferred[n * out.members + m] = member.first_transferred[n];
            out.used[n * out.members + m] = member.used[n];
        }
        for (std::size_t y = 0; y < out.years; ++y) {
            out.supply[y * out.members + m] = member.supply[y];
            out.monitored_t[y * out.members + m] = member.monitored_t[y];
            out.uncredited_t[y * out.members + m] = member.uncredited_t[y];
        }
    }
    return out;
}

}  // namespace domino::sim
