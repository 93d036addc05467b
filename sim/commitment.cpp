#include "sim/commitment.h"

#include <algorithm>

#include "geo/portable_math.h"
#include "sim/propensity_factors.h"
#include "sim/random.h"

namespace domino::sim {

CommitmentProcess::CommitmentProcess(const PreparedWorld& prepared, const MemberDraws& draws, MemberId id,
                                     const std::vector<double>& propensity, const Trend& trend,
                                     CouplingSwitch coupling)
    : prepared_(prepared),
      draws_(draws),
      id_(id),
      propensity_(propensity),
      trend_(trend),
      coupling_(coupling),
      years_(part_years(prepared.world->calendar)),
      declarations_(draw_joint_declarations(prepared, draws, id)),
      committed_(prepared.places, 0),
      late_(prepared.world->countries.size(), 0),
      level_(prepared.world->countries.size(), 0.0),
      declared_(prepared.world->admin1_keys.size(), 0.0) {
    for (const LayerDraws& layer : draws.layers) coercive_ = coercive_ || layer.coercion > 0.0;
    coercive_ = coercive_ && coupling == CouplingSwitch::on;
    if (propensity_changes(*prepared.world)) moved_.resize(prepared.places);
    for (std::uint32_t i = 0; i < prepared.places; ++i) {
        due_.push_back(fixed_draw(standard_exponential({id.seed, Process::commitment_threshold, 0, id.member,
                                                        0, prepared.world->places[i].key.value, 0})));
        if (prepared.committed_from_step[i] < 0) committed_[i] = 1;
    }
    fresh_ = committed_;
}

double CommitmentProcess::gamma(std::size_t layer, std::size_t country) const {
    if (coupling_ == CouplingSwitch::off) return 0.0;
    return late_[country] != 0 ? draws_.layers[layer].gamma_late : draws_.layers[layer].gamma_early;
}

double CommitmentProcess::own_hazard(std::uint32_t place) const {
    const double hazard = level_[prepared_.world->places[place].country] * propensity_[place];
    return moved_.empty() ? hazard : hazard * moved_[place];
}

void CommitmentProcess::begin_month(int step, int part) {
    const World& world = *prepared_.world;
    if (!moved_.empty()) propensity_factors(world, draws_, step, moved_);
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        level_[c] = portable::exp(trend_.log_hazard[c][static_cast<std::size_t>(step)]);
        std::size_t count = 0;
        for (const std::uint32_t i : prepared_.country_places[c]) count += committed_[i];
        const auto places = static_cast<double>(prepared_.country_places[c].size());
        late_[c] = static_cast<double>(count) >= draws_.phase_switch * places ? 1 : 0;
    }
    std::fill(declared_.begin(), declared_.end(), 0.0);
    if (part > 0) return;
    for (const JointDeclaration& d : declarations_)
        if (d.step == step) declared_[d.admin1] = d.count * -portable::log1p(-draws_.block_join);
}

std::int32_t CommitmentProcess::coercion(std::uint32_t place, int step) const {
    std::int32_t sum = 0;
    for (std::size_t l = 0; l < prepared_.layers.size(); ++l) {
        if (draws_.layers[l].coercion <= 0.0) continue;
        const PreparedLayer& layer = prepared_.layers[l];
        for (std::size_t e = layer.row_begin[place]; e < layer.row_begin[place + 1]; ++e) {
            if (fresh(layer.source[e]) && layer.weight[e] > 0.0 && layer.live(e, step))
                sum = add_coercion(sum, coercion_units(draws_.layers[l].coercion));
        }
    }
    return sum;
}

std::int32_t CommitmentProcess::step_hazard(std::uint32_t place, int step) const {
    const PlaceInputs& inputs = prepared_.world->places[place];
    float pull = 1.0f;
    for (std::size_t l = 0; l < prepared_.layers.size(); ++l) {
        const PreparedLayer& layer = prepared_.layers[l];
        const int exponent = layer.exponent(place, step, prepared_.steps);
        std::int32_t sum = 0;
        for (std::size_t e = layer.row_begin[place]; e < layer.row_begin[place + 1]; ++e)
            if (committed(layer.source[e]) && layer.live(e, step)) sum += layer.fixed_weight(e, exponent);
        const float exposure = static_cast<float>(sum) * layer.unit(place, step, prepared_.steps);
        pull += static_cast<float>(gamma(l, inputs.country)) *
                respond(layer.response, exposure, static_cast<float>(draws_.layers[l].threshold));
    }
    float own = static_cast<float>(level_[inputs.country]) * static_cast<float>(propensity_[place]);
    if (!moved_.empty()) own *= static_cast<float>(moved_[place]);
    const float support = static_cast<float>(draws_.support_hazard) *
                          static_cast<float>(prepared_.support_at(step, place).policy_dialogue);
    return hazard_units(own, pull, support, static_cast<float>(years_),
                        static_cast<float>(declared_[inputs.admin1]));
}

std::vector<HazardTerm> CommitmentProcess::terms(std::uint32_t place, int step) const {
    std::vector<HazardGroup> groups;
    return HazardTerms<CommitmentProcess>(*this, place, step, groups).list();
}

void CommitmentProcess::step(int step, std::vector<CommitmentEvent>& events, int part) {
    begin_month(step, part);
    const std::size_t first_new = events.size();
    std::vector<HazardGroup> groups;
    for (std::uint32_t place = 0; place < prepared_.places; ++place) {
        if (committed(place)) continue;
        if (prepared_.committed_from_step[place] <= step) {
            events.push_back(observed_commitment(id_, place, step));
            continue;
        }
        if (coercive_) due_[place] = left_after(due_[place], coercion(place, step));
        due_[place] = left_after(due_[place], step_hazard(place, step));
        if (due_[place] == 0) events.push_back(attribute_commitment(*this, place, step, groups));
    }
    // Applied only now: every place of a step saw the commitments known at its start.
    std::fill(fresh_.begin(), fresh_.end(), std::uint8_t{0});
    for (std::size_t n = first_new; n < events.size(); ++n) {
        committed_[events[n].place] = 1;
        fresh_[events[n].place] = 1;
    }
}

}  // namespace domino::sim
