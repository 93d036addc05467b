#include "cli/console.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include "cli/failure.h"

namespace domino::cli {

Console::Console() {
    on_terminal_ = ::isatty(STDERR_FILENO) == 1;
    const char* no_color = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
    if (on_terminal_ && !dumb && (no_color == nullptr || *no_color == '\0')) colour_ = Colour::on;
    logger_ = std::make_shared<spdlog::logger>("domino", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger_->set_pattern("%v");
}

Console::~Console() = default;

void Console::set_loudness(Loudness loudness) {
    loudness_ = loudness;
    logger_->set_level(loudness == Loudness::silent  ? spdlog::level::off
                       : loudness == Loudness::quiet ? spdlog::level::warn
                                                     : spdlog::level::info);
}

void Console::print(std::string_view label, std::string_view ansi, std::string_view text) {
    const auto level = label.empty() ? spdlog::level::info : spdlog::level::err;
    std::string line;
    if (on_terminal_) line += "\r\x1b[K";
    if (colour_ == Colour::on && !label.empty())
        line += fmt::format("{}{}\x1b[0m{}", ansi, label, text);
    else
        line += fmt::format("{}{}", label, text);
    logger_->log(level, spdlog::string_view_t(line));
}

void Console::info(std::string_view text) {
    print("", "", text);
}

void Console::warn(std::string_view text) {
    print("warning: ", "\x1b[33m", text);
}

void Console::error(std::string_view text) {
    print("error: ", "\x1b[31m", text);
}

void Console::show(const scenarios::Problems& problems) {
    for (const scenarios::Problem& problem : problems) {
        const std::string line = format(problem);
        const bool serious = problem.severity == scenarios::Severity::error;
        const std::string_view word = serious ? "error: " : "warning: ";
        const std::size_t at = line.find(word);
        std::string shown = line;
        if (colour_ == Colour::on && at != std::string::npos)
            shown = fmt::format("{}{}{}\x1b[0m{}", line.substr(0, at), serious ? "\x1b[31m" : "\x1b[33m",
                                word, line.substr(at + word.size()));
        logger_->log(spdlog::level::err, spdlog::string_view_t(shown));
    }
}

void print_data(std::string_view text) {
    errno = 0;
    const bool written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written && errno != EPIPE)
        throw Failure(ExitCode::failed,
                      fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

}  // namespace domino::cli
