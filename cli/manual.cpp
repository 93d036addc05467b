#include "cli/manual.h"

#include <sstream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/version.h"

namespace domino::cli {
namespace {

/// Text as roff shows it: hyphens as they are typed, no line that is taken for a request.
std::string escape(const std::string& text) {
    std::string escaped;
    bool line_begins = true;
    for (const char c : text) {
        if (line_begins && (c == '.' || c == '\'')) escaped += "\\&";
        if (c == '\\')
            escaped += "\\e";
        else if (c == '-')
            escaped += "\\-";
        else
            escaped += c;
        line_begins = c == '\n';
    }
    return escaped;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
    return app.get_options([](const CLI::Option*) { return true; });
}

std::string shown_name(const CLI::Option& option) {
    if (option.get_positional()) return option.get_name(true, false);
    const std::string value = option.get_type_size() == 0 ? std::string{} : " " + option.get_type_name();
    return option.get_name(false, true) + value;
}

std::string describe_options(const CLI::App& app) {
    std::string text;
    for (const CLI::Option* option : options_of(app))
        text +=
            fmt::format(".TP\n.B {}\n{}\n", escape(shown_name(*option)), escape(option->get_description()));
    return text;
}

std::string positionals_of(const CLI::App& app) {
    std::string text;
    for (const CLI::Option* option : options_of(app))
        if (option->get_positional())
            text += option->get_required() ? fmt::format(" {}", option->get_name(true, false))
                                           : fmt::format(" [{}]", option->get_name(true, false));
    return text;
}

/// Lines kept as they are.
std::string verbatim(const std::string& text) {
    return fmt::format(".nf\n{}\n.fi\n", escape(text));
}

}  // namespace

std::string manual_page(const CLI::App& app) {
    std::string text = fmt::format(".TH DOMINO 1 \"\" \"domino {}\"\n.SH NAME\ndomino \\- {}\n",
                                   program_version(), escape(app.get_description()));
    text +=
        ".SH SYNOPSIS\n.B domino\n[OPTIONS] COMMAND ...\n.SH OPTIONS\nThese may stand before or behind a "
        "command.\n" +
        describe_options(app);
    text += ".SH COMMANDS\n";
    for (const CLI::App* command : commands_of(app)) {
        text += fmt::format(".SS domino {}{} [OPTIONS]\n{}\n", command->get_name(),
                            escape(positionals_of(*command)), escape(command->get_description()));
        text += describe_options(*command) + ".PP\n" + verbatim(command->get_footer());
    }
    return text + ".SH NOTES\n" + verbatim(app.get_footer());
}

std::string bash_completion(const CLI::App& app) {
    const auto long_names = [](const CLI::App& of) {
        std::string words;
        for (const CLI::Option* option : options_of(of))
            for (const std::string& name : option->get_lnames())
                words += (words.empty() ? "--" : " --") + name;
        return words;
    };
    std::string commands, cases;
    for (const CLI::App* command : commands_of(app)) {
        commands += (commands.empty() ? "" : " ") + command->get_name();
        cases += fmt::format("        {}) words=\"{} {}\" ;;\n", command->get_name(), long_names(*command),
                             long_names(app));
    }
    return fmt::format(
        "# bash completion of domino\n"
        "_domino() {{\n"
        "    local current=\"${{COMP_WORDS[COMP_CWORD]}}\" words=\"{} {}\" word\n"
        "    for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
        "        case \"$word\" in\n"
        "{}"
        "        esac\n"
        "    done\n"
        "    if [[ $current == -* || $COMP_CWORD -eq 1 ]]; then\n"
        "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
        "    else\n"
        "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
        "    fi\n"
        "}}\n"
        "complete -o filenames -F _domino domino\n",
        commands, long_names(app), cases);
}

}  // namespace domino::cli
