#include "sim/credits/credit_block.h"

#include <algorithm>
#include <iterator>

namespace domino::sim {

CreditBlock::CreditBlock(CreditParty host, CreditProjectId project, int vintage, CreditPurpose purpose,
                         CreditLot all)
    : host_(host),
      project_(project),
      vintage_(vintage),
      purpose_(purpose),
      first_(all.first),
      quantity_(all.count),
      lots_{all} {}

bool CreditBlock::contains(const CreditUnits& units) const {
    // Differences instead of sums: a serial number from outside may be near the end of its type.
    return units.count > 0 && units.count <= quantity_ && units.first >= first_ &&
           units.first - first_ <= quantity_ - units.count;
}

std::vector<CreditLot> CreditBlock::parts(const CreditUnits& units) const {
    std::vector<CreditLot> found;
    const std::int64_t end = units.first + units.count;
    for (CreditLot lot : lots_) {
        const std::int64_t from = std::max(lot.first, units.first);
        const std::int64_t to = std::min(lot.end(), end);
        if (from >= to) continue;
        lot.first = from;
        lot.count = to - from;
        found.push_back(lot);
    }
    return found;
}

void CreditBlock::move(const CreditUnits& units, CreditAccount account, CreditStatus status) {
    std::vector<CreditLot> next;
    const auto append = [&](std::int64_t first, std::int64_t end, CreditAccount where, CreditStatus how) {
        if (first >= end) return;
        if (!next.empty() && next.back().end() == first && next.back().account == where &&
            next.back().status == how) {
            next.back().count += end - first;
        } else {
            next.push_back({first, end - first, where, how});
        }
    };
    const std::int64_t end = units.first + units.count;
    for (const CreditLot& lot : lots_) {
        append(lot.first, std::min(lot.end(), units.first), lot.account, lot.status);
        append(std::max(lot.first, units.first), std::min(lot.end(), end), account, status);
        append(std::max(lot.first, end), lot.end(), lot.account, lot.status);
    }
    lots_ = std::move(next);
}

}  // namespace domino::sim
