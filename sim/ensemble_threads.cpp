#include "sim/ensemble_threads.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <optional>

namespace domino::sim {

struct Threads::Impl {
    explicit Impl(int count) : arena(count > 0 ? count : tbb::task_arena::automatic) {
        // An arena alone cannot have more threads than the machine has cores; who asks for eight gets eight.
        if (count > 0)
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

void Threads::run_calls(std::size_t tasks, void (*call)(const void*, std::size_t), const void* task) const {
    // Who waits for the parts of a step must not pick up another batch meanwhile.
    impl_->arena.execute([&] {
        tbb::this_task_arena::isolate([&] {
            tbb::parallel_for(
                tbb::blocked_range<std::size_t>(0, tasks, 1),
                [&](const tbb::blocked_range<std::size_t>& range) {
                    for (std::size_t n = range.begin(); n < range.end(); ++n) call(task, n);
                },
                tbb::simple_partitioner());
        });
    });
}

}  // namespace domino::sim
