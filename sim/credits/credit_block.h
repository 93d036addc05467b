#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/credits/credit_types.h"

namespace domino::sim {

struct CreditProjectId {
    std::uint32_t value = 0;
    friend auto operator<=>(const CreditProjectId&, const CreditProjectId&) = default;
};

struct CreditBlockId {
    std::uint32_t value = 0;
    friend auto operator<=>(const CreditBlockId&, const CreditBlockId&) = default;
};

/// Units of one block, by serial number: first, …, first + count − 1.
struct CreditUnits {
    CreditBlockId block;
    std::int64_t first = 0;
    Tonnes count = 0;
    friend bool operator==(const CreditUnits&, const CreditUnits&) = default;
};

/// Whether units have crossed a border, and whether their host's balance has been adjusted for them.
struct CreditStatus {
    bool left_home = false;
    bool adjusted = false;
    friend bool operator==(const CreditStatus&, const CreditStatus&) = default;
};

/// Where units are, and what has become of them.
struct CreditPlace {
    CreditAccount account;
    CreditStatus status;
    friend bool operator==(const CreditPlace&, const CreditPlace&) = default;
};

/// Neighbouring units of a block that share their place.
struct CreditLot {
    std::int64_t first = 0;
    Tonnes count = 0;
    CreditPlace place;
    std::int64_t end() const { return first + count; }
};

/// Units issued at once: one project, vintage and purpose, consecutive serial numbers of the host. Its lots
/// partition them, so that no unit is in two accounts.
class CreditBlock {
 public:
    CreditBlock(CreditParty host, CreditProjectId project, int vintage, CreditPurpose purpose, CreditLot all);

    CreditParty host() const { return host_; }
    CreditProjectId project() const { return project_; }
    int vintage() const { return vintage_; }
    CreditPurpose purpose() const { return purpose_; }
    std::int64_t first_serial() const { return first_; }
    Tonnes quantity() const { return quantity_; }
    const std::vector<CreditLot>& lots() const { return lots_; }

    /// Whether the block has all of these serial numbers.
    bool contains(const CreditUnits& units) const;
    /// Calls `visit` with each part of a lot that @p units are, ascending; they must be the block's.
    template <class Visit>
    void each_part(const CreditUnits& units, const Visit& visit) const {
        for (const CreditLot& lot : lots_) {
            const CreditLot part = part_of(lot, units.first, units.first + units.count);
            if (part.count > 0) visit(part);
        }
    }
    /// Puts each part of a lot that @p units are where `place_of(part)` says, ascending, and joins lots that
    /// have become alike; they must be the block's.
    template <class PlaceOf>
    void move(const CreditUnits& units, const PlaceOf& place_of) {
        // Most blocks move whole: nothing is to be cut or joined.
        if (lots_.size() == 1 && units.count == quantity_) {
            lots_.front().place = place_of(lots_.front());
            return;
        }
        std::vector<CreditLot> next;
        const std::int64_t end = units.first + units.count;
        for (const CreditLot& lot : lots_) {
            append(next, part_of(lot, lot.first, units.first));
            CreditLot part = part_of(lot, units.first, end);
            if (part.count > 0) part.place = place_of(part);
            append(next, part);
            append(next, part_of(lot, end, lot.end()));
        }
        lots_ = std::move(next);
    }
    void set_purpose(CreditPurpose purpose) { purpose_ = purpose; }

 private:
    /// What of a lot lies in [first, end), maybe nothing.
    static CreditLot part_of(const CreditLot& lot, std::int64_t first, std::int64_t end) {
        const std::int64_t from = std::max(lot.first, first);
        return {from, std::max<Tonnes>(0, std::min(lot.end(), end) - from), lot.place};
    }
    static void append(std::vector<CreditLot>& lots, const CreditLot& lot);

    CreditParty host_;
    CreditProjectId project_;
    int vintage_;
    CreditPurpose purpose_;
    std::int64_t first_;
    Tonnes quantity_;
    std::vector<CreditLot> lots_;
};

}  // namespace domino::sim
