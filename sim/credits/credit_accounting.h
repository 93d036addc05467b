#pragma once

#include <string>
#include <vector>

#include "sim/calendar.h"
#include "sim/credits/credit_types.h"
#include "sim/prior.h"

namespace domino::sim {

/// What the buying party does with units authorised for contributions.
enum class CreditUse : std::uint8_t {
    yearly,       ///< uses each vintage in the year it occurred
    target_year,  ///< keeps them and uses a period's units in its last year
    hold,         ///< never uses them
};

/// A project, or a sum of them, that was selected before the run's own projects begin.
struct ExistingCreditProject {
    std::string id;
    CreditParty host;
    double annual_reduction_t = 0.0;  ///< credited a year, both sides' shares together
    Month from;                       ///< first credited month
    Month to;                         ///< first month no longer credited

    friend bool operator==(const ExistingCreditProject&, const ExistingCreditProject&) = default;
};

/// Credits the buyer means to have acquired in all by the end of a fiscal year.
struct CreditSupplyGoal {
    std::string id;
    int fiscal_year = 2030;
    double level_mt = 0.0;
    std::string source;

    friend bool operator==(const CreditSupplyGoal&, const CreditSupplyGoal&) = default;
};

/// How credits are accounted for (model §6). Parties are the run's countries in their order, then those
/// outside it.
struct CreditAccounting {
    bool active = false;
    CreditParty buyer;
    std::vector<std::string> outside_parties;  ///< ISO 3166-1 alpha-3, after the run's countries
    std::vector<NdcPeriod> periods = {{2021, 2030}, {2031, 2035}, {2036, 2040}};
    AdjustmentMethod method = AdjustmentMethod::averaging;
    CreditUse use = CreditUse::yearly;
    FirstTransferRule other_first_transfer = FirstTransferRule::authorisation;
    Prior buyer_share = uniform(0.5, 0.8);  ///< of what is issued
    double international_share = 0.0;       ///< of the buyer's units, for other international purposes
    double cancelled_share = 0.0;           ///< of the buyer's units, cancelled once acquired
    int shares_from_year = 2021;            ///< first vintage both shares act on
    Month simulated_from;                   ///< projects funded earlier belong to `existing`
    std::vector<ExistingCreditProject> existing;
    std::vector<CreditSupplyGoal> supply_goals;

    friend bool operator==(const CreditAccounting&, const CreditAccounting&) = default;
};

}  // namespace domino::sim
