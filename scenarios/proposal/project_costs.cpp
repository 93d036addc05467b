#include "scenarios/proposal/project_costs.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/proposal/programme_checks.h"
#include "scenarios/units.h"

namespace domino::scenarios {
namespace {

std::string yen(double amount) {
    return fmt::format("{} JPY", format_number(amount));
}

RuleCheck start_check(const ScoringSheet& sheet, std::string_view id) {
    const ProgrammeRule& rule = sheet.rule(id);
    RuleCheck check;
    check.id = rule.id;
    check.rule = rule.rule;
    check.source = rule.source;
    check.unit = "JPY";
    return check;
}

RuleCheck check_contract(const Proposal& proposal, const ScoringSheet& sheet, const CostSums& sums) {
    RuleCheck check = start_check(sheet, "cost-contract");
    const double granted = std::min(proposal.costs.survey_increase, sheet.figure("cost-survey"));
    check.amount = sums.total();
    check.limit = sheet.figure("cost-contract") + granted;
    check.verdict = *check.amount <= *check.limit ? Verdict::pass : Verdict::fail;
    check.reason = fmt::format(
        "{} with tax against {}{}", yen(*check.amount), yen(*check.limit),
        granted > 0.0 ? fmt::format(", of which {} for field surveys", yen(granted)) : std::string{});
    check.evidence = {
        fmt::format("personnel {}, operating {}, outsourcing {}, joint implementation {}, general "
                    "administration {}, tax {}",
                    yen(sums.personnel), yen(sums.operating), yen(sums.outsourcing),
                    yen(sums.joint_implementation), yen(sums.general_administration), yen(sums.tax))};
    if (sums.total() == 0.0) {
        check.verdict = Verdict::unknown;
        check.reason = "no costs are stated";
    }
    return check;
}

RuleCheck check_survey(const Proposal& proposal, const ScoringSheet& sheet) {
    RuleCheck check = start_check(sheet, "cost-survey");
    check.amount = proposal.costs.survey_increase;
    check.limit = sheet.figure("cost-survey");
    check.verdict = *check.amount <= *check.limit ? Verdict::pass : Verdict::fail;
    check.reason = *check.amount == 0.0 ? "no increase is asked for"
                                        : fmt::format("{} against {}", yen(*check.amount), yen(*check.limit));
    if (*check.amount > 0.0 && check.verdict == Verdict::pass && proposal.costs.survey_tasks.empty()) {
        check.verdict = Verdict::unknown;
        check.reason += "; costs.survey_tasks does not say for which field surveys";
    }
    if (!proposal.costs.survey_tasks.empty()) check.evidence.push_back(proposal.costs.survey_tasks);
    return check;
}

RuleCheck check_equipment(const Proposal& proposal, const ScoringSheet& sheet) {
    RuleCheck check = start_check(sheet, "cost-equipment");
    const double line = sheet.figure("cost-equipment");
    check.limit = line;
    int misplaced = 0;
    for (const PurchaseEntry& purchase : proposal.purchases) {
        const PurchaseCategory right = category_of(purchase, line);
        const auto words = choices_of(PurchaseCategory{});
        const bool fits = right == purchase.category;
        misplaced += fits ? 0 : 1;
        check.evidence.push_back(
            fmt::format("{}: {} × {}, {}{}", purchase.name, purchase.count, yen(purchase.unit_price_jpy),
                        words[static_cast<std::size_t>(purchase.category)],
                        fits ? std::string{}
                             : fmt::format(", belongs under {}", words[static_cast<std::size_t>(right)])));
    }
    check.verdict = misplaced > 0 ? Verdict::fail : Verdict::pass;
    check.reason = proposal.purchases.empty() ? "nothing is bought"
                   : misplaced > 0 ? fmt::format("{} of {} purchases are booked in the wrong place",
                                                 misplaced, proposal.purchases.size())
                                   : fmt::format("{} purchases on the right side of {}",
                                                 proposal.purchases.size(), yen(line));
    return check;
}

/// Table 5 leaves open whether the total that outsourcing is set against contains outsourcing itself.
RuleCheck check_outsourcing(const ScoringSheet& sheet, const CostSums& sums) {
    RuleCheck check = start_check(sheet, "cost-outsourcing");
    const double share = sheet.figure("cost-outsourcing");
    const double strict = share * (sums.personnel + sums.operating + sums.general_administration);
    const double lenient = strict + share * sums.outsourcing;
    check.amount = sums.outsourcing;
    check.limit = strict;
    check.verdict = sums.outsourcing <= strict    ? Verdict::pass
                    : sums.outsourcing <= lenient ? Verdict::unknown
                                                  : Verdict::fail;
    check.reason = fmt::format(
        "{} against {} of personnel, operating and administrative costs, or {} where these contain "
        "outsourcing itself: Table 5 does not say",
        yen(sums.outsourcing), yen(strict), yen(lenient));
    check.evidence.emplace_back(
        "the English text of Table 5 can also be read as bounding personnel, operating and administrative "
        "costs themselves; it is taken to bound outsourcing, under whose heading it stands");
    return check;
}

RuleCheck check_tax(const ScoringSheet& sheet, const CostSums& sums) {
    RuleCheck check = start_check(sheet, "cost-tax");
    const double rate = sheet.figure("cost-tax");
    check.amount = sums.tax;
    check.limit = rate * sums.before_tax();
    // Rounding to whole yen, or tax reckoned item by item, moves it by a few yen.
    constexpr double rounding_jpy = 20.0;
    const bool agrees = std::abs(sums.tax - *check.limit) <= rounding_jpy;
    check.verdict = agrees ? Verdict::pass : Verdict::unknown;
    check.reason = sums.tax_stated ? fmt::format("{} stated, {} % of the rest is {}", yen(sums.tax),
                                                 format_number(100.0 * rate), yen(std::floor(*check.limit)))
                                   : fmt::format("not stated: {} % of the rest is {}",
                                                 format_number(100.0 * rate), yen(sums.tax));
    return check;
}

}  // namespace

PurchaseCategory category_of(const PurchaseEntry& purchase, double line_jpy) {
    return purchase.unit_price_jpy >= line_jpy && purchase.nature == PurchaseNature::durable
               ? PurchaseCategory::equipment
               : PurchaseCategory::consumables;
}

CostSums add_costs(const Proposal& proposal, double tax_rate) {
    const CostsSection& c = proposal.costs;
    CostSums sums;
    sums.personnel = c.personnel;
    sums.operating = c.remuneration + c.domestic_travel + c.overseas_travel + c.committee_travel +
                     c.meetings + c.rent + c.wages + c.communication + c.utilities + c.printing +
                     c.miscellaneous;
    for (const PurchaseEntry& purchase : proposal.purchases)
        sums.operating += purchase.unit_price_jpy * static_cast<double>(purchase.count);
    sums.outsourcing = c.outsourcing;
    sums.joint_implementation = c.joint_implementation;
    sums.general_administration = c.general_administration;
    sums.tax_stated = c.consumption_tax.has_value();
    sums.tax = c.consumption_tax.value_or(std::floor(tax_rate * sums.before_tax()));
    return sums;
}

std::vector<RuleCheck> check_costs(const Proposal& proposal, const ScoringSheet& sheet) {
    const CostSums sums = add_costs(proposal, sheet.figure("cost-tax"));
    return {check_contract(proposal, sheet, sums), check_survey(proposal, sheet),
            check_equipment(proposal, sheet), check_outsourcing(sheet, sums), check_tax(sheet, sums)};
}

}  // namespace domino::scenarios
