#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "scenarios/proposal/partnership.h"
#include "scenarios/proposal/programme_checks.h"
#include "scenarios/proposal/proposal.h"
#include "scenarios/proposal/score_card.h"
#include "tests/scenarios/small_pack.h"

namespace domino::scenarios::test {

inline const std::filesystem::path source_folder = DOMINO_SOURCE_DIR;
inline const std::filesystem::path data_folder = source_folder / "data";

/// The shipped example of a new project: every fact stated, every rule kept.
inline Proposal load_example(const std::string& name = "phnom-penh-kitakyushu") {
    LoadedProposal loaded =
        load_proposal(source_folder / "scenarios" / "proposals" / (name + ".toml"), data_folder);
    for (const Problem& problem : loaded.problems) UNSCOPED_INFO(format(problem));
    REQUIRE(loaded.proposal);
    REQUIRE(loaded.problems.empty());
    return std::move(*loaded.proposal);
}

inline Partnership find_cities(const Proposal& proposal) {
    Pack pack(data_folder);
    Problems problems;
    auto found = find_partnership(proposal, pack, problems);
    for (const Problem& problem : problems) UNSCOPED_INFO(format(problem));
    REQUIRE(found);
    return std::move(*found);
}

inline const ScoringSheet& shipped_sheet() {
    static const ScoringSheet sheet = [] {
        Pack pack(data_folder);
        return read_scoring_sheet(pack);
    }();
    return sheet;
}

inline ScoreCard score(const Proposal& proposal) {
    Pack pack(data_folder);
    Problems problems;
    auto card = score_proposal(proposal, find_cities(proposal), pack, std::nullopt, problems);
    for (const Problem& problem : problems) UNSCOPED_INFO(format(problem));
    REQUIRE(card);
    return std::move(*card);
}

inline const ScoreRow& row_of(const ScoreCard& card, const std::string& item) {
    for (const ScoreRow& row : card.rows)
        if (row.item == item) return row;
    FAIL("no row " << item);
    return card.rows.front();
}

}  // namespace domino::scenarios::test
