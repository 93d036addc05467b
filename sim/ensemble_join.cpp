#include "sim/ensemble_join.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "sim/credits/collect_credits.h"
#include "sim/kernel/share_lanes.h"

namespace domino::sim {
namespace {

/// Means over members by [place][year], table after table, of sums by [year][position]. Gives back the room
/// of the sum.
std::vector<double> mean_of(std::vector<std::uint64_t>&& sum, const PreparedWorld& prepared, int members) {
    constexpr std::size_t together = 64;  ///< positions read side by side: a few lines of memory a year
    const double scale = 1.0 / (share_unit * members);
    const std::size_t places = prepared.places;
    const auto years = static_cast<std::size_t>(prepared.world->calendar.years());
    std::vector<double> mean(sum.size());
    for (std::size_t table = 0; table < sum.size(); table += places * years) {
        for (std::size_t first = 0; first < places; first += together) {
            const std::size_t end = std::min(first + together, places);
            for (std::size_t year = 0; year < years; ++year) {
                for (std::size_t n = first; n < end; ++n) {
                    mean[table + prepared.order.place_at[n] * years + year] =
                        static_cast<double>(sum[table + year * places + n]) * scale;
                }
            }
        }
    }
    std::vector<std::uint64_t>().swap(sum);
    return mean;
}

}  // namespace

void require_identities(const RunResults& results) {
    for (const IdentityCheck& check : results.identities) {
        if (check.holds()) continue;
        throw IdentityBroken(fmt::format("identity broken: {}: relative error {} exceeds {}", check.name,
                                         check.largest_relative_error, check.tolerance));
    }
}

WorldJoin::WorldJoin(const PreparedWorld& prepared, const EnsembleOptions& options, PlaceDetail detail)
    : prepared_(prepared),
      first_member_(options.first_member),
      whole_(empty_block(prepared, options.members, detail)),
      events_(static_cast<std::size_t>(options.members)) {
    if (options.uncoupled == UncoupledTwin::leave_out) whole_.uncoupled = {};
    whole_.results.event_members =
        detail == PlaceDetail::every_member ? options.members : std::min(options.members, ledger_members);
}

void WorldJoin::add(WorldBlock&& block, int first_slot) {
    RunResults& results = whole_.results;
    if (results.distributions)
        results.distributions->add(block.results.emissions_t, block.results.stage_step,
                                   static_cast<std::size_t>(block.results.members));
    put_members(whole_, block, static_cast<std::size_t>(first_slot));
    const std::uint32_t end_of_ledger = first_member_ + static_cast<std::uint32_t>(results.event_members);
    std::erase_if(block.results.events, [&](const CommitmentEvent& e) { return e.member >= end_of_ledger; });
    events_[static_cast<std::size_t>(first_slot)] = std::move(block.results.events);
}

RunResults WorldJoin::finish(UncoupledTotals& uncoupled) {
    RunResults& results = whole_.results;
    results.capacity_mean = mean_of(std::move(whole_.capacity_sum), prepared_, results.members);
    results.adoption_mean = mean_of(std::move(whole_.adoption_sum), prepared_, results.members);
    for (const auto& events : events_) {
        results.events.insert(results.events.end(), events.begin(), events.end());
    }
    results.credits = collect_credits(*prepared_.world, whole_.credits);
    const MemberIdentities& worst = whole_.identities;
    results.identities = {
        {"inventory: places + remainder = country, per sector", prepared_.allocation_error, 1e-9},
        {"emissions: places = sectors, per country and year", worst.emissions, 1e-9},
        {"stock = stock before + sales - retirements, in single precision", worst.stock, 1e-5},
        {"money: spent <= budget, subsidy <= its ceiling", worst.money, 1e-12},
        {"money: subsidy + private = cost, payments = subsidy", worst.money_shares, 1e-9},
        {"credits: debits = credits, balances, credits <= modelled reduction", worst.credits, 1e-12}};
    uncoupled = std::move(whole_.uncoupled);
    return std::move(results);
}

EnsembleJoin::EnsembleJoin(const EnsembleRun& run)
    : members_(run.options().members),
      coverage_(members_),
      scenario_(run.scenario(), run.options(), run.place_detail()) {
    if (run.reference() != nullptr) reference_.emplace(*run.reference(), run.options(), run.place_detail());
}

void EnsembleJoin::add(EnsembleBlock&& block) {
    if (block.reference.has_value() != reference_.has_value())
        throw std::invalid_argument("a block of another run");
    coverage_.add(block.slots());
    scenario_.add(std::move(block.scenario), block.first_slot);
    if (reference_) reference_->add(std::move(*block.reference), block.first_slot);
}

std::vector<SlotRange> EnsembleJoin::missing() const {
    return coverage_.missing({0, members_});
}

EnsembleResults EnsembleJoin::finish() {
    if (!missing().empty()) throw std::logic_error("results are asked for before all members are there");
    EnsembleResults results;
    results.scenario = scenario_.finish(results.scenario_uncoupled);
    require_identities(results.scenario);
    if (reference_) {
        results.reference = reference_->finish(results.reference_uncoupled.emplace());
        require_identities(*results.reference);
    }
    return results;
}

}  // namespace domino::sim
