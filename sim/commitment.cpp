#include "sim/commitment.h"

#include <algorithm>

#include "geo/portable_math.h"
#include "sim/exposure.h"
#include "sim/random.h"
#include "sim/withdrawal_effects.h"

namespace domino::sim {
namespace {

/// Number of events of a Poisson process in one step, by inversion of one uniform.
int poisson_count(double mean, double u) {
    double probability = portable::exp(-mean);
    double cumulated = probability;
    int count = 0;
    while (u > cumulated && count < 1000) {
        ++count;
        probability *= mean / count;
        cumulated += probability;
    }
    return count;
}

}  // namespace

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
      committed_(prepared.places, 0),
      committed_at_(prepared.places, INT32_MAX),
      cumulative_(prepared.places, 0.0),
      late_(prepared.world->countries.size(), 0),
      level_(prepared.world->countries.size(), 0.0),
      block_atom_(prepared.world->admin1_keys.size(), 0.0) {
    for (const LayerDraws& layer : draws.layers) coercive_ = coercive_ || layer.coercion > 0.0;
    coercive_ = coercive_ && coupling == CouplingSwitch::on;
    threshold_.reserve(prepared.places);
    for (std::uint32_t i = 0; i < prepared.places; ++i) {
        threshold_.push_back(standard_exponential({id.seed, Process::commitment_threshold, 0, id.member, 0,
                                                   prepared.world->places[i].key.value, 0}));
        if (prepared.committed_from_step[i] < 0) {
            committed_[i] = 1;
            committed_at_[i] = -1;
        } else {
            waiting_.push_back(i);
        }
    }
}

double CommitmentProcess::layer_gamma(std::size_t layer, std::size_t country) const {
    if (coupling_ == CouplingSwitch::off) return 0.0;
    return late_[country] != 0 ? draws_.layers[layer].gamma_late : draws_.layers[layer].gamma_early;
}

double CommitmentProcess::own_hazard(std::uint32_t place) const {
    const double hazard = level_[prepared_.world->places[place].country] * propensity_[place];
    return withdrawn_.empty() ? hazard : hazard * withdrawn_[place];
}

void CommitmentProcess::begin_step(int step) {
    const World& world = *prepared_.world;
    if (!world.withdrawals.empty()) withdrawn_ = withdrawal_propensity(world, draws_.withdrawals, step);
    const std::int32_t month = world.calendar.month(step).value;
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        level_[c] = portable::exp(trend_.log_hazard[c][static_cast<std::size_t>(step)]);
        std::size_t count = 0;
        for (const std::uint32_t i : prepared_.country_places[c]) count += committed_[i];
        const auto places = static_cast<double>(prepared_.country_places[c].size());
        late_[c] = static_cast<double>(count) >= draws_.phase_switch * places ? 1 : 0;
    }
    const double atom = -portable::log1p(-draws_.block_join);
    for (std::size_t a = 0; a < block_atom_.size(); ++a) {
        block_atom_[a] = 0.0;
        if (prepared_.admin1_places[a].empty()) continue;
        const std::uint16_t country = world.places[prepared_.admin1_places[a].front()].country;
        const double mean = draws_.countries[country].block_rate_per_year * step_years;
        if (mean <= 0.0 || part_ > 0) continue;
        const double u =
            uniform({id_.seed, Process::block_shock, 0, id_.member, month, world.admin1_keys[a].value, 0});
        block_atom_[a] = poisson_count(mean, u) * atom;
    }
}

double CommitmentProcess::coercion(std::uint32_t place, int step) const {
    double sum = 0.0;
    for (std::size_t l = 0; l < prepared_.layers.size(); ++l) {
        if (draws_.layers[l].coercion <= 0.0) continue;
        const PreparedLayer& layer = prepared_.layers[l];
        for (std::size_t e = layer.row_begin[place]; e < layer.row_begin[place + 1]; ++e) {
            if (committed_at_[layer.source[e]] == now(step) - 1 && layer.weight[e] > 0.0 &&
                layer.live(e, step)) {
                sum -= portable::log1p(-draws_.layers[l].coercion);
            }
        }
    }
    return sum;
}

double CommitmentProcess::step_hazard(std::uint32_t place, int step) const {
    const PlaceInputs& inputs = prepared_.world->places[place];
    double pull = 1.0;
    for (std::size_t l = 0; l < prepared_.layers.size(); ++l) {
        const double gamma = layer_gamma(l, inputs.country);
        if (gamma == 0.0) continue;
        const double e = exposure(prepared_.layers[l], place, step, prepared_.steps, committed_);
        pull += gamma * respond(prepared_.layers[l].response, e, draws_.layers[l].threshold);
    }
    double hazard = own_hazard(place) * pull;
    hazard += draws_.support_hazard * prepared_.support_at(step, place).policy_dialogue;
    double amount = hazard * years_ + block_atom_[inputs.admin1];
    if (coercive_) amount += coercion(place, step);
    return amount;
}

