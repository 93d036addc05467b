#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "geo/problem.h"
#include "sim/credits/account_balances.h"
#include "sim/credits/credit_block.h"

namespace domino::sim {

/// Why a transaction was refused.
enum class CreditRefusal : std::uint8_t {
    unknown_party,
    unknown_project,
    unknown_units,   ///< no such block, or not its serial numbers
    not_positive,    ///< no or negative tonnes
    too_many_units,  ///< serial numbers of the host would overflow
    out_of_order,    ///< booked before what is already booked
    before_vintage,  ///< issued before the reduction occurred
    beyond_monitored_reduction,
    already_monitored,
    not_authorised,
    already_authorised,
    same_party,
    already_first_transferred,
    not_first_transferred,
    not_held,      ///< in an account of another party, or at home
    not_acquired,  ///< on their way to the party
    already_used,
    already_cancelled,
    outside_period,  ///< occurred in another contribution's years than they are used in
};

/// What became of a transaction. A refused one has changed nothing.
struct CreditReceipt {
    CreditBlockId block;                   ///< of issuance and opening: the new block
    std::optional<CreditRefusal> refusal;  ///< empty: booked
    geo::Problem problem;                  ///< where, what, why and what to do, of a refusal
    explicit operator bool() const { return !refusal.has_value(); }
};

/// One booking: `debit` receives `tonnes` that `credit` gives. Debits and credits are equal by construction.
struct CreditEntry {
    int year = 0;
    CreditVerb verb = CreditVerb::issuance;
    CreditUnits units;
    CreditAccount debit, credit;
};

/// The double-entry ledger of Article 6.2 in the verbs of the Joint Crediting Mechanism: reductions that are
/// monitored become units by issuance; authorised units are first-transferred, acquired, and used or
/// cancelled. Every unit has a serial number and is in exactly one account. Each transaction is checked as a
/// whole and either booked or refused with the state unchanged.
///
/// Corresponding adjustments follow decision 2/CMA.3, annex: the host adds what is first transferred in the
/// year the reduction occurred, the user subtracts what it uses towards its contribution in the year of use,
/// which must lie in the same contribution's period. Acquisition adjusts nothing, nor does a
/// later transfer. Deterministic; independent of everything else in the model.
class CreditLedger {
 public:
    CreditParty add_party(std::string name, FirstTransferRule other_rule = FirstTransferRule::authorisation,
                          std::vector<NdcPeriod> periods = {{2021, 2030}, {2031, 2035}, {2036, 2040}});
    /// @p host must be a party (std::out_of_range otherwise).
    CreditProjectId add_project(CreditParty host, std::string name);

    /// States the verified reduction of a project in a year, once: the most that is ever issued for it.
    CreditReceipt record_monitoring(CreditProjectId project, int vintage, Tonnes reduction);
    /// Units that existed before the books begin, into the holding of @p holder. Authorised units held abroad
    /// were first-transferred and adjust their host; unauthorised ones adjust nobody.
    CreditReceipt open(CreditProjectId project, int vintage, Tonnes count, CreditPurpose purpose,
                       CreditParty holder, int year);
    /// Issues units into the host's holding, within what was monitored and not yet issued.
    CreditReceipt issue(CreditProjectId project, int vintage, Tonnes count, CreditPurpose purpose, int year);
    /// Authorises a block that is still whole in its host's holding and was not authorised.
    CreditReceipt authorise(CreditBlockId block, CreditPurpose purpose, int year);
    /// From the host's holding on the way to another party.
    CreditReceipt first_transfer(const CreditUnits& units, CreditParty to, int year);
    /// From a holding on the way to another party, after the first transfer.
    CreditReceipt transfer(const CreditUnits& units, CreditParty from, CreditParty to, int year);
    /// From the way into the holding of the party they were sent to.
    CreditReceipt acquire(const CreditUnits& units, CreditParty party, int year);
    /// Retires units for what they are authorised for. Towards a contribution: only after a first transfer.
    CreditReceipt use(const CreditUnits& units, CreditParty party, int year);
    CreditReceipt cancel(const CreditUnits& units, CreditParty party, int year);

    const std::vector<CreditEntry>& entries() const { return entries_; }
    const std::vector<CreditBlock>& blocks() const { return blocks_; }
    const CreditBlock& block(CreditBlockId id) const { return blocks_.at(id.value); }
    /// All units of a block.
    CreditUnits all_units(CreditBlockId id) const;
    std::size_t party_count() const { return parties_.size(); }
    const std::string& party_name(CreditParty party) const { return parties_.at(party.value).name; }
    const std::string& project_name(CreditProjectId id) const { return projects_.at(id.value).name; }
    /// Tonnes in an account; below zero in those units come from.
    Tonnes balance(CreditAccount account) const { return balances_.of(account); }
    const AccountBalances& balances() const { return balances_; }
    /// What the party's balance of a year adds: its reductions of that year that were first transferred.
    Tonnes first_transferred(CreditParty party, int year) const;
    /// What the party's balance of a year subtracts: units used in it towards its contribution.
    Tonnes used(CreditParty party, int year) const;
    /// The first less the second, of all parties and years together.
    Tonnes adjustments() const;

 private:
    struct Party {
        std::string name;
        FirstTransferRule other_rule;
        std::vector<NdcPeriod> periods;
        std::int64_t next_serial = 1;
        std::map<int, Tonnes> first_transferred;  ///< by vintage
        std::map<int, Tonnes> used;               ///< by year of use
    };
    struct Vintage {
        int year = 0;
        std::optional<Tonnes> monitored;
        Tonnes issued = 0;
    };
    struct Project {
        CreditParty host;
        std::string name;
        std::vector<Vintage> vintages;  ///< in the order in which they were first spoken of

        const Vintage* find(int year) const;
        Vintage& at(int year);
    };
    /// What a transaction concerns: named in words only where it is refused.
    using Concern = std::variant<CreditUnits, CreditProjectId>;
    struct Attempt;  ///< a transaction under check

    bool known(CreditParty party) const { return party.value < parties_.size(); }
    std::string about(const CreditUnits& units) const;
    std::string about(CreditProjectId project) const;
    CreditReceipt refuse(const Attempt& attempt, CreditRefusal reason) const;
    std::optional<CreditRefusal> check_new_units(CreditProjectId project, Tonnes count, int vintage,
                                                 int year) const;
    /// Why @p party cannot dispose of units as those of its @p kind account.
    std::optional<CreditRefusal> check_units(const CreditUnits& units, CreditAccount account, int year) const;
    std::optional<CreditRefusal> check_use(const CreditUnits& units, CreditParty party, int year) const;
    bool left_home(const CreditUnits& units, bool wanted) const;
    CreditReceipt create(CreditProjectId project, int vintage, Tonnes count, CreditPurpose purpose,
                         CreditAccount from, CreditAccount into, CreditStatus status, int year,
                         CreditVerb verb);
    void book(int year, CreditVerb verb, const CreditUnits& units, CreditAccount debit);
    /// Adjusts the host for units that were not adjusted for.
    void adjust_host(const CreditUnits& units);
    bool adjusts_when_authorised(CreditParty host, CreditPurpose purpose) const;

    std::vector<Party> parties_;
    std::vector<Project> projects_;
    std::vector<CreditBlock> blocks_;
    std::vector<CreditEntry> entries_;
    AccountBalances balances_;
    std::optional<int> booked_to_;  ///< year of the last booking
};

}  // namespace domino::sim
