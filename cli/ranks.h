#pragma once

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "cli/ending.h"
#include "cli/failure.h"
#include "sim/ensemble.h"

namespace domino::cli {

/// The processes that share a run under mpirun; a single one everywhere else. MPI is started only where a
/// launcher of MPI started the program and the program was built with it. One object for the life of a run.
class Ranks {
 public:
    Ranks();
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    int rank() const { return rank_; }
    int count() const { return count_; }
    /// The rank that reads what others send, and writes.
    bool leads() const { return rank_ == 0; }

    /// Gives everybody the text of one rank.
    std::string share(std::string text, int from = 0) const;
    /// Gives everybody the texts of all, by rank.
    std::vector<std::string> share_all(const std::string& own) const;
    /// Sends texts to the leader, in order; what the leader itself has goes nowhere.
    void send(const std::vector<std::string>& texts) const;
    /// What another rank has sent, in its order.
    std::vector<std::string> receive(int from) const;

    /// Does something that ends alike for all ranks, well or with the same exception, such as reading the
    /// scenario: then nobody has to be stopped.
    template <class Work>
    auto alike(Work work) {
        stage_ = Stage::alone;
        auto made = work();
        stage_ = Stage::together;
        return made;
    }
    /// Does something on the leader alone, and gives everybody the text it makes. Where it fails, its
    /// exception goes on there, and elsewhere Rejected with the same exit code.
    template <class Work>
    std::string lead(Work work) {
        if (count_ == 1) return work();
        Ending ending;
        std::string text;
        std::exception_ptr failure;
        try {
            if (leads()) text = work();
        } catch (...) {
            failure = std::current_exception();
            ending.code = describe_exception().code;
        }
        ending.code = static_cast<ExitCode>(std::stoi(share(std::to_string(static_cast<int>(ending.code)))));
        if (ending.code != ExitCode::done) {
            stage_ = Stage::alone;
            if (failure) std::rethrow_exception(failure);
            throw Rejected{ending.code};
        }
        return share(std::move(text));
    }
    /// Does something on each rank, and waits for all. Where one fails, the others are told (others_failed)
    /// and all end: the leader with RankFailed, which says who failed and why, or sim::Cancelled where the
    /// user has asked to stop; the others with Rejected.
    template <class Work>
    void each(Work work) {
        if (count_ == 1) return work();
        Ending ending;
        try {
            work();
        } catch (...) {
            ending = describe_exception();
        }
        meet(ending);
    }
    /// Whether another rank has failed in each(). From any thread, one call at a time.
    bool others_failed() const;
    /// From here on no rank waits for another.
    void part() { stage_ = Stage::alone; }
    /// Stops all ranks because of what happened on this one where others would wait for it; else does
    /// nothing.
    void give_up(const std::string& why) const;

    /// Cores this rank may use when the ranks of its machine share them fairly; 0 where it is alone.
    int fair_threads() const;

 private:
    /// Whether other ranks wait for what this one does.
    enum class Stage : unsigned char { together, alone };

    void meet(const Ending& own);

    int rank_ = 0;
    int count_ = 1;
    bool started_ = false;
    bool may_look_ = false;  ///< for messages, from other threads
    Stage stage_ = Stage::together;
};

/// Whether this program was built with MPI.
bool knows_mpi();

/// The part of `slots` that one of `ranks` runs: as even as possible, in order.
std::vector<sim::SlotRange> slots_of_rank(const std::vector<sim::SlotRange>& slots, int rank, int ranks);

/// Ranges as text and back, to be shared.
std::string text_of(const std::vector<sim::SlotRange>& slots);
std::vector<sim::SlotRange> slots_of(const std::string& text);

}  // namespace domino::cli
