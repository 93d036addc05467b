#include <functional>

#include "scenarios/proposal/project_costs.h"
#include "tests/scenarios/proposal/small_proposal.h"

using namespace domino::scenarios;
using namespace domino::scenarios::test;

namespace {

std::vector<Verdict> verdicts(const std::vector<RuleCheck>& checks) {
    std::vector<Verdict> all;
    for (const RuleCheck& check : checks) all.push_back(check.verdict);
    return all;
}

const RuleCheck& check_of(const std::vector<RuleCheck>& checks, const std::string& id) {
    for (const RuleCheck& check : checks)
        if (check.id == id) return check;
    FAIL("no check " << id);
    return checks.front();
}

RuleCheck cost_check(const Proposal& proposal, const std::string& id) {
    return check_of(check_costs(proposal, shipped_sheet()), id);
}

}  // namespace

TEST_CASE("each rule of eligibility fails alone when it alone is broken, and is unknown when left out") {
    const Proposal good = load_example();
    const Partnership cities = find_cities(good);
    CHECK(verdicts(check_eligibility(good, shipped_sheet(), cities)) ==
          std::vector<Verdict>(9, Verdict::pass));
    using Change = std::function<void(Proposal&)>;
    const std::vector<std::pair<std::size_t, Change>> broken = {
        {1, [](Proposal& p) { p.applicant.incorporated = OnOff::off; }},
        {2, [](Proposal& p) { p.applicant.barred_article_70 = OnOff::on; }},
        {3, [](Proposal& p) { p.applicant.barred_article_71 = OnOff::on; }},
        {4, [](Proposal& p) { p.applicant.suspended = OnOff::on; }},
        {5, [](Proposal& p) { p.applicant.pledges_no_organised_crime = OnOff::off; }},
        {6, [](Proposal& p) { p.applicant.bidding_rating = BiddingRating::d; }},
        {6, [](Proposal& p) { p.applicant.bidding_rating_kept = OnOff::off; }},
        {7, [](Proposal& p) { p.cooperation.agreement = AgreementState::none; }},
        {8, [](Proposal& p) { p.cooperation.consortium_with_japanese_city = OnOff::off; }},
        {9, [](Proposal& p) { p.cooperation.letter_of_japanese_city = OnOff::off; }},
        {9, [](Proposal& p) { p.cooperation.letter_of_partner_city = OnOff::off; }},
        {9, [](Proposal& p) { p.cooperation.letter_translated = OnOff::off; }}};
    for (const auto& [rule, change] : broken) {
        Proposal proposal = good;
        change(proposal);
        auto expected = std::vector<Verdict>(9, Verdict::pass);
        expected[rule - 1] = Verdict::fail;
        INFO("rule " << rule);
        CHECK(verdicts(check_eligibility(proposal, shipped_sheet(), cities)) == expected);
        CHECK(score(proposal).eligible() == Verdict::fail);
    }
    Proposal silent = good;
    silent.applicant = {};
    silent.cooperation = {};
    CHECK(verdicts(check_eligibility(silent, shipped_sheet(), cities)) ==
          std::vector<Verdict>(9, Verdict::unknown));
    CHECK(score(silent).eligible() == Verdict::unknown);
    silent.cooperation.agreement = AgreementState::intended;
    CHECK(check_eligibility(silent, shipped_sheet(), cities)[6].verdict == Verdict::pass);
}

TEST_CASE("a document not mentioned is missing") {
    Proposal proposal = load_example();
    CHECK(verdicts(check_documents(proposal, shipped_sheet())) == std::vector<Verdict>(11, Verdict::pass));
    for (std::size_t i = 0; i < document_count; ++i) {
        proposal = load_example();
        proposal.documents.submitted[i].reset();
        auto expected = std::vector<Verdict>(11, Verdict::pass);
        expected[i] = Verdict::fail;
        CHECK(verdicts(check_documents(proposal, shipped_sheet())) == expected);
    }
}

