#pragma once

#include <atomic>

namespace domino::cli {

/// Catches Ctrl-C (SIGINT) and SIGTERM for its lifetime: the run stops at the next safe point instead of at
/// once. One at a time.
class InterruptGuard {
 public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

    const std::atomic<bool>& requested() const;
    /// Stops as if the user had asked to.
    void request() const;
    /// Throws Interrupted when the user has asked to stop.
    void check() const;
};

}  // namespace domino::cli
