#pragma once

#include <compare>
#include <string>
#include <vector>

#include "sim/credits/credit_types.h"

namespace domino::sim {

/// One kind of ledger entry, projects added up: `debit` receives what `credit` gives.
struct CreditFlow {
    int year = 0;     ///< booked in
    int vintage = 0;  ///< the reduction occurred in
    CreditParty host;
    CreditVerb verb = CreditVerb::issuance;
    CreditPurpose purpose = CreditPurpose::unauthorised;
    CreditAccount debit, credit;
    friend auto operator<=>(const CreditFlow&, const CreditFlow&) = default;
};

/// What the ledgers of a run's members hold. Empty where credits are off. Years are Calendar::first_year() …
/// last_year(); flat arrays, the last index fastest.
struct CreditResults {
    std::vector<std::string> parties;  ///< ISO 3166-1 alpha-3: the run's countries, then others
    CreditParty buyer;
    std::size_t years = 0;
    std::size_t members = 0;
    std::vector<CreditFlow> flows;          ///< ascending
    std::vector<Tonnes> tonnes;             ///< [flow][member]
    std::vector<Tonnes> first_transferred;  ///< [party][year][member], by the year the reduction occurred
    std::vector<Tonnes> used;               ///< [party][year][member], towards contributions, by year of use
    std::vector<Tonnes> supply;             ///< [year][member], the buyer's, cumulative since the opening
    std::vector<double> monitored_t;        ///< [year][member], of simulated projects
    std::vector<double>
        uncredited_t;  ///< [year][member], of it above the reduction the model gives the place

    bool empty() const { return parties.empty(); }
    std::size_t party_year(std::size_t party, std::size_t year, std::size_t member) const {
        return (party * years + year) * members + member;
    }
};

}  // namespace domino::sim
