// What is read of the stocks over a year or put away at its end.
#include <algorithm>

#include "sim/kernel/stock_lanes.h"

namespace domino::sim {

double StockLanes::added_this_year(std::size_t country, std::size_t technology, SalesCause cause,
                                   std::size_t member) const {
    return added_so_far(country, packs_.pack_of(technology),
                        static_cast<std::size_t>(cause))[packs_.lane_of(technology, member)];
}

double StockLanes::additions(std::size_t technology, std::size_t member) const {
    return additions_so_far(packs_.pack_of(technology))[packs_.lane_of(technology, member)];
}

DoubleLanes StockLanes::additions_so_far(std::size_t pack) const {
    DoubleLanes sum = additions_[pack];
    for (std::size_t c = 0; c < countries_; ++c) {
        for (std::size_t cause = 0; cause < sales_cause_count; ++cause) {
            const DoubleLanes added = added_so_far(c, pack, cause);
            each_lane([&](std::size_t m) { sum.of[m] += added.of[m]; });
        }
    }
    return sum;
}

DoubleLanes StockLanes::added_so_far(std::size_t country, std::size_t pack, std::size_t cause) const {
    DoubleLanes sum;
    const std::size_t begin = prepared_.order.country_begin[country];
    const std::size_t end = prepared_.order.country_begin[country + 1];
    if (begin == end) return sum;
    // A country's places stand together, so that few chunks have any of them.
    for (std::size_t chunk = begin / chunk_places_; chunk <= (end - 1) / chunk_places_; ++chunk) {
        const DoubleLanes& part = added_[added_at(chunk, country, pack) + cause];
        each_lane([&](std::size_t m) { sum.of[m] += part.of[m]; });
    }
    return sum;
}

StockYear StockLanes::year_books(const Threads* threads) const {
    const std::size_t technologies = packs_.technologies();
    StockYear books;
    books.units.resize(technologies * countries_);
    books.added.resize(technologies * countries_ * sales_cause_count);
    books.additions.resize(technologies);
    run_shared(threads, technologies, [&](std::size_t k) {
        Lanes room;
        for (std::size_t n = 0; n < prepared_.places; ++n) {
            double* sum = books.units[k * countries_ + country_[n]].of.data();
            const float* stock = stock_at(n, k, room).of.data();
            each_lane([&](std::size_t m) { sum[m] += static_cast<double>(stock[m]); });
        }
        const std::size_t pack = packs_.pack_of(k);
        for (std::size_t c = 0; c < countries_; ++c) {
            for (std::size_t cause = 0; cause < sales_cause_count; ++cause) {
                packs_.gather(added_so_far(c, pack, cause), k,
                              books.added[(k * countries_ + c) * sales_cause_count + cause]);
            }
        }
        packs_.gather(additions_[pack], k, books.additions[k]);
        for (std::size_t row = k * countries_ * sales_cause_count;
             row < (k + 1) * countries_ * sales_cause_count; ++row)
            each_lane([&](std::size_t m) { books.additions[k].of[m] += books.added[row].of[m]; });
    });
    return books;
}

std::vector<DoubleLanes> StockLanes::all_additions() const {
    std::vector<DoubleLanes> additions(packs_.technologies());
    for (std::size_t k = 0; k < additions.size(); ++k)
        packs_.gather(additions_so_far(packs_.pack_of(k)), k, additions[k]);
    return additions;
}

MemberBits StockLanes::grown(std::size_t place, double share) const {
    IntLanes reached;
    Lanes stock_room, potential_room;
    const std::size_t position = prepared_.order.position_of[place];
    for (std::size_t k = 0; k < packs_.technologies(); ++k) {
        const Lanes& stock = stock_at(position, k, stock_room);
        const Lanes& potential = potential_at(position, k, potential_room);
        const double initial = prepared_.initial_stock[place * packs_.technologies() + k];
        each_lane([&](std::size_t m) {
            const auto whole = static_cast<double>(potential.of[m]);
            const double added = static_cast<double>(stock.of[m]) - initial;
            reached.of[m] |= static_cast<int>(whole > 0.0) & static_cast<int>(added > share * whole);
        });
    }
    std::uint32_t bits = 0;
    each_lane([&](std::size_t m) {
        bits |= static_cast<std::uint32_t>(reached.of[m]) << static_cast<std::uint32_t>(m);
    });
    return static_cast<MemberBits>(bits);
}

float StockLanes::largest_identity_error(std::size_t member) const {
    float largest = 0.0f;
    for (std::size_t chunk = 0; chunk < chunks_; ++chunk) {
        for (std::size_t k = 0; k < packs_.technologies(); ++k) {
            const Lanes& error = identity_error_[chunk * packs_.count() + packs_.pack_of(k)];
            largest = std::max(largest, error[packs_.lane_of(k, member)]);
        }
    }
    return largest;
}

StockLanes::State StockLanes::save() const {
    const std::size_t lanes = packs_.side_by_side() ? lane_count : packs_.members();
    State state{{stock_, lanes}, {ages_, lanes}, {}, {}, {}, identity_error_};
    for (std::size_t q = 0; q < packs_.count(); ++q) state.additions.push_back(additions_so_far(q));
    std::vector<Lanes> projects;
    for (std::size_t cell = 0; cell < project_.size(); ++cell) {
        if (has_project_[cell] == 0) continue;
        state.project_cells.push_back(static_cast<std::uint32_t>(cell));
        projects.push_back(project_[cell]);
    }
    state.projects = PackedLanes(projects, lanes);
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

}  // namespace domino::sim
