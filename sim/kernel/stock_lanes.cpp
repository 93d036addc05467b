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

}  // namespace

StockLanes::StockLanes(const PreparedWorld& prepared, std::span<const LaneMember> members,
                       CouplingSwitch coupling, InstructionSet instructions)
    : prepared_(prepared),
      instructions_(instructions),
      technologies_(prepared.technologies),
      countries_(prepared.world->countries.size()),
      chunk_places_(places_in_chunk(prepared.places)),
      chunks_((prepared.places + chunk_places_ - 1) / chunk_places_),
      splits_(coupling == CouplingSwitch::on),
      years_(static_cast<float>(part_years(prepared.world->calendar))),
      seed_weight_(across(members, [](const LaneMember& m) { return m.draws->seed_weight; })),
      additions_(prepared.technologies) {
    const World& world = *prepared.world;
    for (std::size_t k = 0; k < technologies_; ++k) {
        const Technology& t = world.technologies[k];
        stage_count_.push_back(t.erlang_stages);
        stages_ = std::max(stages_, static_cast<std::size_t>(t.erlang_stages));
        retire_rate_.push_back(
            static_cast<float>(t.erlang_stages * part_years(world.calendar) / t.lifetime_years));
        between_places_.push_back(across(members, [&](const LaneMember& m) {
            return coupling == CouplingSwitch::on ? m.draws->technologies[k].between_places : 0.0;
        }));
        for (std::size_t m = 0; m < lane_count; ++m) spreads_ = spreads_ || between_places_[k][m] > 0.0f;
    }
    if (spreads_) {
        std::array<const PreparedWorld*, lane_count> ties_of{};
        for (std::size_t m = 0; m < lane_count; ++m) {
            const PreparedWorld* own = members[std::min(m, members.size() - 1)].ties;
            ties_of[m] = own != nullptr ? own : &prepared;
        }
        ties_ = CarriedTies(prepared, ties_of);
    }
    for (std::size_t c = 0; c < countries_; ++c) {
        for (std::size_t k = 0; k < technologies_; ++k) {
            const std::size_t row = c * technologies_ + k;
            const double turnover = world.technologies[k].countries[c].turnover_years;
            largest_sales_.push_back(
                turnover > 0.0 ? static_cast<float>(part_years(world.calendar) / turnover) : 1.0f);
            p_.push_back(across(members, [&](const LaneMember& m) { return m.coefficients[row].p; }));
            q_.push_back(across(members, [&](const LaneMember& m) { return m.coefficients[row].q; }));
            inverse_q_.push_back(
                across(members, [&](const LaneMember& m) { return 1.0 / m.coefficients[row].q; }));
            const Lanes& q = q_.back();
            always_imitated_.push_back(*std::min_element(q.of.begin(), q.of.end()) > 0.0f ? 1 : 0);
            ceiling_.push_back(across(
                members, [&](const LaneMember& m) { return m.draws->technologies[k].countries[c].ceiling; }));
        }
    }
    const std::size_t cells = prepared.places * technologies_;
    stock_.resize(cells);
    potential_.resize(cells);
    units_.resize(cells);
    project_.resize(cells);
    sales_slot_.assign(technologies_, no_slot);
    std::uint32_t slots = 0;
    for (const PriceScheme& scheme : world.price_schemes) {
        std::uint32_t& slot = sales_slot_[scheme.technology];
        if (slot == no_slot) slot = slots++;
    }
    sales_.resize(slots * prepared.places);
    share_.resize(spreads_ ? groups() * group_width * prepared.places : 0);
    next_share_.resize(share_.size());
    identity_error_.resize(chunks_ * technologies_);
    has_project_.assign(cells, 0);
    ages_.resize(cells * stages_);
    for (std::size_t n = 0; n < prepared.places; ++n) {
        const std::size_t i = prepared.order.place_at[n];
        const std::uint16_t c = world.places[i].country;
        country_.push_back(c);
        for (std::size_t k = 0; k < technologies_; ++k) {
            const Technology& t = world.technologies[k];
            const auto ages =
                starting_ages(t.erlang_stages, t.lifetime_years, t.countries[c].past_growth_per_year);
            Lanes* row = ages_.data() + at(n, k) * stages_;
            float sum = 0.0f;
            for (std::size_t j = 0; j < static_cast<std::size_t>(t.erlang_stages); ++j) {
                const auto units =
                    static_cast<float>(ages[j] * prepared.initial_stock[i * technologies_ + k]);
                row[j].of.fill(units);
                sum += units;
            }
            stock_[at(n, k)].of.fill(sum);
        }
    }
    for (std::size_t k = 0; k < technologies_; ++k) {
        for (const std::uint32_t i : prepared.order.place_at) {
            const std::size_t by_place = i * technologies_ + k;
            serving_all_.push_back(prepared.units_serving_all[by_place]);
            least_potential_.push_back(static_cast<float>(least_headroom * prepared.initial_stock[by_place]));
        }
    }
    begin_year(0);
}

