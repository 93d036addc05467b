#include "sim/credits/credit_block.h"

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

void CreditBlock::append(std::vector<CreditLot>& lots, const CreditLot& lot) {
    if (lot.count == 0) return;
    if (!lots.empty() && lots.back().place == lot.place) {
        lots.back().count += lot.count;
    } else {
        lots.push_back(lot);
    }
}

}  // namespace domino::sim
