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

std::size_t ReverseCollection::missing_parts(std::uint64_t sets) const {
    const auto wanted = static_cast<std::size_t>((sets + part_sets - 1) / part_sets);
    return wanted > parts_.size() ? wanted - parts_.size() : 0;
}

ReverseCollection::Part ReverseCollection::make_part(std::size_t ahead, const std::function<bool()>& stop) {
    if (stop && stop()) throw Cancelled{};
    auto scratch = scratches_.take(sampler_.nodes());
    Part part;
    const std::uint64_t first = first_set_ + (parts_.size() + ahead) * part_sets;
    for (std::uint64_t set = first; set < first + part_sets; ++set) {
        sampler_.sample(set, *scratch, part.rows);
        part.begin.push_back(part.rows.size());
    }
    part.rows.shrink_to_fit();
    scratches_.give(std::move(scratch));
    return part;
}

void ReverseCollection::append(std::vector<Part> fresh) {
    for (Part& part : fresh) parts_.push_back(std::move(part));
}

void ReverseCollection::grow(std::uint64_t sets, const Threads* threads, const std::function<bool()>& stop) {
    std::vector<Part> fresh(missing_parts(sets));
    run_shared(threads, fresh.size(), [&](std::size_t n) { fresh[n] = make_part(n, stop); });
    append(std::move(fresh));
}

void ReverseCollection::grow_both(ReverseCollection& a, ReverseCollection& b, std::uint64_t sets,
                                  const Threads* threads, const std::function<bool()>& stop) {
    std::vector<Part> of_a(a.missing_parts(sets)), of_b(b.missing_parts(sets));
    run_shared(threads, of_a.size() + of_b.size(), [&](std::size_t n) {
        if (n < of_a.size())
            of_a[n] = a.make_part(n, stop);
        else
            of_b[n - of_a.size()] = b.make_part(n - of_a.size(), stop);
    });
    a.append(std::move(of_a));
    b.append(std::move(of_b));
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
            for (std::uint64_t at = part.begin[set]; at < part.begin[set + 1]; ++at)
                least = std::min(least, rank[part.rows[at]]);
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
