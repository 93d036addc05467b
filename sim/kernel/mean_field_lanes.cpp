#include "sim/kernel/mean_field_lanes.h"

#include <algorithm>

#include "sim/commitment_hazard.h"
#include "sim/drawn_ties.h"
#include "sim/kernel/elementary.h"
#include "sim/propensity_factors.h"

namespace domino::sim {
namespace {

bool all_zero(const Lanes& lanes) {
    return std::all_of(lanes.of.begin(), lanes.of.end(), [](float value) { return value == 0.0f; });
}

}  // namespace

/// The loop over the country's places of one part of a month, inlined into a function for each instruction
/// set.
struct MeanFieldLanes::Kernel {
    MeanFieldLanes& s;
    State& state;
    int step;
    const Lanes& level;
    const std::vector<Lanes>& propensity;

    template <class Live>
    DOMINO_INLINE void add_edges(const InnerLayer& layer, std::uint32_t begin, std::uint32_t end, Lanes& into,
                                 const Live& live) const {
        const bool drawn = !layer.drawn.empty();
        Lanes sum = into;
        for (std::uint32_t e = begin; e < end; ++e) {
            if (!live(e)) continue;
            const float* c = state.committed[layer.source[e]].of.data();
            if (drawn) {
                const float* weight = layer.drawn[e].of.data();
                each_lane([&](std::size_t m) { sum.of[m] += weight[m] * c[m]; });
            } else {
                const float weight = layer.weight[e];
                each_lane([&](std::size_t m) { sum.of[m] += weight * c[m]; });
            }
        }
        into = sum;
    }

    /// `1 + Σ_l γ_l respond(E_l)` of one place.
    DOMINO_INLINE void look_around(std::size_t n, Lanes& pull) const {
        each_lane([&](std::size_t m) { pull.of[m] = 1.0f; });
        const std::uint32_t place = s.places_[n];
        for (const InnerLayer& layer : s.layers_) {
            const std::uint32_t begin = layer.row_begin[n];
            const std::uint32_t end = layer.row_begin[n + 1];
            if (begin == end) continue;
            Lanes sum;
            each_lane([&](std::size_t m) { sum.of[m] = 0.0f; });
            if (layer.ties->dated()) {
                add_edges(layer, begin, end, sum,
                          [&](std::uint32_t e) { return layer.ties->live(layer.edge[e], step); });
            } else {
                add_edges(layer, begin, end, sum, [](std::uint32_t) { return true; });
            }
            if (layer.ties->dated()) {
                for (std::size_t m = 0; m < lane_count; ++m)
                    sum.of[m] *= static_cast<float>(layer.ties_of[m]->scale(place, step, s.prepared_.steps));
            }
            const float* gamma = layer.gamma.of.data();
            const float* threshold = layer.threshold.of.data();
            const Response response = layer.ties->response;
            each_lane(
                [&](std::size_t m) { pull.of[m] += gamma[m] * respond(response, sum.of[m], threshold[m]); });
        }
    }