double StockLanes::added_this_year(std::size_t country, std::size_t technology, SalesCause cause,
                                   std::size_t member) const {
    return added_so_far(country, technology, static_cast<std::size_t>(cause))[member];
}

double StockLanes::additions(std::size_t technology, std::size_t member) const {
    return additions_so_far(technology)[member];
}

DoubleLanes StockLanes::additions_so_far(std::size_t technology) const {
    DoubleLanes sum = additions_[technology];
    for (std::size_t c = 0; c < countries_; ++c) {
        for (std::size_t cause = 0; cause < sales_cause_count; ++cause) {
            const DoubleLanes added = added_so_far(c, technology, cause);
            each_lane([&](std::size_t m) { sum.of[m] += added.of[m]; });
        }
    }
    return sum;
}

DoubleLanes StockLanes::added_so_far(std::size_t country, std::size_t technology, std::size_t cause) const {
    DoubleLanes sum;
    for (std::size_t chunk = 0; chunk < chunks_; ++chunk) {
        const DoubleLanes& part = added_[added_at(chunk, country, technology) + cause];
        each_lane([&](std::size_t m) { sum.of[m] += part.of[m]; });
    }
    return sum;
}

StockYear StockLanes::year_books(const Threads* threads) const {
    StockYear books;
    books.units.resize(technologies_ * countries_);
    books.added.resize(technologies_ * countries_ * sales_cause_count);
    books.additions.resize(technologies_);
    run_shared(threads, technologies_, [&](std::size_t k) {
        for (std::size_t n = 0; n < prepared_.places; ++n) {
            double* sum = books.units[k * countries_ + country_[n]].of.data();
            const float* stock = stock_[at(n, k)].of.data();
            each_lane([&](std::size_t m) { sum[m] += static_cast<double>(stock[m]); });
        }
        for (std::size_t c = 0; c < countries_; ++c) {
            for (std::size_t cause = 0; cause < sales_cause_count; ++cause)
                books.added[(k * countries_ + c) * sales_cause_count + cause] = added_so_far(c, k, cause);
        }
        books.additions[k] = additions_[k];
        for (std::size_t row = k * countries_ * sales_cause_count;
             row < (k + 1) * countries_ * sales_cause_count; ++row)
            each_lane([&](std::size_t m) { books.additions[k].of[m] += books.added[row].of[m]; });
    });
    return books;
}

MemberBits StockLanes::grown(std::size_t place, double share) const {
    unsigned bits = 0;
    const std::size_t position = prepared_.order.position_of[place];
    for (std::size_t k = 0; k < technologies_; ++k) {
        const Lanes& stock = stock_[at(position, k)];
        const Lanes& potential = potential_[at(position, k)];
        const double initial = prepared_.initial_stock[place * technologies_ + k];
        for (std::size_t m = 0; m < lane_count; ++m) {
            const auto whole = static_cast<double>(potential[m]);
            const double added = static_cast<double>(stock[m]) - initial;
            bits |= (whole > 0.0 && added > share * whole ? 1U : 0U) << m;
        }
    }
    return static_cast<MemberBits>(bits);
}

/// A technology's places at a new year, inlined into a function for each instruction set.
struct StockLanes::YearKernel {
    StockLanes& s;
    const double* people;  ///< relative to the start, by country
    std::size_t technology;

