#include "sim/kernel/stock_lanes.h"

#include <algorithm>

namespace domino::sim {
namespace {

/// A value of each member side by side; empty lanes repeat the last member.
template <class Value>
Lanes across(std::span<const LaneMember> members, Value value) {
    Lanes lanes;
    for (std::size_t m = 0; m < lane_count; ++m) {
        lanes[m] = static_cast<float>(value(members[std::min(m, members.size() - 1)]));
    }
    return lanes;
}

}  // namespace

/// The loop over places of one step, inlined into a function for each instruction set.
struct StockLanes::Kernel {
    StockLanes& s;
    int step;
    const Lanes* multiplier;
    const Lanes* price;
    const Lanes* favour;  ///< or nullptr

    /// r Σ w x_j of one place, by technology, into `incoming`.
    DOMINO_INLINE void look_around(std::size_t i, Lanes* incoming) const {
        for (const std::size_t k : s.spreading_) incoming[k] = Lanes{};
        for (const PreparedLayer& layer : s.prepared_.layers) {
            if (!layer.carries_technology || layer.row_begin[i] == layer.row_begin[i + 1]) continue;
            const double scale =
                layer.dated() ? layer.scale(static_cast<std::uint32_t>(i), step, s.prepared_.steps) : 1.0;
            for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
                if (!layer.live(e, step)) continue;
                const auto weight = static_cast<float>(layer.weight[e] * scale);
                const Lanes* from = s.share_.data() + s.at(layer.source[e], 0);
                for (const std::size_t k : s.spreading_) {
                    float* into = incoming[k].of.data();
                    const float* x = from[k].of.data();
                    each_lane([&](std::size_t m) { into[m] += weight * x[m]; });
                }
            }
        }
        for (const std::size_t k : s.spreading_) {
            each_lane([&](std::size_t m) { incoming[k].of[m] *= s.between_places_[k].of[m]; });
        }
    }

    /// Retirements, then sales, of one technology at one place (model §2.3).
    DOMINO_INLINE void step_cell(std::size_t cell, std::size_t row, std::size_t k,
                                 const float* place_multiplier, const float* incoming,
                                 DoubleLanes* added) const {
        const int stages = s.stage_count_[k];
        const float retire_rate = s.retire_rate_[k];
        const float turnover = s.largest_sales_[row];
        const float years = s.years_;
        Lanes* ages = s.ages_.data() + cell * s.stages_;
        float* stock = s.stock_[cell].of.data();
        const float* potential = s.potential_[cell].of.data();
        const float* units = s.units_[cell].of.data();
        const float* p = s.p_[row].of.data();
        const float* q = s.q_[row].of.data();
        const float* cost = price[row].of.data();
        const float* weight = s.seed_weight_.of.data();
        Lanes factor;
        each_lane([&](std::size_t m) { factor.of[m] = place_multiplier[m] * cost[m]; });
        if (favour != nullptr) {
            const float* favoured = favour[cell].of.data();
            each_lane([&](std::size_t m) { factor.of[m] *= favoured[m]; });
        }
        Lanes kept, projects, sold, self, imitated, others;
        each_lane([&](std::size_t m) { kept.of[m] = 0.0f; });
        for (int j = 0; j < stages; ++j) {
            float* stage = ages[j].of.data();
            each_lane([&](std::size_t m) {
                const float out = stage[m] * retire_rate;
                stage[m] = stage[m] - out + kept.of[m];
                kept.of[m] = out;
            });
        }
        each_lane([&](std::size_t m) { kept.of[m] = stock[m] - kept.of[m]; });
        if (s.has_project_[cell] != 0) {
            float* project = s.project_[cell].of.data();
            each_lane([&](std::size_t m) {
                const float left = project[m] * (kept.of[m] / stock[m]);
                project[m] = stock[m] > 0.0f ? left : project[m];
                const float share = project[m] / potential[m];
                projects.of[m] = potential[m] > 0.0f ? share : 0.0f;
            });
        }
        each_lane([&](std::size_t m) {
            const float both = p[m] + incoming[m];
            const AdoptionRates<float> rates{both * factor.of[m], q[m] * factor.of[m]};
            const float wanted =
                adoption_sales(kept.of[m], potential[m], rates, years, projects.of[m], weight[m]);
            const float limited = smaller(wanted, units[m] * turnover);
            const float bought = turnover < 1.0f ? limited : wanted;
            const float part =
                innovation_part(kept.of[m], potential[m], rates, wanted, projects.of[m], weight[m]);
            // A limit on turnover cuts all causes alike.
            const float cut = bought < wanted ? bought / wanted : 1.0f;
            const float innovation = part * cut;
            const float own = innovation * (p[m] / both);
            sold.of[m] = bought;
            self.of[m] = incoming[m] > 0.0f ? own : innovation;
            others.of[m] = innovation - self.of[m];
            imitated.of[m] = bought - innovation;
        });
        each_lane([&](std::size_t m) {
            added[0].of[m] += static_cast<double>(self.of[m]);
            added[1].of[m] += static_cast<double>(imitated.of[m]);
            added[2].of[m] += static_cast<double>(others.of[m]);
            s.additions_[k].of[m] += static_cast<double>(sold.of[m]);
        });
        float* youngest = ages[0].of.data();
        Lanes sum;
        each_lane([&](std::size_t m) {
            youngest[m] += sold.of[m];
            sum.of[m] = youngest[m];
        });
        for (int j = 1; j < stages; ++j) {
            const float* stage = ages[j].of.data();
            each_lane([&](std::size_t m) { sum.of[m] += stage[m]; });
        }
        float* worst = s.identity_error_.of.data();
        float* sales = s.sales_[cell].of.data();
        each_lane([&](std::size_t m) {
            const float expected = kept.of[m] + sold.of[m];
            const float difference = sum.of[m] - expected;
            const float size = (difference < 0.0f ? -difference : difference) / expected;
            const float error = expected > 0.0f ? size : 0.0f;
            worst[m] = larger(worst[m], error);
            stock[m] = sum.of[m];
            sales[m] = sold.of[m];
        });
    }

