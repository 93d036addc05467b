#include "sim/kernel/stock_lanes.h"

#include <algorithm>

#include "sim/drawn_ties.h"

namespace domino::sim {
namespace {

/// Sixteen chunks at most, none so short that handing it out would count.
std::uint32_t places_in_chunk(std::size_t places) {
    constexpr std::size_t most_chunks = 16;
    constexpr std::size_t fewest_places = 512;
    return static_cast<std::uint32_t>(std::max(fewest_places, (places + most_chunks - 1) / most_chunks));
}

/// Side by side stand technologies that age in as many stages.
TechnologyPacks packs_of(const World& world, std::size_t members) {
    const bool alike = std::all_of(
        world.technologies.begin(), world.technologies.end(),
        [&](const Technology& t) { return t.erlang_stages == world.technologies.front().erlang_stages; });
    return alike ? TechnologyPacks(world.technologies.size(), members)
                 : TechnologyPacks(world.technologies.size(), members, 1);
}

float smallest(const Lanes& lanes) {
    return *std::min_element(lanes.of.begin(), lanes.of.end());
}

}  // namespace

template <class Value>
Lanes StockLanes::lanes_of(std::size_t pack, const Value& value) const {
    Lanes lanes;
    packs_.each_lane_of(pack, [&](std::size_t lane, std::size_t technology, std::size_t member) {
        lanes[lane] = static_cast<float>(value(technology, member));
    });
    return lanes;
}

StockLanes::StockLanes(const PreparedWorld& prepared, std::span<const LaneMember> members,
                       CouplingSwitch coupling, InstructionSet instructions)
    : prepared_(prepared),
      instructions_(instructions),
      packs_(packs_of(*prepared.world, members.size())),
      countries_(prepared.world->countries.size()),
      chunk_places_(places_in_chunk(prepared.places)),
      chunks_((prepared.places + chunk_places_ - 1) / chunk_places_),
      splits_(coupling == CouplingSwitch::on),
      years_(static_cast<float>(part_years(prepared.world->calendar))),
      additions_(packs_.count()) {
    const World& world = *prepared.world;
    const double part = part_years(world.calendar);
    for (std::size_t m = 0; m < lane_count; ++m)
        seed_weight_[m] = static_cast<float>(members[packs_.member_in(m)].draws->seed_weight);
    for (std::size_t q = 0; q < packs_.count(); ++q) {
        const Technology& first = world.technologies[packs_.technology_in(q, 0)];
        stage_count_.push_back(first.erlang_stages);
        stages_ = std::max(stages_, static_cast<std::size_t>(first.erlang_stages));
        retire_rate_.push_back(lanes_of(q, [&](std::size_t k, std::size_t) {
            const Technology& t = world.technologies[k];
            return t.erlang_stages * part / t.lifetime_years;
        }));
        between_places_.push_back(lanes_of(q, [&](std::size_t k, std::size_t m) {
            return coupling == CouplingSwitch::on ? members[m].draws->technologies[k].between_places : 0.0;
        }));
        for (const float r : between_places_.back().of) spreads_ = spreads_ || r > 0.0f;
    }
    if (spreads_) {
        std::array<const PreparedWorld*, lane_count> ties_of{};
        for (std::size_t m = 0; m < lane_count; ++m) {
            const PreparedWorld* own = members[packs_.member_in(m)].ties;
            ties_of[m] = own != nullptr ? own : &prepared;
        }
        ties_ = CarriedTies(prepared, ties_of);
    }
    for (std::size_t c = 0; c < countries_; ++c) {
        for (std::size_t q = 0; q < packs_.count(); ++q) {
            const auto coefficients = [&](std::size_t k, std::size_t m) -> const AdoptionCoefficients& {
                return members[m].coefficients[c * prepared.technologies + k];
            };
            turnover_.push_back(lanes_of(q, [&](std::size_t k, std::size_t) {
                const double turnover = world.technologies[k].countries[c].turnover_years;
                return turnover > 0.0 ? part / turnover : 1.0;
            }));
            turns_.push_back(smallest(turnover_.back()) < 1.0f ? 1 : 0);
            p_.push_back(lanes_of(q, [&](std::size_t k, std::size_t m) { return coefficients(k, m).p; }));
            q_.push_back(lanes_of(q, [&](std::size_t k, std::size_t m) { return coefficients(k, m).q; }));
            inverse_q_.push_back(
                lanes_of(q, [&](std::size_t k, std::size_t m) { return 1.0 / coefficients(k, m).q; }));
            always_imitated_.push_back(smallest(q_.back()) > 0.0f ? 1 : 0);
            ceiling_.push_back(lanes_of(q, [&](std::size_t k, std::size_t m) {
                return members[m].draws->technologies[k].countries[c].ceiling;
            }));
        }
    }
    make_room();
    for (std::size_t n = 0; n < prepared.places; ++n)
        country_.push_back(world.places[prepared.order.place_at[n]].country);
    for (std::size_t k = 0; k < prepared.technologies; ++k) {
        const Technology& t = world.technologies[k];
        for (std::size_t n = 0; n < prepared.places; ++n) {
            const double initial =
                prepared.initial_stock[prepared.order.place_at[n] * prepared.technologies + k];
            const auto ages = starting_ages(t.erlang_stages, t.lifetime_years,
                                            t.countries[country_[n]].past_growth_per_year);
            start_cell(n, k, initial, ages);
        }
    }
    for (std::size_t k = 0; k < prepared.technologies; ++k) {
        for (const std::uint32_t i : prepared.order.place_at) {
            const std::size_t by_place = i * prepared.technologies + k;
            serving_all_.push_back(prepared.units_serving_all[by_place]);
            least_potential_.push_back(static_cast<float>(least_headroom * prepared.initial_stock[by_place]));
        }
    }
    begin_year(0);
}

void StockLanes::make_room() {
    const std::size_t cells = prepared_.places * packs_.count();
    for (LaneArray* of_cells : {&stock_, &potential_, &units_, &project_}) of_cells->resize(cells);
    ages_.resize(cells * stages_);
    has_project_.assign(cells, 0);
    sales_slot_.assign(packs_.count(), no_slot);
    std::uint32_t slots = 0;
    for (const PriceScheme& scheme : prepared_.world->price_schemes) {
        std::uint32_t& slot = sales_slot_[packs_.pack_of(scheme.technology)];
        if (slot == no_slot) slot = slots++;
    }
    sales_.resize(slots * prepared_.places);
    share_.resize(spreads_ ? groups() * group_width * prepared_.places : 0);
    next_share_.resize(share_.size());
    identity_error_.resize(chunks_ * packs_.count());
    if (!packs_.side_by_side()) return;
    given_.multiplier.resize(prepared_.places);
    given_.price.resize(countries_ * packs_.count());
    given_.favour.resize(cells);
}

/// Lanes beyond the last technology stay empty.
void StockLanes::start_cell(std::size_t position, std::size_t technology, double units,
                            const ErlangStages<double>& ages) {
    const std::size_t cell = at(position, packs_.pack_of(technology));
    const std::size_t first = packs_.first_lane(technology);
    float sum = 0.0f;
    for (std::size_t j = 0; j < static_cast<std::size_t>(stage_count_[packs_.pack_of(technology)]); ++j) {
        const auto of_age = static_cast<float>(ages[j] * units);
        std::fill_n(ages_[cell * stages_ + j].of.begin() + first, packs_.stride(), of_age);
        sum += of_age;
    }
    std::fill_n(stock_[cell].of.begin() + first, packs_.stride(), sum);
}

/// A pack's places at a new year, inlined into a function for each instruction set.
struct StockLanes::YearKernel {
    StockLanes& s;
    const double* people;  ///< relative to the start, by country
    std::size_t pack;

