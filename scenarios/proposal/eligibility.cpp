#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/month_text.h"
#include "scenarios/proposal/programme_checks.h"

namespace domino::scenarios {
namespace {

using Fact = std::optional<OnOff>;

/// Whether a fact is as the rule wants it.
Verdict want(const Fact& fact, OnOff wanted) {
    if (!fact) return Verdict::unknown;
    return *fact == wanted ? Verdict::pass : Verdict::fail;
}

/// All must pass; one that fails decides.
Verdict all_of(std::initializer_list<Verdict> verdicts) {
    Verdict worst = Verdict::pass;
    for (const Verdict v : verdicts) {
        if (v == Verdict::fail) return Verdict::fail;
        if (v == Verdict::unknown) worst = Verdict::unknown;
    }
    return worst;
}

std::string stated(std::string_view key, const Fact& fact) {
    if (!fact) return fmt::format("{} is not stated", key);
    return fmt::format("{} = {}", key, *fact == OnOff::on ? "true" : "false");
}

class EligibilityRules {
 public:
    EligibilityRules(const Proposal& proposal, const Partnership& partnership)
        : proposal_(proposal), partnership_(partnership) {}

    void judge(RuleCheck& check, int number) const {
        const ApplicantSection& a = proposal_.applicant;
        const CooperationSection& c = proposal_.cooperation;
        const auto fact = [&](std::string_view key, const Fact& value, OnOff wanted) {
            check.verdict = want(value, wanted);
            check.reason = stated(key, value);
        };
        switch (number) {
            case 1:
                return fact("applicant.incorporated", a.incorporated, OnOff::on);
            case 2:
                return fact("applicant.barred_article_70", a.barred_article_70, OnOff::off);
            case 3:
                return fact("applicant.barred_article_71", a.barred_article_71, OnOff::off);
            case 4:
                return fact("applicant.suspended", a.suspended, OnOff::off);
            case 5:
                return fact("applicant.pledges_no_organised_crime", a.pledges_no_organised_crime, OnOff::on);
            case 6:
                return judge_rating(check);
            case 7:
                return judge_agreement(check);
            case 8:
                return fact("cooperation.consortium_with_japanese_city", c.consortium_with_japanese_city,
                            OnOff::on);
            case 9:
                return judge_letters(check);
            default:
                check.reason = "domino does not know this rule";
        }
    }

 private:
    void judge_rating(RuleCheck& check) const {
        const auto& rating = proposal_.applicant.bidding_rating;
        Verdict mark = Verdict::unknown;
        if (rating) mark = *rating <= BiddingRating::c ? Verdict::pass : Verdict::fail;
        check.verdict = all_of({mark, want(proposal_.applicant.bidding_rating_kept, OnOff::on)});
        check.reason =
            fmt::format("{}; {}",
                        rating ? fmt::format("applicant.bidding_rating = \"{}\"",
                                             choices_of(BiddingRating{})[static_cast<std::size_t>(*rating)])
                               : "applicant.bidding_rating is not stated",
                        stated("applicant.bidding_rating_kept", proposal_.applicant.bidding_rating_kept));
    }

    void judge_agreement(RuleCheck& check) const {
        const auto& agreement = proposal_.cooperation.agreement;
        if (agreement) check.verdict = *agreement == AgreementState::none ? Verdict::fail : Verdict::pass;
        check.reason = agreement
                           ? fmt::format("cooperation.agreement = \"{}\"",
                                         choices_of(AgreementState{})[static_cast<std::size_t>(*agreement)])
                           : "cooperation.agreement is not stated";
        for (const TieOnRecord& tie : partnership_.ties)
            check.evidence.push_back(fmt::format("c3p_pairs: {} {} since {} ({})",
                                                 tie.project ? "project" : "agreement", tie.id,
                                                 format_month(tie.from), tie.source));
        if (check.evidence.empty()) check.evidence.emplace_back("c3p_pairs has no tie between the two");
    }

    void judge_letters(RuleCheck& check) const {
        const CooperationSection& c = proposal_.cooperation;
        check.verdict =
            all_of({want(c.letter_of_japanese_city, OnOff::on), want(c.letter_of_partner_city, OnOff::on),
                    want(c.letter_translated, OnOff::on)});
        check.reason = fmt::format("{}; {}; {}",
                                   stated("cooperation.letter_of_japanese_city", c.letter_of_japanese_city),
                                   stated("cooperation.letter_of_partner_city", c.letter_of_partner_city),
                                   stated("cooperation.letter_translated", c.letter_translated));
        const auto& document = proposal_.documents.submitted[9];
        check.evidence.push_back(document && *document == OnOff::on
                                     ? "document 10, letters of interest, is submitted"
                                     : "document 10, letters of interest, is missing");
    }

