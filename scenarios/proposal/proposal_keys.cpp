#include "scenarios/proposal/proposal_keys.h"

#include <array>
#include <utility>

#include "scenarios/proposal/proposal_key_rows.h"

namespace domino::scenarios {
namespace {

using namespace proposal_rows;

void add_head(ProposalKeys& keys) {
    add_text(keys, "", "title", "Name of the proposed project.", "\"Rooftops of Da Nang\"", FIELD(title),
             Absence::error);
    add_text(keys, "", "japanese_municipality",
             "The Japanese city or prefecture: a name, or an id of places.csv or admin1.csv.",
             "\"Sakai City\"", FIELD(japanese_municipality), Absence::error);
    add_text(keys, "", "partner", "The partner city or region abroad: a name, or an id.", "\"Da Nang\"",
             FIELD(partner), Absence::error);
    add_row(keys,
            {.table = "",
             .key = "partner_country",
             .type = ValueType::country,
             .doc = "Country of the partner.",
             .example = "\"Viet Nam\"",
             .absence = Absence::error},
            FIELD(partner_country));
    add_choice<ProposalKind>(keys, "", "kind", "Which column of the scoring sheet applies.", "\"new\"",
                             Absence::error, FIELD(kind));
    add_count(keys, "fiscal_year", "Japanese fiscal year of the contract; it begins in April.", "2026", 2013,
              2060, Absence::error, FIELD(fiscal_year));
    add_count(keys, "phase", "Phase of three years, the first or the second.", "1", 1, 10,
              Absence::keeps_default, FIELD(phase));
    add_count(keys, "year_of_phase", "Year within the phase.", "1", 1, 3, Absence::keeps_default,
              FIELD(year_of_phase));
    add_row(keys,
            {.table = "",
             .key = "sectors",
             .type = ValueType::text_list,
             .doc = "Target sectors in the words of Box 5.",
             .source = "C3P guidebook FY2024, Box 5",
             .example = "[\"Renewable energies\", \"Energy efficiency\"]",
             .absence = Absence::unset},
            FIELD(sectors));
}

void add_applicant(ProposalKeys& keys) {
    add_text(keys, "applicant", "organisation", "Who applies and would sign the contract.",
             "\"Example Institute\"", FIELD(applicant.organisation));
    const auto fact = [&](std::string_view key, std::string_view doc, std::string_view example, auto access) {
        add_fact(keys, "applicant", key, doc, example, eligibility_rules, access);
    };
    fact("incorporated", "Rule 1: the organisation is incorporated.", "true", FIELD(applicant.incorporated));
    fact("barred_article_70",
         "Rule 2: barred by Article 70 of the Cabinet Order on Budgets, the Settlement of Accounts and "
         "Accounting.",
         "false", FIELD(applicant.barred_article_70));
    fact("barred_article_71", "Rule 3: barred by Article 71 of the same order.", "false",
         FIELD(applicant.barred_article_71));
    fact("suspended", "Rule 4: suspended from designation by the ministry.", "false",
         FIELD(applicant.suspended));
    fact("pledges_no_organised_crime", "Rule 5: pledges to exclude organised crime.", "true",
         FIELD(applicant.pledges_no_organised_crime));
    add_choice<BiddingRating>(keys, "applicant", "bidding_rating",
                              "Rule 6: mark for survey and research in the ministry's bidding qualification.",
                              "\"A\"", Absence::unset, FIELD(applicant.bidding_rating));
    fact("bidding_rating_kept", "Rule 6: the qualification is kept for the following fiscal years.", "true",
         FIELD(applicant.bidding_rating_kept));
}

void add_cooperation(ProposalKeys& keys) {
    add_choice<AgreementState>(keys, "cooperation", "agreement",
                               "Rule 7: agreement between the two cities, or its equivalent.",
                               "\"concluded\"", Absence::unset, FIELD(cooperation.agreement));
    const auto fact = [&](std::string_view key, std::string_view doc, auto access) {
        add_fact(keys, "cooperation", key, doc, "true", eligibility_rules, access);
    };
    fact("consortium_with_japanese_city", "Rule 8: a consortium with the Japanese city is formed.",
         FIELD(cooperation.consortium_with_japanese_city));
    fact("letter_of_japanese_city", "Rule 9: letter of interest of the Japanese city.",
         FIELD(cooperation.letter_of_japanese_city));
    fact("letter_of_partner_city", "Rule 9: letter of interest of the partner city.",
         FIELD(cooperation.letter_of_partner_city));
    fact("letter_translated", "Rule 9: the partner's letter comes with a Japanese translation.",
         FIELD(cooperation.letter_translated));
}

template <std::size_t Number>
void add_document(ProposalKeys& keys, std::string_view key, std::string_view doc) {
    add_fact(
        keys, "documents", key, doc, "true", "C3P guidebook FY2024, 3.4",
        [](auto& p) -> auto& { return p.documents.submitted[Number - 1]; });
}

void add_documents(ProposalKeys& keys) {
    add_document<1>(keys, "application", "Document 1: application documents.");
    add_document<2>(keys, "survey_overview", "Document 2: overview of the survey project.");
    add_document<3>(keys, "past_activities", "Document 3: past activities between the cities.");
    add_document<4>(keys, "activity_plan", "Document 4: plan of activities between the cities.");
    add_document<5>(keys, "project_summary", "Document 5: summary of the proposed project.");
    add_document<6>(keys, "organisation_overview", "Document 6: overview of the organisation.");
    add_document<7>(keys, "jcm_achievements", "Document 7: JCM projects of the past three years.");
    add_document<8>(keys, "environmental_certificate", "Document 8: environmental management certificate.");
    add_document<9>(keys, "work_life_certificate", "Document 9: work-life balance certificate.");
    add_document<10>(keys, "letters_of_interest", "Document 10: letters of interest with translation.");
    add_document<11>(keys, "bidding_qualification", "Document 11: bidding qualification.");
}

void add_people(ProposalKeys& keys) {
    add_text(keys, "engineer", "name", "The designated supervising engineer.", "\"A. Example\"",
             FIELD(engineer.name));
    add_row(keys,
            {.table = "engineer",
             .key = "other_projects",
             .type = ValueType::number,
             .doc = "Projects the engineer has beside this one.",
             .low = 0,
             .high = 1000,
             .source = scoring_sheet,
             .example = "2",
             .absence = Absence::unset},
            FIELD(engineer.other_projects));
    add_row(keys,
            {.table = "certificates",
             .key = "environmental",
             .type = ValueType::text_list,
             .doc = "Valid environmental management certificates of the head office, by name.",
             .source = scoring_sheet,
             .example = "[\"ISO 14001\"]",
             .absence = Absence::unset},
            FIELD(certificates.environmental));
    add_fact(keys, "certificates", "environmental_lapsed",
             "No valid certificate, but a lapsed one whose system is kept up.", "false", scoring_sheet,
             FIELD(certificates.environmental_lapsed));
    add_row(keys,
            {.table = "certificates",
             .key = "work_life",
             .type = ValueType::text_list,
             .doc = "Valid work-life balance certificates in the words of the sheet; the best one counts. "
                    "c3p_scoring.csv lists them.",
             .source = scoring_sheet,
             .example = "[\"Eruboshi level 2\"]",
             .absence = Absence::unset},
            FIELD(certificates.work_life));
    add_text(keys, "targets", "reduction_target", "The applicant's reduction target, in words.",
             "\"carbon neutral (scope 1 and 2) by 2050\"", FIELD(targets.reduction_target));
    add_text(keys, "targets", "published_at", "Where the target is published.", "\"https://example.org/\"",
             FIELD(targets.published_at));
    add_fact(keys, "targets", "decokatsu_supporters_club", "Member of the Decokatsu supporters club.", "true",
             scoring_sheet, FIELD(targets.decokatsu_supporters_club));
    add_fact(keys, "targets", "decokatsu_declaration", "A Decokatsu declaration is registered.", "true",
             scoring_sheet, FIELD(targets.decokatsu_declaration));
}

void add_claims(ProposalKeys& keys) {
    const auto fact = [&](std::string_view key, std::string_view doc, auto access) {
        add_fact(keys, "claims", key, doc, "true", scoring_sheet, access);
    };
    fact("local_companies", "Companies of the Japanese municipality with a technology of their own join.",
         FIELD(claims.local_companies));
    fact("fits_partner_plans", "The project fits or is part of the partner country's plans.",
         FIELD(claims.fits_partner_plans));
    fact("leading_area_transfer", "What a Decarbonization Leading Area learnt is shared.",
         FIELD(claims.leading_area_transfer));
    fact("expansion_plans", "There are plans for expanding to other cities or regions.",
         FIELD(claims.expansion_plans));
    fact("digital_technologies", "Advanced digital technologies are expanded overseas.",
         FIELD(claims.digital_technologies));
    add_row(keys,
            {.table = "claims",
             .key = "sdgs",
             .type = ValueType::text_list,
             .doc = "Numbers of the Sustainable Development Goals the project serves.",
             .example = "[\"7\", \"11\", \"13\"]",
             .absence = Absence::unset},
            FIELD(claims.sdgs));
    add_row(keys,
            {.table = "claims",
             .key = "benefits",
             .type = ValueType::text_list,
             .doc = "Benefits beyond CO2 in words: resilience, circular economy, nature.",
             .example = "[\"power in outages\"]",
             .absence = Absence::unset},
            FIELD(claims.benefits));
}

ProposalKeys make_keys() {
    ProposalKeys keys;
    add_head(keys);
    add_applicant(keys);
    add_cooperation(keys);
    add_documents(keys);
    add_costs(keys);
    add_people(keys);
    add_reduction(keys);
    add_claims(keys);
    return keys;
}

constexpr std::array<TableInfo, 9> tables = {{
    {"applicant", "Who applies: eligibility rules 1 to 6."},
    {"cooperation", "The two cities: eligibility rules 7 to 9."},
    {"documents", "The eleven documents of an application; one that is not mentioned is missing."},
    {"costs", "Costs of one contract year, without tax. Purchases stand in [[purchases]]."},
    {"engineer", "The designated supervising engineer."},
    {"certificates", "Certificates of the organisation."},
    {"targets", "Targets towards carbon neutrality by 2050."},
    {"reduction", "Greenhouse gas reductions and their cost. Equipment stands in [[technologies]]."},
    {"claims", "What a person judges; shown as evidence, never scored by the program."},
}};

}  // namespace

std::span<const Key<Proposal>> proposal_keys() {
    static const ProposalKeys keys = make_keys();
    return keys;
}

std::span<const TableInfo> proposal_tables() {
    return tables;
}

}  // namespace domino::scenarios
