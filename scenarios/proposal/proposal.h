#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/problem.h"
#include "scenarios/scenario.h"
#include "sim/calendar.h"

namespace domino::scenarios {

/// Which column of the scoring sheet applies.
enum class ProposalKind : std::uint8_t { new_project, ongoing };
enum class AgreementState : std::uint8_t { concluded, intended, none };
/// Over how many years a tonne's cost is spread; the sheet does not say, so the proposal declares it.
enum class LifetimeConvention : std::uint8_t { legal_durable_years, jcm_credit_years, technical_lifetime };
enum class PurchaseCategory : std::uint8_t { equipment, consumables };
/// What an item is, for the line between equipment and consumables (Table 5).
enum class PurchaseNature : std::uint8_t { durable, used_up, breakable, short_lived };
/// Marks in the ministry's bidding qualification, category survey and research.
enum class BiddingRating : std::uint8_t { a, b, c, d, none };

constexpr std::array<std::string_view, 2> choices_of(ProposalKind) {
    return {"new", "ongoing"};
}
constexpr std::array<std::string_view, 3> choices_of(AgreementState) {
    return {"concluded", "intended", "none"};
}
constexpr std::array<std::string_view, 3> choices_of(LifetimeConvention) {
    return {"legal_durable_years", "jcm_credit_years", "technical_lifetime"};
}
constexpr std::array<std::string_view, 2> choices_of(PurchaseCategory) {
    return {"equipment", "consumables"};
}
constexpr std::array<std::string_view, 4> choices_of(PurchaseNature) {
    return {"durable", "used_up", "breakable", "short_lived"};
}
constexpr std::array<std::string_view, 5> choices_of(BiddingRating) {
    return {"A", "B", "C", "D", "none"};
}

/// What the applicant says of itself and of the cities; a fact left out is unknown, never assumed.
struct ApplicantSection {
    std::string organisation;
    std::optional<OnOff> incorporated, barred_article_70, barred_article_71, suspended;
    std::optional<OnOff> pledges_no_organised_crime;
    std::optional<BiddingRating> bidding_rating;
    std::optional<OnOff> bidding_rating_kept;
};

struct CooperationSection {
    std::optional<AgreementState> agreement;
    std::optional<OnOff> consortium_with_japanese_city;
    std::optional<OnOff> letter_of_japanese_city, letter_of_partner_city, letter_translated;
};

/// The eleven documents of an application, in their order; one that is not mentioned is missing.
inline constexpr std::size_t document_count = 11;
struct DocumentsSection {
    std::array<std::optional<OnOff>, document_count> submitted;
};

/// Yen of one contract year, without tax unless named so. Categories as in Table 5.
struct CostsSection {
    double personnel = 0.0, remuneration = 0.0, domestic_travel = 0.0, overseas_travel = 0.0;
    double committee_travel = 0.0, meetings = 0.0, rent = 0.0, wages = 0.0, communication = 0.0;
    double utilities = 0.0, printing = 0.0, miscellaneous = 0.0, outsourcing = 0.0;
    double joint_implementation = 0.0, general_administration = 0.0;
    std::optional<double> consumption_tax;
    double survey_increase = 0.0;  ///< of the ceiling, for field surveys
    std::string survey_tasks;
};

struct PurchaseEntry {
    std::string name;
    double unit_price_jpy = 0.0;
    std::int64_t count = 1;
    PurchaseCategory category = PurchaseCategory::consumables;
    PurchaseNature nature = PurchaseNature::durable;
    SourceLocation where;
};

struct EngineerSection {
    std::string name;
    std::optional<double> other_projects;  ///< beside this one
};

struct CertificatesSection {
    std::vector<std::string> environmental;     ///< names of valid third-party certificates
    std::optional<OnOff> environmental_lapsed;  ///< one lapsed, its system goes on
    std::vector<std::string> work_life;         ///< words of the scoring sheet
};

struct TargetsSection {
    std::string reduction_target, published_at;
    std::optional<OnOff> decokatsu_supporters_club, decokatsu_declaration;
};

struct ReductionSection {
    std::optional<LifetimeConvention> lifetime;
    std::optional<double> tonnes_per_year;  ///< stated by the applicant in place of the technologies' sum
    std::optional<double> subsidy_jpy;      ///< with it: the equipment subsidy of the whole project
    std::optional<std::int64_t> years;      ///< with it: years of the declared convention
    std::string basis;                      ///< how it was computed
};

/// Equipment the project prepares: units, or tonnes the applicant states.
struct PlannedTechnology {
    std::string technology;
    std::optional<double> units, tonnes_per_year;
    std::optional<double> capital_cost_jpy, subsidy_jpy, subsidy_share;
    std::optional<std::int64_t> legal_durable_years, jcm_credit_years, technical_lifetime;
    SourceLocation where;
};

struct ClaimsSection {
    std::optional<OnOff> local_companies, fits_partner_plans, leading_area_transfer, expansion_plans,
        digital_technologies;
    std::vector<std::string> sdgs;  ///< "1" … "17"
    std::vector<std::string> benefits;
};

struct PastProject {
    std::string title;
    sim::Month from, to;  ///< both included
    std::string pair_id;  ///< row of c3p_pairs it is the same as
    SourceLocation where;
};

/// Points a person gave.
struct JudgedScore {
    std::string item, by, reason;
    double points = 0.0;
    SourceLocation where;
};

/// A proposal to the City-to-City Collaboration Programme as its applicant states it; money in JPY, tonnes
/// in t CO2e.
struct Proposal {
    std::string title;
    std::filesystem::path file;
    std::string japanese_municipality, partner, partner_country;  ///< country: ISO 3166-1 alpha-3
    ProposalKind kind = ProposalKind::new_project;
    int fiscal_year = 0, phase = 1, year_of_phase = 1;
    std::vector<std::string> sectors;
    ApplicantSection applicant;
    CooperationSection cooperation;
    DocumentsSection documents;
    CostsSection costs;
    std::vector<PurchaseEntry> purchases;
    EngineerSection engineer;
    CertificatesSection certificates;
    TargetsSection targets;
    ReductionSection reduction;
    std::vector<PlannedTechnology> technologies;
    ClaimsSection claims;
    std::vector<PastProject> past_projects;
    std::vector<JudgedScore> judged;
    std::map<std::string, SourceLocation> set_at;  ///< dotted key → where it was written

    /// First month of the contract year: April of the fiscal year.
    sim::Month start() const { return sim::make_month(fiscal_year, 4); }
    /// First month after the phase of three years that the contract year lies in.
    sim::Month phase_end() const { return sim::make_month(fiscal_year + 4 - year_of_phase, 4); }
};

struct LoadedProposal {
    std::optional<Proposal> proposal;  ///< empty when there are errors
    Problems problems;                 ///< all of them, in file order
};

/// Reads a proposal (TOML), with the same care as a scenario: keys, types, units, ranges, names of the pack
/// in @p data_dir, and what must hold between keys. Never throws for bad input. Deterministic.
LoadedProposal load_proposal(const std::filesystem::path& file, const std::filesystem::path& data_dir);

}  // namespace domino::scenarios
