#pragma once

#include <cstdint>
#include <vector>

#include "sim/commitment_hazard.h"
#include "sim/member_draws.h"
#include "sim/prepared_world.h"
#include "sim/random.h"
#include "sim/results.h"

namespace domino::sim {

/// One term of a place's hazard over a step: a candidate cause.
struct HazardTerm {
    Cause cause = Cause::spontaneous;
    std::uint16_t layer = no_layer;
    std::uint32_t source = no_place;
    double amount = 0.0;  ///< part of the step's cumulative hazard, dimensionless
};

/// Terms of one kind: one of no layer, or those of the neighbours in a layer.
struct HazardGroup {
    Cause cause = Cause::spontaneous;
    std::uint16_t layer = no_layer;
    double amount = 0.0;
    double per_weight = 0.0;  ///< of a layer: what a unit of weight of a neighbour that acts amounts to
};

/// The terms of a place's hazard over a step in one member, and the cause drawn from them (model §2.1). In
/// double: they divide what has happened, they do not decide when. `Member` tells the state of one member:
/// `ties()` (its prepared world), `draws()`, `id()`, `own_hazard(place)` a year, `gamma(layer, country)`,
/// `declared(admin1)`, `years()` of a step, `coercive()`, and whether a place had committed (`committed`) and
/// did so in the step before (`fresh`). `groups` is room to work in.
template <class Member>
class HazardTerms {
 public:
    HazardTerms(const Member& member, std::uint32_t place, int step, std::vector<HazardGroup>& groups)
        : m_(member),
          ties_(member.ties()),
          inputs_(ties_.world->places[place]),
          place_(place),
          step_(step),
          own_(member.own_hazard(place) * member.years()),
          groups_(groups) {
        gather();
    }

    /// Largest structure first: own accord, programme, joint declaration, then each neighbour of each layer
    /// in edge order, then coercion. Symmetric causes have equal amounts.
    std::vector<HazardTerm> list() const {
        std::vector<HazardTerm> terms;
        for (const HazardGroup& group : groups_) {
            each_of(group, [&](const HazardTerm& term) {
                terms.push_back(term);
                return true;
            });
        }
        return terms;
    }

    /// The cause at `u` in (0, 1) of the sum of terms; `share` is its part of it.
    CommitmentEvent draw_cause(double u) const {
        double total = 0.0;
        for (const HazardGroup& group : groups_) total += group.amount;
        double left = u * total;
        HazardTerm chosen;
        for (const HazardGroup& group : groups_) {
            const bool last = &group == &groups_.back();
            if (!last && left >= group.amount) {
                left -= group.amount;
                continue;
            }
            each_of(group, [&](const HazardTerm& term) {
                chosen = term;
                left -= term.amount;
                return left >= 0.0;
            });
            break;
        }
        const double share = total > 0.0 ? chosen.amount / total : 1.0;
        return {m_.id().member, place_, static_cast<std::uint16_t>(step_), chosen.cause, chosen.layer,
                chosen.source,  share};
    }

 private:
    double scale(const PreparedLayer& layer) const {
        return layer.dated() ? layer.scale(place_, step_, ties_.steps) : 1.0;
    }

    /// E_i and how many hold it, over live edges from committed sources.
    double exposure(const PreparedLayer& layer) const {
        double sum = 0.0;
        for (std::size_t e = layer.row_begin[place_]; e < layer.row_begin[place_ + 1]; ++e)
            if (m_.committed(layer.source[e]) && layer.live(e, step_)) sum += layer.weight[e];
        return sum > 0.0 ? sum * scale(layer) : 0.0;
    }

    bool coerces(const PreparedLayer& layer, std::size_t e) const {
        return m_.fresh(layer.source[e]) && layer.weight[e] > 0.0 && layer.live(e, step_);
    }

    void gather() {
        groups_.assign(1, {Cause::spontaneous, no_layer, own_, 0.0});
        if (const double dialogue = ties_.support_at(step_, place_).policy_dialogue; dialogue > 0.0) {
            groups_.push_back(
                {Cause::programme, no_layer, m_.draws().support_hazard * dialogue * m_.years(), 0.0});
        }
        if (const double declared = m_.declared(inputs_.admin1); declared > 0.0)
            groups_.push_back({Cause::block_shock, no_layer, declared, 0.0});
        for (std::size_t l = 0; l < ties_.layers.size(); ++l) {
            const double gamma = m_.gamma(l, inputs_.country);
            if (gamma == 0.0) continue;
            const PreparedLayer& layer = ties_.layers[l];
            const double e = exposure(layer);
            const double response = static_cast<double>(respond(
                layer.response, static_cast<float>(e), static_cast<float>(m_.draws().layers[l].threshold)));
            if (response <= 0.0 || e <= 0.0) continue;
            const double answered = layer.response == Response::exposure ? e : response;
            // A threshold's single push is shared by the neighbours that reached it, by their weight.
            groups_.push_back({Cause::layer, static_cast<std::uint16_t>(l), own_ * gamma * answered,
                               own_ * gamma * answered / e * scale(layer)});
        }
        for (std::size_t l = 0; m_.coercive() && l < ties_.layers.size(); ++l) {
            const double c = m_.draws().layers[l].coercion;
            if (c <= 0.0) continue;
            const PreparedLayer& layer = ties_.layers[l];
            std::size_t sources = 0;
            for (std::size_t e = layer.row_begin[place_]; e < layer.row_begin[place_ + 1]; ++e)
                sources += coerces(layer, e) ? 1U : 0U;
            if (sources == 0) continue;
            const double each = -portable::log1p(-c);
            groups_.push_back(
                {Cause::coercion, static_cast<std::uint16_t>(l), static_cast<double>(sources) * each, each});
        }
    }

    /// Calls `take` for the terms of a group until it returns false.
    template <class Take>
    void each_of(const HazardGroup& group, Take take) const {
        if (group.layer == no_layer) {
            take({group.cause, no_layer, no_place, group.amount});
            return;
        }
        const PreparedLayer& layer = ties_.layers[group.layer];
        for (std::size_t e = layer.row_begin[place_]; e < layer.row_begin[place_ + 1]; ++e) {
            const bool acts = group.cause == Cause::coercion
                                  ? coerces(layer, e)
                                  : m_.committed(layer.source[e]) && layer.live(e, step_);
            if (!acts) continue;
            const double weight = group.cause == Cause::coercion ? 1.0 : layer.weight[e];
            if (!take({group.cause, group.layer, layer.source[e], group.per_weight * weight})) return;
        }
    }

    const Member& m_;
    const PreparedWorld& ties_;
    const PlaceInputs& inputs_;
    std::uint32_t place_;
    int step_;
    double own_;
    std::vector<HazardGroup>& groups_;
};

/// The event of a place that commits at a step, its cause drawn at the address of place and month.
template <class Member>
CommitmentEvent attribute_commitment(const Member& member, std::uint32_t place, int step,
                                     std::vector<HazardGroup>& groups) {
    const World& world = *member.ties().world;
    const MemberId id = member.id();
    const double u = uniform({id.seed, Process::commitment_cause, 0, id.member,
                              world.calendar.month(step).value, world.places[place].key.value, 0});
    return HazardTerms<Member>(member, place, step, groups).draw_cause(u);
}

/// What was there before the model: a place observed to have committed.
inline CommitmentEvent observed_commitment(MemberId id, std::uint32_t place, int step) {
    return {id.member, place, static_cast<std::uint16_t>(step), Cause::observed, no_layer, no_place, 1.0};
}

}  // namespace domino::sim