std::vector<HazardTerm> CommitmentProcess::terms(std::uint32_t place, int step) const {
    const PlaceInputs& inputs = prepared_.world->places[place];
    const double own = own_hazard(place) * years_;
    std::vector<HazardTerm> list = {{Cause::spontaneous, no_layer, no_place, own}};
    if (const double dialogue = prepared_.support_at(step, place).policy_dialogue; dialogue > 0.0) {
        list.push_back({Cause::programme, no_layer, no_place, draws_.support_hazard * dialogue * years_});
    }
    if (block_atom_[inputs.admin1] > 0.0) {
        list.push_back({Cause::block_shock, no_layer, no_place, block_atom_[inputs.admin1]});
    }
    for (std::size_t l = 0; l < prepared_.layers.size(); ++l) {
        const double gamma = layer_gamma(l, inputs.country);
        if (gamma == 0.0) continue;
        const PreparedLayer& layer = prepared_.layers[l];
        const double e = exposure(layer, place, step, prepared_.steps, committed_);
        const double response = respond(layer.response, e, draws_.layers[l].threshold);
        if (response <= 0.0 || e <= 0.0) continue;
        // A threshold's single push is shared by the neighbours that reached it, by their weight.
        const double per_exposure = own * gamma * response / e;
        const double scale = layer.dated() ? layer.scale(place, step, prepared_.steps) : 1.0;
        for (std::size_t edge = layer.row_begin[place]; edge < layer.row_begin[place + 1]; ++edge) {
            const std::uint32_t source = layer.source[edge];
            if (committed_[source] == 0 || !layer.live(edge, step)) continue;
            list.push_back({Cause::layer, static_cast<std::uint16_t>(l), source,
                            per_exposure * layer.weight[edge] * scale});
        }
    }
    if (!coercive_) return list;
    for (std::size_t l = 0; l < prepared_.layers.size(); ++l) {
        if (draws_.layers[l].coercion <= 0.0) continue;
        const PreparedLayer& layer = prepared_.layers[l];
        for (std::size_t e = layer.row_begin[place]; e < layer.row_begin[place + 1]; ++e) {
            if (committed_at_[layer.source[e]] == now(step) - 1 && layer.weight[e] > 0.0 &&
                layer.live(e, step)) {
                list.push_back({Cause::coercion, static_cast<std::uint16_t>(l), layer.source[e],
                                -portable::log1p(-draws_.layers[l].coercion)});
            }
        }
    }
    return list;
}

CommitmentEvent CommitmentProcess::attribute(std::uint32_t place, int step) const {
    const World& world = *prepared_.world;
    const std::vector<HazardTerm> list = terms(place, step);
    double total = 0.0;
    for (const HazardTerm& term : list) total += term.amount;
    const double u = uniform({id_.seed, Process::commitment_cause, 0, id_.member,
                              world.calendar.month(step).value, world.places[place].key.value, 0});
    double passed = 0.0;
    const HazardTerm* chosen = &list.back();
    for (const HazardTerm& term : list) {
        passed += term.amount;
        if (u * total < passed) {
            chosen = &term;
            break;
        }
    }
    const double share = total > 0.0 ? chosen->amount / total : 1.0;
    return {id_.member,     place, static_cast<std::uint16_t>(step), chosen->cause, chosen->layer,
            chosen->source, share};
}

void CommitmentProcess::step(int step, std::vector<CommitmentEvent>& events, int part) {
    part_ = part;
    begin_step(step);
    const std::size_t first_new = events.size();
    for (const std::uint32_t place : waiting_) {
        if (prepared_.committed_from_step[place] <= step) {
            events.push_back({id_.member, place, static_cast<std::uint16_t>(step), Cause::observed, no_layer,
                              no_place, 1.0});
            continue;
        }
        cumulative_[place] += step_hazard(place, step);
        if (cumulative_[place] >= threshold_[place]) events.push_back(attribute(place, step));
    }
    // Applied only now: every place of a step saw the commitments known at its start.
    for (std::size_t n = first_new; n < events.size(); ++n) {
        committed_[events[n].place] = 1;
        committed_at_[events[n].place] = now(step);
    }
    if (events.size() > first_new) {
        std::erase_if(waiting_, [&](std::uint32_t place) { return committed_[place] != 0; });
    }
}

}  // namespace domino::sim
