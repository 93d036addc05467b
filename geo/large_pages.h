#pragma once

#include <cstddef>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace domino::geo {

/// Memory of large arrays that are run through whole, again and again or once. They ask the system for large
/// pages: of small ones a processor remembers too few to run through an array without looking up addresses,
/// and to be given 100 MB page by page takes as long as to fill them. Where the system has none to give,
/// nothing changes.
template <class T>
struct LargePages {
    using value_type = T;

    LargePages() = default;
    template <class U>
    LargePages(const LargePages<U>&) {}  // NOLINT(google-explicit-constructor): as allocators convert

    T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        const std::size_t alignment = is_large(count) ? page_bytes : alignof(T);
        void* room = ::operator new (bytes, std::align_val_t{alignment});
#ifdef __linux__
        if (is_large(count)) madvise(room, bytes, MADV_HUGEPAGE);
#endif
        return static_cast<T*>(room);
    }

    void deallocate(T* room, std::size_t count) noexcept {
        ::operator delete (room, std::align_val_t{is_large(count) ? page_bytes : alignof(T)});
    }

    bool operator==(const LargePages&) const = default;

 private:
    static constexpr std::size_t page_bytes = std::size_t{1} << 21;
    static bool is_large(std::size_t count) {
        return count * sizeof(T) >= page_bytes;
    }
};

}  // namespace domino::geo
