#pragma once

#include <span>
#include <tuple>

#include "scenarios/proposal/proposal.h"
#include "scenarios/scenario_keys.h"

namespace domino::scenarios {

/// Keys of a proposal outside its lists of tables, in the order of the template.
std::span<const Key<Proposal>> proposal_keys();

/// A list of tables of a proposal, such as [[technologies]].
template <class Entry>
struct ProposalList : EntryListInfo {
    std::vector<Entry>& (*entries)(Proposal&) = nullptr;
    std::vector<Key<Entry>> keys;
};
using ProposalLists = std::tuple<ProposalList<PurchaseEntry>, ProposalList<PlannedTechnology>,
                                 ProposalList<PastProject>, ProposalList<JudgedScore>>;
const ProposalLists& proposal_lists();

/// Calls @p visit with every list.
template <class Visit>
void for_each_proposal_list(Visit visit) {
    std::apply([&](const auto&... list) { (visit(list), ...); }, proposal_lists());
}

/// The tables of a proposal, in order, with what they are about.
std::span<const TableInfo> proposal_tables();

}  // namespace domino::scenarios
