#include "sim/kernel/commitment_lanes.h"

#include <algorithm>
#include <bit>

#include "sim/drawn_ties.h"
#include "sim/propensity_factors.h"
#include "sim/random.h"

namespace domino::sim {
namespace {

const IntLanes unexposed{};

/// Calls `act` for the number of each bit that is set.
template <class Act>
void each_member(MemberBits bits, Act act) {
    for (unsigned left = bits; left != 0; left &= left - 1)
        act(static_cast<std::size_t>(std::countr_zero(left)));
}

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

const PreparedLayer& CommitmentLanes::own_ties(const Layer& layer, std::size_t member) const {
    return members_[member].ties->layers[layer.number];
}

IntLanes& CommitmentLanes::exposure(Layer& layer, std::uint32_t place) const {
    const PreparedLayer& ties = prepared_.layers[layer.number];
    return layer.exposure[ties.dated() ? ties.row_slot[place] : place];
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

/// Exposures just before `step`: edges that begin or end with it are yet to do so.
void CommitmentLanes::expose_anew(Layer& layer, int step) {
    if (prepared_.layers[layer.number].dated()) {
        for (std::uint32_t i = 0; i < prepared_.places; ++i) sum_row(layer, i, step - 1);
        return;
    }
    std::fill(layer.exposure.begin(), layer.exposure.end(), IntLanes{});
    const OutgoingEdges& out = prepared_.layers[layer.number].outgoing;
    for (std::uint32_t source = 0; source < prepared_.places; ++source) {
        if (committed_[source] == 0) continue;
        for (std::uint32_t n = out.begin[source]; n < out.begin[source + 1]; ++n)
            add_undated(layer, n, committed_[source], layer.exposure[out.target[n]]);
    }
}

/// What a place is exposed to at `step` along a dated layer, from those known to have committed.
void CommitmentLanes::sum_row(Layer& layer, std::uint32_t place, int step) {
    const PreparedLayer& ties = prepared_.layers[layer.number];
    if (ties.row_slot[place] == PreparedLayer::no_slot) return;
    IntLanes& sum = exposure(layer, place);
    sum = {};
    for (std::uint32_t e = ties.row_begin[place]; e < ties.row_begin[place + 1]; ++e) {
        const MemberBits sources = committed_[ties.source[e]];
        if (sources != 0 && ties.live(e, step)) add_dated(layer, place, e, sources, step, sum);
    }
}

void CommitmentLanes::add_undated(const Layer& layer, std::uint32_t outgoing, MemberBits sources,
                                  IntLanes& sum) const {
    if (layer.drawn) {
        const IntLanes& weight = layer.drawn_weight[outgoing];
        each_member(sources, [&](std::size_t m) { sum[m] += weight[m]; });
    } else {
        const std::int32_t weight = layer.weight[outgoing];
        each_member(sources, [&](std::size_t m) { sum[m] += weight; });
    }
}

void CommitmentLanes::add_dated(const Layer& layer, std::uint32_t place, std::uint32_t edge,
                                MemberBits sources, int step, IntLanes& sum) const {
    const auto weight_in = [&](const PreparedLayer& ties) {
        return ties.fixed_weight(edge, ties.exponent(place, step, prepared_.steps));
    };
    if (layer.drawn) {
        each_member(sources, [&](std::size_t m) { sum[m] += weight_in(own_ties(layer, m)); });
    } else {
        const std::int32_t weight = weight_in(prepared_.layers[layer.number]);
        each_member(sources, [&](std::size_t m) { sum[m] += weight; });
    }
}

std::size_t CommitmentLanes::State::bytes() const {
    return (committed.capacity() + waiting.capacity()) * sizeof(MemberBits) +
           reached.capacity() * sizeof(reached.front()) + due.bytes();
}

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

/// Where edges begin or end, rows are summed anew: with what begins, the exponent of the row may grow.
void CommitmentLanes::change_edges(Layer& layer, int step) {
    const FrozenArray<RowChange>& changes = prepared_.layers[layer.number].changes;
    const RowChange* change = std::lower_bound(changes.begin(), changes.end(), step,
                                               [](const RowChange& c, int at) { return c.step < at; });
    for (; change != changes.end() && change->step == step; ++change) {
        if (waiting_[change->place] != 0) sum_row(layer, change->place, step);
    }
}

void CommitmentLanes::push(Layer& layer, const Reached& source, int step) {
    const PreparedLayer& ties = prepared_.layers[layer.number];
    const OutgoingEdges& out = ties.outgoing;
    const bool dated = ties.dated();
    const std::uint32_t end = out.begin[source.place + 1];
    for (std::uint32_t n = out.begin[source.place]; n < end; ++n) {
        const std::uint32_t target = out.target[n];
        // Nobody looks again at what a place that has committed everywhere is exposed to.
        if (waiting_[target] == 0 || !ties.live(out.edge[n], step)) continue;
        IntLanes& sum = exposure(layer, target);
        if (dated) {
            add_dated(layer, target, out.edge[n], source.members, step, sum);
        } else {
            add_undated(layer, n, source.members, sum);
        }
        if (!layer.coercive) continue;
        MemberBits weighty = 0;
        each_member(source.members, [&](std::size_t m) {
            if (own_ties(layer, m).weight[out.edge[n]] > 0.0)
                weighty = static_cast<MemberBits>(weighty | 1U << m);
        });
        if (weighty != 0) coerce(layer, target, weighty);
    }
}

void CommitmentLanes::coerce(const Layer& layer, std::uint32_t target, MemberBits sources) {
    if (is_coerced_[target] == 0) {
        is_coerced_[target] = 1;
        coerced_places_.push_back(target);
        coerced_[target] = {};
    }
    each_member(sources, [&](std::size_t m) {
        coerced_[target][m] = add_coercion(coerced_[target][m], layer.coercion[m]);
    });
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
