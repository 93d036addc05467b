#include "cli/freed_memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace domino::cli {

void keep_freed_memory() {
#ifdef __GLIBC__
    constexpr int largest_kept_block = 32 << 20;  // the most the library allows
    constexpr int most_kept = 1 << 30;
    mallopt(M_MMAP_THRESHOLD, largest_kept_block);
    mallopt(M_TRIM_THRESHOLD, most_kept);
#endif
}

}  // namespace domino::cli
