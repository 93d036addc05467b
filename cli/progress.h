#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "cli/console.h"

namespace domino::cli {

/// Progress of a counted task on stderr: on a terminal a bar with rate and time left, redrawn at most ten
/// times a second; elsewhere a plain line each tenth of the way, at most one in five seconds.
/// Safe to call from any thread.
class Progress {
 public:
    Progress(Console& console, std::string task, std::string unit);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(int done, int total);

 private:
    using Clock = std::chrono::steady_clock;
    std::string describe(int done, int total, double seconds) const;
    void draw_bar(int done, int total, double seconds);

    Console& console_;
    std::string task_;
    std::string unit_;
    std::mutex mutex_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_shown_ = start_;
    int last_tenth_ = 0;
    bool drawn_ = false;
};

/// "12 s", "3 min 20 s", "1 h 05 min".
std::string describe_duration(double seconds);

}  // namespace domino::cli
