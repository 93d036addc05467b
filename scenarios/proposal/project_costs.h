#pragma once

#include "scenarios/proposal/proposal.h"

namespace domino::scenarios {

/// Where a purchase belongs by Table 5: equipment from the line on, unless it is used up, breakable or of use
/// for two years at most.
PurchaseCategory category_of(const PurchaseEntry& purchase, double line_jpy);

/// Costs of a contract year, JPY, by the groups the rules speak of.
struct CostSums {
    double personnel = 0.0;
    double operating = 0.0;  ///< with purchases, without outsourcing
    double outsourcing = 0.0;
    double joint_implementation = 0.0;
    double general_administration = 0.0;
    double tax = 0.0;
    bool tax_stated = false;

    double before_tax() const {
        return personnel + operating + outsourcing + joint_implementation + general_administration;
    }
    double total() const { return before_tax() + tax; }
};

/// Adds up the costs; tax not stated is @p tax_rate of the rest, cut to whole yen.
CostSums add_costs(const Proposal& proposal, double tax_rate);

}  // namespace domino::scenarios
