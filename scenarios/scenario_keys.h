#pragma once

#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "scenarios/key.h"

namespace domino::scenarios {

/// Keys outside lists of tables, in the order of the documentation.
std::span<const Key<Scenario>> scenario_keys();

/// A list of tables such as [[price_schemes]].
struct EntryListInfo {
    std::string_view path;  ///< dotted
    std::string_view doc;
};
template <class Entry>
struct EntryList : EntryListInfo {
    std::vector<Entry>& (*entries)(Scenario&) = nullptr;
    const std::vector<Entry>& (*read)(const Scenario&) = nullptr;
    /// Names an entry; an entry of a child replaces its parent's of the same name.
    std::string (*identify)(const Entry&) = nullptr;
    std::vector<Key<Entry>> keys;
};

using EntryLists = std::tuple<EntryList<PlaceLayer>, EntryList<Covariate>, EntryList<AgreementEntry>,
                              EntryList<ContactEventEntry>, EntryList<UserLayer>, EntryList<WithdrawalEntry>,
                              EntryList<StrategyProjectEntry>, EntryList<ExitEntry>,
                              EntryList<PriceSchemeEntry>, EntryList<TargetEntry>>;
const EntryLists& entry_lists();

/// Calls @p visit with every EntryList.
template <class Visit>
void for_each_entry_list(Visit visit) {
    std::apply([&](const auto&... list) { (visit(list), ...); }, entry_lists());
}

/// The tables of a scenario, in order, with what they are about.
struct TableInfo {
    std::string_view path;
    std::string_view doc;
};
std::span<const TableInfo> scenario_tables();

/// The open table of overrides by parameter_id of data/tables/parameters.csv.
inline constexpr std::string_view parameters_table = "parameters";

}  // namespace domino::scenarios
