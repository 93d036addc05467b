#include "sim/block_bytes.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <type_traits>

namespace domino::sim {
namespace {

static_assert(std::endian::native == std::endian::little,
              "blocks are written as numbers stand in memory, little end first");

class Writer {
 public:
    template <class T>
    void number(T value) {
        static_assert(std::is_arithmetic_v<T>);
        const std::size_t at = bytes_.size();
        bytes_.resize(at + sizeof(T));
        std::memcpy(bytes_.data() + at, &value, sizeof(T));
    }
    template <class T>
    void array(const std::vector<T>& values) {
        number(static_cast<std::uint64_t>(values.size()));
        bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    }
    std::string take() { return std::move(bytes_); }

 private:
    std::string bytes_;
};

class Reader {
 public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    template <class T>
    T number() {
        T value{};
        std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
        return value;
    }
    /// A number that must be below `end`.
    template <class T>
    T index(std::uint64_t end, const char* what) {
        const T value = number<T>();
        if (static_cast<std::uint64_t>(value) >= end)
            refuse(fmt::format("it names a {} that is not there", what));
        return value;
    }
    /// An array that must have the length `values` has.
    template <class T>
    void array(std::vector<T>& values) {
        const auto length = number<std::uint64_t>();
        if (length != values.size()) {
            refuse(fmt::format("an array has {} numbers where {} belong", length, values.size()));
        }
        // No bytes are as many as none: memcpy must not see a null pointer.
        if (values.empty()) return;
        const std::string_view part = take(values.size() * sizeof(T));
        std::memcpy(values.data(), part.data(), part.size());
    }
    /// How many records of at least `smallest` bytes follow.
    std::size_t count(std::size_t smallest) {
        const auto length = number<std::uint64_t>();
        if (length > bytes_.size() / smallest) refuse("it ends too early");
        return static_cast<std::size_t>(length);
    }
    void expect_end() const {
        if (!bytes_.empty()) refuse(fmt::format("{} bytes follow its end", bytes_.size()));
    }
    [[noreturn]] static void refuse(const std::string& why) { throw BlockDamaged(why); }

 private:
    std::string_view take(std::size_t bytes) {
        if (bytes > bytes_.size()) refuse("it ends too early");
        const std::string_view part = bytes_.substr(0, bytes);
        bytes_.remove_prefix(bytes);
        return part;
    }

    std::string_view bytes_;
};

void write_account(Writer& out, const CreditAccount& account) {
    out.number(account.party.value);
    out.number(static_cast<std::uint8_t>(account.kind));
}

void write_credits(Writer& out, const MemberCredits& credits) {
    out.number(static_cast<std::uint64_t>(credits.flows.size()));
    for (const auto& [flow, tonnes] : credits.flows) {
        out.number(static_cast<std::int32_t>(flow.year));
        out.number(static_cast<std::int32_t>(flow.vintage));
        out.number(flow.host.value);
        out.number(static_cast<std::uint8_t>(flow.verb));
        out.number(static_cast<std::uint8_t>(flow.purpose));
        write_account(out, flow.debit);
        write_account(out, flow.credit);
        out.number(tonnes);
    }
    out.array(credits.first_transferred);
    out.array(credits.used);
    out.array(credits.supply);
    out.array(credits.monitored_t);
    out.array(credits.uncredited_t);
}

void write_event(Writer& out, const CommitmentEvent& event) {
    out.number(event.member);
    out.number(event.place);
    out.number(event.step);
    out.number(static_cast<std::uint8_t>(event.cause));
    out.number(event.layer);
    out.number(event.source);
    out.number(event.share);
    out.number(event.avoided_t);
}

void write_world(Writer& out, const WorldBlock& block) {
    for_each_member_array([&](const auto& values) { out.array(values); }, block.results);
    out.array(block.uncoupled.commitments);
    out.array(block.uncoupled.emissions_t);
    out.array(block.capacity_sum);
    out.array(block.adoption_sum);
    out.number(static_cast<std::uint64_t>(block.results.events.size()));
    for (const CommitmentEvent& event : block.results.events) write_event(out, event);
    for (const MemberCredits& credits : block.credits) write_credits(out, credits);
    for (const double error : {block.identities.emissions, block.identities.stock, block.identities.money,
                               block.identities.credits, block.identities.money_shares})
        out.number(error);
}

class WorldReader {
 public:
    WorldReader(Reader& in, const PreparedWorld& prepared)
        : in_(in), world_(*prepared.world), prepared_(prepared) {}

    WorldBlock read(int members, std::uint32_t first_member) {
        WorldBlock block = empty_block(prepared_, members);
        for_each_member_array([&](auto& values) { in_.array(values); }, block.results);
        for (const std::uint16_t step : block.results.stage_step) {
            if (step != never_step && step >= prepared_.steps)
                Reader::refuse("it names a month that is not there");
        }
        in_.array(block.uncoupled.commitments);
        in_.array(block.uncoupled.emissions_t);
        in_.array(block.capacity_sum);
        in_.array(block.adoption_sum);
        block.results.events.resize(in_.count(event_bytes));
        for (CommitmentEvent& event : block.results.events) read_event(event, members, first_member);
        for (MemberCredits& credits : block.credits) read_credits(credits);
        for (double* error : {&block.identities.emissions, &block.identities.stock, &block.identities.money,
                              &block.identities.credits, &block.identities.money_shares})
            *error = in_.number<double>();
        return block;
    }

