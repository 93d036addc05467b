#pragma once

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "geo/read_progress.h"

namespace domino::test {

/// What readers said of how far they were, by file.
class ToldProgress {
 public:
    geo::ReadProgress of(const std::string& name) {
        return [this, name](double share) { shares_[name].push_back(share); };
    }
    void operator()(const std::filesystem::path& file, double share) {
        shares_[file.filename().string()].push_back(share);
    }

    const std::vector<double>& shares(const std::string& name) { return shares_[name]; }

    /// At least @p steps steps, never back before the end: a file may be read again.
    void check_whole(const std::string& name, std::size_t steps = 1) {
        INFO(name);
        const std::vector<double>& shares = shares_[name];
        REQUIRE(shares.size() >= steps);
        for (std::size_t i = 1; i < shares.size(); ++i)
            CHECK((shares[i] >= shares[i - 1] || shares[i - 1] == 1.0));
        CHECK(shares.front() >= 0.0);
        CHECK(shares.back() == 1.0);
    }

 private:
    std::map<std::string, std::vector<double>> shares_;
};

}  // namespace domino::test
