#pragma once

#include "cli/session.h"

namespace CLI {
class App;
}

namespace domino::cli {

/// Each adds one command to the program; when the user chooses it, @p chosen becomes its action.
void add_run_command(CLI::App& app, Session& session, Action& chosen);
void add_new_command(CLI::App& app, Session& session, Action& chosen);
void add_validate_command(CLI::App& app, Session& session, Action& chosen);
void add_data_command(CLI::App& app, Session& session, Action& chosen);
void add_explain_command(CLI::App& app, Session& session, Action& chosen);
void add_score_command(CLI::App& app, Session& session, Action& chosen);
void add_map_command(CLI::App& app, Session& session, Action& chosen);
void add_verify_command(CLI::App& app, Session& session, Action& chosen);
void add_merge_command(CLI::App& app, Session& session, Action& chosen);
void add_compare_command(CLI::App& app, Session& session, Action& chosen);
void add_leverage_command(CLI::App& app, Session& session, Action& chosen);
void add_optimize_command(CLI::App& app, Session& session, Action& chosen);
void add_spread_command(CLI::App& app, Session& session, Action& chosen);

}  // namespace domino::cli
