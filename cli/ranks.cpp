#include "cli/ranks.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#ifdef DOMINO_HAS_MPI
#include <mpi.h>
#endif

namespace domino::cli {

#ifdef DOMINO_HAS_MPI
namespace {

constexpr int length_tag = 1;
constexpr int bytes_tag = 2;
constexpr int failure_tag = 3;
constexpr std::size_t largest_message = std::size_t{1} << 30;  ///< MPI counts in int

/// Whether a launcher (Open MPI, MPICH and Intel, Slurm with PMIx) started this process as one of several.
bool started_by_launcher() {
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"}) {
        if (std::getenv(name) != nullptr) return true;
    }
    return false;
}

/// Calls `part(offset, length)` for pieces of at most `largest_message`.
template <class Part>
void in_parts(std::size_t length, Part part) {
    for (std::size_t at = 0; at < length; at += largest_message) {
        part(at, static_cast<int>(std::min(largest_message, length - at)));
    }
}

}  // namespace

bool knows_mpi() {
    return true;
}

Ranks::Ranks() {
    if (!started_by_launcher()) return;
    int provided = 0;
    // The thread that runs the command talks to other ranks; whoever has finished a batch looks whether one
    // has failed.
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
    may_look_ = provided >= MPI_THREAD_SERIALIZED;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &count_);
    started_ = true;
}

Ranks::~Ranks() {
    if (started_) MPI_Finalize();
}

void Ranks::give_up(const std::string& why) const {
    if (count_ == 1 || stage_ == Stage::alone) return;
    std::fprintf(stderr, "error: rank %d of %d: %s\n", rank_, count_, why.c_str());
    MPI_Abort(MPI_COMM_WORLD, static_cast<int>(ExitCode::failed));
}

bool Ranks::others_failed() const {
    if (count_ == 1 || !may_look_) return false;
    int found = 0;
    MPI_Iprobe(MPI_ANY_SOURCE, failure_tag, MPI_COMM_WORLD, &found, MPI_STATUS_IGNORE);
    return found != 0;
}

