// A part of a month of commitment (model §2.1): the loop over places and lanes, and what stands around it.
#include <algorithm>

#include "sim/kernel/commitment_lanes.h"
#include "sim/propensity_factors.h"

namespace domino::sim {
namespace {

const IntLanes unexposed{};

}  // namespace

/// The loop over some places of one part, inlined into a function for each instruction set.
struct CommitmentLanes::Kernel {
    CommitmentLanes& s;
    int step;
    std::uint32_t begin, end;

    DOMINO_INLINE MemberBits step_place(std::uint32_t i, float dialogue) const {
        const std::uint16_t country = s.country_[i];
        Lanes own, pull, support;
        const float* level = s.level_[country].of.data();
        const float* propensity = s.propensity_[i].of.data();
        const float* rate = s.support_hazard_.of.data();
        each_lane([&](std::size_t m) {
            own.of[m] = level[m] * propensity[m];
            pull.of[m] = 1.0f;
            support.of[m] = rate[m] * dialogue;
        });
        if (!s.moved_.empty()) {
            const float* factor = s.moved_[i].of.data();
            each_lane([&](std::size_t m) { own.of[m] *= factor[m]; });
        }
        for (const Layer& layer : s.layers_) add_pull(layer, i, country, pull);
        const float years = static_cast<float>(s.years_);
        const float* declared = s.declared_[s.admin1_[i]].of.data();
        std::int32_t* due = s.due_[i].of.data();
        unsigned hits = 0;
        each_lane([&](std::size_t m) {
            const std::int32_t units = hazard_units(own.of[m], pull.of[m], support.of[m], years, declared[m]);
            due[m] = left_after(due[m], units);
            hits |= due[m] == 0 ? 1U << m : 0U;
        });
        return static_cast<MemberBits>(hits);
    }

    DOMINO_INLINE void add_pull(const Layer& layer, std::uint32_t i, std::uint16_t country,
                                Lanes& pull) const {
        const PreparedLayer& ties = s.prepared_.layers[layer.number];
        const bool exposed = !ties.dated() || ties.row_slot[i] != PreparedLayer::no_slot;
        const std::int32_t* sum =
            !exposed ? unexposed.of.data() : layer.exposure[ties.dated() ? ties.row_slot[i] : i].of.data();
        Lanes unit;
        if (layer.drawn && ties.dated()) {
            for (std::size_t m = 0; m < s.members_.size(); ++m)
                unit.of[m] = s.members_[m].ties->layers[layer.number].unit(i, step, s.prepared_.steps);
        } else {
            unit.of.fill(ties.unit(i, step, s.prepared_.steps));
        }
        const float* gamma = layer.gamma[country].of.data();
        const float* threshold = layer.threshold.of.data();
        if (ties.response == Response::exposure) {
            each_lane([&](std::size_t m) {
                const float e = static_cast<float>(sum[m]) * unit.of[m];
                pull.of[m] += gamma[m] * respond(Response::exposure, e, threshold[m]);
            });
        } else {
            each_lane([&](std::size_t m) {
                const float e = static_cast<float>(sum[m]) * unit.of[m];
                pull.of[m] += gamma[m] * respond(Response::threshold, e, threshold[m]);
            });
        }
    }

    DOMINO_INLINE void run() const {
        const std::uint8_t* supported =
            s.prepared_.supported.data() + static_cast<std::size_t>(step) * s.prepared_.places;
        const std::int32_t* observed = s.prepared_.committed_from_step.data();
        for (std::uint32_t i = begin; i < end; ++i) {
            const MemberBits waiting = s.waiting_[i];
            s.hits_[i] = 0;
            if (waiting == 0) continue;
            MemberBits hits = waiting;
            if (observed[i] > step) {
                if (s.coercive_ && s.is_coerced_[i] != 0) {
                    std::int32_t* due = s.due_[i].of.data();
                    const std::int32_t* units = s.coerced_[i].of.data();
                    each_lane([&](std::size_t m) { due[m] = left_after(due[m], units[m]); });
                }
                hits = static_cast<MemberBits>(waiting & step_place(i, s.dialogue_[supported[i]]));
            }
            s.hits_[i] = hits;
        }
    }
};

/// One member's state, as HazardTerms asks for it.
class CommitmentLanes::View {
 public:
    View(const CommitmentLanes& lanes, std::size_t member)
        : s_(lanes), m_(member), bit_(static_cast<MemberBits>(1U << member)) {}