    const Proposal& proposal_;
    const Partnership& partnership_;
};

RuleCheck start_check(const ProgrammeRule& rule) {
    RuleCheck check;
    check.id = rule.id;
    check.rule = rule.rule;
    check.source = rule.source;
    return check;
}

RuleCheck country_check(const Proposal& proposal, const Partnership& partnership) {
    RuleCheck check;
    check.id = "scope-country";
    check.rule = "the partner's country is a JCM partner or candidate";
    check.source = "C3P guidebook FY2024 Table 3";
    const auto& since = partnership.jcm_partner_since;
    if (since && *since <= proposal.start()) {
        check.verdict = Verdict::pass;
        check.reason =
            fmt::format("{}: JCM partner since {}", partnership.country_name, format_month(*since));
    } else if (partnership.jcm_candidate) {
        check.verdict = Verdict::pass;
        check.reason = fmt::format("{}: candidate country", partnership.country_name);
    } else {
        check.verdict = Verdict::fail;
        check.reason = fmt::format("{} is neither in {} (jcm_partners.csv)", partnership.country_name,
                                   format_month(proposal.start()));
    }
    return check;
}

RuleCheck phase_check(const Proposal& proposal) {
    const C3pSection programme;
    RuleCheck check;
    check.id = "scope-phase";
    check.rule = fmt::format("at most {} phases of {} years", programme.max_phases, programme.phase_years);
    check.source = "C3P guidebook FY2024 2.1";
    check.verdict = proposal.phase <= programme.max_phases ? Verdict::pass : Verdict::fail;
    check.reason = fmt::format("year {} of phase {}", proposal.year_of_phase, proposal.phase);
    if (proposal.phase > 1 && proposal.year_of_phase == 1)
        check.evidence.emplace_back(
            "the first year of a second phase must show a higher standard of novelty than other ongoing "
            "projects; without novelty it is not eligible (Table 6): a person must judge");
    return check;
}

RuleCheck sector_check(const Proposal& proposal) {
    RuleCheck check;
    check.id = "scope-sector";
    check.rule =
        "energy efficiency, renewable energies, hydrogen and other decarbonization technologies that "
        "reduce energy-related CO2, with support for system development";
    check.source = "C3P guidebook FY2024 Table 3, Box 5";
    check.verdict = proposal.sectors.empty() ? Verdict::unknown : Verdict::pass;
    check.reason = proposal.sectors.empty()
                       ? "sectors are not stated"
                       : fmt::format("{}: words of Box 5", fmt::join(proposal.sectors, ", "));
    return check;
}

}  // namespace

std::vector<RuleCheck> check_eligibility(const Proposal& proposal, const ScoringSheet& sheet,
                                         const Partnership& partnership) {
    const EligibilityRules rules(proposal, partnership);
    std::vector<RuleCheck> checks;
    for (const ProgrammeRule* rule : sheet.rules_of("eligibility")) {
        checks.push_back(start_check(*rule));
        rules.judge(checks.back(), rule->number);
    }
    return checks;
}

std::vector<RuleCheck> check_scope(const Proposal& proposal, const Partnership& partnership) {
    return {country_check(proposal, partnership), phase_check(proposal), sector_check(proposal)};
}

std::vector<RuleCheck> check_documents(const Proposal& proposal, const ScoringSheet& sheet) {
    std::vector<RuleCheck> checks;
    for (const ProgrammeRule* rule : sheet.rules_of("document")) {
        RuleCheck check = start_check(*rule);
        const auto slot = static_cast<std::size_t>(rule->number - 1);
        if (slot < document_count) {
            const Fact& fact = proposal.documents.submitted[slot];
            check.verdict = fact && *fact == OnOff::on ? Verdict::pass : Verdict::fail;
            check.reason = check.verdict == Verdict::pass ? "submitted"
                           : fact                         ? "not submitted"
                                                          : "not mentioned";
        } else {
            check.reason = "domino does not know this document";
        }
        checks.push_back(std::move(check));
    }
    return checks;
}

bool any_fails(const std::vector<RuleCheck>& checks) {
    return std::any_of(checks.begin(), checks.end(),
                       [](const RuleCheck& c) { return c.verdict == Verdict::fail; });
}

}  // namespace domino::scenarios