void Ranks::meet(const Ending& own) {
    const auto failed = [](int code) { return code != static_cast<int>(ExitCode::done); };
    const int code = static_cast<int>(own.code);
    for (int rank = 0; failed(code) && rank < count_; ++rank) {
        if (rank == rank_) continue;
        MPI_Request request;
        MPI_Isend(nullptr, 0, MPI_BYTE, rank, failure_tag, MPI_COMM_WORLD, &request);
        MPI_Request_free(&request);
    }
    std::vector<int> codes(static_cast<std::size_t>(count_));
    MPI_Allgather(&code, 1, MPI_INT, codes.data(), 1, MPI_INT, MPI_COMM_WORLD);
    int first = -1;
    for (int rank = 0; rank < count_; ++rank) {
        const int other = codes[static_cast<std::size_t>(rank)];
        if (!failed(other)) continue;
        if (rank != rank_)
            MPI_Recv(nullptr, 0, MPI_BYTE, rank, failure_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        // Those that stopped because another had failed are not the reason.
        const auto stopped = [&](int r) {
            return codes[static_cast<std::size_t>(r)] == static_cast<int>(ExitCode::interrupted);
        };
        if (first < 0 || (stopped(first) && !stopped(rank))) first = rank;
    }
    if (first < 0) return;
    const auto why = static_cast<ExitCode>(codes[static_cast<std::size_t>(first)]);
    const std::string message = share(own.message, first);
    stage_ = Stage::alone;
    if (!leads()) throw Rejected{why};
    if (why == ExitCode::interrupted) throw sim::Cancelled{};
    throw RankFailed(why, fmt::format("rank {} of {}: {}", first, count_, message));
}

std::string Ranks::share(std::string text, int from) const {
    if (count_ == 1) return text;
    unsigned long long length = text.size();
    MPI_Bcast(&length, 1, MPI_UNSIGNED_LONG_LONG, from, MPI_COMM_WORLD);
    text.resize(length);
    in_parts(text.size(), [&](std::size_t at, int bytes) {
        MPI_Bcast(text.data() + at, bytes, MPI_BYTE, from, MPI_COMM_WORLD);
    });
    return text;
}

void Ranks::send(const std::vector<std::string>& texts) const {
    unsigned long long count = texts.size();
    MPI_Send(&count, 1, MPI_UNSIGNED_LONG_LONG, 0, length_tag, MPI_COMM_WORLD);
    for (const std::string& text : texts) {
        unsigned long long length = text.size();
        MPI_Send(&length, 1, MPI_UNSIGNED_LONG_LONG, 0, length_tag, MPI_COMM_WORLD);
        in_parts(text.size(), [&](std::size_t at, int bytes) {
            MPI_Send(text.data() + at, bytes, MPI_BYTE, 0, bytes_tag, MPI_COMM_WORLD);
        });
    }
}

std::vector<std::string> Ranks::receive(int from) const {
    const auto number = [&] {
        unsigned long long value = 0;
        MPI_Recv(&value, 1, MPI_UNSIGNED_LONG_LONG, from, length_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        return static_cast<std::size_t>(value);
    };
    std::vector<std::string> texts(number());
    for (std::string& text : texts) {
        text.resize(number());
        in_parts(text.size(), [&](std::size_t at, int bytes) {
            MPI_Recv(text.data() + at, bytes, MPI_BYTE, from, bytes_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        });
    }
    return texts;
}

int Ranks::fair_threads() const {
    if (count_ == 1) return 0;
    MPI_Comm machine;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
    int neighbours = 1;
    MPI_Comm_size(machine, &neighbours);
    MPI_Comm_free(&machine);
    const int mine = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const long all = ::sysconf(_SC_NPROCESSORS_ONLN);
    // A launcher that has bound the rank to cores of its own has shared them out already.
    return mine < all ? mine : std::max(1, mine / neighbours);
}

#else

bool knows_mpi() {
    return false;
}

Ranks::Ranks() = default;
Ranks::~Ranks() = default;

std::string Ranks::share(std::string text, int) const {
    return text;
}

void Ranks::give_up(const std::string&) const {}

bool Ranks::others_failed() const {
    return false;
}

void Ranks::meet(const Ending&) {}

void Ranks::send(const std::vector<std::string>&) const {}

std::vector<std::string> Ranks::receive(int) const {
    return {};
}

int Ranks::fair_threads() const {
    return 0;
}

#endif

std::vector<std::string> Ranks::share_all(const std::string& own) const {
    std::vector<std::string> all;
    for (int rank = 0; rank < count_; ++rank) all.push_back(share(rank == rank_ ? own : std::string(), rank));
    return all;
}

std::vector<sim::SlotRange> slots_of_rank(const std::vector<sim::SlotRange>& slots, int rank, int ranks) {
    std::int64_t members = 0;
    for (const sim::SlotRange& range : slots) members += range.end - range.begin;
    std::int64_t first = members * rank / ranks;
    std::int64_t left = members * (rank + 1) / ranks - first;
    std::vector<sim::SlotRange> mine;
    for (const sim::SlotRange& range : slots) {
        const std::int64_t length = range.end - range.begin;
        if (first < length && left > 0) {
            const std::int64_t taken = std::min(left, length - first);
            const int begin = range.begin + static_cast<int>(first);
            mine.push_back({begin, begin + static_cast<int>(taken)});
            left -= taken;
        }
        first = std::max<std::int64_t>(0, first - length);
    }
    return mine;
}

std::string text_of(const std::vector<sim::SlotRange>& slots) {
    std::string text;
    for (const sim::SlotRange& range : slots)
        text += std::to_string(range.begin) + " " + std::to_string(range.end) + " ";
    return text;
}

std::vector<sim::SlotRange> slots_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<sim::SlotRange> slots;
    for (sim::SlotRange range; in >> range.begin >> range.end;) slots.push_back(range);
    return slots;
}

}  // namespace domino::cli
