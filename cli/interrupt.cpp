#include "cli/interrupt.h"

#include <csignal>

#include "cli/failure.h"

namespace domino::cli {
namespace {

// A signal handler can reach nothing but what has static storage.
std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void request_stop(int) {
    stop_requested.store(true, std::memory_order_relaxed);
}

}  // namespace

InterruptGuard::InterruptGuard() {
    stop_requested = false;
    std::signal(SIGINT, request_stop);
    std::signal(SIGTERM, request_stop);
}

InterruptGuard::~InterruptGuard() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

const std::atomic<bool>& InterruptGuard::requested() const {
    return stop_requested;
}

void InterruptGuard::request() const {
    stop_requested.store(true, std::memory_order_relaxed);
}

void InterruptGuard::check() const {
    if (stop_requested.load(std::memory_order_relaxed)) throw Interrupted{};
}

}  // namespace domino::cli
