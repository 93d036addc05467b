#pragma once

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

/// Neighbouring units of a block that share their account and fate.
struct CreditLot {
    std::int64_t first = 0;
    Tonnes count = 0;
    CreditAccount account;
    CreditStatus status;
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
    /// The parts of lots that @p units are, ascending; they must be the block's.
    std::vector<CreditLot> parts(const CreditUnits& units) const;
    /// Puts units into an account with a new status and joins lots that have become alike.
    void move(const CreditUnits& units, CreditAccount account, CreditStatus status);
    void set_purpose(CreditPurpose purpose) { purpose_ = purpose; }

 private:
    CreditParty host_;
    CreditProjectId project_;
    int vintage_;
    CreditPurpose purpose_;
    std::int64_t first_;
    Tonnes quantity_;
    std::vector<CreditLot> lots_;
};

}  // namespace domino::sim
