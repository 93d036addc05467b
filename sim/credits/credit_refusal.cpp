#include "sim/credits/credit_refusal.h"

#include <fmt/format.h>

namespace domino::sim {
namespace {

struct Rule {
    const char* why;
    const char* fix;
};

Rule rule_of(CreditRefusal reason) {
    switch (reason) {
        case CreditRefusal::unknown_party:
            return {"a party is no party of the ledger", "add the party first"};
        case CreditRefusal::unknown_project:
            return {"the project is not in the ledger", "add the project first"};
        case CreditRefusal::unknown_units:
            return {"no block has these serial numbers", "name units as issuance returned them"};
        case CreditRefusal::not_positive:
            return {"it moves no tonnes, or fewer than none", "give at least one whole tonne"};
        case CreditRefusal::too_many_units:
            return {"the host's serial numbers would run out", "issue fewer tonnes"};
        case CreditRefusal::out_of_order:
            return {"a later year is already booked", "book in the order of years"};
        case CreditRefusal::before_vintage:
            return {"the reduction has not occurred yet", "issue in the vintage's year or after it"};
        case CreditRefusal::beyond_monitored_reduction:
            return {"more would be issued than was monitored for this vintage: the same tonne twice",
                    "issue at most the monitored reduction less what was issued"};
        case CreditRefusal::already_monitored:
            return {"the reduction of this vintage is already on record", "state each vintage once"};
        case CreditRefusal::not_authorised:
            return {"the host has not authorised the units for any use abroad", "authorise the block first"};
        case CreditRefusal::already_authorised:
            return {"the units already have a purpose", "a purpose is given once"};
        case CreditRefusal::same_party:
            return {"units are sent from one party to another", "name another party"};
        case CreditRefusal::already_first_transferred:
            return {"a unit has one first transfer", "use a transfer for later ones"};
        case CreditRefusal::not_first_transferred:
            return {"the host would claim the reduction as well: the units never left it",
                    "first-transfer the units"};
        case CreditRefusal::not_held:
            return {"the party does not hold all of these units", "name units of the party's own holding"};
        case CreditRefusal::not_acquired:
            return {"the units are still on their way to the party", "acquire them first"};
        case CreditRefusal::already_used:
            return {"some of the units were used before: a unit is used once", "name units that are held"};
        case CreditRefusal::already_cancelled:
            return {"some of the units are cancelled", "name units that are held"};
        case CreditRefusal::outside_period:
            return {
                "units count towards the contribution in whose years their reduction occurred "
                "(decision 2/CMA.3, annex)",
                "use units of the same period, or cancel them"};
    }
    return {"", ""};
}

}  // namespace

geo::Problem describe_refusal(CreditVerb verb, const std::string& about, Tonnes count, int year,
                              CreditRefusal reason) {
    const Rule rule = rule_of(reason);
    return {"credit ledger",
            fmt::format("{} of {} t in {} is refused ({})", credit_verb_ids[static_cast<std::size_t>(verb)],
                        count, year, about),
            rule.why, rule.fix};
}

geo::Problem describe_monitoring_refusal(const std::string& project, int vintage, Tonnes reduction,
                                         CreditRefusal reason) {
    const Rule rule = rule_of(reason);
    return {"credit ledger",
            fmt::format("a monitored reduction of {} t in {} is refused ({})", reduction, vintage, project),
            rule.why, rule.fix};
}

}  // namespace domino::sim
