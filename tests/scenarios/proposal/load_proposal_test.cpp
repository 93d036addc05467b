#include <algorithm>

#include "scenarios/proposal/proposal_keys.h"
#include "scenarios/proposal/proposal_template.h"
#include "tests/scenarios/proposal/small_proposal.h"

using namespace domino::scenarios;
using namespace domino::scenarios::test;

namespace {

const std::string head =
    "title = \"T\"\njapanese_municipality = \"Kitakyushu\"\npartner = \"Phnom Penh\"\n"
    "partner_country = \"Cambodia\"\nkind = \"new\"\nfiscal_year = 2026\n";

LoadedProposal load_text(const std::string& text) {
    const TemporaryFolder folder;
    return load_proposal(folder.write("p.toml", text), data_folder);
}

bool tells(const Problems& problems, int line, const std::string& what) {
    return std::any_of(problems.begin(), problems.end(), [&](const Problem& p) {
        return (line == 0 || p.where.line == line) && format(p).find(what) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("the template loads as it stands, and with every key taken out of its comment") {
    const LoadedProposal open = load_text(proposal_template());
    for (const Problem& problem : open.problems) UNSCOPED_INFO(format(problem));
    CHECK(open.proposal);
    std::string all = proposal_template();
    for (const Key<Proposal>& info : proposal_keys()) {
        if (info.absence == Absence::error) continue;
        const std::string line = "\n# " + std::string(info.key) + " = ";
        if (const auto at = all.find(line); at != std::string::npos) all.erase(at + 1, 2);
    }
    const LoadedProposal whole = load_text(all);
    for (const Problem& problem : whole.problems) UNSCOPED_INFO(format(problem));
    REQUIRE(whole.proposal);
    CHECK(whole.proposal->costs.personnel == 6e6);
    CHECK(whole.proposal->engineer.other_projects == 2.0);
    CHECK(whole.proposal->reduction.years == 15);
}

TEST_CASE("the shipped proposals load without a word") {
    CHECK(load_example().kind == ProposalKind::new_project);
    const Proposal ongoing = load_example("danang-sakai");
    CHECK(ongoing.kind == ProposalKind::ongoing);
    CHECK(ongoing.start() == domino::sim::make_month(2026, 4));
    CHECK(ongoing.phase_end() == domino::sim::make_month(2028, 4));
}

TEST_CASE("all problems of a proposal are told at once, each where it stands and with what would be right") {
    const LoadedProposal loaded = load_text(head +
                                            "sectrs = [\"x\"]\n"                                    // 7
                                            "[applicant]\nincorporated = \"yes\"\n"                 // 9
                                            "bidding_rating = \"E\"\n"                              // 10
                                            "[costs]\npersonnel = 6\n"                              // 12
                                            "outsourcing = \"5 tCO2\"\n"                            // 13
                                            "meetings = \"-1 JPY\"\n"                               // 14
                                            "rent = \"100 USD\"\n"                                  // 15
                                            "[certificates]\nwork_life = [\"Eruboshi level 4\"]\n"  // 17
                                            "[claims]\nsdgs = [\"18\"]\n"                           // 19
                                            "[[technologies]]\ntechnology = \"solar\"\n"            // 20, 21
                                            "[[judged]]\nitem = \"overal\"\npoints = 1\nby = \"N\"\n");
    CHECK_FALSE(loaded.proposal);
    CHECK(tells(loaded.problems, 7, "did you mean \"sectors\"?"));
    CHECK(tells(loaded.problems, 9, "true or false"));
    CHECK(tells(loaded.problems, 10, "there is no bidding_rating \"E\""));
    CHECK(tells(loaded.problems, 12, "a plain number where a quantity belongs"));
    CHECK(tells(loaded.problems, 13, "where money belongs"));
    CHECK(tells(loaded.problems, 14, "out of range"));
    CHECK(tells(loaded.problems, 15, "money of another currency"));
    CHECK(tells(loaded.problems, 17, "did you mean \"Eruboshi level 3\"?"));
    CHECK(tells(loaded.problems, 19, "there is no Sustainable Development Goal \"18\""));
    CHECK(tells(loaded.problems, 21, "there is no technology \"solar\""));
    CHECK(tells(loaded.problems, 22, "did you mean \"overall\"?"));
}

TEST_CASE("what contradicts itself is an error where it stands") {
    const auto problems = [](const std::string& more) { return load_text(head + more).problems; };
    CHECK(tells(problems("phase = 2\n"), 7, "a new project in year 1 of phase 2"));
    CHECK(tells(load_text("kind = \"ongoing\"\n" + head.substr(0, head.find("kind")) + "fiscal_year = 2026\n")
                    .problems,
                1, "first year of its first phase"));
    CHECK(tells(problems("[[technologies]]\ntechnology = \"ev_car\"\n"), 7, "neither units nor"));
    CHECK(tells(
        problems("[[technologies]]\ntechnology = \"ev_car\"\nunits = 1\ntonnes_per_year = \"1 tCO2/yr\"\n"),
        7, "has units and"));
    CHECK(tells(problems("[[technologies]]\ntechnology = \"ev_car\"\nunits = 1\nsubsidy = \"1 JPY\"\n"
                         "subsidy_share = 0.5\n"),
                7, "subsidy and subsidy_share"));
    CHECK(tells(problems("[reduction]\nsubsidy = \"1 JPY\"\n"), 8, "without reduction.tonnes_per_year"));
    CHECK(tells(problems("[[past_projects]]\ntitle = \"P\"\nfrom = \"2025-04\"\nto = \"2024-04\"\n"), 7,
                "before it begins"));
    CHECK(tells(problems("[[past_projects]]\ntitle = \"P\"\nfrom = \"2026-05\"\nto = \"2027-04\"\n"), 7,
                "no past project"));
    CHECK(tells(problems("[[judged]]\nitem = \"overall\"\npoints = 51\nby = \"N\"\n"), 7, "at most 50"));
    CHECK(tells(problems("[[judged]]\nitem = \"past_achievement\"\npoints = 1\nby = \"N\"\n"), 7,
                "not scored for new projects"));
    CHECK(tells(problems("[[judged]]\nitem = \"overall\"\npoints = 1\n"), 7, "the key by is missing"));
    CHECK(tells(load_text("title = \"T\"\n").problems, 0, "the key partner is missing"));
}

TEST_CASE("a file that is no proposal is told, not read") {
    CHECK(tells(load_text("title = \n").problems, 1, "this is not TOML"));
    CHECK(tells(load_text(std::string("title = \"\xff\xfe\"\n")).problems, 1, "not UTF-8"));
    CHECK(tells(load_proposal("/nowhere/p.toml", data_folder).problems, 0, "no such file"));
}

TEST_CASE("a name that means no city of the country is a problem at its key") {
    Proposal proposal = load_example();
    Pack pack(data_folder);
    for (const std::string partner : {"Phnom Pen", "Hanoi"}) {
        Problems problems;
        proposal.partner = partner;
        CHECK_FALSE(find_partnership(proposal, pack, problems));
        REQUIRE(problems.size() == 1);
        CHECK(problems.front().where.line == 7);
    }
}