 private:
    static constexpr std::size_t event_bytes = 4 + 4 + 2 + 1 + 2 + 4 + 8 + 8;
    static constexpr std::size_t flow_bytes = 4 + 4 + 2 + 1 + 1 + 3 + 3 + 8;

    void read_event(CommitmentEvent& event, int members, std::uint32_t first_member) {
        event.member = in_.number<std::uint32_t>();
        if (event.member - first_member >= static_cast<std::uint32_t>(members))
            Reader::refuse("it names a member that is not there");
        event.place = in_.index<std::uint32_t>(prepared_.places, "place");
        event.step = in_.index<std::uint16_t>(static_cast<std::uint64_t>(prepared_.steps), "month");
        event.cause = static_cast<Cause>(in_.index<std::uint8_t>(cause_ids.size(), "cause"));
        event.layer = in_.number<std::uint16_t>();
        if (event.layer != no_layer && event.layer >= world_.layers.size())
            Reader::refuse("it names a layer that is not there");
        event.source = in_.number<std::uint32_t>();
        if (event.source != no_place && event.source >= prepared_.places)
            Reader::refuse("it names a place that is not there");
        event.share = in_.number<double>();
        event.avoided_t = in_.number<double>();
    }

    CreditAccount read_account(std::size_t parties) {
        const CreditParty party{in_.index<std::uint16_t>(parties, "party")};
        return {party, static_cast<CreditAccountKind>(
                           in_.index<std::uint8_t>(credit_account_ids.size(), "kind of account"))};
    }

    void read_credits(MemberCredits& credits) {
        const CreditAccounting& plan = world_.credit_accounting;
        const std::size_t parties = world_.countries.size() + plan.outside_parties.size();
        const auto years = static_cast<std::size_t>(world_.calendar.years());
        const std::size_t flows = in_.count(flow_bytes);
        for (std::size_t n = 0; n < flows; ++n) {
            CreditFlow flow;
            flow.year = in_.number<std::int32_t>();
            flow.vintage = in_.number<std::int32_t>();
            flow.host = {in_.index<std::uint16_t>(parties, "party")};
            flow.verb = static_cast<CreditVerb>(in_.index<std::uint8_t>(credit_verb_ids.size(), "verb"));
            flow.purpose =
                static_cast<CreditPurpose>(in_.index<std::uint8_t>(credit_purpose_ids.size(), "purpose"));
            flow.debit = read_account(parties);
            flow.credit = read_account(parties);
            credits.flows.emplace_back(flow, in_.number<Tonnes>());
        }
        if (plan.active) {
            credits.first_transferred.resize(parties * years);
            credits.used.resize(parties * years);
            credits.supply.resize(years);
            credits.monitored_t.resize(years);
            credits.uncredited_t.resize(years);
        }
        in_.array(credits.first_transferred);
        in_.array(credits.used);
        in_.array(credits.supply);
        in_.array(credits.monitored_t);
        in_.array(credits.uncredited_t);
    }

    Reader& in_;
    const World& world_;
    const PreparedWorld& prepared_;
};

}  // namespace

std::string block_bytes(const EnsembleBlock& block) {
    Writer out;
    out.number(static_cast<std::int32_t>(block.first_slot));
    out.number(static_cast<std::int32_t>(block.scenario.results.members));
    out.number(static_cast<std::uint8_t>(block.reference.has_value() ? 1 : 0));
    write_world(out, block.scenario);
    if (block.reference) write_world(out, *block.reference);
    return out.take();
}

EnsembleBlock read_block(std::string_view bytes, const EnsembleRun& run) {
    Reader in(bytes);
    EnsembleBlock block;
    const auto all = static_cast<std::uint64_t>(run.options().members);
    block.first_slot = in.index<std::int32_t>(all, "member");
    const int members =
        in.index<std::int32_t>(all - static_cast<std::uint64_t>(block.first_slot) + 1, "member");
    if (members < 1) Reader::refuse("it holds no member");
    if ((in.index<std::uint8_t>(2, "kind") == 1) != (run.reference() != nullptr))
        Reader::refuse("it is of a run with a reference where this has none, or the other way round");
    const std::uint32_t first_member =
        run.options().first_member + static_cast<std::uint32_t>(block.first_slot);
    block.scenario = WorldReader(in, run.scenario()).read(members, first_member);
    if (run.reference() != nullptr)
        block.reference = WorldReader(in, *run.reference()).read(members, first_member);
    in.expect_end();
    return block;
}

}  // namespace domino::sim
