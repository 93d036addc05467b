#pragma once

#include <sys/resource.h>

#include <csignal>

namespace domino::geo::testing {

/// While it lives, no file may grow beyond @p bytes: what a full disk looks like to a writer.
class SmallDisk {
 public:
    explicit SmallDisk(rlim_t bytes) {
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

 private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

}  // namespace domino::geo::testing
