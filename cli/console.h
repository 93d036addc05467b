#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "scenarios/problem.h"

namespace spdlog {
class logger;
}

namespace domino::cli {

/// Silent is for a rank that only helps: the leading one says what there is to say.
enum class Loudness : unsigned char { normal, quiet, silent };
enum class Colour : unsigned char { off, on };

/// What a person is told while a command works, on stderr; data goes to stdout and not through here. Colours
/// only on a terminal without NO_COLOR.
class Console {
 public:
    Console();
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    void set_loudness(Loudness loudness);
    Loudness loudness() const { return loudness_; }
    bool on_terminal() const { return on_terminal_; }
    Colour colour() const { return colour_; }

    void info(std::string_view text);
    void warn(std::string_view text);
    void error(std::string_view text);
    /// One line a problem, in their order.
    void show(const scenarios::Problems& problems);

 private:
    void print(std::string_view label, std::string_view ansi, std::string_view text);

    Loudness loudness_ = Loudness::normal;
    bool on_terminal_ = false;
    Colour colour_ = Colour::off;
    std::shared_ptr<spdlog::logger> logger_;
};

/// Writes data to stdout. Throws Failure when it cannot (a full disk); a reader that went away is no failure.
void print_data(std::string_view text);

}  // namespace domino::cli
