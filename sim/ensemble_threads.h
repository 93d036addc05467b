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
        run_calls(tasks, &call_task<Task>, &task, WhileWaiting::own_tasks);
    }

    /// The same for tasks that share work of their own by run(): threads that find no task left help with it.
    template <class Task>
    void run_and_help(std::size_t tasks, const Task& task) const {
        run_calls(tasks, &call_task<Task>, &task, WhileWaiting::any_tasks);
    }

 private:
    /// What a thread may take up while it waits for tasks that others are at.
    enum class WhileWaiting { own_tasks, any_tasks };
    using Call = void (*)(const void* task, std::size_t n);

    template <class Task>
    static void call_task(const void* task, std::size_t n) {
        (*static_cast<const Task*>(task))(n);
    }
    void run_calls(std::size_t tasks, Call call, const void* task, WhileWaiting waiting) const;

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
