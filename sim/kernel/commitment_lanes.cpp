#include "sim/kernel/commitment_lanes.h"

#include <algorithm>

#include "sim/drawn_ties.h"
#include "sim/propensity_factors.h"
#include "sim/random.h"

namespace domino::sim {

CommitmentLanes::CommitmentLanes(const PreparedWorld& prepared, std::vector<CommitmentMember> members,
                                 CouplingSwitch coupling, InstructionSet instructions)
    : prepared_(prepared),
      members_(std::move(members)),
      instructions_(instructions),
      years_(part_years(prepared.world->calendar)),
      committed_(prepared.places, 0),
      waiting_(prepared.places, 0),
      hits_(prepared.places, 0),
      due_(prepared.places),
      propensity_(prepared.places),
      level_(prepared.world->countries.size()),
      level_of_(members_.size(), std::vector<double>(prepared.world->countries.size())),
      count_(prepared.world->countries.size()),
      late_(prepared.world->countries.size(), 0),
      declared_(prepared.world->admin1_keys.size()),
      next_declaration_(members_.size(), 0) {
    const World& world = *prepared.world;
    const auto everyone = static_cast<MemberBits>((1U << members_.size()) - 1U);
    reached_.reserve(prepared.places);
    groups_.reserve(3 + 2 * prepared.layers.size());
    declared_units_.reserve(declared_.size() * members_.size());
    for (const SupportLevel& level : prepared.support_levels)
        dialogue_.push_back(static_cast<float>(level.policy_dialogue));
    for (std::uint32_t i = 0; i < prepared.places; ++i) {
        country_.push_back(world.places[i].country);
        admin1_.push_back(world.places[i].admin1);
        const bool before = prepared.committed_from_step[i] < 0;
        (before ? committed_ : waiting_)[i] = everyone;
        if (before) reached_.push_back({i, everyone});
    }
    for (std::size_t m = 0; m < members_.size(); ++m) {
        const CommitmentMember& member = members_[m];
        support_hazard_[m] = static_cast<float>(member.draws->support_hazard);
        declarations_.push_back(draw_joint_declarations(prepared, *member.draws, member.id));
        for (std::uint32_t i = 0; i < prepared.places; ++i) {
            propensity_[i][m] = static_cast<float>((*member.propensity)[i]);
            due_[i][m] =
                fixed_draw(standard_exponential({member.id.seed, Process::commitment_threshold, 0,
                                                 member.id.member, 0, world.places[i].key.value, 0}));
        }
    }
    if (propensity_changes(world)) {
        moved_.resize(prepared.places);
        moved_of_.assign(members_.size(), std::vector<double>(prepared.places, 1.0));
    }
    if (coupling == CouplingSwitch::on) add_layers();
}

void CommitmentLanes::add_layers() {
    for (std::size_t l = 0; l < prepared_.layers.size(); ++l) {
        const PreparedLayer& ties = prepared_.layers[l];
        Layer layer;
        layer.number = l;
        bool acts = false;
        for (std::size_t m = 0; m < members_.size(); ++m) {
            const LayerDraws& draws = members_[m].draws->layers[l];
            layer.gamma_early[m] = static_cast<float>(draws.gamma_early);
            layer.gamma_late[m] = static_cast<float>(draws.gamma_late);
            layer.threshold[m] = static_cast<float>(draws.threshold);
            layer.coercion[m] = draws.coercion > 0.0 ? coercion_units(draws.coercion) : 0;
            layer.coercive = layer.coercive || draws.coercion > 0.0;
            layer.drawn = layer.drawn || !same_weights(members_[m].ties->layers[l], ties);
            acts = acts || draws.gamma_early != 0.0 || draws.gamma_late != 0.0;
        }
        if (!acts && !layer.coercive) continue;
        layer.gamma.resize(level_.size());
        const std::size_t rows = ties.inverse_normaliser.size() / static_cast<std::size_t>(prepared_.steps);
        layer.exposure.resize(ties.dated() ? rows : prepared_.places);
        if (!ties.dated()) fix_weights(layer);
        coercive_ = coercive_ || layer.coercive;
        layers_.push_back(std::move(layer));
    }
    if (!coercive_) return;
    coerced_.resize(prepared_.places);
    is_coerced_.assign(prepared_.places, 0);
    coerced_places_.reserve(prepared_.places);
    fresh_.assign(prepared_.places, 0);
}

/// Weights of an undated layer, in the order in which they are pushed.
void CommitmentLanes::fix_weights(Layer& layer) const {
    const PreparedLayer& ties = prepared_.layers[layer.number];
    for (const std::uint32_t edge : ties.outgoing.edge) {
        if (!layer.drawn) {
            layer.weight.push_back(ties.fixed_weight(edge, 0));
            continue;
        }
        IntLanes& weight = layer.drawn_weight.emplace_back();
        for (std::size_t m = 0; m < members_.size(); ++m)
            weight[m] = own_ties(layer, m).fixed_weight(edge, 0);
    }
}

void CommitmentLanes::set_level(std::size_t member, std::size_t country, int step) {
    const double a = members_[member].trend->log_hazard[country][static_cast<std::size_t>(step)];
    level_of_[member][country] = portable::exp(a);
    level_[country][member] = static_cast<float>(level_of_[member][country]);
}

CommitmentLanes::State CommitmentLanes::save() const {
    State state{committed_, waiting_, {}, {due_, members_.size()}};
    for (const Reached& source : reached_) state.reached.emplace_back(source.place, source.members);
    return state;
}

void CommitmentLanes::restore(const State& state, int step) {
    committed_ = state.committed;
    waiting_ = state.waiting;
    reached_.clear();
    for (const auto& [place, members] : state.reached) reached_.push_back({place, members});
    state.due.unpack(due_);
    std::fill(count_.begin(), count_.end(), IntLanes{});
    for (std::uint32_t i = 0; i < prepared_.places; ++i)
        each_member(committed_[i], [&](std::size_t m) { ++count_[country_[i]][m]; });
    for (std::size_t m = 0; m < members_.size(); ++m) {
        for (std::size_t c = 0; c < level_.size(); ++c) set_level(m, c, step);
        const auto next = std::lower_bound(declarations_[m].begin(), declarations_[m].end(), step,
                                           [](const JointDeclaration& d, int at) { return d.step < at; });
        next_declaration_[m] = static_cast<std::size_t>(next - declarations_[m].begin());
    }
    for (Layer& layer : layers_) expose_anew(layer, step);
}

std::size_t CommitmentLanes::State::bytes() const {
    return (committed.capacity() + waiting.capacity()) * sizeof(MemberBits) +
           reached.capacity() * sizeof(reached.front()) + due.bytes();
}

}  // namespace domino::sim
