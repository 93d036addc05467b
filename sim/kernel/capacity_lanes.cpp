#include "sim/kernel/capacity_lanes.h"

#include <algorithm>

#include "sim/capacity.h"
#include "sim/kernel/elementary.h"

namespace domino::sim {
namespace {

constexpr float enabled_capacity = 0.5f;

DOMINO_INLINE MemberBits reached(const Lanes& capacity) {
    std::uint32_t bits = 0;
    each_lane([&](std::size_t m) {
        bits |= (capacity.of[m] >= enabled_capacity ? 1U : 0U) << static_cast<std::uint32_t>(m);
    });
    return static_cast<MemberBits>(bits);
}

}  // namespace

/// The loop over some places of one step, inlined into a function for each instruction set.
struct CapacityLanes::Kernel {
    CapacityLanes& s;
    const std::uint8_t* supported;
    const MemberBits* committed;
    std::size_t begin, end;

    DOMINO_INLINE void run() const {
        const float* eta_capacity = s.eta_capacity_.of.data();
        const float* eta_commitment = s.eta_commitment_.of.data();
        const float* eta_support = s.eta_support_.of.data();
        const float* dose_population = s.dose_population_.of.data();
        const float* rest = s.rest_.of.data();
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t place = s.prepared_.order.place_at[i];
            const std::size_t level = supported[place];
            const auto adoption = static_cast<float>(s.prepared_.support_levels[level].adoption);
            const float population = s.population_[i];
            const std::uint32_t bits = committed[place];
            float* capacity = s.capacity_[i].of.data();
            float* multiplier = s.multiplier_[i].of.data();
            const float* target = s.target_[2 * level].of.data();
            const float* remaining = s.remaining_[2 * level].of.data();
            const float* target_committed = s.target_[2 * level + 1].of.data();
            const float* remaining_committed = s.remaining_[2 * level + 1].of.data();
            each_lane([&](std::size_t m) {
                const bool has = (bits >> static_cast<std::uint32_t>(m) & 1U) != 0;
                const float share = dose_population[m] / population;
                const float dose = population > dose_population[m] ? share : 1.0f;
                const float pull = eta_capacity[m] * (capacity[m] - rest[m]) +
                                   (has ? eta_commitment[m] : 0.0f) + eta_support[m] * dose * adoption;
                multiplier[m] = exponential(pull);
                const float towards = has ? target_committed[m] : target[m];
                const float left = has ? remaining_committed[m] : remaining[m];
                capacity[m] = towards + (capacity[m] - towards) * left;
            });
            s.enabled_[i] = reached(s.capacity_[i]);
        }
    }
};

CapacityLanes::CapacityLanes(const PreparedWorld& prepared, std::span<const MemberDraws* const> members,
                             InstructionSet instructions)
    : prepared_(prepared),
      instructions_(instructions),
      capacity_(prepared.places),
      multiplier_(prepared.places),
      enabled_(prepared.places) {
    target_.resize(2 * prepared.support_levels.size());
    remaining_.resize(target_.size());
    bool favours = false;
    for (const SupportLevel& level : prepared.support_levels)
        favours = favours || !level.technology_adoption.empty();
    if (favours) favour_.resize(prepared.places * prepared.technologies);
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        const MemberDraws& draws = *members[std::min(lane, members.size() - 1)];
        eta_capacity_[lane] = static_cast<float>(draws.eta_capacity);
        eta_commitment_[lane] = static_cast<float>(draws.eta_commitment);
        eta_support_[lane] = static_cast<float>(draws.eta_support);
        dose_population_[lane] = static_cast<float>(draws.dose_population);
        rest_[lane] = static_cast<float>(resting_capacity(draws.capacity));
        for (std::size_t level = 0; level < prepared.support_levels.size(); ++level) {
            for (std::size_t committed = 0; committed < 2; ++committed) {
                const CapacityRelaxation relaxation = capacity_relaxation(
                    draws.capacity, committed != 0, prepared.support_levels[level].capacity_building,
                    part_years(prepared.world->calendar));
                target_[2 * level + committed][lane] = static_cast<float>(relaxation.target);
                remaining_[2 * level + committed][lane] = static_cast<float>(relaxation.remaining);
            }
        }
    }
    for (std::size_t i = 0; i < prepared.places; ++i) {
        population_.push_back(
            static_cast<float>(prepared.world->places[prepared.order.place_at[i]].population));
        capacity_[i] = rest_;
        enabled_[i] = reached(rest_);
    }
}

void CapacityLanes::restore(const PackedLanes& capacities) {
    capacities.unpack(capacity_);
    for (std::size_t i = 0; i < prepared_.places; ++i) enabled_[i] = reached(capacity_[i]);
}

void CapacityLanes::favour_technologies(std::size_t position, const SupportLevel& level) {
    Lanes* favour = favour_.data() + position * prepared_.technologies;
    const float population = population_[position];
    for (std::size_t k = 0; k < prepared_.technologies; ++k) {
        const double beyond =
            k < level.technology_adoption.size() ? level.technology_adoption[k] - level.adoption : 0.0;
        for (std::size_t m = 0; m < lane_count; ++m) {
            const float share = dose_population_[m] / population;
            favour[k][m] =
                beyond > 0.0
                    ? exponential(eta_support_[m] * smaller(share, 1.0f) * static_cast<float>(beyond))
                    : 1.0f;
        }
    }
}

void CapacityLanes::step(int step, std::span<const MemberBits> committed, const Threads* threads) {
    constexpr std::size_t block = 512;
    const std::uint8_t* supported =
        prepared_.supported.data() + static_cast<std::size_t>(step) * prepared_.places;
    run_shared(threads, (prepared_.places + block - 1) / block, [&](std::size_t n) {
        const std::size_t begin = n * block, end = std::min(begin + block, prepared_.places);
        run_kernel(Kernel{*this, supported, committed.data(), begin, end}, instructions_);
        if (favour_.empty()) return;
        for (std::size_t i = begin; i < end; ++i)
            favour_technologies(i, prepared_.support_levels[supported[prepared_.order.place_at[i]]]);
    });
}

}  // namespace domino::sim