    /// What does not depend on the member: numbers of the pack's technology, or a lane for each of its own.
    struct AtPlace {
        Lanes of_start, of_year, least;
    };

    std::size_t technology_at(std::size_t position, std::size_t technology) const {
        return technology * s.prepared_.places + position;
    }

    /// `stride` lanes of each technology.
    template <std::size_t stride>
    DOMINO_INLINE void look_up(std::size_t n, double growth, AtPlace& at) const {
        for (std::size_t lane = 0; lane < lane_count; lane += stride) {
            const std::size_t cell = technology_at(n, s.packs_.technology_in(pack, lane));
            const auto of_start = static_cast<float>(s.serving_all_[cell]);
            const auto of_year = static_cast<float>(s.serving_all_[cell] * growth);
            const float least = s.least_potential_[cell];
            for (std::size_t m = lane; m < lane + stride; ++m) {
                at.of_start.of[m] = of_start;
                at.of_year.of[m] = of_year;
                at.least.of[m] = least;
            }
        }
    }

    DOMINO_INLINE void run() const {
        if (s.packs_.width() == 1) return run<lane_count>();
        if (s.packs_.width() == 2) return run<lane_count / 2>();
        run<lane_count / 4>();
    }

    template <std::size_t stride>
    DOMINO_INLINE void run() const {
        AtPlace at;
        for (std::size_t n = 0; n < s.prepared_.places; ++n) {
            const std::size_t cell = s.at(n, pack);
            const std::size_t c = s.country_[n];
            const float* ceiling = s.ceiling_[c * s.packs_.count() + pack].of.data();
            const float* stock = s.stock_[cell].of.data();
            float* units = s.units_[cell].of.data();
            float* potential = s.potential_[cell].of.data();
            const auto growth = static_cast<float>(people[c]);
            look_up<stride>(n, people[c], at);
            each_lane([&](std::size_t m) {
                units[m] = larger(at.of_year.of[m], stock[m]);
                potential[m] =
                    larger(larger(ceiling[m] * at.of_start.of[m], at.least.of[m]) * growth, stock[m]);
            });
            if (s.spreads_) s.look_up_share(n, pack);
        }
    }
};

void StockLanes::begin_year(std::size_t touched_year, const Threads* threads) {
    for (std::size_t q = 0; q < packs_.count() && !added_.empty(); ++q) additions_[q] = additions_so_far(q);
    added_.assign(chunks_ * countries_ * packs_.count() * sales_cause_count, {});
    std::vector<double> people;
    for (const Country& country : prepared_.world->countries)
        people.push_back(country.population_factor[touched_year] / country.population_factor[0]);
    run_shared(threads, packs_.count(), [&](std::size_t q) {
        run_kernel(YearKernel{*this, people.data(), q}, instructions_);
    });
}

/// What a step is given, from lanes of members to those of packs.
void StockLanes::deal_out(std::span<const Lanes> multiplier, std::span<const Lanes> price,
                          std::span<const Lanes> favour) {
    const std::size_t technologies = packs_.technologies();
    for (std::size_t n = 0; n < prepared_.places; ++n) packs_.deal(multiplier[n], given_.multiplier[n]);
    for (std::size_t q = 0; q < packs_.count(); ++q) {
        for (std::size_t c = 0; c < countries_; ++c) {
            packs_.deal(
                q, [&](std::size_t k) -> const Lanes& { return price[c * technologies + k]; },
                given_.price[c * packs_.count() + q]);
        }
        for (std::size_t n = 0; n < prepared_.places && !favour.empty(); ++n) {
            packs_.deal(
                q, [&](std::size_t k) -> const Lanes& { return favour[n * technologies + k]; },
                given_.favour[n * packs_.count() + q]);
        }
    }
}

std::span<const Lanes> StockLanes::rows(const LaneArray& cells, std::size_t technology,
                                        std::vector<Lanes>& room) const {
    const std::size_t pack = packs_.pack_of(technology);
    if (!packs_.side_by_side()) return std::span(cells).subspan(at(0, pack), prepared_.places);
    room.resize(prepared_.places);
    for (std::size_t n = 0; n < prepared_.places; ++n) packs_.gather(cells[at(n, pack)], technology, room[n]);
    return room;
}

double StockLanes::install_project(std::size_t member, std::uint32_t place, std::size_t technology,
                                   double units) {
    const std::size_t position = prepared_.order.position_of[place];
    const std::size_t pack = packs_.pack_of(technology);
    const std::size_t lane = packs_.lane_of(technology, member);
    const std::size_t cell = at(position, pack);
    const float room = std::max(0.0f, potential_[cell][lane] - stock_[cell][lane]);
    const float fitted = std::clamp(static_cast<float>(units), 0.0f, room);
    stock_[cell][lane] += fitted;
    project_[cell][lane] += fitted;
    ages_[cell * stages_][lane] += fitted;
    has_project_[cell] = 1;
    if (spreads_) look_up_share(position, pack);
    added_[added_at(position / chunk_places_, country_[position], pack) +
           static_cast<std::size_t>(SalesCause::credit_projects)][lane] += static_cast<double>(fitted);
    return static_cast<double>(fitted);
}

}  // namespace domino::sim
