#include "viz/credits_csv.h"

#include <array>
#include <span>
#include <string>

#include "viz/csv_writer.h"
#include "viz/quantiles.h"

namespace domino::viz {

namespace {

/// Means in full, so that accounts add up to the tonne.
constexpr int credit_digits = 15;

}  // namespace

void write_credits_csv(const RunContext& context, const std::filesystem::path& path) {
    static const std::array<std::string, 13> header = {
        "year",        "vintage",       "host",         "verb",           "purpose",
        "debit_party", "debit_account", "credit_party", "credit_account", "t_co2e_mean",
        "t_co2e_p05",  "t_co2e_p50",    "t_co2e_p95"};
    const sim::CreditResults& credits = context.results.scenario.credits;
    CsvWriter csv(path, header);
    Summarizer summarizer;
    const auto account = [&](const sim::CreditAccount& booked) {
        csv.text(credits.parties[booked.party.value])
            .text(sim::credit_account_ids[static_cast<std::size_t>(booked.kind)]);
    };
    for (std::size_t row = 0; row < credits.flows.size(); ++row) {
        const sim::CreditFlow& flow = credits.flows[row];
        csv.integer(flow.year)
            .integer(flow.vintage)
            .text(credits.parties[flow.host.value])
            .text(sim::credit_verb_ids[static_cast<std::size_t>(flow.verb)])
            .text(sim::credit_purpose_ids[static_cast<std::size_t>(flow.purpose)]);
        account(flow.debit);
        account(flow.credit);
        const Summary s = summarizer.summarize(
            std::span<const sim::Tonnes>(credits.tonnes.data() + row * credits.members, credits.members));
        csv.number(s.mean, credit_digits).number(s.p05).number(s.p50).number(s.p95);
        csv.end_row();
    }
    csv.close();
}

}  // namespace domino::viz