    DOMINO_INLINE void run() const {
        for (std::size_t n = 0; n < s.prepared_.places; ++n) {
            const std::size_t cell = s.at(n, technology);
            const std::size_t c = s.country_[n];
            const float* ceiling = s.ceiling_[c * s.technologies_ + technology].of.data();
            const float* stock = s.stock_[cell].of.data();
            float* units = s.units_[cell].of.data();
            float* potential = s.potential_[cell].of.data();
            const auto of_start = static_cast<float>(s.serving_all_[cell]);
            const auto of_year = static_cast<float>(s.serving_all_[cell] * people[c]);
            const auto growth = static_cast<float>(people[c]);
            const float least = s.least_potential_[cell];
            each_lane([&](std::size_t m) {
                units[m] = larger(of_year, stock[m]);
                potential[m] = larger(larger(ceiling[m] * of_start, least) * growth, stock[m]);
            });
            if (s.spreads_) s.look_up_share(n, technology);
        }
    }
};

void StockLanes::begin_year(std::size_t touched_year) {
    for (std::size_t k = 0; k < technologies_ && !added_.empty(); ++k) additions_[k] = additions_so_far(k);
    added_.assign(chunks_ * countries_ * technologies_ * sales_cause_count, {});
    std::vector<double> people;
    for (const Country& country : prepared_.world->countries)
        people.push_back(country.population_factor[touched_year] / country.population_factor[0]);
    for (std::size_t k = 0; k < technologies_; ++k)
        run_kernel(YearKernel{*this, people.data(), k}, instructions_);
}

float StockLanes::largest_identity_error(std::size_t member) const {
    float largest = 0.0f;
    for (const Lanes& error : identity_error_) largest = std::max(largest, error[member]);
    return largest;
}

StockLanes::State StockLanes::save(std::size_t members) const {
    State state{{stock_, members}, {ages_, members}, {}, {}, {}, identity_error_};
    for (std::size_t k = 0; k < technologies_; ++k) state.additions.push_back(additions_so_far(k));
    std::vector<Lanes> projects;
    for (std::size_t cell = 0; cell < project_.size(); ++cell) {
        if (has_project_[cell] == 0) continue;
        state.project_cells.push_back(static_cast<std::uint32_t>(cell));
        projects.push_back(project_[cell]);
    }
    state.projects = PackedLanes(projects, members);
    return state;
}

void StockLanes::restore(const State& state) {
    state.stock.unpack(stock_);
    state.ages.unpack(ages_);
    std::fill(project_.begin(), project_.end(), Lanes{});
    std::fill(has_project_.begin(), has_project_.end(), std::uint8_t{0});
    std::vector<Lanes> projects(state.project_cells.size());
    state.projects.unpack(projects);
    for (std::size_t n = 0; n < projects.size(); ++n) {
        project_[state.project_cells[n]] = projects[n];
        has_project_[state.project_cells[n]] = 1;
    }
    additions_ = state.additions;
    added_.clear();
    identity_error_ = state.identity_error;
}

std::size_t StockLanes::State::bytes() const {
    return stock.bytes() + ages.bytes() + projects.bytes() +
           project_cells.capacity() * sizeof(std::uint32_t) + additions.capacity() * sizeof(DoubleLanes) +
           identity_error.capacity() * sizeof(Lanes);
}

double StockLanes::install_project(std::size_t member, std::uint32_t place, std::size_t technology,
                                   double units) {
    const std::size_t position = prepared_.order.position_of[place];
    const std::size_t cell = at(position, technology);
    const float room = std::max(0.0f, potential_[cell][member] - stock_[cell][member]);
    const float fitted = std::clamp(static_cast<float>(units), 0.0f, room);
    stock_[cell][member] += fitted;
    project_[cell][member] += fitted;
    ages_[cell * stages_][member] += fitted;
    has_project_[cell] = 1;
    if (spreads_) look_up_share(position, technology);
    added_[added_at(position / chunk_places_, country_[position], technology) +
           static_cast<std::size_t>(SalesCause::credit_projects)][member] += static_cast<double>(fitted);
    return static_cast<double>(fitted);
}

}  // namespace domino::sim
