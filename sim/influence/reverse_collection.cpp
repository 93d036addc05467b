#include "sim/influence/reverse_collection.h"

#include <algorithm>
#include <utility>

#include "sim/ensemble.h"

namespace domino::sim {

std::unique_ptr<ReverseScratch> ReverseCollection::Scratches::take(std::size_t nodes) {
    {
        const std::lock_guard lock(mutex_);
        if (!free_.empty()) {
            auto scratch = std::move(free_.back());
            free_.pop_back();
            return scratch;
        }
    }
    return std::make_unique<ReverseScratch>(nodes);
}

void ReverseCollection::Scratches::give(std::unique_ptr<ReverseScratch> scratch) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(scratch));
}

ReverseCollection::Part ReverseCollection::make_part(std::size_t number, const std::function<bool()>& stop) {
    if (stop && stop()) throw Cancelled{};
    auto scratch = scratches_.take(sampler_.nodes());
    Part part;
    part.begin.reserve(part_sets + 1);
    const std::uint64_t first = first_set_ + number * part_sets;
    for (std::uint64_t set = first; set < first + part_sets; ++set) {
        sampler_.sample(set, *scratch, scratch->rows);
        part.begin.push_back(scratch->rows.size());
    }
    part.rows.assign(scratch->rows.begin(), scratch->rows.end());
    scratch->rows.clear();
    scratches_.give(std::move(scratch));
    return part;
}

void ReverseCollection::grow(std::uint64_t sets, const Threads* threads, const std::function<bool()>& stop,
                             const std::function<void()>& meanwhile) {
    const auto wanted = static_cast<std::size_t>((sets + part_sets - 1) / part_sets);
    std::vector<Part> fresh(wanted > parts_.size() ? wanted - parts_.size() : 0);
    const std::size_t others = meanwhile ? 1 : 0;
    run_shared(threads, others + fresh.size(), [&](std::size_t n) {
        if (n < others)
            meanwhile();
        else
            fresh[n - others] = make_part(parts_.size() + n - others, stop);
    });
    for (Part& part : fresh) parts_.push_back(std::move(part));
}

std::size_t ReverseCollection::bytes() const {
    std::size_t bytes = 0;
    for (const Part& part : parts_)
        bytes += part.begin.capacity() * sizeof(std::uint64_t) + part.rows.capacity() * sizeof(std::uint32_t);
    return bytes;
}

std::vector<std::uint64_t> ReverseCollection::covered(const std::vector<std::uint32_t>& seeds,
                                                      const Threads* threads) const {
    const auto none = static_cast<std::uint32_t>(seeds.size());
    std::vector<std::uint32_t> rank(sampler_.nodes(), none);
    for (std::uint32_t n = 0; n < none; ++n) rank[seeds[n]] = std::min(rank[seeds[n]], n);
    std::vector<std::vector<std::uint64_t>> first(parts_.size());
    run_shared(threads, parts_.size(), [&](std::size_t p) {
        const Part& part = parts_[p];
        first[p].assign(seeds.size() + 1, 0);
        for (std::size_t set = 0; set < part.sets(); ++set) {
            std::uint32_t least = none;
            for (const std::uint32_t row : part.rows_of(set)) least = std::min(least, rank[row]);
            ++first[p][least];
        }
    });
    std::vector<std::uint64_t> covered(seeds.size(), 0);
    std::uint64_t sum = 0;
    for (std::uint32_t n = 0; n < none; ++n) {
        for (const auto& counts : first) sum += counts[n];
        covered[n] = sum;
    }
    return covered;
}

}  // namespace domino::sim
