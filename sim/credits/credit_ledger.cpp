#include "sim/credits/credit_ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "sim/credits/credit_refusal.h"

namespace domino::sim {

struct CreditLedger::Attempt {
    CreditVerb verb;
    Concern concern;
    Tonnes count = 0;
    int year = 0;
};

std::string CreditLedger::about(const CreditUnits& units) const {
    if (units.block.value >= blocks_.size()) return "no such block";
    const CreditBlock& found = blocks_[units.block.value];
    return fmt::format("{}, vintage {}, serial {} ff.", projects_[found.project().value].name,
                       found.vintage(), units.first);
}

std::string CreditLedger::about(CreditProjectId project) const {
    return project.value < projects_.size() ? projects_[project.value].name : "no such project";
}

CreditParty CreditLedger::add_party(std::string name, FirstTransferRule other_rule,
                                    std::vector<NdcPeriod> periods) {
    if (parties_.size() >= std::numeric_limits<std::uint16_t>::max())
        throw std::length_error("a ledger holds up to 65,534 parties");
    parties_.push_back({std::move(name), other_rule, std::move(periods), 1, {}, {}});
    return {static_cast<std::uint16_t>(parties_.size() - 1)};
}

CreditProjectId CreditLedger::add_project(CreditParty host, std::string name) {
    if (!known(host)) throw std::out_of_range("a project's host must be a party of the ledger");
    projects_.push_back({host, std::move(name), {}});
    return {static_cast<std::uint32_t>(projects_.size() - 1)};
}

CreditReceipt CreditLedger::refuse(const Attempt& attempt, CreditRefusal reason) const {
    CreditReceipt receipt;
    receipt.refusal = reason;
    const std::string what = std::visit([&](const auto& concern) { return about(concern); }, attempt.concern);
    receipt.problem = describe_refusal(attempt.verb, what, attempt.count, attempt.year, reason);
    return receipt;
}

CreditReceipt CreditLedger::record_monitoring(CreditProjectId project, int vintage, Tonnes reduction) {
    const auto refused = [&](CreditRefusal reason) {
        CreditReceipt receipt;
        receipt.refusal = reason;
        receipt.problem = describe_monitoring_refusal(about(project), vintage, reduction, reason);
        return receipt;
    };
    if (project.value >= projects_.size()) return refused(CreditRefusal::unknown_project);
    if (reduction < 0) return refused(CreditRefusal::not_positive);
    std::optional<Tonnes>& monitored = projects_[project.value].at(vintage).monitored;
    if (monitored) return refused(CreditRefusal::already_monitored);
    monitored = reduction;
    return {};
}

std::optional<CreditRefusal> CreditLedger::check_new_units(CreditProjectId project, Tonnes count, int vintage,
                                                           int year) const {
    if (project.value >= projects_.size()) return CreditRefusal::unknown_project;
    if (count <= 0) return CreditRefusal::not_positive;
    if (booked_to_ && year < *booked_to_) return CreditRefusal::out_of_order;
    if (year < vintage) return CreditRefusal::before_vintage;
    const Party& host = parties_[projects_[project.value].host.value];
    if (count > std::numeric_limits<std::int64_t>::max() - host.next_serial)
        return CreditRefusal::too_many_units;
    return std::nullopt;
}

CreditReceipt CreditLedger::create(CreditProjectId project, int vintage, Tonnes count, CreditPurpose purpose,
                                   CreditAccount from, CreditAccount into, CreditStatus status, int year,
                                   CreditVerb verb) {
    Project& record = projects_[project.value];
    Party& host = parties_[record.host.value];
    record.at(vintage).issued += count;
    CreditReceipt receipt;
    receipt.block = {static_cast<std::uint32_t>(blocks_.size())};
    blocks_.emplace_back(record.host, project, vintage, purpose,
                         CreditLot{host.next_serial, count, {from, status}});
    host.next_serial += count;
    book(year, verb, all_units(receipt.block), into);
    return receipt;
}

CreditReceipt CreditLedger::open(CreditProjectId project, int vintage, Tonnes count, CreditPurpose purpose,
                                 CreditParty holder, int year) {
    const Attempt attempt{CreditVerb::opening, project, count, year};
    if (const auto reason = check_new_units(project, count, vintage, year)) return refuse(attempt, *reason);
    if (!known(holder)) return refuse(attempt, CreditRefusal::unknown_party);
    const CreditParty host = projects_[project.value].host;
    const CreditReceipt receipt =
        create(project, vintage, count, purpose, {host, CreditAccountKind::opening},
               {holder, CreditAccountKind::holding}, {holder != host, false}, year, CreditVerb::opening);
    const bool abroad = purpose == CreditPurpose::ndc && holder != host;
    if (abroad || adjusts_when_authorised(host, purpose)) adjust_host(all_units(receipt.block));
    return receipt;
}

CreditReceipt CreditLedger::issue(CreditProjectId project, int vintage, Tonnes count, CreditPurpose purpose,
                                  int year) {
    const Attempt attempt{CreditVerb::issuance, project, count, year};
    if (const auto reason = check_new_units(project, count, vintage, year)) return refuse(attempt, *reason);
    const Vintage* of_year = projects_[project.value].find(vintage);
    const Tonnes left = of_year == nullptr ? 0 : of_year->monitored.value_or(0) - of_year->issued;
    if (count > left) return refuse(attempt, CreditRefusal::beyond_monitored_reduction);
    const CreditParty host = projects_[project.value].host;
    const CreditReceipt receipt = create(project, vintage, count, purpose, {host, CreditAccountKind::source},
                                         {host, CreditAccountKind::holding}, {}, year, CreditVerb::issuance);
    if (adjusts_when_authorised(host, purpose)) adjust_host(all_units(receipt.block));
    return receipt;
}

CreditReceipt CreditLedger::authorise(CreditBlockId id, CreditPurpose purpose, int year) {
    const bool exists = id.value < blocks_.size();
    const CreditUnits units = exists ? all_units(id) : CreditUnits{id, 0, 0};
    const Attempt attempt{CreditVerb::authorisation, units, units.count, year};
    if (!exists) return refuse(attempt, CreditRefusal::unknown_units);
    const CreditParty host = blocks_[id.value].host();
    if (const auto reason = check_units(units, {host, CreditAccountKind::holding}, year))
        return refuse(attempt, *reason);
    if (purpose == CreditPurpose::unauthorised) return refuse(attempt, CreditRefusal::not_authorised);
    if (blocks_[id.value].purpose() != CreditPurpose::unauthorised)
        return refuse(attempt, CreditRefusal::already_authorised);
    if (!left_home(units, false)) return refuse(attempt, CreditRefusal::already_first_transferred);
    booked_to_ = year;
    blocks_[id.value].set_purpose(purpose);
    if (adjusts_when_authorised(host, purpose)) adjust_host(units);
    return {id, std::nullopt, {}};
}

CreditReceipt CreditLedger::first_transfer(const CreditUnits& units, CreditParty to, int year) {
    const Attempt attempt{CreditVerb::first_transfer, units, units.count, year};
    if (units.block.value >= blocks_.size()) return refuse(attempt, CreditRefusal::unknown_units);
    const CreditParty host = blocks_[units.block.value].host();
    if (!known(to)) return refuse(attempt, CreditRefusal::unknown_party);
    if (to == host) return refuse(attempt, CreditRefusal::same_party);
    if (const auto reason = check_units(units, {host, CreditAccountKind::holding}, year))
        return refuse(attempt, *reason);
    const CreditPurpose purpose = blocks_[units.block.value].purpose();
    if (purpose == CreditPurpose::unauthorised) return refuse(attempt, CreditRefusal::not_authorised);
    if (!left_home(units, false)) return refuse(attempt, CreditRefusal::already_first_transferred);
    book(year, CreditVerb::first_transfer, units, {to, CreditAccountKind::in_transit});
    if (purpose == CreditPurpose::ndc) adjust_host(units);
    return {units.block, std::nullopt, {}};
}

CreditReceipt CreditLedger::transfer(const CreditUnits& units, CreditParty from, CreditParty to, int year) {
    const Attempt attempt{CreditVerb::transfer, units, units.count, year};
    if (!known(from) || !known(to)) return refuse(attempt, CreditRefusal::unknown_party);
    if (from == to) return refuse(attempt, CreditRefusal::same_party);
    if (const auto reason = check_units(units, {from, CreditAccountKind::holding}, year))
        return refuse(attempt, *reason);
    if (blocks_[units.block.value].purpose() == CreditPurpose::unauthorised)
        return refuse(attempt, CreditRefusal::not_authorised);
    if (!left_home(units, true)) return refuse(attempt, CreditRefusal::not_first_transferred);
    book(year, CreditVerb::transfer, units, {to, CreditAccountKind::in_transit});
    return {units.block, std::nullopt, {}};
}

CreditReceipt CreditLedger::acquire(const CreditUnits& units, CreditParty party, int year) {
    const Attempt attempt{CreditVerb::acquisition, units, units.count, year};
    if (!known(party)) return refuse(attempt, CreditRefusal::unknown_party);
    if (const auto reason = check_units(units, {party, CreditAccountKind::in_transit}, year))
        return refuse(attempt, *reason);
    book(year, CreditVerb::acquisition, units, {party, CreditAccountKind::holding});
    return {units.block, std::nullopt, {}};
}

std::optional<CreditRefusal> CreditLedger::check_use(const CreditUnits& units, CreditParty party,
                                                     int year) const {
    const CreditBlock& block = blocks_[units.block.value];
    if (block.purpose() == CreditPurpose::unauthorised) return CreditRefusal::not_authorised;
    if (block.purpose() != CreditPurpose::ndc) return std::nullopt;
    if (!left_home(units, true)) return CreditRefusal::not_first_transferred;
    const auto& periods = parties_[party.value].periods;
    const bool together = std::any_of(periods.begin(), periods.end(), [&](const NdcPeriod& period) {
        return period.contains(block.vintage()) && period.contains(year);
    });
    return together ? std::nullopt : std::optional(CreditRefusal::outside_period);
}

CreditReceipt CreditLedger::use(const CreditUnits& units, CreditParty party, int year) {
    const Attempt attempt{CreditVerb::use, units, units.count, year};
    if (!known(party)) return refuse(attempt, CreditRefusal::unknown_party);
    if (const auto reason = check_units(units, {party, CreditAccountKind::holding}, year))
        return refuse(attempt, *reason);
    if (const auto reason = check_use(units, party, year)) return refuse(attempt, *reason);
    const bool for_ndc = blocks_[units.block.value].purpose() == CreditPurpose::ndc;
    if (for_ndc) {
        parties_[party.value].used[year] += units.count;
    } else {
        adjust_host(units);
    }
    book(year, CreditVerb::use, units,
         {party, for_ndc ? CreditAccountKind::used_for_ndc : CreditAccountKind::used_for_other});
    return {units.block, std::nullopt, {}};
}

CreditReceipt CreditLedger::cancel(const CreditUnits& units, CreditParty party, int year) {
    const Attempt attempt{CreditVerb::cancellation, units, units.count, year};
    if (!known(party)) return refuse(attempt, CreditRefusal::unknown_party);
    if (const auto reason = check_units(units, {party, CreditAccountKind::holding}, year))
        return refuse(attempt, *reason);
    const CreditPurpose purpose = blocks_[units.block.value].purpose();
    if (purpose == CreditPurpose::international_mitigation || purpose == CreditPurpose::other)
        adjust_host(units);
    book(year, CreditVerb::cancellation, units, {party, CreditAccountKind::cancelled});
    return {units.block, std::nullopt, {}};
}

}  // namespace domino::sim
