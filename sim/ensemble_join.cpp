#include "sim/ensemble_join.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "sim/credits/collect_credits.h"

namespace domino::sim {
namespace {

/// Copies a block's part of an array whose last index is the member into the whole.
template <class T>
void place_members(std::vector<T>& whole, const std::vector<T>& part, std::size_t members, std::size_t first,
                   std::size_t of_part) {
    if (whole.empty()) return;
    for (std::size_t row = 0; row < part.size() / of_part; ++row) {
        std::copy_n(part.begin() + static_cast<std::ptrdiff_t>(row * of_part), of_part,
                    whole.begin() + static_cast<std::ptrdiff_t>(row * members + first));
    }
}

void add_to(std::vector<std::uint64_t>& sum, const std::vector<std::uint64_t>& part) {
    for (std::size_t n = 0; n < sum.size(); ++n) sum[n] += part[n];
}

std::vector<double> mean_of(const std::vector<std::uint64_t>& sum, int members) {
    const double scale = 1.0 / (share_unit * members);
    std::vector<double> mean;
    mean.reserve(sum.size());
    for (const std::uint64_t value : sum) mean.push_back(static_cast<double>(value) * scale);
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
      results_(empty_results(prepared, options.members, detail)),
      capacity_sum_(results_.places * results_.years, 0),
      adoption_sum_(results_.technologies * capacity_sum_.size(), 0),
      events_(static_cast<std::size_t>(options.members)),
      credits_(static_cast<std::size_t>(options.members)) {
    if (options.uncoupled == UncoupledTwin::run) {
        const std::size_t cells = results_.years * static_cast<std::size_t>(options.members);
        uncoupled_.commitments.resize(cells);
        uncoupled_.emissions_t.resize(cells * results_.countries);
    }
    results_.event_members =
        detail == PlaceDetail::every_member ? options.members : std::min(options.members, ledger_members);
}

void WorldJoin::add(WorldBlock&& block, int first_slot) {
    const auto members = static_cast<std::size_t>(results_.members);
    const auto first = static_cast<std::size_t>(first_slot);
    const auto of_block = static_cast<std::size_t>(block.results.members);
    if (results_.distributions)
        results_.distributions->add(block.results.emissions_t, block.results.stage_step, of_block);
    const auto place = [&](auto& whole, const auto& part) {
        place_members(whole, part, members, first, of_block);
    };
    for_each_member_array(place, results_, block.results);
    if (!uncoupled_.emissions_t.empty()) {
        place(uncoupled_.commitments, block.uncoupled.commitments);
        place(uncoupled_.emissions_t, block.uncoupled.emissions_t);
    }
    add_to(capacity_sum_, block.capacity_sum);
    add_to(adoption_sum_, block.adoption_sum);
    std::move(block.credits.begin(), block.credits.end(),
              credits_.begin() + static_cast<std::ptrdiff_t>(first_slot));
    identities_ = worse(identities_, block.identities);
    const std::uint32_t end_of_ledger = first_member_ + static_cast<std::uint32_t>(results_.event_members);
    std::erase_if(block.results.events, [&](const CommitmentEvent& e) { return e.member >= end_of_ledger; });
    events_[first] = std::move(block.results.events);
}

RunResults WorldJoin::finish(UncoupledTotals& uncoupled) {
    results_.capacity_mean = mean_of(capacity_sum_, results_.members);
    results_.adoption_mean = mean_of(adoption_sum_, results_.members);
    for (const auto& events : events_) {
        results_.events.insert(results_.events.end(), events.begin(), events.end());
    }
    results_.credits = collect_credits(*prepared_.world, credits_);
    const MemberIdentities& worst = identities_;
    results_.identities = {
        {"inventory: places + remainder = country, per sector", prepared_.allocation_error, 1e-9},
        {"emissions: places = sectors, per country and year", worst.emissions, 1e-9},
        {"stock = stock before + sales - retirements, in single precision", worst.stock, 1e-5},
        {"money: spent <= budget, subsidy <= its ceiling", worst.money, 1e-12},
        {"money: subsidy + private = cost, payments = subsidy", worst.money_shares, 1e-9},
        {"credits: debits = credits, balances, credits <= modelled reduction", worst.credits, 1e-12}};
    uncoupled = std::move(uncoupled_);
    return std::move(results_);
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