TEST_CASE("country, phase and sectors are held against the programme") {
    Proposal proposal = load_example();
    Partnership cities = find_cities(proposal);
    CHECK(verdicts(check_scope(proposal, cities)) == std::vector<Verdict>(3, Verdict::pass));
    cities.jcm_partner_since = domino::sim::make_month(2026, 5);
    CHECK(check_scope(proposal, cities)[0].verdict == Verdict::fail);
    cities.jcm_candidate = true;
    CHECK(check_scope(proposal, cities)[0].verdict == Verdict::pass);
    proposal.phase = 3;
    CHECK(check_scope(proposal, cities)[1].verdict == Verdict::fail);
    proposal.sectors.clear();
    CHECK(check_scope(proposal, cities)[2].verdict == Verdict::unknown);
}

TEST_CASE("the ceiling holds to the yen, with tax and with the increase for field surveys") {
    Proposal proposal = load_example();
    proposal.purchases.clear();
    proposal.costs = {};
    proposal.costs.personnel = 18e6;
    proposal.costs.consumption_tax = 2e6;
    CHECK(cost_check(proposal, "cost-contract").verdict == Verdict::pass);
    CHECK(*cost_check(proposal, "cost-contract").limit == 20e6);
    proposal.costs.personnel += 1.0;
    CHECK(cost_check(proposal, "cost-contract").verdict == Verdict::fail);
    proposal.costs.survey_increase = 5e6;
    CHECK(cost_check(proposal, "cost-survey").verdict == Verdict::unknown);
    proposal.costs.survey_tasks = "wind";
    CHECK(cost_check(proposal, "cost-survey").verdict == Verdict::pass);
    CHECK(*cost_check(proposal, "cost-contract").limit == 25e6);
    CHECK(cost_check(proposal, "cost-contract").verdict == Verdict::pass);
    proposal.costs.survey_increase = 5e6 + 1.0;
    CHECK(cost_check(proposal, "cost-survey").verdict == Verdict::fail);
    CHECK(*cost_check(proposal, "cost-contract").limit == 25e6);
    proposal.costs = {};
    CHECK(cost_check(proposal, "cost-contract").verdict == Verdict::unknown);
}

TEST_CASE("the line between equipment and consumables is drawn at the unit price") {
    Proposal proposal = load_example();
    struct Item {
        double price;
        PurchaseNature nature;
        PurchaseCategory right;
    };
    for (const Item& item : {Item{199999, PurchaseNature::durable, PurchaseCategory::consumables},
                             {200000, PurchaseNature::durable, PurchaseCategory::equipment},
                             {200000, PurchaseNature::used_up, PurchaseCategory::consumables},
                             {900000, PurchaseNature::breakable, PurchaseCategory::consumables},
                             {900000, PurchaseNature::short_lived, PurchaseCategory::consumables}}) {
        for (const auto booked : {PurchaseCategory::equipment, PurchaseCategory::consumables}) {
            proposal.purchases = {{"thing", item.price, 3, booked, item.nature, {}}};
            CHECK(category_of(proposal.purchases.front(), 200000) == item.right);
            CHECK(cost_check(proposal, "cost-equipment").verdict ==
                  (booked == item.right ? Verdict::pass : Verdict::fail));
        }
    }
    proposal.costs = {};
    CHECK(add_costs(proposal, 0.1).operating == 2700000.0);
    CHECK(add_costs(proposal, 0.1).tax == 270000.0);
}

TEST_CASE("outsourcing is held against half; between the two readings it stays unknown") {
    Proposal proposal = load_example();
    proposal.purchases.clear();
    proposal.costs = {};
    proposal.costs.personnel = 6e6;
    proposal.costs.rent = 1e6;
    proposal.costs.general_administration = 1e6;
    proposal.costs.outsourcing = 4e6;
    CHECK(cost_check(proposal, "cost-outsourcing").verdict == Verdict::pass);
    proposal.costs.outsourcing = 4e6 + 1.0;
    CHECK(cost_check(proposal, "cost-outsourcing").verdict == Verdict::unknown);
    proposal.costs.outsourcing = 8e6;
    CHECK(cost_check(proposal, "cost-outsourcing").verdict == Verdict::unknown);
    proposal.costs.outsourcing = 8e6 + 2.0;
    CHECK(cost_check(proposal, "cost-outsourcing").verdict == Verdict::fail);
}

TEST_CASE("tax that is not a tenth of the rest is pointed out") {
    Proposal proposal = load_example();
    CHECK(cost_check(proposal, "cost-tax").verdict == Verdict::pass);
    proposal.costs.consumption_tax = 1.0;
    CHECK(cost_check(proposal, "cost-tax").verdict == Verdict::unknown);
}