    DOMINO_INLINE void run() const {
        const std::size_t technologies = s.technologies_;
        std::vector<Lanes>& incoming = s.incoming_;
        if (!s.spreading_.empty()) {
            for (std::size_t n = 0; n < s.stock_.size(); ++n) {
                const float* stock = s.stock_[n].of.data();
                const float* potential = s.potential_[n].of.data();
                float* share = s.share_[n].of.data();
                each_lane([&](std::size_t m) {
                    const float x = stock[m] / potential[m];
                    share[m] = potential[m] > 0.0f ? x : 0.0f;
                });
            }
        }
        for (std::size_t c = 0; c < s.prepared_.country_places.size(); ++c) {
            for (const std::uint32_t i : s.prepared_.country_places[c]) {
                if (!s.spreading_.empty()) look_around(i, incoming.data());
                for (std::size_t k = 0; k < technologies; ++k) {
                    step_cell(s.at(i, k), c * technologies + k, k, multiplier[i].of.data(),
                              incoming[k].of.data(), &s.added_[s.added_at(c, k)]);
                }
            }
        }
    }

#if defined(__x86_64__)
    __attribute__((target("arch=x86-64-v4"))) void run_avx512() const {
        run();
    }
    __attribute__((target("arch=x86-64-v3"))) void run_avx2() const {
        run();
    }
#endif
    void run_baseline() const {
        run();
    }
};

