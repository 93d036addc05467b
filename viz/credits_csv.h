#pragma once

#include <filesystem>

#include "viz/write_results.h"

namespace domino::viz {

/// The credit ledger of the scenario, one row per kind of entry: year of booking, vintage, host, verb,
/// purpose, the account that receives (debit) and the one that gives (credit), each as party and kind, and
/// whole tonnes of CO2 equivalent over the members. A member without such an entry counts as zero, so that
/// means of debits and credits agree in every account. Rows by year, vintage, host, verb, purpose, accounts.
/// Only the header where credits are off. Throws WriteError.
void write_credits_csv(const RunContext& context, const std::filesystem::path& path);

}  // namespace domino::viz
