#include "sim/ensemble_threads.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <optional>

namespace domino::sim {

struct Threads::Impl {
    explicit Impl(int count) : arena(count > 0 ? count : tbb::task_arena::automatic) {
        // An arena alone cannot have more threads than the machine has cores; who asks for eight gets eight.
        // Not for fewer: a limit holds for everybody else's threads too.
        if (count > tbb::info::default_concurrency())
            limit.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(count));
    }

    std::optional<tbb::global_control> limit;
    tbb::task_arena arena;
};

Threads::Threads(int count) : impl_(std::make_unique<Impl>(count)) {}
Threads::~Threads() = default;
Threads::Threads(Threads&&) noexcept = default;
Threads& Threads::operator=(Threads&&) noexcept = default;

int Threads::count() const {
    return impl_->arena.max_concurrency();
}

void Threads::run_calls(std::size_t tasks, Call call, const void* task, WhileWaiting waiting) const {
    // TBB orders "before, parts, after" itself; said once more in the language's own terms, so that a thread
    // sanitizer sees it too.
    std::atomic<std::size_t> handed{0};
    handed.store(1, std::memory_order_release);
    const auto run_all = [&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, tasks, 1),
            [&](const tbb::blocked_range<std::size_t>& range) {
                (void)handed.load(std::memory_order_acquire);
                for (std::size_t n = range.begin(); n < range.end(); ++n) call(task, n);
                handed.fetch_add(1, std::memory_order_release);
            },
            tbb::simple_partitioner());
    };
    impl_->arena.execute([&] {
        if (waiting == WhileWaiting::any_tasks) return run_all();
        // Who waits for the parts of a step must not pick up another batch meanwhile.
        tbb::this_task_arena::isolate(run_all);
    });
    (void)handed.load(std::memory_order_acquire);
}

}  // namespace domino::sim
