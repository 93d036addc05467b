#pragma once

#include <string>
#include <vector>

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

    /// Gives everybody the leader's text.
    std::string share(std::string text) const;
    /// Sends texts to the leader, in order; what the leader itself has goes nowhere.
    void send(const std::vector<std::string>& texts) const;
    /// What another rank has sent, in its order.
    std::vector<std::string> receive(int from) const;

    /// Does something that ends alike for all ranks, well or with the same exception, such as reading the
    /// scenario: then nobody has to be stopped.
    template <class Work>
    auto alike(Work work) {
        alike_ = true;
        auto made = work();
        alike_ = false;
        return made;
    }

    /// Cores this rank may use when the ranks of its machine share them fairly; 0 where it is alone.
    int fair_threads() const;

 private:
    int rank_ = 0;
    int count_ = 1;
    bool started_ = false;
    bool alike_ = false;
};

/// Whether this program was built with MPI.
bool knows_mpi();

/// The part of `slots` that one of `ranks` runs: as even as possible, in order.
std::vector<sim::SlotRange> slots_of_rank(const std::vector<sim::SlotRange>& slots, int rank, int ranks);

/// Ranges as text and back, to be shared.
std::string text_of(const std::vector<sim::SlotRange>& slots);
std::vector<sim::SlotRange> slots_of(const std::string& text);

}  // namespace domino::cli
