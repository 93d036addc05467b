#pragma once

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace domino::cli::test {

struct Outcome {
    int exit_code = -1;  ///< 128 + signal where a signal ended it
    std::string out, err;
};

/// A folder of its own that is removed with everything in it.
class TemporaryFolder {
 public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "domino-cli-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::string write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
        return (path_ / name).string();
    }
    /// Everything in it, sorted, relative.
    std::vector<std::string> list() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path_))
            names.push_back(std::filesystem::relative(entry.path(), path_).string());
        std::sort(names.begin(), names.end());
        return names;
    }

 private:
    std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// The program as a user starts it: a process of its own, its output in files outside the folder under test.
class Program {
 public:
    explicit Program(
        std::vector<std::string> arguments, std::function<void()> in_child = [] {}, std::string out = {})
        : out_(out.empty() ? log_ / "out" : std::move(out)) {
        arguments.insert(arguments.begin(), DOMINO_PROGRAM);
        std::vector<char*> argv;
        for (std::string& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        const std::string err = log_ / "err";
        process_ = ::fork();
        if (process_ != 0) return;
        const int out_file = ::open(out_.c_str(), O_WRONLY | O_CREAT, 0600);
        const int err_file = ::open(err.c_str(), O_WRONLY | O_CREAT, 0600);
        ::dup2(out_file, STDOUT_FILENO);
        ::dup2(err_file, STDERR_FILENO);
        in_child();
        ::execv(DOMINO_PROGRAM, argv.data());
        ::_exit(127);
    }
    ~Program() {
        if (process_ > 0 && !ended_) {
            ::kill(process_, SIGKILL);
            wait();
        }
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void interrupt() const { ::kill(process_, SIGINT); }
    void kill() const { ::kill(process_, SIGKILL); }

    bool running() {
        if (ended_) return false;
        int status = 0;
        if (::waitpid(process_, &status, WNOHANG) == 0) return true;
        record(status);
        return false;
    }

    Outcome wait() {
        if (!ended_) {
            int status = 0;
            ::waitpid(process_, &status, 0);
            record(status);
        }
        // A device such as /dev/full never ends.
        const bool readable = std::filesystem::is_regular_file(out_);
        return {exit_code_, readable ? read_file(out_) : std::string{}, read_file(log_ / "err")};
    }

 private:
    void record(int status) {
        ended_ = true;
        exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

    TemporaryFolder log_;
    std::string out_;
    pid_t process_ = -1;
    bool ended_ = false;
    int exit_code_ = -1;
};

inline Outcome run_domino(std::vector<std::string> arguments) {
    return Program(std::move(arguments)).wait();
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Two small countries of islands, six lines; runs in a fraction of a second.
inline const std::string small_scenario =
    "technologies = [\"solar_pv_residential\", \"ev_car\"]\n"
    "[run]\nmembers = 2\nend = \"2024-12\"\n"
    "[places]\ncountries = [\"Palau\", \"Maldives\"]\n";

}  // namespace domino::cli::test