    const PreparedWorld& ties() const { return *s_.members_[m_].ties; }
    const MemberDraws& draws() const { return *s_.members_[m_].draws; }
    MemberId id() const { return s_.members_[m_].id; }
    double years() const { return s_.years_; }
    bool coercive() const { return s_.coercive_; }
    bool committed(std::uint32_t place) const { return (s_.committed_[place] & bit_) != 0; }
    bool fresh(std::uint32_t place) const { return (s_.fresh_[place] & bit_) != 0; }
    double own_hazard(std::uint32_t place) const {
        const double hazard = s_.level_of_[m_][s_.country_[place]] * (*s_.members_[m_].propensity)[place];
        return s_.moved_.empty() ? hazard : hazard * s_.moved_of_[m_][place];
    }
    double gamma(std::size_t layer, std::size_t country) const {
        const bool acts = std::any_of(s_.layers_.begin(), s_.layers_.end(),
                                      [&](const Layer& other) { return other.number == layer; });
        if (!acts) return 0.0;
        const bool late = (s_.late_[country] & bit_) != 0;
        return late ? draws().layers[layer].gamma_late : draws().layers[layer].gamma_early;
    }
    double declared(std::size_t admin1) const {
        if (s_.declared_[admin1][m_] == 0.0f) return 0.0;
        int count = 0;
        const auto& list = s_.declarations_[m_];
        const std::size_t next = s_.next_declaration_[m_];
        for (std::size_t n = next; n-- > 0 && list[n].step == list[next - 1].step;)
            if (list[n].admin1 == admin1) count = list[n].count;
        return count * -portable::log1p(-draws().block_join);
    }

 private:
    const CommitmentLanes& s_;
    std::size_t m_;
    MemberBits bit_;
};

void CommitmentLanes::begin_month(int step) {
    for (std::size_t m = 0; m < members_.size(); ++m) {
        const CommitmentMember& member = members_[m];
        for (std::size_t c = 0; c < level_.size(); ++c) {
            const std::vector<double>& a = member.trend->log_hazard[c];
            const auto t = static_cast<std::size_t>(step);
            if (step > 0 && a[t] == a[t - 1]) continue;
            set_level(m, c, step);
        }
        const double atom = -portable::log1p(-member.draws->block_join);
        std::size_t& next = next_declaration_[m];
        for (; next < declarations_[m].size() && declarations_[m][next].step == step; ++next) {
            const JointDeclaration& d = declarations_[m][next];
            declared_[d.admin1][m] = static_cast<float>(d.count * atom);
            declared_units_.push_back(d.admin1);
        }
        if (moved_.empty() || !propensity_may_change_at(*prepared_.world, step)) continue;
        propensity_factors(*prepared_.world, *member.draws, step, moved_of_[m]);
        for (std::size_t i = 0; i < moved_.size(); ++i) moved_[i][m] = static_cast<float>(moved_of_[m][i]);
    }
}

void CommitmentLanes::begin_part() {
    for (std::size_t c = 0; c < late_.size(); ++c) {
        const auto places = static_cast<double>(prepared_.country_places[c].size());
        unsigned late = 0;
        for (std::size_t m = 0; m < members_.size(); ++m) {
            const bool is_late =
                static_cast<double>(count_[c][m]) >= members_[m].draws->phase_switch * places;
            late |= is_late ? 1U << m : 0U;
        }
        late_[c] = static_cast<MemberBits>(late);
        for (Layer& layer : layers_) {
            for (std::size_t m = 0; m < lane_count; ++m)
                layer.gamma[c][m] = (late >> m & 1U) != 0 ? layer.gamma_late[m] : layer.gamma_early[m];
        }
    }
}

void CommitmentLanes::make_known(int step) {
    for (const std::uint32_t place : coerced_places_) is_coerced_[place] = 0;
    coerced_places_.clear();
    if (coercive_) std::fill(fresh_.begin(), fresh_.end(), MemberBits{0});
    for (const Reached& source : reached_) {
        committed_[source.place] = static_cast<MemberBits>(committed_[source.place] | source.members);
        if (coercive_) fresh_[source.place] = source.members;
        IntLanes& count = count_[country_[source.place]];
        each_member(source.members, [&](std::size_t m) { ++count[m]; });
    }
    for (Layer& layer : layers_) {
        for (const Reached& source : reached_) push(layer, source, step);
    }
    reached_.clear();
}

void CommitmentLanes::step(int step, int part, std::span<std::vector<CommitmentEvent>* const> events,
                           const Threads* threads) {
    for (const std::uint16_t unit : declared_units_) declared_[unit] = {};
    declared_units_.clear();
    if (part == 0) {
        // Edges that begin or end do so for the sources known until now; those about to be known push along
        // the edges that are live.
        for (Layer& layer : layers_)
            if (step > 0) change_edges(layer, step);
        begin_month(step);
    }
    make_known(step);
    begin_part();
    constexpr std::size_t block = 1024;
    run_shared(threads, (prepared_.places + block - 1) / block, [&](std::size_t n) {
        const std::size_t end = std::min((n + 1) * block, prepared_.places);
        run_kernel(
            Kernel{*this, step, static_cast<std::uint32_t>(n * block), static_cast<std::uint32_t>(end)},
            instructions_);
    });
    for (std::uint32_t i = 0; i < prepared_.places; ++i) {
        if (hits_[i] != 0) reached_.push_back({i, hits_[i]});
    }
    for (const Reached& place : reached_) {
        waiting_[place.place] = static_cast<MemberBits>(waiting_[place.place] & ~unsigned{place.members});
        const bool observed = prepared_.committed_from_step[place.place] <= step;
        each_member(place.members, [&](std::size_t m) {
            events[m]->push_back(observed ? observed_commitment(members_[m].id, place.place, step)
                                          : attribute_commitment(View(*this, m), place.place, step, groups_));
        });
    }
}

}  // namespace domino::sim