StockLanes::StockLanes(const PreparedWorld& prepared, std::span<const LaneMember> members,
                       CouplingSwitch coupling, InstructionSet instructions)
    : prepared_(prepared),
      instructions_(instructions),
      technologies_(prepared.technologies),
      splits_(coupling == CouplingSwitch::on),
      years_(static_cast<float>(part_years(prepared.world->calendar))),
      seed_weight_(across(members, [](const LaneMember& m) { return m.draws->seed_weight; })),
      additions_(prepared.technologies) {
    const World& world = *prepared.world;
    const std::size_t countries = world.countries.size();
    for (std::size_t k = 0; k < technologies_; ++k) {
        const Technology& t = world.technologies[k];
        stage_count_.push_back(t.erlang_stages);
        stages_ = std::max(stages_, static_cast<std::size_t>(t.erlang_stages));
        retire_rate_.push_back(
            static_cast<float>(t.erlang_stages * part_years(world.calendar) / t.lifetime_years));
        between_places_.push_back(across(members, [&](const LaneMember& m) {
            return coupling == CouplingSwitch::on ? m.draws->technologies[k].between_places : 0.0;
        }));
        bool spreads = false;
        for (std::size_t m = 0; m < lane_count; ++m) spreads = spreads || between_places_[k][m] > 0.0f;
        if (spreads) spreading_.push_back(k);
    }
    for (std::size_t c = 0; c < countries; ++c) {
        for (std::size_t k = 0; k < technologies_; ++k) {
            const std::size_t row = c * technologies_ + k;
            const double turnover = world.technologies[k].countries[c].turnover_years;
            largest_sales_.push_back(
                turnover > 0.0 ? static_cast<float>(part_years(world.calendar) / turnover) : 1.0f);
            p_.push_back(across(members, [&](const LaneMember& m) { return m.coefficients[row].p; }));
            q_.push_back(across(members, [&](const LaneMember& m) { return m.coefficients[row].q; }));
            ceiling_.push_back(across(
                members, [&](const LaneMember& m) { return m.draws->technologies[k].countries[c].ceiling; }));
        }
    }
    const std::size_t cells = prepared.places * technologies_;
    stock_.resize(cells);
    potential_.resize(cells);
    units_.resize(cells);
    project_.resize(cells);
    sales_.resize(cells);
    share_.resize(spreading_.empty() ? 0 : cells);
    incoming_.resize(technologies_);
    has_project_.assign(cells, 0);
    ages_.resize(cells * stages_);
    for (std::size_t i = 0; i < prepared.places; ++i) {
        const std::uint16_t c = world.places[i].country;
        for (std::size_t k = 0; k < technologies_; ++k) {
            const Technology& t = world.technologies[k];
            const auto ages =
                starting_ages(t.erlang_stages, t.lifetime_years, t.countries[c].past_growth_per_year);
            Lanes* row = ages_.data() + at(i, k) * stages_;
            float sum = 0.0f;
            for (std::size_t j = 0; j < static_cast<std::size_t>(t.erlang_stages); ++j) {
                const auto units = static_cast<float>(ages[j] * prepared.initial_stock[at(i, k)]);
                row[j].of.fill(units);
                sum += units;
            }
            stock_[at(i, k)].of.fill(sum);
        }
    }
    begin_year(0);
}

void StockLanes::begin_year(std::size_t touched_year) {
    const World& world = *prepared_.world;
    added_.assign(world.countries.size() * technologies_ * sales_cause_count, {});
    for (std::size_t i = 0; i < prepared_.places; ++i) {
        const std::uint16_t c = world.places[i].country;
        const Country& country = world.countries[c];
        const double people = country.population_factor[touched_year] / country.population_factor[0];
        for (std::size_t k = 0; k < technologies_; ++k) {
            const std::size_t cell = at(i, k);
            const double units = prepared_.units_serving_all[cell];
            const auto least = static_cast<float>(least_headroom * prepared_.initial_stock[cell]);
            const Lanes& ceiling = ceiling_[c * technologies_ + k];
            for (std::size_t m = 0; m < lane_count; ++m) {
                const float stock = stock_[cell][m];
                const float start = larger(ceiling[m] * static_cast<float>(units), least);
                units_[cell][m] = larger(static_cast<float>(units * people), stock);
                potential_[cell][m] = larger(start * static_cast<float>(people), stock);
            }
        }
    }
}

void StockLanes::step(int step, std::span<const Lanes> multiplier, std::span<const Lanes> price,
                      std::span<const Lanes> favour) {
    const Kernel kernel{*this, step, multiplier.data(), price.data(),
                        favour.empty() ? nullptr : favour.data()};
    run_kernel(kernel, instructions_);
}

double StockLanes::install_project(std::size_t member, std::uint32_t place, std::size_t technology,
                                   double units) {
    const std::size_t cell = at(place, technology);
    const float room = std::max(0.0f, potential_[cell][member] - stock_[cell][member]);
    const float fitted = std::clamp(static_cast<float>(units), 0.0f, room);
    stock_[cell][member] += fitted;
    project_[cell][member] += fitted;
    ages_[cell * stages_][member] += fitted;
    additions_[technology][member] += static_cast<double>(fitted);
    has_project_[cell] = 1;
    added_[added_at(prepared_.world->places[place].country, technology) +
           static_cast<std::size_t>(SalesCause::credit_projects)][member] += static_cast<double>(fitted);
    return static_cast<double>(fitted);
}

}  // namespace domino::sim
