#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/credits/member_credits.h"
#include "sim/member_run.h"
#include "sim/results.h"

namespace domino::sim {

/// Totals of a run without coupling: what the domino share needs.
struct UncoupledTotals {
    std::vector<std::uint32_t> commitments;  ///< [year][member], cumulative count of committed places
    std::vector<double> emissions_t;         ///< [country][year][member], places' sectors + remainder
};

/// What consecutive members of one world leave before they are joined with the others.
struct WorldBlock {
    RunResults results;  ///< of these members; means, credits and identities come with joining
    UncoupledTotals uncoupled;
    std::vector<std::uint64_t> capacity_sum;  ///< [year][position], as in PlaceYears
    std::vector<std::uint64_t> adoption_sum;  ///< [technology][year][position]
    std::vector<MemberCredits> credits;       ///< by member
    MemberIdentities identities;              ///< the largest error of any of them
};

/// Whether a block has room of its own for what PlaceYears holds, or is about to take it over.
enum class PlaceArrays : std::uint8_t { allocated, taken_over };

/// An empty block for as many members, its arrays of the size `prepared` needs.
WorldBlock empty_block(const PreparedWorld& prepared, int members,
                       PlaceDetail detail = PlaceDetail::every_member,
                       PlaceArrays places = PlaceArrays::allocated);

/// What a batch left with coupling on, and place by place, as a block of as many members.
WorldBlock make_block(const PreparedWorld& prepared, std::span<MemberOutcome> outcomes, PlaceYears&& places);
/// The totals of the same batch without coupling.
void fill_uncoupled(const PreparedWorld& prepared, std::span<const MemberOutcome> outcomes,
                    WorldBlock& block);

/// Empty results of a world; with `PlaceDetail::distributions` without room for places member by member.
RunResults empty_results(const PreparedWorld& prepared, int members, PlaceDetail detail,
                         PlaceArrays places = PlaceArrays::allocated);

/// Adds up committed places and their people from the steps of every member, into arrays of zeros.
void count_commitments(const World& world, RunResults& results);

/// Calls `visit` with each array whose last index is the member, of one RunResults or of several side by
/// side.
template <class Visit, class... Results>
void for_each_member_array(Visit visit, Results&... r) {
    visit(r.emissions_t...);
    visit(r.stage_step...);
    visit(r.committed_places...);
    visit(r.committed_people...);
    visit(r.stock_units...);
    visit(r.added_units...);
    visit(r.sector_t...);
    visit(r.remainder_t...);
    visit(r.lulucf_t...);
    visit(r.gdp_musd...);
    visit(r.fiscal_total_t...);
    visit(r.emission_factor...);
    visit(r.cost_jpy...);
    visit(r.spent_jpy...);
    visit(r.credit_spent_jpy...);
    visit(r.lease_spent_jpy...);
    visit(r.credit_units_t...);
    visit(r.scheme_spent_jpy...);
}

/// Puts a part's members into the whole, from the member `first` on: arrays by member, uncoupled totals, sums
/// over members, credits (taken over) and identities. Arrays that the whole does not keep are left out, and
/// so are events.
void put_members(WorldBlock& whole, WorldBlock& part, std::size_t first);

}  // namespace domino::sim
