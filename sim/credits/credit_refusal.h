#pragma once

#include <string>

#include "sim/credits/credit_ledger.h"

namespace domino::sim {

/// A refused transaction in words: where, what, which rule it breaks, what to do.
geo::Problem describe_refusal(CreditVerb verb, const std::string& about, Tonnes count, int year,
                              CreditRefusal reason);

/// The same for a monitored reduction that cannot be taken down.
geo::Problem describe_monitoring_refusal(const std::string& project, int vintage, Tonnes reduction,
                                         CreditRefusal reason);

}  // namespace domino::sim
