#include "cli/progress.h"

#include <cmath>
#include <cstdio>

#include <fmt/format.h>

namespace domino::cli {

Progress::Progress(Console& console, std::string task, std::string unit)
    : console_(console), task_(std::move(task)), unit_(std::move(unit)) {}

Progress::~Progress() {
    if (drawn_) {
        std::fputs("\r\x1b[K", stderr);
        std::fflush(stderr);
    }
}

void Progress::update(int done, int total) {
    if (console_.loudness() == Loudness::quiet || total <= 0) return;
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double since = std::chrono::duration<double>(now - last_shown_).count();
    if (console_.on_terminal()) {
        if (since < 0.1 && done < total) return;
        draw_bar(done, total, seconds);
    } else {
        const int tenth = 10 * done / total;
        if (tenth <= last_tenth_ || (since < 5.0 && done < total)) return;
        last_tenth_ = tenth;
        console_.info(describe(done, total, seconds));
    }
    last_shown_ = now;
}

std::string Progress::describe(int done, int total, double seconds) const {
    std::string text = fmt::format("{}: {} of {} {}", task_, done, total, unit_);
    if (done > 0 && seconds > 0.5) {
        const double rate = done / seconds;
        text += rate >= 1.0 ? fmt::format(", {:.1f} a second", rate)
                            : fmt::format(", {:.1f} a minute", rate * 60.0);
        if (done < total) text += fmt::format(", {} left", describe_duration((total - done) / rate));
    }
    return text;
}

void Progress::draw_bar(int done, int total, double seconds) {
    constexpr int width = 24;
    const int filled = width * done / total;
    std::string bar;
    for (int i = 0; i < width; ++i) bar += i < filled ? "█" : "░";
    const std::string line = fmt::format("\r\x1b[K{} {}", bar, describe(done, total, seconds));
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
    drawn_ = true;
}

std::string describe_duration(double seconds) {
    const long whole = std::lround(std::fmax(seconds, 0.0));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
    return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace domino::cli
