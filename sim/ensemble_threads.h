#pragma once

#include <cstddef>
#include <memory>

namespace domino::sim {

/// Threads that share work: the only ones the model has. Movable.
class Threads {
 public:
    /// 0: as many as the machine has cores.
    explicit Threads(int count);
    ~Threads();
    Threads(Threads&&) noexcept;
    Threads& operator=(Threads&&) noexcept;

    int count() const;

    /// Calls `task` with 0 … tasks − 1, from any of the threads and in any order, and returns when all are
    /// done. May be called from within a task. The first exception thrown is passed on.
    template <class Task>
    void run(std::size_t tasks, const Task& task) const {
        run_calls(
            tasks, [](const void* t, std::size_t n) { (*static_cast<const Task*>(t))(n); }, &task);
    }

 private:
    void run_calls(std::size_t tasks, void (*call)(const void*, std::size_t), const void* task) const;

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The same with threads that may not be there: then one after the other.
template <class Task>
void run_shared(const Threads* threads, std::size_t tasks, const Task& task) {
    if (threads != nullptr) return threads->run(tasks, task);
    for (std::size_t n = 0; n < tasks; ++n) task(n);
}

}  // namespace domino::sim