    DOMINO_INLINE void run() const {
        DoubleLanes total;
        each_lane([&](std::size_t m) { total.of[m] = 0.0; });
        const float* trend = level.of.data();
        const float* joint = s.joint_hazard_.of.data();
        const float* supported = s.support_hazard_.of.data();
        const float years = s.years_;
        for (std::size_t n = 0; n < s.places_.size(); ++n) {
            const std::uint32_t place = s.places_[n];
            float* next = s.next_[n].of.data();
            if (s.prepared_.committed_from_step[place] <= step) {
                each_lane([&](std::size_t m) { next[m] = 1.0f; });
            } else {
                Lanes pull;
                look_around(n, pull);
                const float* own = propensity[n].of.data();
                const float* c = state.committed[n].of.data();
                const auto dialogue = static_cast<float>(s.prepared_.support_at(step, place).policy_dialogue);
                each_lane([&](std::size_t m) {
                    const float hazard = trend[m] * own[m] * pull.of[m] + joint[m] + supported[m] * dialogue;
                    next[m] = c[m] + (1.0f - c[m]) * gone_share(hazard * years);
                });
            }
            each_lane([&](std::size_t m) { total.of[m] += static_cast<double>(next[m]); });
        }
        const double places = static_cast<double>(s.places_.size());
        each_lane([&](std::size_t m) { state.share.of[m] = total.of[m] / places; });
    }
};

MeanFieldLanes::MeanFieldLanes(const PreparedWorld& prepared, std::span<const MeanFieldMember> members,
                               std::size_t country, InstructionSet instructions)
    : prepared_(prepared),
      instructions_(instructions),
      first_(prepared.order.country_begin[country]),
      places_(prepared.order.place_at.begin() + first_,
              prepared.order.place_at.begin() + prepared.order.country_begin[country + 1]),
      years_(static_cast<float>(part_years(prepared.world->calendar))),
      joint_hazard_(across(members,
                           [&](const MeanFieldMember& m) {
                               return m.draws->countries[country].block_rate_per_year * m.draws->block_join;
                           })),
      support_hazard_(across(members, [](const MeanFieldMember& m) { return m.draws->support_hazard; })),
      next_(places_.size()) {
    for (std::size_t m = 0; m < lane_count; ++m)
        phase_switch_[m] = members[std::min(m, members.size() - 1)].draws->phase_switch;
    propensity_.resize(propensity_years(*prepared.world));
    for (std::size_t year = 0; year < propensity_.size(); ++year) {
        for (const std::uint32_t place : places_) {
            propensity_[year].push_back(across(members, [&](const MeanFieldMember& m) {
                const double first = (*m.propensity)[place];
                return year == 0 ? first : first * covariate_factor(*prepared.world, *m.draws, year, place);
            }));
        }
    }
    const World& world = *prepared.world;
    for (std::size_t w = 0; w < world.withdrawals.size(); ++w) {
        const Withdrawal& withdrawal = world.withdrawals[w];
        if (withdrawal.country != country) continue;
        absences_.push_back({ActingMonths(world.calendar, withdrawal.from, withdrawal.to),
                             &withdrawal.coalition, across(members, [&](const MeanFieldMember& m) {
                                 return m.draws->withdrawals[w].propensity_factor;
                             })});
    }
    for (std::size_t l = 0; l < prepared.layers.size(); ++l) add_layer(l, members);
}

void MeanFieldLanes::add_layer(std::size_t l, std::span<const MeanFieldMember> members) {
    const PreparedLayer& layer = prepared_.layers[l];
    InnerLayer inner;
    inner.ties = &layer;
    inner.gamma_early =
        across(members, [&](const MeanFieldMember& m) { return m.draws->layers[l].gamma_early; });
    inner.gamma_late =
        across(members, [&](const MeanFieldMember& m) { return m.draws->layers[l].gamma_late; });
    inner.threshold = across(members, [&](const MeanFieldMember& m) { return m.draws->layers[l].threshold; });
    if (all_zero(inner.gamma_early) && all_zero(inner.gamma_late)) return;
    bool drawn = false;
    for (std::size_t m = 0; m < lane_count; ++m) {
        const PreparedWorld* own = members[std::min(m, members.size() - 1)].ties;
        inner.ties_of.push_back(own != nullptr ? &own->layers[l] : &layer);
        drawn = drawn || !same_weights(*inner.ties_of[m], layer);
    }
    if (places_.empty()) return;
    const std::uint16_t country = prepared_.world->places[places_.front()].country;
    inner.row_begin.push_back(0);
    for (const std::uint32_t place : places_) {
        for (std::uint32_t e = layer.row_begin[place]; e < layer.row_begin[place + 1]; ++e) {
            const std::uint32_t source = layer.source[e];
            if (prepared_.world->places[source].country != country) continue;
            inner.source.push_back(prepared_.order.position_of[source] - first_);
            inner.edge.push_back(e);
            inner.weight.push_back(static_cast<float>(layer.weight[e]));
            if (!drawn) continue;
            Lanes& weight = inner.drawn.emplace_back();
            for (std::size_t m = 0; m < lane_count; ++m)
                weight[m] = static_cast<float>(inner.ties_of[m]->weight[e]);
        }
        inner.row_begin.push_back(static_cast<std::uint32_t>(inner.source.size()));
    }
    if (!inner.source.empty()) layers_.push_back(std::move(inner));
}

MeanFieldLanes::State MeanFieldLanes::start() const {
    State state{std::vector<Lanes>(places_.size()), {}};
    double committed = 0.0;
    for (std::size_t n = 0; n < places_.size(); ++n) {
        if (prepared_.committed_from_step[places_[n]] >= 0) continue;
        state.committed[n].of.fill(1.0f);
        committed += 1.0;
    }
    state.share.of.fill(places_.empty() ? 0.0 : committed / static_cast<double>(places_.size()));
    return state;
}

void MeanFieldLanes::choose_phase(const DoubleLanes& share) {
    for (InnerLayer& layer : layers_) {
        for (std::size_t m = 0; m < lane_count; ++m)
            layer.gamma[m] = share[m] >= phase_switch_[m] ? layer.gamma_late[m] : layer.gamma_early[m];
    }
}

const std::vector<Lanes>& MeanFieldLanes::propensity_in(int step) {
    const Calendar& calendar = prepared_.world->calendar;
    const Month month = calendar.month(step);
    const auto year = static_cast<std::size_t>(month.year() - calendar.first.year());
    const std::vector<Lanes>& of_year = propensity_.size() == 1 ? propensity_.front() : propensity_[year];
    const auto acts = [&](const Absence& absence) { return absence.months.contain(month); };
    if (std::none_of(absences_.begin(), absences_.end(), acts)) return of_year;
    absent_propensity_ = of_year;
    for (const Absence& absence : absences_) {
        if (!acts(absence)) continue;
        for (std::size_t n = 0; n < places_.size(); ++n) {
            if ((*absence.coalition)[places_[n]] != 0) continue;
            for (std::size_t m = 0; m < lane_count; ++m) absent_propensity_[n][m] *= absence.factor[m];
        }
    }
    return absent_propensity_;
}

void MeanFieldLanes::advance(State& state, int from_step, int to_step, const Lanes& level) {
    if (places_.empty()) return;
    const Calendar& calendar = prepared_.world->calendar;
    for (int step = from_step; step < to_step; step += calendar.months_per_step) {
        const std::vector<Lanes>& propensity = propensity_in(step);
        for (int part = 0; part < calendar.parts_per_month; ++part) {
            choose_phase(state.share);
            run_kernel(Kernel{*this, state, step, level, propensity}, instructions_);
            state.committed.swap(next_);
        }
    }
}

}  // namespace domino::sim
