#include "viz/side_by_side.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace domino::viz {

namespace {

class TaskRun {
 public:
    explicit TaskRun(const std::vector<Task>& tasks)
        : tasks_(tasks), states_(tasks.size(), State::waiting), failures_(tasks.size()) {}

    void run(int threads) {
        {
            std::vector<std::jthread> helpers;
            const auto most = static_cast<int>(tasks_.size());
            for (int i = 1; i < std::min(threads, most); ++i) helpers.emplace_back([this] { work(); });
            work();
        }
        for (const std::exception_ptr& failure : failures_) {
            if (failure) std::rethrow_exception(failure);
        }
    }

 private:
    enum class State : unsigned char { waiting, running, done };

    void work() {
        std::unique_lock lock(mutex_);
        while (!stopped_ && std::count(states_.begin(), states_.end(), State::waiting) > 0) {
            const std::optional<std::size_t> chosen = choose();
            if (!chosen) {
                changed_.wait(lock);
                continue;
            }
            states_[*chosen] = State::running;
            lock.unlock();
            std::exception_ptr failure;
            try {
                tasks_[*chosen].run();
            } catch (...) {
                failure = std::current_exception();
            }
            lock.lock();
            states_[*chosen] = State::done;
            failures_[*chosen] = failure;
            stopped_ = stopped_ || failure;
            changed_.notify_all();
        }
    }

    /// The heaviest task that may begin, the first of equals.
    std::optional<std::size_t> choose() const {
        std::optional<std::size_t> chosen;
        for (std::size_t i = 0; i < tasks_.size(); ++i) {
            const auto& after = tasks_[i].after;
            const bool ready = states_[i] == State::waiting &&
                               std::all_of(after.begin(), after.end(),
                                           [this](std::size_t j) { return states_[j] == State::done; });
            if (ready && (!chosen || tasks_[i].weight > tasks_[*chosen].weight)) chosen = i;
        }
        return chosen;
    }

    const std::vector<Task>& tasks_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<State> states_;
    std::vector<std::exception_ptr> failures_;
    bool stopped_ = false;
};

}  // namespace

void run_side_by_side(const std::vector<Task>& tasks, int threads) {
    TaskRun(tasks).run(threads);
}

}  // namespace domino::viz
